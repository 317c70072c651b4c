"""Keeps a user's Python session. CPython 2.7, 3.5 and later; nothing but the standard library.

The context is the module `__main__`, a real one that lives as long as this process: each cell is compiled and
executed in it. The parts are in the package `_krunner` beside this file, one noun each; what the first cell does
not need is imported when it is needed. `docs/adding-a-language.md` has the protocol.
"""
import os
import sys

# Python puts the script's folder in front, unless it was told not to (-P). The user gets what a REPL has there.
put_in_front = not getattr(sys.flags, 'safe_path', False)
if not put_in_front:
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from _krunner import session
if put_in_front:
    sys.path[0] = ''
else:
    del sys.path[0]

session.Session().serve()
