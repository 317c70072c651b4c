"""Top-level await: one event loop for the whole session. Tasks that outlive their cell run on between cells."""
import asyncio

from . import sources

IS_COROUTINE = 0x80
loop = None


def run(codes, namespace):
    """A cell with an await somewhere: all of it runs in the loop."""
    global loop
    if loop is None or loop.is_closed():
        loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    task = loop.create_task(execute(codes, namespace))
    try:
        loop.run_until_complete(task)
    except KeyboardInterrupt as interrupt:
        if task.done():
            raise
        trace = cancel(task)
        raise interrupt.with_traceback(trace)
    finally:
        if task.done() and not task.cancelled():
            task.exception()  # asyncio complains of one that nobody has looked at


async def execute(codes, namespace):
    for code in codes:
        if code.co_flags & IS_COROUTINE:
            await eval(code, namespace)
        else:
            exec(code, namespace)


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
