## Ends the cell with this exit code, not the session. A process that user code has forked really ends.
function quit (varargin)
  codes = varargin(cellfun (@isnumeric, varargin));
  code = mod ([codes{:}, 0](1), 256);
  if (getpid () != krunner_kept ("owner"))
    builtin ("quit", code);
  endif
  krunner_kept ("code", code);
  kill (getpid (), 2);
  while (true)
  endwhile
endfunction
