## There is no screen: figures are shown at the end of their cell. What would be drawn now is noted for that.
function drawnow (varargin)
  if (nargin > 1)
    builtin ("drawnow", varargin{:});
    return;
  endif
  figures = get (0, "children")';
  for figure = figures
    if (strcmp (get (figure, "__modified__"), "on"))
      krunner_kept ("changed", [krunner_kept("changed"), figure]);
    endif
  endfor
  if (! isempty (getenv ("DISPLAY")))
    builtin ("drawnow", varargin{:});
  endif
endfunction
