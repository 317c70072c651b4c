"""Suggestions for what stands before the cursor.

Names and attributes come from the living objects, at once and exactly. What does not live yet, such as names of this
very cell, imports, and results of calls, jedi knows, where it is installed.
"""
import re
import sys

from . import cell, magics

WORD = re.compile(r'[\w.]*\Z', re.U)
MAGIC = re.compile(r'^[ \t]*%%?\w*\Z', re.M)
IMPORT = re.compile(r'^[ \t]*(import|from)[ \t][^;\n]*\Z', re.M)
LAST_NAME = re.compile(r'\w*\Z', re.U)


def answer(source, cursor):
    """Lines of bytes, each a whole replacement for the word before the cursor."""
    before = source[:cursor].decode('utf-8', 'replace')
    found = (magic_names if MAGIC.search(before) else names)(before, source.decode('utf-8', 'replace'))
    lines = [line if isinstance(line, bytes) else line.encode('utf-8', 'replace') for line in found]
    return b'\n'.join(sorted(set(lines), key=lambda line: (line.split(b'.')[-1].startswith(b'_'), line)))


def names(before, source):
    word = WORD.search(before).group()
    is_import = IMPORT.search(before)
    in_string = before[:len(before) - len(word)].endswith(('"', "'"))
    living = [] if is_import or in_string else living_names(word)
    if living and '.' in word:
        return living
    return living + (guessed_names(before, source, word) or (module_names(before, word) if is_import else []))


def living_names(word):
    rlcompleter = import_rlcompleter()

    class Completer(rlcompleter.Completer):
        def _callable_postfix(self, value, name):
            return name

    completer = Completer(cell.namespace)
    word = str(word)
    if '.' in word:
        return completer.attr_matches(word)
    return [name.rstrip(' :') for name in completer.global_matches(word)] if word else []


def import_rlcompleter():
    """Without readline, which would set itself up for a terminal and may print a control sequence."""
    if 'readline' in sys.modules or 'rlcompleter' in sys.modules:
        import rlcompleter
        return rlcompleter
    sys.modules['readline'] = None
    try:
        import rlcompleter
        return rlcompleter
    finally:
        del sys.modules['readline']


def guessed_names(before, source, word):
    try:
        import jedi
    except ImportError:
        return []
    lines = before.split('\n')
    suggestions = jedi.Interpreter(source, [cell.namespace]).complete(len(lines), len(lines[-1]))
    start = LAST_NAME.search(word).group()
    base = word[:len(word) - len(start)]
    in_string = [word + (item.complete or '') for item in suggestions if item.name[:1] in '"\'']
    return in_string or [base + item.name_with_symbols for item in suggestions if item.name.startswith(start)]


def module_names(before, word):
    import pkgutil
    package, _, start = word.rpartition('.')
    if ' import ' in before[before.rfind('\n') + 1:]:
        return []
    if package and package not in sys.modules:
        return []
    path = getattr(sys.modules[package], '__path__', []) if package else None
    found = [item[1] for item in pkgutil.iter_modules(path)]
    found += [] if package else sys.builtin_module_names
    base = word[:len(word) - len(start)]
    return [base + name for name in found if name.startswith(start)]


def magic_names(before, _):
    try:
        magics.start()
    except ImportError:
        return []
    word = before.split()[-1]
    return magics.shell.complete(word, word)[1]
