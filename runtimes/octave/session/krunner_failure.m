## Tells what ended a cell: its message goes to stderr. Returns the cell's exit code, and the kind of its error.
function [code, kind] = krunner_failure (session, file, failure)
  kind = "";
  code = krunner_kept ("code");
  if (builtin ("isempty", failure))
    code = 0;
  elseif (builtin ("isempty", code))
    code = 1;
    kind = kind_of (failure);
    builtin ("fputs", builtin ("stderr"), message_of (session, file, failure));
    builtin ("fflush", builtin ("stderr"));
  endif
endfunction

function kind = kind_of (failure)
  kind = failure.identifier;
  if (builtin ("isempty", kind))
    kind = "error";
  endif
endfunction

## As Octave prints it, with the frames down to the cell's own statement.
function message = message_of (session, file, failure)
  if (builtin ("strcmp", failure.identifier, "krunner:interrupted"))
    message = "interrupted\n";
    return;
  endif
  text = failure.message;
  if (builtin ("strncmp", text, ["source: error sourcing file '" file], 29 + builtin ("numel", file)))
    text = parse_error (file);
  endif
  message = ["error: " named(session, builtin ("regexprep", text, '\s+$', "")) "\n"];
  if (! builtin ("isempty", failure.stack))
    message = [message places_of(session, file, failure.stack)];
  endif
  if (is_in (text, "no graphics toolkits are available"))
    message = [message "krunner: Octave needs gnuplot to draw where there is no screen, and this image has none\n"];
  elseif (is_in (text, "ft_text_renderer"))
    message = [message "krunner: Octave needs fonts to draw, such as those of FreeFont, and fontconfig to find them\n"];
  endif
endfunction

function result = is_in (text, part)
  result = ! builtin ("isempty", builtin ("strfind", text, part));
endfunction

## What is wrong with the syntax of a file: `source` only says that there is something.
function text = parse_error (file)
  text = "parse error";
  try
    builtin ("__parse_file__", file);
  catch failure
    text = failure.message;
  end_try_catch
endfunction

function text = places_of (session, file, frames)
  text = "";
  bottom = builtin ("find", builtin ("strcmp", {frames.name}, file), 1);
  if (builtin ("isempty", bottom))
    return;
  endif
  text = "error: called from\n";
  for frame = frames(1:bottom)'
    if (is_told (session, frame))
      text = [text place_of(session, frame)];
    endif
  endfor
endfunction

## Not the functions of ours that stand in for Octave's own, nor calls without a place.
function result = is_told (session, frame)
  is_ours = builtin ("strncmp", frame.file, session.folder, builtin ("numel", session.folder));
  result = frame.line > 0 && ! is_ours;
endfunction

function text = place_of (session, frame)
  position = builtin ("sprintf", "line %d column %d", frame.line, frame.column);
  file = named (session, frame.file);
  ## Octave 6 puts the file before the name of a function that has none.
  name = builtin ("regexprep", frame.name, '^.*>(?=@<)', "");
  if (builtin ("strcmp", frame.name, frame.file))
    text = ["    " file " at " position "\n"];
  elseif (builtin ("strcmp", file, frame.file))
    text = ["    " name " at " position "\n"];
  else
    text = ["    " name " at " position " of " file "\n"];
  endif
endfunction

## With the names of cells in the place of those of their files.
function text = named (session, text)
  files = [builtin("regexprep", session.scratch, '([^\w/])', '\\$1') '/cell\.(\d+)'];
  text = builtin ("regexprep", text, files, "<cell $1>");
endfunction
