--[[
The environment of all cells: a table in front of `_G` with the locals of their top level. `_local` is there, to which
cells are rewritten: `_local.x = 1` is `local x = 1`, and `_local(...)` returns what it is given.
]]
local declared, metatable = {}, { __index = _G, __newindex = _G }
local scope = setmetatable({}, metatable)
local globals, rawget, rawset = _G, rawget, rawset

local function assign(_, name, value)
  if declared[name] then rawset(scope, name, value) else globals[name] = value end
end

local function find(_, name)
  if not declared[name] then return globals[name] end
end

local function declare(_, name, value)
  declared[name] = true
  metatable.__newindex = assign
  -- Looking up a function's way costs time, so only where a local hides a global.
  if rawget(globals, name) ~= nil then metatable.__index = find end
  rawset(scope, name, value)
end

rawset(scope, '_local', setmetatable({}, { __newindex = declare, __call = function(_, ...) return ... end }))

return scope
