## The images, as PNG, of all figures that look otherwise than when they were last asked for.
function images = krunner_figures (scratch)
  images = {};
  for figure = builtin ("sort", builtin ("get", 0, "children"))'
    if (is_changed (figure) && ! isempty (get (figure, "children")))
      image = image_of (figure, fullfile (scratch, "figure.png"));
      if (is_new (figure, image))
        images{end+1} = image;
      endif
      set (figure, "__modified__", "off");
    endif
  endfor
  krunner_kept ("changed", []);
endfunction

function result = is_changed (figure)
  result = strcmp (get (figure, "__modified__"), "on") || any (krunner_kept ("changed") == figure);
endfunction

## Octave also calls a figure changed when it becomes the current one.
function result = is_new (figure, image)
  looks = hash ("md5", char (image'));
  result = ! isequal (getappdata (figure, "krunner_shown"), looks);
  setappdata (figure, "krunner_shown", looks);
endfunction

function image = image_of (figure, name)
  current = get (0, "currentfigure");
  set (0, "currentfigure", figure);
  unwind_protect
    draw (figure, name);
  unwind_protect_cleanup
    set (0, "currentfigure", current);
  end_unwind_protect
  file = fopen (name, "r");
  image = fread (file, Inf, "*uint8");
  fclose (file);
  unlink (name);
endfunction

function draw (figure, name)
  if (strcmp (get (figure, "__graphics_toolkit__"), "gnuplot"))
    ## `print` goes through PostScript here, and needs Ghostscript.
    builtin ("drawnow", sprintf ("pngcairo size %d,%d", get (figure, "position")(3:4)), name);
  else
    print (figure, name, "-dpng", "-r0");
  endif
endfunction
