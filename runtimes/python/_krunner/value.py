"""Shows the value of a last expression: as the REPL does, or richer where it has a richer form."""
import sys

from . import part
from .cell import builtins

PLAIN = frozenset([int, float, complex, bool, str, bytes, list, tuple, dict, set, frozenset, type(None)])


def displayhook(value):
    """Prints the value and keeps it as `_`, or displays it where it can show more than text."""
    if type(value) in PLAIN:
        sys.__displayhook__(value)
        return
    builtins._ = value
    if not part('rich').show(value):
        sys.__displayhook__(value)


def display(*objects, **options):
    """Shows objects in the richest form that they have: HTML, images, or text."""
    return part('rich').display(*objects, **options)


def install():
    sys.displayhook = displayhook
    builtins.display = display
