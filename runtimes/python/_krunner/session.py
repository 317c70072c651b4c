"""The loop of the session: a request comes in, a cell runs, a report goes out."""
import os
import sys

from . import cell, channel, imports, interrupt, output, part, question, value

INTEGERS = (int,) if sys.version_info[0] > 2 else (int, long)  # noqa: F821


class Session(object):
    def __init__(self):
        self.outputs = output.Outputs()
        self.input = question.Input()
        # The cell for which `done` is still owed: its ID, exit code and error.
        self.owed = None
        cell.take_main()
        value.install()
        imports.install()
        interrupt.install()
        channel.send('ready', ('Python ' + sys.version.split()[0]).encode('ascii'))

    @interrupt.guarded
    def serve(self):
        """Returns when the daemon closes the channel."""
        serving = True
        while serving:
            try:
                serving = self.serve_one()
            except channel.Closed:
                return
            except MemoryError:
                raise
            except BaseException:  # from a signal handler of the user's, between cells
                failed()

    @interrupt.guarded
    def serve_one(self):
        if self.owed:
            self.finish()
        request = channel.take()
        if request is None:
            run_tasks()
            request = channel.receive()
        if request is None:
            return False
        words, payload = request
        if words[0] == 'run':
            self.run(words[1], payload)
        elif words[0] in LOOKING:
            look(words[0], words[1], int(words[2]), payload)
        else:  # an answer that came too late
            interrupt.forget()
        return True

    @interrupt.guarded
    def run(self, cell_id, source):
        self.owed = (cell_id, 1, 'KeyboardInterrupt')
        interrupt.begin()
        interrupt.undisturbed(self.renew_streams)
        outcome = attempt(cell.execute, source)
        if 'matplotlib._pylab_helpers' in sys.modules:
            drawn = attempt(show_figures)
            outcome = outcome if outcome != FINE else drawn
        attempt(output.flush)
        self.owed = (cell_id,) + outcome
        self.finish()

    def renew_streams(self):
        channel.restore_standard()
        self.outputs.renew()
        self.input.renew()

    @interrupt.guarded
    def finish(self):
        interrupt.end()
        cell_id, code, error = self.owed
        if not channel.is_ours():  # a child that user code has forked, at the end of its cell
            os._exit(code)
        channel.send('done %s %d' % (cell_id, code), error.encode('utf-8', 'replace'))
        self.owed = None


FINE = (0, '')
# Requests to look at the context: what is reported, and who knows it.
LOOKING = {'complete': ('matches', 'completion'), 'inspect': ('doc', 'inspection')}


@interrupt.guarded
def attempt(action, *arguments):
    """Runs something of the user's, and shows what it raised. Exit code and name of the error."""
    try:
        interrupt.check()
        action(*arguments)
        return FINE
    except SystemExit as request:
        return exit_code(request.code), ''
    except BaseException:
        return 1, failed()


@interrupt.guarded
def exit_code(code):
    """What the operating system makes of it."""
    if code is None:
        return 0
    if isinstance(code, INTEGERS):
        return code & 0xFF
    attempt(print_last_words, code)
    return 1


def print_last_words(words):
    sys.stderr.write('%s\n' % (words,))


@interrupt.guarded
def failed():
    """Shows the exception that is being handled; its name."""
    kind, error, trace = sys.exc_info()
    for _ in (1, 2):
        try:
            part('failure').show(kind, error, trace)
            return kind.__name__
        except KeyboardInterrupt:  # the user's second: once more, and no oftener
            pass
        except BaseException:
            break
    os.write(2, ('%s: <it cannot be shown>\n' % kind.__name__).encode('utf-8', 'backslashreplace'))
    return kind.__name__


def show_figures():
    part('figures').show()


def run_tasks():
    """Between cells, until the next request."""
    awaiting = sys.modules.get('_krunner.awaiting')
    if awaiting and awaiting.has_tasks():
        awaiting.run_until_readable(channel.requests)


@interrupt.guarded
def look(request, request_id, cursor, source):
    report, name = LOOKING[request]
    interrupt.begin_look()
    try:
        answer = part(name).answer(source, cursor) if source else b''
    except BaseException:  # of the user's objects, which were looked at
        answer = b''
    interrupt.end()
    channel.send('%s %s' % (report, request_id), answer)
