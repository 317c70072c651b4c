## A line of the user's. Octave's own looks at what comes after the line, and so would ask for another one.
function [text, count] = fgets (stream, varargin)
  if (! isequal (stream, 0))
    [text, count] = builtin ("fgets", stream, varargin{:});
    return;
  endif
  limit = [varargin{:}, Inf](1);
  text = "";
  while (numel (text) < limit && (isempty (text) || text(end) != "\n"))
    character = fread (stdin, 1, "*char");
    if (isempty (character))
      break;
    endif
    text(end+1) = character;
  endwhile
  count = numel (text);
  if (count == 0)
    text = -1;
  endif
endfunction
