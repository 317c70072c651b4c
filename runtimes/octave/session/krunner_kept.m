## What is kept whatever the user clears: the session's process; the code that the cell asked to exit with, or []; and the
## figures whose changes `drawnow` has seen. Returns the old value.
function old = krunner_kept (name, varargin)
  persistent kept = struct ("owner", getpid (), "code", [], "changed", []);
  mlock ();
  old = kept.(name);
  if (! builtin ("isempty", varargin))
    kept.(name) = varargin{1};
  endif
endfunction
