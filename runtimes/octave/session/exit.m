## Ends the cell with this exit code, not the session.
function exit (varargin)
  quit (varargin{:});
endfunction
