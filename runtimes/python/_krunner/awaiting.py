"""Top-level await: one event loop for the whole session. Tasks that outlive their cell run on between cells."""
import asyncio

from . import sources

loop = None


def run(coroutine):
    global loop
    if loop is None or loop.is_closed():
        loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    task = loop.create_task(coroutine)
    try:
        loop.run_until_complete(task)
    except KeyboardInterrupt as interrupt:
        if task.done():
            raise
        trace = cancel(task)
        raise interrupt.with_traceback(trace)


def cancel(task):
    """Lets the cell's `finally` clauses run; the traceback of where it was."""
    task.cancel()
    try:
        loop.run_until_complete(task)
    except asyncio.CancelledError as error:
        while error is not None:
            trace = sources.first_frame(error.__traceback__)
            if trace is not None:
                return trace
            error = error.__context__
    return None


def has_tasks():
    return loop is not None and not loop.is_closed() and bool(asyncio.all_tasks(loop))


def run_until_readable(fd):
    loop.add_reader(fd, loop.stop)
    try:
        loop.run_forever()
    finally:
        loop.remove_reader(fd)
