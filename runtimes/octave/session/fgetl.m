## A line of the user's, without its end, see `fgets`.
function [text, count] = fgetl (stream, varargin)
  if (! isequal (stream, 0))
    [text, count] = builtin ("fgetl", stream, varargin{:});
    return;
  endif
  [text, count] = fgets (stream, varargin{:});
  if (ischar (text) && text(end) == "\n")
    text(end) = [];
    count--;
  endif
endfunction
