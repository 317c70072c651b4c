## Serves the daemon's requests until its end of the channel is closed. `library` is ours, `scratch` a folder for our files.
## All is in one file: its functions stay when the user clears functions or changes the load path.
function krunner_serve (library, scratch)
  session = open_session (library, scratch);
  send (session, "ready", ["GNU Octave " version()]);
  while (true)
    session.wait ();
    header = read_header (session);
    if (isempty (header))
      break;
    endif
    fields = strsplit (header, " ");
    text = read_text (session, str2double (fields{end}));
    switch (fields{1})
      case "run"
        [code, kind] = run_cell (session, fields{2}, text);
        send (session, sprintf ("done %s %d", fields{2}, code), kind);
      case "complete"
        send (session, ["matches " fields{2}], complete (text(1:str2double (fields{3}))));
      case "inspect"
        send (session, ["doc " fields{2}], inspect (text, str2double (fields{3})));
    endswitch
  endwhile
  builtin ("quit");
endfunction

function session = open_session (library, scratch)
  session.folder = fileparts (mfilename ("fullpath"));
  session.scratch = scratch;
  session.owner = getpid ();
  session.requests = fopen ("/proc/self/fd/3", "r");
  session.reports = fopen ("/proc/self/fd/4", "w");
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
  [session.wait, session.enter, session.leave] = deal (@() []);
  try
    symlink (library, mex);
    autoload ("krunner_control", mex);
    krunner_control ();
    session.wait = @() krunner_control (0);
    session.enter = @() krunner_control (0, 0);
    session.leave = @() krunner_control (0, 0, 0);
  catch
  end_try_catch
endfunction

## Empty at the end of the channel. `fgetl` would wait for what comes after the line.
function header = read_header (session)
  header = "";
  while (true)
    character = fread (session.requests, 1, "*char");
    if (isempty (character) || character == "\n")
      break;
    endif
    header(end+1) = character;
  endwhile
endfunction

## `fread` of nothing would read on.
function text = read_text (session, count)
  text = "";
  if (count > 0)
    text = fread (session.requests, count, "*char")';
  endif
endfunction

function send (session, header, payload)
  fflush (stdout);
  fprintf (session.reports, "%s %d\n", header, numel (payload));
  fwrite (session.reports, payload);
  fflush (session.reports);
endfunction

function [code, kind] = run_cell (session, id, source)
  file = fullfile (session.scratch, ["cell_" id ".m"]);
  write_file (file, source);
  keep_path (session);
  krunner_kept ("code", []);
  failure = [];
  ended = false;
  try
    unwind_protect
      session.enter ();
      try
        evalin ("base", sprintf ("source ('%s')", strrep (file, "'", "''")));
        show_figures (session);
      catch failure
      end_try_catch
      session.leave ();
      ended = true;
    unwind_protect_cleanup
      session.leave ();
      if (! ended)
        error ("krunner:interrupted", "interrupted");
      endif
    end_unwind_protect
  catch failure
  end_try_catch
  keep_path (session);
  [code, kind] = tell (session, file, failure);
  unlink (file);
endfunction

## The user may have set another load path.
function keep_path (session)
  if (! any (strcmp (strsplit (path (), pathsep ()), session.folder)))
    addpath (session.folder);
  endif
endfunction

function write_file (name, text)
  file = fopen (name, "w");
  fwrite (file, text);
  fclose (file);
endfunction

## The exit code of the cell, and the kind of its error, whose message goes to stderr.
function [code, kind] = tell (session, file, failure)
  code = krunner_kept ("code");
  kind = "";
  if (getpid () != session.owner)
    builtin ("quit", code);
  endif
  if (isempty (failure))
    code = 0;
  elseif (! isempty (code))
    code = mod (code, 256);
  else
    code = 1;
    kind = kind_of (failure);
    fputs (stderr, message_of (session, file, failure));
    fflush (stderr);
  endif
endfunction

function kind = kind_of (failure)
  kind = failure.identifier;
  if (isempty (kind))
    kind = "error";
  endif
endfunction

## As Octave prints it, with the frames down to the cell's own statement.
function message = message_of (session, file, failure)
  if (strcmp (failure.identifier, "krunner:interrupted"))
    message = "interrupted\n";
    return;
  endif
  text = failure.message;
  if (strncmp (text, "source: error sourcing file", 27))
    text = parse_error (file);
  endif
  message = sprintf ("error: %s\n", named (session, strtrim_end (text)));
  frames = failure.stack;
  bottom = find (strcmp ({frames.name}, file), 1);
  if (isempty (bottom))
    return;
  endif
  message = [message "error: called from\n"];
  for frame = frames(1:bottom)'
    message = [message place_of(session, frame)];
  endfor
endfunction

function text = strtrim_end (text)
  text = regexprep (text, '\s+$', "");
endfunction

## What is wrong with the syntax of a file: `source` only says that there is something.
function text = parse_error (file)
  text = "parse error";
  try
    __parse_file__ (file);
  catch failure
    text = failure.message;
  end_try_catch
endfunction

function text = place_of (session, frame)
  position = sprintf ("line %d column %d", frame.line, frame.column);
  if (strcmp (frame.name, frame.file))
    text = sprintf ("    %s at %s\n", named (session, frame.file), position);
  elseif (! strcmp (named (session, frame.file), frame.file))
    text = sprintf ("    %s at %s of %s\n", frame.name, position, named (session, frame.file));
  else
    text = sprintf ("    %s at %s\n", frame.name, position);
  endif
endfunction

## With the names of cells in the place of those of their files.
function text = named (session, text)
  text = regexprep (text, [regexptranslate("escape", session.scratch) '/cell_(\d+)\.m'], "<cell $1>");
endfunction

## Sends the figures that look otherwise than when they were last shown.
function show_figures (session)
  for figure = sort (get (0, "children"))'
    if (is_changed (figure) && ! isempty (get (figure, "children")))
      show (session, figure, image_of (session, figure));
    endif
  endfor
  krunner_kept ("changed", []);
endfunction

function result = is_changed (figure)
  result = strcmp (get (figure, "__modified__"), "on") || any (krunner_kept ("changed") == figure);
endfunction

## Octave also calls a figure changed when it becomes the current one.
function show (session, figure, image)
  looks = hash ("md5", char (image'));
  if (! isequal (getappdata (figure, "krunner_shown"), looks))
    send (session, "display image/png", image);
    setappdata (figure, "krunner_shown", looks);
  endif
  set (figure, "__modified__", "off");
endfunction

function image = image_of (session, figure)
  name = fullfile (session.scratch, "figure.png");
  current = get (0, "currentfigure");
  set (0, "currentfigure", figure);
  if (strcmp (get (figure, "__graphics_toolkit__"), "gnuplot"))
    ## `print` goes through PostScript here, and needs Ghostscript.
    builtin ("drawnow", sprintf ("pngcairo size %d,%d", get (figure, "position")(3:4)), name);
  else
    print (figure, name, "-dpng", "-r0");
  endif
  set (0, "currentfigure", current);
  file = fopen (name, "r");
  image = fread (file, Inf, "*uint8");
  fclose (file);
  unlink (name);
endfunction

function text = complete (source)
  text = "";
  word = regexp (source, '[\w.]+$', "match", "once");
  if (isempty (word))
    return;
  endif
  try
    matches = evalin ("base", sprintf ("completion_matches ('%s')", word));
    text = strjoin (unique (strrep (cellstr (matches), "\0", ""))', "\n");
  catch
  end_try_catch
endfunction

function text = inspect (source, cursor)
  text = "";
  word = [regexp(source(1:cursor), '\w*$', "match", "once"), regexp(source(cursor + 1:end), '^\w*', "match", "once")];
  try
    if (evalin ("base", sprintf ("exist ('%s', 'var')", word)))
      text = evalin ("base", sprintf ("evalc ('whos %s')", word));
    else
      text = evalc (["help " word]);
    endif
  catch
  end_try_catch
endfunction
