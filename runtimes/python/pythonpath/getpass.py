"""The standard module getpass, but for one thing: where the daemon answers for the user, it is told that a password is
asked for. The folder is first in PYTHONPATH, so that this is found instead, in any program, and only when it is wanted.
"""
import os
import stat
import sys

here = os.path.dirname(os.path.abspath(__file__))
elsewhere = [folder for folder in sys.path if os.path.abspath(folder or '.') != here]


def load_standard():
    """Takes our place in sys.modules."""
    if sys.version_info[0] == 2:
        import imp
        return imp.load_module('getpass', *imp.find_module('getpass', elsewhere))
    from importlib.machinery import PathFinder
    from importlib.util import module_from_spec
    spec = PathFinder.find_spec('getpass', elsewhere)
    module = module_from_spec(spec)
    sys.modules['getpass'] = module
    spec.loader.exec_module(module)
    return module


def connect():
    """The connection that makes what is read a password while it is open; None where nobody listens, or a terminal does."""
    import socket
    name, _, inode = os.environ.get('KRUNNER_INPUT', '').rpartition(':')
    try:
        status = os.fstat(sys.stdin.fileno())
        if not stat.S_ISFIFO(status.st_mode) or str(status.st_ino) != inode:
            return None
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(name if name.startswith('/') else '\0' + name)
        connection.sendall(b'password\n')
        return connection
    except (AttributeError, EnvironmentError, ValueError):
        return None


def getpass(prompt='Password: ', stream=None, **options):
    """Prompt for a password, which is not shown while it is typed."""
    connection = connect()
    if connection is None:
        return standard_getpass(prompt, stream, **options)
    stream = stream or sys.stdout
    try:
        stream.write(prompt)
        stream.flush()
        line = sys.stdin.readline()
    finally:
        connection.close()
    if not line:
        raise EOFError
    return line[:-1] if line.endswith('\n') else line


ask = getpass
standard = load_standard()
standard_getpass = standard.getpass
standard.getpass = ask
