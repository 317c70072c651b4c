--[[
Keeps a user's Lua session: PUC Lua 5.1 to 5.4 and LuaJIT, with nothing but what Lua brings.

Globals persist by themselves. So that the locals of a cell's top level persist too, each cell runs in the
environment `scope`, a table in front of `_G`, and `local x = 1` becomes a field of it (`cells.lua`): later cells and
older functions see the one variable, modules see nothing of it. Coroutines, `pcall` and `os.exit` are wrapped, so
that an interrupt and an exit get through to the end of the cell (`guards.lua`).

An interrupt is what `lua` itself makes of SIGINT in a script: a hook that raises "interrupted!". That handler serves
one signal and lets a blocked read go on; a library of ours beside it (`native/driver-control.c`) mends both, and
closes fd 3 and 4 to programs that the user starts. A Lua that cannot load libraries works without: then a second
interrupt, and one that meets a blocked read, end the process.

`docs/adding-a-language.md` has the protocol.
]]
local library = ...
local folder = arg[0]:match('^(.*/)') or ''
arg = { [0] = 'lua' }

local requests = assert(io.open('/proc/self/fd/3', 'rb'))
local reports = assert(io.open('/proc/self/fd/4', 'wb'))
local stdout, stderr = io.stdout, io.stderr
local read, write, flush = stdout.read, stdout.write, stdout.flush
local gmatch, concat, tonumber, pcall = string.gmatch, table.concat, tonumber, pcall

stdout:setvbuf('line')
requests:setvbuf('no')
-- Compiled code never looks at hooks: an endless loop would be endless.
if jit then jit.off() end

-- By this name our own code is known in tracebacks, and taken out of them.
local function part(name, ...)
  local file = assert(io.open(folder .. name .. '.lua', 'rb'))
  local text = file:read('*a')
  file:close()
  return assert((loadstring or load)(text, '=(krunner)'))(...)
end

local signals = part('signals', library)
local guards = part('guards', signals)
local scope = part('scope')
local cells = part('cells', guards, scope, part('pieces'))
local names = part('names', scope)

local function send(header, payload)
  signals.leave()
  pcall(flush, stdout)
  write(reports, header, ' ', #payload, '\n', payload)
  flush(reports)
end

local answer = {}

function answer.run(source, id)
  local code, kind, message = cells.run(source, '<cell ' .. id .. '>')
  if message then write(stderr, message, '\n') end
  send('done ' .. id .. ' ' .. code, kind)
end

function answer.complete(source, id, cursor)
  local ok, matches = guards.protected(names.complete, source, tonumber(cursor))
  send('matches ' .. id, ok and concat(matches, '\n') or '')
end

function answer.inspect(source, id, cursor)
  local ok, text = guards.protected(names.inspect, source, tonumber(cursor))
  send('doc ' .. id, ok and text or '')
end

signals.start()
send('ready', jit and jit.version or _VERSION)
while true do
  signals.wait()
  local header = read(requests, '*l')
  if not header then return end
  local fields = {}
  for field in gmatch(header, '%S+') do fields[#fields + 1] = field end
  local length = tonumber(fields[#fields])
  -- To read nothing would wait for the next byte.
  local source = length > 0 and read(requests, length) or ''
  local respond = answer[fields[1]]
  if respond then respond(source, fields[2], fields[3]) end
end
