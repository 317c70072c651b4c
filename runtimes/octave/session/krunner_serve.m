## Serves the daemon's requests until its end of the channel is closed. `library` is ours, `scratch` a folder for our files.
## What is in this file stays when the user clears functions or changes the load path.
function krunner_serve (library, scratch)
  session = open_session (library, scratch);
  send (session, "ready", ["GNU Octave " version()]);
  while (true)
    session.wait ();
    [request, text] = next_request (session);
    if (builtin ("isempty", request))
      break;
    endif
    switch (request{1})
      case "run"
        [session, code, kind] = run_cell (session, request{2}, text);
        send (session, builtin ("sprintf", "done %s %d", request{2}, code), kind);
      case "complete"
        send (session, ["matches " request{2}], krunner_names ("complete", text, request{3}));
      case "inspect"
        send (session, ["doc " request{2}], krunner_names ("inspect", text, request{3}));
    endswitch
    session.leave ();
  endwhile
  builtin ("quit");
endfunction

function session = open_session (library, scratch)
  session.scratch = scratch;
  session.folder = fileparts (mfilename ("fullpath"));
  session.owner = getpid ();
  session = open_channel (session);
  set_up ();
  session = load_library (session, library);
endfunction

function set_up ()
  page_screen_output (false);
  page_output_immediately (true);
  ## It would name our own frames.
  warning ("off", "backtrace");
  ## An interrupt or the session's end is no reason to write the workspace into the user's folder.
  crash_dumps_octave_core (false);
  sighup_dumps_octave_core (false);
  sigterm_dumps_octave_core (false);
  set (0, "defaultfigurevisible", "off");
  warning ("off", "Octave:gnuplot-graphics");
  ## Else gnuplot draws with letters on stdout where it has no screen.
  if (isempty (getenv ("DISPLAY")) && isempty (getenv ("GNUTERM")))
    setenv ("GNUTERM", "unknown");
  endif
endfunction

## The library tells what to do from the number of arguments. Without it there are functions that do nothing.
function session = load_library (session, library)
  mex = fullfile (session.scratch, "krunner_control.mex");
  [session.wait, session.enter, session.leave, session.insist] = deal (@() []);
  try
    symlink (library, mex);
    autoload ("krunner_control", mex);
    krunner_control ();
    session.wait = @() krunner_control (0);
    session.enter = @() krunner_control (0, 0);
    session.leave = @() krunner_control (0, 0, 0);
    session.insist = @() krunner_control (0, 0, 0, 0);
  catch
  end_try_catch
endfunction

## Also when the user has closed all files.
function session = open_channel (session)
  session.requests = opened (session, "requests", "/proc/self/fd/3", "r");
  session.reports = opened (session, "reports", "/proc/self/fd/4", "w");
endfunction

function stream = opened (session, name, path, mode)
  CLOSE_ON_EXEC = 1;
  try
    stream = session.(name);
    if (builtin ("strcmp", builtin ("fopen", stream), path))
      return;
    endif
  catch
  end_try_catch
  stream = builtin ("fopen", path, mode);
  builtin ("fcntl", stream, F_SETFD, CLOSE_ON_EXEC);
endfunction

function send (session, header, payload)
  builtin ("fflush", builtin ("stdout"));
  builtin ("fprintf", session.reports, "%s %d\n", header, builtin ("numel", payload));
  builtin ("fwrite", session.reports, payload);
  builtin ("fflush", session.reports);
endfunction

## The words of its header, none at the end of the channel, and its text.
function [request, text] = next_request (session)
  request = builtin ("regexp", read_header (session), '\S+', "match");
  text = "";
  ## `fread` of nothing would read on.
  if (! builtin ("isempty", request) && ! builtin ("strcmp", request{end}, "0"))
    text = builtin ("fread", session.requests, builtin ("str2double", request{end}), "*char")';
  endif
endfunction

## `fgetl` would wait for what comes after the line.
function header = read_header (session)
  header = "";
  character = "";
  while (! builtin ("strcmp", character, "\n"))
    character = builtin ("fread", session.requests, 1, "*char");
    if (builtin ("isempty", character))
      header = "";
      return;
    endif
    header(end+1) = character;
  endwhile
endfunction

function [session, code, kind] = run_cell (session, id, source)
  ## Octave looks for a function of the file's name first: for one that there is not, in all of its load path.
  file = [session.scratch "/cell." id];
  write_file (file, source);
  krunner_kept ("code", []);
  keep_folder ();
  ## A read that was interrupted may have left it at its end.
  builtin ("fclear", 0);
  failure = open_comment (source);
  if (builtin ("isempty", failure))
    command = ["source ('" builtin("strrep", file, "'", "''") "')"];
    failure = guarded (session, @() in_base (command));
    session = open_channel (session);
    keep_path (session);
  endif
  if (builtin ("isempty", failure))
    [failure, images] = guarded (session, @() krunner_figures (session.scratch));
    for image = images
      send (session, "display image/png", image{1});
    endfor
  endif
  [code, kind] = krunner_failure (session, file, failure);
  builtin ("unlink", file);
endfunction

function write_file (name, text)
  file = builtin ("fopen", name, "w");
  builtin ("fwrite", file, text);
  builtin ("fclose", file);
endfunction

## Octave sources nothing while its working folder is gone.
function keep_folder ()
  try
    builtin ("pwd");
  catch
    builtin ("cd", "/");
    builtin ("fputs", builtin ("stderr"), "krunner: the working folder is gone, and Octave is in / now\n");
  end_try_catch
endfunction

## The user may have set another load path.
function keep_path (session)
  if (builtin ("isempty", builtin ("strfind", builtin ("path"), session.folder)))
    builtin ("addpath", session.folder);
  endif
endfunction

function result = in_base (command)
  builtin ("evalin", "base", command);
  result = [];
endfunction

## To Octave a block comment without an end is only worth a warning.
function failure = open_comment (source)
  failure = [];
  depth = 0;
  for line = builtin ("regexp", source, '^[ \t]*[%#][{}][ \t\r]*$', "match", "lineanchors")
    depth = builtin ("max", 0, depth + 1 - 2 * builtin ("any", line{1} == "}"));
  endfor
  if (depth > 0)
    failure = struct ("message", "parse error:\n\n  block comment unterminated at end of input", "identifier", "", "stack", []);
  endif
endfunction

## Runs what is or calls user code; interrupts get in only here. A child that user code has forked ends here, too.
function [failure, result] = guarded (session, action)
  failure = result = [];
  ended = false;
  try
    unwind_protect
      session.enter ();
      try
        result = action ();
      catch failure
      end_try_catch
      session.insist ();
      session.leave ();
      ended = true;
    unwind_protect_cleanup
      session.leave ();
      if (! ended && builtin ("getpid") == session.owner)
        error ("krunner:interrupted", "interrupted");
      endif
    end_unwind_protect
  catch failure
  end_try_catch
  if (builtin ("getpid") != session.owner)
    builtin ("quit", ! builtin ("isempty", failure));
  endif
endfunction
