"""The cells' texts, for tracebacks, warnings, `inspect.getsource` and the debugger: `linecache` shows them.

linecache itself costs milliseconds to import, so it gets the texts when it is imported, by whomever.
"""
import sys

texts = {}


def add(text):
    """Names a new cell: `<cell 3>`."""
    name = '<cell %d>' % (len(texts) + 1)
    texts[name] = text
    linecache = sys.modules.get('linecache')
    if linecache:
        show(linecache, name)
    return name


def show(linecache, name):
    lines = [line + '\n' for line in lines_of(name)]
    # No modification time: linecache then never looks for a file of that name.
    linecache.cache[name] = (len(texts[name]), None, lines, name)


def show_all(linecache):
    for name in texts:
        show(linecache, name)


def lines_of(name):
    # As the compiler counts: splitlines() would also split at form feeds and the like.
    return texts[name].replace('\r\n', '\n').replace('\r', '\n').split('\n')


def first_frame(trace):
    """The part of a traceback that starts in a cell, or None."""
    while trace is not None and trace.tb_frame.f_code.co_filename not in texts:
        trace = trace.tb_next
    return trace
