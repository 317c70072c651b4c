"""What asks the user: sys.stdin, and with it input() and raw_input(), and getpass."""
import io
import sys

from . import channel, interrupt, output

PYTHON_2 = sys.version_info[0] == 2
END_OF_INPUT = b'\x04'  # what Ctrl-D types


def can_ask():
    """Threads and forked children read fd 0 itself instead: the daemon notices that."""
    return interrupt.running and channel.is_ours() and channel.get_ident() == channel.main_thread


def ask(prompt, is_password):
    output.flush()
    answer = channel.ask(prompt, is_password)
    if answer == END_OF_INPUT:
        raise EOFError
    return answer


class Question(io.FileIO):
    """What is under sys.stdin: each read asks for a line."""

    def __init__(self):
        io.FileIO.__init__(self, 0, 'r', closefd=False)
        self.name = '<stdin>'
        self.rest = b''
        self.asked = False

    def readinto(self, target):
        if not self.rest:
            if not can_ask():
                return self.read_pipe(target)
            self.rest = self.ask_line()
        count = min(len(target), len(self.rest))
        target[:count] = self.rest[:count]
        self.rest = self.rest[count:]
        return count

    def readall(self):
        """For `sys.stdin.read()`: one answer is all, because nobody can say where the input ends."""
        if not can_ask():
            return io.FileIO.readall(self)
        text, self.rest = self.rest, b''
        return text or self.ask_line()

    def ask_line(self):
        self.asked = True
        try:
            return ask(b'', False) + b'\n'
        except EOFError:
            return b''

    def read_pipe(self, target):
        """Between cells nobody answers, and to wait would hold up the next cell."""
        if channel.is_ours() and channel.get_ident() == channel.main_thread:
            return 0
        return io.FileIO.readinto(self, target)


class Question27(Question):
    """2.7's `sys.stdin.read()` reads until nothing comes."""
    ended = True

    def read(self, size=-1):
        self.ended = not self.ended
        return b'' if self.ended else self.readall()


class Input27(io.BufferedReader):
    """2.7's sys.stdin gives byte strings."""
    encoding = 'UTF-8'


class Input(object):
    """sys.stdin, for one cell after the other."""

    def __init__(self):
        self.stream = None
        self.open()

    def open(self):
        previous = self.stream
        self.question = Question27() if PYTHON_2 else Question()
        if PYTHON_2:
            self.stream = Input27(self.question)
        else:
            buffered = io.BufferedReader(self.question)
            self.stream = io.TextIOWrapper(buffered, encoding='utf-8', errors='surrogateescape')
            self.stream.mode = 'r'
        sys.__stdin__ = self.stream
        if previous is None or sys.stdin is previous:
            sys.stdin = self.stream

    def renew(self):
        """What a cell left unread of an answer is not the next one's."""
        if self.question.asked or self.stream.closed:
            self.open()


def password(prompt='Password: ', stream=None, **_):
    """Prompt for a password, which is not shown while it is typed."""
    if not can_ask():
        return standard_getpass(prompt, stream)
    prompt = prompt if isinstance(prompt, bytes) else prompt.encode('utf-8', 'replace')
    answer = ask(prompt, True)
    return answer if PYTHON_2 else answer.decode('utf-8', 'surrogateescape')


def hook(getpass):
    global standard_getpass
    standard_getpass = getpass.getpass
    getpass.getpass = password
