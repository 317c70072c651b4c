--[[ What the library beside us offers; without it, functions that do nothing. ]]
local library = ...

local function borrow(name)
  return package.loadlib(library, 'krunner_' .. name) or function() end
end

return {
  -- All descriptors are open: close them to programs of the user's.
  start = borrow('start'),
  -- Blocks until there is a request, so that an interrupt from here on is known to be meant for it.
  wait = borrow('wait'),
  -- Between these two an interrupt is the user's code's, else nobody's.
  enter = borrow('enter'),
  leave = borrow('leave'),
  -- Called with `true`: whether an interrupt came since `enter`.
  interrupted = borrow('interrupted'),
}
