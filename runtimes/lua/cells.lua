--[[
Compiles and runs cells. The value of a last expression is found by trying: `return` is put before the whole cell, then
before what may start its last statement, until Lua accepts it. Where Lua accepts nothing, its complaint about the
cell as it stands is the user's to read.
]]
local guards, scope, pieces_of = ...

local load, loadstring, setfenv, tostring, type = load, loadstring, setfenv, tostring, type
local concat, find, gsub, select = table.concat, string.find, string.gsub, select
local stdout, stderr = io.stdout, io.stderr

-- So many places are tried for the start of a last expression.
local ATTEMPTS = 200

local function compile(text, name)
  if not setfenv then return load(text, '=' .. name, 't', scope) end
  local chunk, complaint = loadstring(text, '=' .. name)
  return chunk and setfenv(chunk, scope), complaint
end

-- With `return f()` alone, a tail call, an error in `f` could not name the line of the cell.
local function compile_value(before, value, name)
  if not compile('return ' .. value, name) then return nil end
  return compile(before .. ' return _local(' .. value .. '\n)', name) or compile(before .. ' return ' .. value, name)
end

-- A whole program only has a value if its last statement is a call: nothing else can follow a name.
local function compile_last_value(pieces, is_program, name)
  local attempts = 0
  for at = #pieces, 1, -1 do
    local kind = pieces.starts[at]
    if kind == 'name' or kind and not is_program then
      local chunk = compile_value(concat(pieces, '', 1, at - 1), concat(pieces, '', at), name)
      attempts = attempts + 1
      if chunk or attempts == ATTEMPTS then return chunk end
    end
  end
end

-- Returns the cell as a function, and whether what it returns is the value of a call; or nil and the complaint.
local function compile_cell(source, name)
  source = gsub(source, '^%s*=', 'return ')
  local program, complaint = compile(source, name)
  local value = compile_value('', source, name)
  if value then return value, program end
  local pieces = pieces_of(source)
  local chunk = compile_last_value(pieces, program, name)
  if chunk then return chunk, program end
  if not program and not find(complaint, 'local variables', 1, true) then return nil, complaint end
  return compile(concat(pieces), name)
end

-- As `lua` shows it. The file that `io.write` returns was not meant to be seen.
local function show(is_call, ...)
  local count, value = select('#', ...), ...
  if count == 0 or is_call and count == 1 and (value == stdout or value == stderr) then return end
  _G.print(...)
end

local cells = {}

-- Returns the code of the cell's end, the kind of its error, and the message.
function cells.run(source, name)
  local cell, detail = compile_cell(source, name)
  if not cell then return 1, 'syntax error', detail end
  local ok, failure = guards.protected(function() show(detail, cell()) end)
  if ok then return 0, '' end
  local code = guards.exit_code(failure)
  if code then return code, '' end
  return 1, guards.was_interrupted() and 'interrupted' or 'error', failure
end

return cells
