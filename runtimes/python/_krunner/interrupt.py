"""SIGINT raises KeyboardInterrupt in a running cell, and does nothing at all between cells.

The handler looks at the frame that it interrupts: in the frames of `guarded` functions it never raises, it only notes
that it was there. So no moment exists, at a cell's start or end or within a frame on the control channel, at which an
interrupt could break the driver or leak into the next cell.
"""
import sys

try:
    import _signal as signal  # without the enums of the public module, which cost a millisecond or three
except ImportError:
    import signal  # 2.7

# A cell runs.
running = False
# A request to look something up is served; user code may run in it, too.
looking = False
# A request was taken from the channel and is about to be served.
coming = False
# We do what must not stop half way.
held = False
# An interrupt was put off until a better moment.
noted = False
guarded_code = set()


def guarded(function):
    guarded_code.add(function.__code__)
    return function


def request_has_come():
    """Set by the channel. An interrupt on the heels of a cell is that cell's, though it is not begun yet."""
    return False


def default_int_handler(signum, frame):
    """The default handler for SIGINT: raises KeyboardInterrupt while a cell runs."""
    global noted
    if not running and not looking:
        noted = coming or request_has_come()
    elif held or frame is not None and frame.f_code in guarded_code:
        noted = True
    else:
        raise KeyboardInterrupt


def check():
    """Raises the interrupt that arrived in a guarded function. For the end of what user code calls."""
    global noted
    if noted:
        noted = False
        raise KeyboardInterrupt


@guarded
def undisturbed(action, *arguments):
    """Runs what an interrupt would leave half done; `check()` then raises one that came."""
    global held
    held = True
    try:
        return action(*arguments)
    finally:
        held = False


@guarded
def install():
    # Libraries (asyncio, trio) ask whether SIGINT still has the default handler: for them ours is the default.
    signal.default_int_handler = default_int_handler
    if 'signal' in sys.modules:
        sys.modules['signal'].default_int_handler = default_int_handler
    signal.signal(signal.SIGINT, default_int_handler)


@guarded
def begin():
    global running, coming
    running, coming = True, False


@guarded
def begin_look():
    global looking, coming
    looking, coming = True, False


@guarded
def end():
    """From here on SIGINT does nothing, also where the cell has installed a handler of its own for it."""
    global running, looking, noted
    running = looking = noted = False
    if signal.getsignal(signal.SIGINT) is not default_int_handler:
        signal.signal(signal.SIGINT, default_int_handler)


@guarded
def forget():
    """What came was no request to run or look something up."""
    global coming, noted
    coming = noted = False
