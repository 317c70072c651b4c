"""The query driver's parts. User code shares the process with them, and sees as little of them as possible."""
import sys


def part(name):
    """A module of ours that not every session needs, whole even where an interrupt comes while it is imported."""
    path = __name__ + '.' + name
    if path not in sys.modules:
        from . import interrupt
        interrupt.undisturbed(__import__, path)
        interrupt.check()
    return sys.modules[path]
