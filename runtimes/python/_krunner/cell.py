"""Compiles a cell and runs it in `__main__`: all but a last expression, then that one, whose value is shown."""
import _ast
import sys
import types

from . import part, sources

try:
    import builtins
except ImportError:
    import __builtin__ as builtins  # 2.7

PYTHON_2 = sys.version_info[0] == 2
# Of the modules ast and inspect, which take long to import.
ONLY_TREE = 0x400
TOP_LEVEL_AWAIT = 0x2000 if sys.version_info >= (3, 8) else 0
IS_COROUTINE = 0x80
BYTE_ORDER_MARK = b'\xef\xbb\xbf'

main = types.ModuleType('__main__')
namespace = main.__dict__
namespace.update(__builtins__=builtins, __package__=None)
future_flags = 0


def take_main():
    """The context becomes `__main__`; the driver's own script lives on under another name."""
    if not PYTHON_2:
        main.__loader__ = sys.__spec__.loader  # as in the REPL
    sys.modules['_krunner.driver'] = sys.modules['__main__']
    sys.modules['__main__'] = main
    sys.argv[:] = ['']


def execute(source):
    """Runs a cell, and lets through whatever it raises."""
    if source.startswith(BYTE_ORDER_MARK):
        source = source[len(BYTE_ORDER_MARK):]
    text = source if PYTHON_2 else source.decode('utf-8', 'replace')
    name = sources.add(text)
    codes = compile_cell(text, name)
    if any(code.co_flags & IS_COROUTINE for code in codes):
        part('awaiting').run(codes, namespace)
    else:
        for code in codes:
            exec(code, namespace)


def compile_cell(text, name):
    try:
        return compile_python(text, name)
    except SyntaxError as error:
        if not part('magics').present_in(text):
            raise
        refused = error
    return compile_python(translated(text, refused), name)


def translated(text, refused):
    try:
        python = part('magics').translate(text)
    except ImportError:
        refused.msg += ' (%magics, !commands and help? need IPython, which cannot be imported)'
        python = text
    if python == text:
        raise refused
    return python


def compile_python(text, name):
    """The code objects of a cell, its last expression in one of its own."""
    tree = compile_part(encoded(text), name, 'exec', ONLY_TREE)
    if not tree.body or not isinstance(tree.body[-1], _ast.Expr) or is_quiet(text):
        return [finished(text, compile_part(tree, name, 'exec'))]
    last = _ast.Interactive([tree.body.pop()])
    shown = compile_part(last, name, 'single')
    if not tree.body:
        return [shown]
    return [finished(text, compile_part(tree, name, 'exec')), shown]


def compile_part(part, name, mode, flags=0):
    return compile(part, name, mode, flags | future_flags | TOP_LEVEL_AWAIT, True)


def encoded(text):
    # 2.7 takes bytes for Latin-1 and refuses an encoding line in unicode, unless it finds this mark.
    return BYTE_ORDER_MARK + text if PYTHON_2 else text


def finished(text, code):
    """Keeps what the cell imports from the future for the next ones."""
    global future_flags
    if '__future__' in text:
        import __future__
        for name in __future__.all_feature_names:
            future_flags |= code.co_flags & getattr(__future__, name).compiler_flag
    return code


def is_quiet(text):
    """True where the last expression ends with a semicolon, which hides its value, as notebooks do."""
    return ';' in text and part('semicolon').ends(text)
