"""Documentation of the name at the cursor. Nothing is called: it only looks attributes up."""
import inspect
import re

from . import cell

LEFT = re.compile(r'[^\W\d][\w.]*\Z', re.U)
RIGHT = re.compile(r'\w*', re.U)


def answer(source, cursor):
    """Signature and documentation as bytes; empty where nothing is known."""
    before = source[:cursor].decode('utf-8', 'replace')
    after = source[cursor:].decode('utf-8', 'replace')
    name = name_at(before, after)
    if not name:
        return b''
    try:
        value = look_up(str(name))
    except (AttributeError, KeyError, UnicodeError):
        return b''
    parts = [heading(name, value), inspect.getdoc(value)]
    return b'\n\n'.join(part if isinstance(part, bytes) else part.encode('utf-8') for part in parts if part)


def name_at(before, after):
    """The dotted name that the cursor touches, or else of the call in whose brackets it is."""
    word = LEFT.search(before + RIGHT.match(after).group())
    if word and not before.endswith('('):
        return word.group().rstrip('.')
    depth = 0
    for position in range(len(before) - 1, -1, -1):
        depth += {')': 1, '(': -1}.get(before[position], 0)
        if depth < 0:
            called = LEFT.search(before[:position])
            return called and called.group()
    return None


def look_up(name):
    first, _, rest = name.partition('.')
    value = cell.namespace[first] if first in cell.namespace else getattr(cell.builtins, first)
    for attribute in rest.split('.') if rest else ():
        # A property is described itself: to read it would run code of the user's.
        static = getattr(type(value), attribute, None)
        value = static if isinstance(static, property) else getattr(value, attribute)
    return value


def heading(name, value):
    if inspect.ismodule(value):
        return u'module ' + value.__name__
    signature = signature_of(value) if callable(value) else None
    return name + signature if signature else u'%s: %s' % (name, type(value).__name__)


def signature_of(value):
    try:
        if hasattr(inspect, 'signature'):
            return str(inspect.signature(value))
        return inspect.formatargspec(*inspect.getargspec(value))
    except (TypeError, ValueError):
        return None
