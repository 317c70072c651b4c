"""Shows what a cell has raised, as the interpreter does, without a frame of ours."""
import os
import sys
import traceback

from . import sources

# Folders whose frames are not shown.
hidden = [os.path.dirname(os.path.abspath(__file__))]


def show(kind, value, trace):
    trace = sources.first_frame(trace)
    if isinstance(value, SyntaxError):
        add_line(value)
    sys.last_type, sys.last_value, sys.last_traceback = kind, value, trace
    if sys.version_info >= (3, 12):
        sys.last_exc = value
    if sys.excepthook is not sys.__excepthook__:
        sys.excepthook(kind, value, trace)
    else:
        write(described(kind, value, trace))


def described(kind, value, trace):
    if not hasattr(traceback, 'TracebackException'):  # 2.7
        frames = [frame for frame in traceback.extract_tb(trace) if not is_hidden(frame[0])]
        head = ['Traceback (most recent call last):\n'] if frames else []
        return ''.join(head + traceback.format_list(frames) + traceback.format_exception_only(kind, value))
    report = traceback.TracebackException(kind, value, trace)
    hide_frames(report)
    return ''.join(report.format())


def hide_frames(report):
    """Where a value's own __repr__ raised, say, frames of ours stand between the user's."""
    reports, seen = [report], set()
    while reports:
        report = reports.pop()
        if report is None or id(report) in seen:
            continue
        seen.add(id(report))
        report.stack[:] = [frame for frame in report.stack if not is_hidden(frame.filename)]
        reports += [report.__cause__, report.__context__]
        reports += getattr(report, 'exceptions', None) or ()


def is_hidden(filename):
    return any(filename.startswith(folder + os.sep) for folder in hidden)


def add_line(error):
    """The compiler does not know a cell's text once it is a tree."""
    lines = sources.lines_of(error.filename) if error.filename in sources.texts else ()
    text = error.text
    if not text and error.lineno and error.lineno <= len(lines):
        text = lines[error.lineno - 1]
    message = error.msg
    if sys.version_info < (3, 8) and 'await' in (text or ''):
        message += ' (await outside of a function needs Python 3.8 or later)'
    amend(error, message, text)


def amend(error, message, text):
    error.msg, error.text = message, text
    # 2.7 looks here.
    error.args = (message, (error.filename, error.lineno, error.offset, text)) + error.args[2:]


def write(text):
    try:
        sys.stderr.write(text)
    except Exception:  # the user has closed or replaced it
        os.write(2, text if isinstance(text, bytes) else text.encode('utf-8', 'backslashreplace'))
