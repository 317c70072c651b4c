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

running = False
held = False
noted = False
guarded_code = set()


def guarded(function):
    guarded_code.add(function.__code__)
    return function


def default_int_handler(signum, frame):
    """The default handler for SIGINT: raises KeyboardInterrupt while a cell runs."""
    global noted
    if not running:
        return
    if held or frame is not None and frame.f_code in guarded_code:
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
    global running, noted
    noted = False
    running = True


@guarded
def end():
    """From here on SIGINT does nothing, also where the cell has installed a handler of its own for it."""
    global running
    running = False
    if signal.getsignal(signal.SIGINT) is not default_int_handler:
        signal.signal(signal.SIGINT, default_int_handler)
