## What is kept during a cell, whatever the user clears: the code that it asked to exit with, or []; and the figures whose
## changes `drawnow` has seen. Returns the old value.
function old = krunner_kept (name, new)
  persistent kept = struct ("code", [], "changed", []);
  mlock ();
  old = kept.(name);
  if (nargin > 1)
    kept.(name) = new;
  endif
endfunction
