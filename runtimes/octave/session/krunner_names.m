## Looks up the name at a cursor, a number of bytes as text: `complete` gives what it may become, `inspect` what is known of it.
function text = krunner_names (look, source, cursor)
  text = "";
  cursor = str2double (cursor);
  try
    switch (look)
      case "complete"
        text = complete (source(1:cursor));
      case "inspect"
        text = inspect (source(1:cursor), source(cursor+1:end));
    endswitch
  catch
  end_try_catch
endfunction

function text = complete (before)
  text = "";
  word = regexp (before, '[\w.]+$', "match", "once");
  if (! isempty (word))
    matches = evalin ("base", sprintf ("completion_matches ('%s')", word));
    matches = unique (strtrim (strrep (cellstr (matches), "\0", "")));
    text = strjoin (matches(! strncmp (matches, "krunner_", 8))', "\n");
  endif
endfunction

function text = inspect (before, after)
  text = "";
  word = [regexp(before, '\w*$', "match", "once"), regexp(after, '^\w*', "match", "once")];
  if (isempty (word))
    return;
  elseif (evalin ("base", sprintf ("exist ('%s', 'var')", word)))
    text = evalin ("base", sprintf ("evalc ('whos %s')", word));
  else
    text = evalc (["help " word]);
  endif
endfunction
