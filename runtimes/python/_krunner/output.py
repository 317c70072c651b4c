"""sys.stdout and sys.stderr of the session: every write goes out at once, and whole."""
import io
import os
import sys


class Output(io.FileIO):
    """The plain FileIO, which `python -u` uses, stops half way where a signal arrives."""

    def __init__(self, fd, name):
        io.FileIO.__init__(self, fd, 'w', closefd=False)
        self.name = name

    def write(self, data):
        fd = self.fileno()
        written = put(fd, data)
        if written != len(data):
            data = memoryview(data).cast('B')
            while written < len(data):
                written += put(fd, data[written:])
        return written


def put(fd, data):
    try:
        return os.write(fd, data)
    except BlockingIOError:
        # A program that shares the pipe (Node.js does it) has made it non-blocking for all.
        os.set_blocking(fd, True)
        return os.write(fd, data)


def open_output(fd, name, errors):
    stream = io.TextIOWrapper(Output(fd, name), encoding='utf-8', errors=errors, write_through=True)
    stream.mode = 'w'
    return stream


class Outputs(object):
    """Both streams; 2.7 keeps its own, which `-u` makes unbuffered."""

    def __init__(self):
        self.ours = {}
        if sys.version_info[0] > 2:
            self.open('stdout', 1, 'surrogateescape')
            self.open('stderr', 2, 'backslashreplace')

    def open(self, name, fd, errors):
        stream = open_output(fd, '<%s>' % name, errors)
        self.ours[name] = (stream, fd, errors)
        setattr(sys, name, stream)
        setattr(sys, '__%s__' % name, stream)

    def renew(self):
        """A cell that closed a stream does not take it from the next one."""
        for name, (stream, fd, errors) in list(self.ours.items()):
            if stream.closed:
                self.open(name, fd, errors)


def flush():
    """What user code has put in place of the streams, too."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass  # closed, or None, or something that only writes
