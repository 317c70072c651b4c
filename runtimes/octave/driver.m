## Keeps a user's Octave session: Octave 4.4 and later, with nothing but what Octave brings.
##
## `krunner_serve` (in session/) has the loop. A cell becomes a script file that is sourced in the base workspace: so
## variables, functions and packages persist by themselves, values are shown as in Octave's own console, and errors
## know their lines. stdin is the user's: `input`, `keyboard` and `fgetl (stdin)` read there, and the daemon sees that they wait.
##
## Octave's interrupt cannot be caught. But the cleanup of an `unwind_protect` block that it runs through may raise an
## error in its place, and that can. `exit` and `quit` are replaced by functions that interrupt the cell, having
## noted the code, since nothing else gets past the user's `try`.
##
## A library of ours (`native/driver-control.c`), loaded as a mex file, lets SIGINT in only while a cell runs, has it break off
## blocked reads, and closes fd 3 and 4 to programs that the user starts.
##
## Our functions call by `builtin` what the user may have defined anew.
##
## `docs/adding-a-language.md` has the protocol.

warning ("off", "Octave:shadowed-function");
addpath (fullfile (fileparts (mfilename ("fullpath")), "session"));
krunner_serve (argv (){:});
