--[[ Lets an interrupt and an exit through to the cell's end, past whatever of the user's code catches errors. ]]
local signals = ...

local error, pcall, rawequal, tostring, type, xpcall = error, pcall, rawequal, tostring, type, xpcall
local find, gmatch, gsub, match = string.find, string.gmatch, string.gsub, string.match
local concat, ipairs, tonumber = table.concat, ipairs, tonumber
local sethook, traceback, getmetatable = debug.sethook, debug.traceback, debug.getmetatable
local interrupted = signals.interrupted
local unpack = unpack or table.unpack

-- Raised by `os.exit`.
local leaving = { asked = false, code = 0 }
-- So many instructions of a coroutine go by before it looks whether it was interrupted.
local PERIOD = 10000

local function pass(ok, failure, ...)
  if ok then return ok, failure, ... end
  if leaving.asked then error(leaving, 0) end
  if not interrupted(true) then return ok, failure, ... end
  local is_told = type(failure) == 'string' and find(failure, 'interrupted!', 1, true)
  error(is_told and failure or 'interrupted!', 0)
end

function _G.pcall(...)
  return pass(pcall(...))
end

function _G.xpcall(...)
  return pass(xpcall(...))
end

local resume = coroutine.resume
function coroutine.resume(...)
  return pass(resume(...))
end

-- In PUC Lua the hook of an interrupt is set on the main coroutine only.
local function look_around()
  if interrupted(true) then error('interrupted!', 2) end
end

if not jit then
  local create, wrap = coroutine.create, coroutine.wrap

  function coroutine.create(body)
    local thread = create(body)
    sethook(thread, look_around, '', PERIOD)
    return thread
  end

  function coroutine.wrap(body)
    if type(body) ~= 'function' then return wrap(body) end
    return wrap(function(...)
      sethook(look_around, '', PERIOD)
      return body(...)
    end)
  end
end

function os.exit(code)
  if code == nil or code == true then code = 0 end
  leaving.asked, leaving.code = true, (tonumber(code) or 1) % 256
  error(leaving, 0)
end

-- The hook of an interrupt may be another coroutine's.
local function unless_interrupted(...)
  look_around()
  return ...
end

local execute = os.execute
function os.execute(...)
  io.stdout:flush()
  return unless_interrupted(execute(...))
end

-- Lua 5.1 returns `true`, which would be shown as the value of a cell. From 5.2 on it is the file.
if io.stdout:write() == true then
  local write, method = io.write, io.stdout.write
  function io.write(...)
    local ok, message, number = write(...)
    if ok then return io.output() end
    return ok, message, number
  end
  getmetatable(io.stdout).__index.write = function(file, ...)
    local ok, message, number = method(file, ...)
    if ok then return file end
    return ok, message, number
  end
end

local function is_ours(frame)
  return frame and (find(frame, '(krunner)', 1, true) or find(frame, 'lua/driver%.lua:%d+:'))
end

-- Takes our own frames out of a traceback: those at its end, and the wrappers between the user's.
local function visible(trace)
  local message, list = match(trace, '^(.*)stack traceback:\n(.*)$')
  if not list then return trace end
  local frames = {}
  for frame in gmatch(list, '[^\n]+') do frames[#frames + 1] = frame end
  while is_ours(frames[#frames]) or find(frames[#frames] or '', '^%s*%[C%]') do frames[#frames] = nil end
  local kept = {}
  for _, frame in ipairs(frames) do
    -- Called by us through a local, the cell would have its name.
    if not is_ours(frame) then kept[#kept + 1] = gsub(frame, "in %a+ 'cell'$", 'in main chunk') end
  end
  if #kept == 0 then return (gsub(message, '\n$', '')) end
  return message .. 'stack traceback:\n' .. concat(kept, '\n')
end

function debug.traceback(...)
  local message, level = ...
  if type(message) == 'thread' then return visible(traceback(...)) end
  if message ~= nil and type(message) ~= 'string' then return message end
  return (gsub(visible(traceback(message or '', (level or 1) + 1)), message and '' or '^\n', ''))
end

-- What `lua` says of an error that nobody has caught.
local function explain(failure)
  signals.leave()
  if rawequal(failure, leaving) then return failure end
  local kind = type(failure)
  if kind ~= 'string' and kind ~= 'number' then
    local meta = getmetatable(failure)
    local ok, text = pcall(type(meta) == 'table' and meta.__tostring or nil, failure)
    if ok and type(text) == 'string' then return text end
    failure = '(error object is a ' .. kind .. ' value)'
  end
  return visible(traceback(gsub(failure, '^%(krunner%):%d+: ', ''), 2))
end

local guards = {}

-- Calls a function that may run user code. Returns whether it came to its end, and its result or the message.
function guards.protected(body, ...)
  local arguments, result = { ... }, nil
  leaving.asked = false
  local ok, failure = xpcall(function()
    signals.enter()
    result = body(unpack(arguments))
    signals.leave()
  end, explain)
  signals.leave()
  if ok then return true, result end
  return false, failure
end

-- The code of a cell that asked to exit, or nil.
function guards.exit_code(failure)
  return rawequal(failure, leaving) and leaving.code or nil
end

function guards.was_interrupted()
  return interrupted(true) == true
end

return guards
