"""Shows the value of a last expression: as the REPL does, or richer where it has a richer form."""
import os
import sys

from . import imports
from .cell import builtins

PLAIN = frozenset([int, float, complex, bool, str, bytes, list, tuple, dict, set, frozenset, type(None)])


def displayhook(value):
    """Prints the value and keeps it as `_`, or displays it where it can show more than text."""
    if type(value) in PLAIN:
        sys.__displayhook__(value)
        return
    from . import rich
    builtins._ = value
    if not rich.show(value):
        sys.__displayhook__(value)


def display(*objects, **options):
    """Shows objects in the richest form that they have: HTML, images, or text."""
    from . import rich
    return rich.display(*objects, **options)


def adopt_ipython(module):
    if hasattr(module, 'DisplayHandle'):
        from . import rich
        rich.adopt(module)


def adopt_matplotlib(matplotlib):
    # Agg is what our environment asks for; another backend is the user's or the image's wish.
    if os.environ.get('MPLBACKEND', 'agg').lower() == 'agg':
        matplotlib.rcParams['backend'] = 'module://_krunner.figures'


def install():
    sys.displayhook = displayhook
    builtins.display = display
    imports.after('matplotlib', adopt_matplotlib)
    imports.after('IPython.core.display', adopt_ipython)
    imports.after('IPython.core.display_functions', adopt_ipython)
