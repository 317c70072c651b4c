--[[ Completion and inspection of names: of the session's locals and globals, and of fields and methods below them. ]]
local scope = ...

local next, pairs, rawget, tostring, type = next, pairs, rawget, tostring, type
local find, gmatch, match, sub = string.find, string.gmatch, string.match, string.sub
local concat, sort, getinfo, getlocal, getmetatable = table.concat, table.sort, debug.getinfo, debug.getlocal, debug.getmetatable

local KEYWORDS = 'and break do else elseif end false for function goto if in local nil not or repeat return then true until while'
-- A chain of metatables longer than this is a circle.
local MOST_TABLES = 20

-- Calls `visit` with each name that can be looked up in a value: its own, then those of its metatables.
local function each_name(value, visit)
  for _ = 1, MOST_TABLES do
    if type(value) == 'table' then
      for name, field in next, value do
        if type(name) == 'string' and find(name, '^[%a_][%w_]*$') then visit(name, field) end
      end
    end
    local meta = getmetatable(value)
    value = type(meta) == 'table' and rawget(meta, '__index')
    if not value or type(value) == 'function' then return end
  end
end

-- The value of `a.b.c`, looked up as Lua would; nil where that fails.
local function value_of(path)
  local value = scope
  for name in gmatch(path, '[^.:]+') do
    if value == nil then return nil end
    value = value[name]
  end
  return value
end

local names = {}

function names.complete(source, cursor)
  local word = match(sub(source, 1, cursor), '[%w_.:]*$')
  local path, separator, start = match(word, '^(.*)([.:])([^.:]*)$')
  local found, matches = {}, {}
  local function offer(name, field)
    local is_match = sub(name, 1, #(start or word)) == (start or word)
    if is_match and (separator ~= ':' or type(field) == 'function') and name ~= '_local' then
      found[(path or '') .. (separator or '') .. name] = true
    end
  end
  if not path then
    for keyword in gmatch(KEYWORDS, '%a+') do offer(keyword) end
    each_name(scope, offer)
    each_name(_G, offer)
  else
    each_name(value_of(path), offer)
  end
  for name in pairs(found) do matches[#matches + 1] = name end
  sort(matches)
  return matches
end

-- Lua 5.1 does not tell the names of parameters.
local function parameters_of(f, info)
  local list = {}
  for index = 1, info.nparams or 0 do list[index] = getlocal(f, index) end
  if info.isvararg ~= false and info.what ~= 'C' then list[#list + 1] = '...' end
  return concat(list, ', ')
end

function names.inspect(source, cursor)
  local path = match(sub(source, 1, cursor), '[%w_.:]*$') .. match(sub(source, cursor + 1), '^[%w_]*')
  local value = value_of(path)
  if path == '' or value == nil then return '' end
  if type(value) ~= 'function' then return type(value) .. ' ' .. path .. ': ' .. tostring(value) end
  local info = getinfo(value, 'Su')
  local place = info.what == 'C' and 'a C function' or info.short_src .. ':' .. info.linedefined
  return 'function ' .. path .. '(' .. parameters_of(value, info) .. '), ' .. place
end

return names
