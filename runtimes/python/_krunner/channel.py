"""The control channel: frames to and from the daemon, `TYPE field ... LENGTH\\n` and LENGTH bytes.

A signal handler of the user's may raise at any bytecode, also in here. So what must not be lost or doubled is done and
noted in one call into C, `list.extend(map(...))`, in which no handler's exception comes between the deed and the note.
"""
import os
from errno import EBADF, EINTR, EPIPE
from fcntl import F_GETFD, fcntl, ioctl
from itertools import repeat

from . import interrupt

try:
    from _thread import RLock, get_ident
except ImportError:  # 2.7
    from itertools import imap as map
    from thread import get_ident
    from threading import RLock

F_DUPFD_CLOEXEC = 1030
FIONREAD = 0x541B
# Above what programs close wholesale when they start or daemonise, as far as the limit on open files lets us.
FLOORS = (5000, 2100, 1010, 200)
# What a pipe takes whole or not at all (PIPE_BUF).
ATOMIC = 4096
READ_SIZE = 65536
CLOSED = (EPIPE, EBADF)


class Closed(Exception):
    """The daemon is gone, or user code has closed our descriptors."""


def copy(fd):
    """A copy out of the way of user code, and closed in the programs that it starts."""
    for floor in FLOORS:
        try:
            return fcntl(fd, F_DUPFD_CLOEXEC, floor)
        except EnvironmentError:
            pass
    return fcntl(fd, F_DUPFD_CLOEXEC, 3)


def move(fd):
    moved = copy(fd)
    os.close(fd)
    return moved


owner = os.getpid()
main_thread = get_ident()
requests = move(3)
reports = move(4)
standard = [copy(0), copy(1), copy(2)]
lock = RLock()
arrived = []
wanted = 1


def is_ours():
    """False in a forked child of the user's, which must not speak."""
    return os.getpid() == owner


def close_in_child():
    for fd in [requests, reports] + standard:
        try:
            os.close(fd)
        except OSError:
            pass


if hasattr(os, 'register_at_fork'):
    os.register_at_fork(after_in_child=close_in_child)


@interrupt.guarded
def restore_standard():
    """A cell that closed stdin, stdout or stderr does not take them from the next one."""
    for fd in (0, 1, 2):
        try:
            fcntl(fd, F_GETFD)
        except EnvironmentError:
            os.dup2(standard[fd], fd)


@interrupt.guarded
def send(head, payload):
    """One frame: `head` is its type and fields, `payload` its bytes."""
    if not is_ours():
        return
    frame = ('%s %d\n' % (head, len(payload))).encode('ascii') + payload
    with lock:
        if len(frame) <= ATOMIC:
            write_all([frame])
        else:
            write_all([frame[start:start + ATOMIC] for start in range(0, len(frame), ATOMIC)])


@interrupt.guarded
def display(mime, data):
    with lock:  # so that none comes behind the `done` of its cell
        if interrupt.running:
            send('display ' + mime, data)


@interrupt.guarded
def write_all(chunks):
    written = []
    raised = None
    while len(written) < len(chunks):
        try:
            written.extend(map(os.write, repeat(reports), chunks[len(written):]))
        except BaseException as error:
            number = getattr(error, 'errno', None)
            if number in CLOSED:
                raise Closed()
            if number != EINTR:  # from a handler of the user's: the frame goes out whole first
                raised = error
    if raised is not None:
        raise raised


def receive():
    """The next request as its words and its payload; None where there will be no more."""
    while True:
        request = take()
        if request is not None:
            return request
        if not wait():
            return None


def wait():
    """Blocks until more has arrived. False at the end, or where user code has closed the descriptor."""
    try:
        arrived.extend(map(os.read, (requests,), (READ_SIZE,)))
    except EnvironmentError as error:
        if error.errno not in (EINTR, EBADF):
            raise
        return error.errno == EINTR
    return arrived[-1] != b''


@interrupt.guarded
def take():
    """A whole request, where one has arrived."""
    global wanted
    if sum(map(len, arrived)) < wanted:
        return None
    data = b''.join(arrived)
    head, newline, rest = data.partition(b'\n')
    words = head.decode('ascii').split(' ')
    length = int(words.pop()) if newline else 0
    if not newline or len(rest) < length:
        wanted = len(data) + max(1, length - len(rest))
        arrived[:] = [data]
        return None
    wanted = 1
    interrupt.coming = True
    arrived[:] = [rest[length:]]
    return words, rest[:length]


def request_has_come():
    return any(arrived) or any(bytearray(ioctl(requests, FIONREAD, b'\0\0\0\0')))


interrupt.request_has_come = request_has_come


def ask(prompt, is_password):
    """The user's line, as bytes without a newline. Only for the main thread of a running cell."""
    send('ask %d' % is_password, prompt)
    interrupt.check()
    while True:
        request = receive()
        if request is None:
            raise EOFError('the session ends')
        if request[0] == ['answer']:
            return request[1]
