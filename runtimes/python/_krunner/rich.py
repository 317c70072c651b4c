"""Rich forms of values, after IPython's protocol: `_repr_html_` and its like, mime bundles, `display()`.

Of all the forms that a value has the first in ORDER is sent. It stands for the value: its text is not printed, too.
"""
import sys

from . import channel, failure, interrupt, output, part

ORDER = (
    ('text/html', '_repr_html_'),
    ('image/svg+xml', '_repr_svg_'),
    ('image/png', '_repr_png_'),
    ('image/jpeg', '_repr_jpeg_'),
    ('image/gif', None),
    ('image/webp', None),
    ('text/markdown', '_repr_markdown_'),
    ('text/latex', '_repr_latex_'),
    ('application/json', '_repr_json_'),
    ('application/pdf', '_repr_pdf_'),
    ('application/javascript', '_repr_javascript_'),
)
BINARY = frozenset(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf'])
MAGIC = (b'\x89PNG', b'\xff\xd8', b'GIF8', b'RIFF', b'%PDF')
TEXT = type(u'')


class Handle(object):
    """What display() returns for a display_id. What was sent stays: an update is sent again."""

    def __init__(self, display_id):
        self.display_id = display_id

    def display(self, value, **options):
        display(value, **options)

    update = display


def display(*objects, **options):
    display_id = options.get('display_id')
    for value in objects:
        if options.get('raw'):
            publish(value)
        elif not show(value):
            print_text(repr(value))
    return Handle(display_id) if display_id is not None else None


def publish(data, metadata=None, **_):
    """A mime bundle, as IPython.display.publish_display_data takes it."""
    if not send_first(data.get(mime) and (mime, data[mime]) for mime, _ in ORDER):
        print_text(data.get('text/plain', ''))


def show(value):
    """Sends the richest form. False where there is none, and the value is to be printed."""
    own_way = method(value, '_ipython_display_')
    if own_way and call(own_way) is not FAILED:
        return True
    mime = send_first(forms(value))
    if mime == 'text/latex':  # which few can see
        text = repr(value)
        print_text(text if text[:1] != '<' else '')
    return mime is not None


def send_first(candidates):
    """The type that was sent, of pairs of a type and data. Between cells, and in forked children, none."""
    if not interrupt.running or not channel.is_ours():
        return None
    for form in candidates:
        if form:
            send(*form)
            return form[0]
    return None


def forms(value):
    """The forms that a value has, best first, each made when it is asked for."""
    figure = sys.modules.get('matplotlib.figure')
    if figure and isinstance(value, figure.Figure):
        yield 'image/png', part('figures').draw(value)
    make_bundle = method(value, '_repr_mimebundle_')
    bundle = without_metadata(call(make_bundle, include=None, exclude=None)) if make_bundle else None
    for mime, name in ORDER:
        data = bundle.get(mime) if isinstance(bundle, dict) else None
        make = method(value, name) if data is None and name else None
        data = without_metadata(call(make)) if make else data
        if data is not None:
            yield mime, data


def method(value, name):
    """A method of an instance, but not of things that have every attribute one asks for."""
    if isinstance(value, type):
        return None
    try:
        found = getattr(value, name, None)
        return found if callable(found) and not hasattr(value, '_krunner_has_no_such_attribute_') else None
    except Exception:
        return None


FAILED = object()


def call(function, **options):
    try:
        return function(**options)
    except Exception:
        failure.show(*sys.exc_info())
        return FAILED


def without_metadata(result):
    if result is FAILED:
        return None
    return result[0] if isinstance(result, tuple) and len(result) == 2 else result


def send(mime, data):
    output.flush()
    channel.display(mime, encoded(mime, data))
    interrupt.check()


def encoded(mime, data):
    if mime == 'application/json' and not isinstance(data, (TEXT, bytes)):
        import json
        data = json.dumps(data)
    if isinstance(data, TEXT):
        data = data.encode('utf-8', 'replace')
    if mime in BINARY and not data.startswith(MAGIC):  # IPython's own objects give images in base 64
        from base64 import b64decode
        data = b64decode(data)
    return data


def print_text(text):
    if text:
        sys.stdout.write(text + '\n')
