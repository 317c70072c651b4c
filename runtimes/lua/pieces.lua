--[[
Cuts a cell into pieces, tokens and what stands between them, with the locals of its top level rewritten: `local x, y`
becomes `_local.x, _local.y = nil`, and `local function f` becomes `function _local.f`. `starts` says which pieces are
at the top level, in no bracket, and of what kind: a statement may start there.
]]
local find, match, sub = string.find, string.match, string.sub

local OPENS = { ['function'] = 1, ['do'] = 1, ['if'] = 1, ['repeat'] = 1, ['('] = 1, ['['] = 1, ['{'] = 1 }
local CLOSES = { ['end'] = 1, ['until'] = 1, [')'] = 1, [']'] = 1, ['}'] = 1 }

-- The end of the long bracket that begins at `at`, or nil.
local function long_end(source, at)
  local level = match(source, '^%[(=*)%[', at)
  if not level then return nil end
  local _, stop = find(source, ']' .. level .. ']', at, true)
  return stop or #source
end

local function quote_end(source, at)
  local quote, from = sub(source, at, at), at + 1
  while true do
    local stop = find(source, '[\\\n' .. quote .. ']', from)
    if not stop then return #source end
    if sub(source, stop, stop) ~= '\\' then return stop end
    from = stop + 2
  end
end

-- The kind of the token at `at`, and its end. White space and comments are a 'gap'.
local function token(source, at)
  local _, stop = find(source, '^%s+', at)
  if stop then return 'gap', stop end
  if find(source, '^%-%-', at) then
    return 'gap', long_end(source, at + 2) or (find(source, '\n', at, true) or #source + 1) - 1
  end
  _, stop = find(source, '^[%a_\128-\255][%w_\128-\255]*', at)
  if stop then return 'name', stop end
  _, stop = find(source, '^%d[%w.]*', at)
  if stop then return 'literal', stop end
  if find(source, '^["\']', at) then return 'literal', quote_end(source, at) end
  stop = long_end(source, at)
  if stop then return 'literal', stop end
  return 'sign', at
end

-- The tokens of a source, each with its kind and the depth that it stands at.
local function tokens_of(source)
  local tokens, at, depth = {}, 1, 0
  while at <= #source do
    local kind, stop = token(source, at)
    local text = sub(source, at, stop)
    if kind ~= 'gap' and kind ~= 'literal' and CLOSES[text] then depth = depth - 1 end
    tokens[#tokens + 1] = { kind = kind, text = text, depth = depth }
    if kind ~= 'gap' and kind ~= 'literal' and OPENS[text] then depth = depth + 1 end
    at = stop + 1
  end
  return tokens
end

-- The index of the next token that is not a gap, and the token.
local function following(tokens, index)
  repeat index = index + 1 until not tokens[index] or tokens[index].kind ~= 'gap'
  return index, tokens[index] or { text = '', kind = 'end' }
end

-- Attributes of Lua 5.4 go: `<const> = 1` is `= 1`. What closes a value at the cell's end is `nil` here.
local function drop_attribute(tokens, index)
  local at, token = following(tokens, index)
  if token.text ~= '<' or _VERSION < 'Lua 5.4' then return index end
  local inner, attribute = following(tokens, at)
  local closing, bracket = following(tokens, inner)
  if attribute.text == 'close' or bracket.text ~= '>' then return nil end
  token.text, attribute.text, bracket.text = '', '', ''
  return closing
end

-- Makes fields of the names in the list after `index`. Returns the end of the list, or nil where it must stay local.
local function rename(tokens, index)
  local names = {}
  repeat
    local at, token = following(tokens, index)
    names[#names + 1] = token
    index = token.kind == 'name' and drop_attribute(tokens, at)
    if not index then return nil end
    local comma, sign = following(tokens, index)
    local is_last = sign.text ~= ','
    if not is_last then index = comma end
  until is_last
  for _, name in ipairs(names) do name.text = '_local.' .. name.text end
  return index
end

-- Rewrites the declaration whose `local` stands at `index`.
local function declare(tokens, index)
  local at, token = following(tokens, index)
  if token.text == 'function' then
    tokens[index].text = rename(tokens, at) and '' or 'local'
    return
  end
  local last = rename(tokens, index)
  if not last then return end
  tokens[index].text = ''
  local _, sign = following(tokens, last)
  if sign.text ~= '=' then tokens[last].text = tokens[last].text .. ' = nil' end
end

return function(source)
  local tokens = tokens_of(source)
  local pieces = { starts = {} }
  for index, token in ipairs(tokens) do
    if token.kind ~= 'gap' and token.depth == 0 then
      if token.text == 'local' and token.kind == 'name' then declare(tokens, index) else pieces.starts[index] = token.kind end
    end
  end
  for index, token in ipairs(tokens) do pieces[index] = token.text end
  return pieces
end
