"""What libraries are told when user code imports them, so that they draw and display through us."""
import os

from . import question, rich

PLOTLY_DEFAULT = 'notebook_connected'


def ipython(module):
    """Its own display() publishes through us."""
    if hasattr(module, 'DisplayHandle'):
        module.display = rich.display
        module.publish_display_data = rich.publish


def matplotlib(module):
    # Agg is what our environment asks for; another backend is the user's or the image's wish.
    if os.environ.get('MPLBACKEND', 'agg').lower() == 'agg':
        module.rcParams['backend'] = 'module://_krunner.figures'


def plotly(renderers):
    """HTML, where nobody asks for another renderer; plotly's own way to it needs IPython and nbformat."""
    if os.environ.get('PLOTLY_RENDERER'):
        return
    standard_show = renderers.show

    def show(figure, renderer=None, validate=True, **options):
        if renderer or renderers.renderers.default != PLOTLY_DEFAULT:
            return standard_show(figure, renderer, validate, **options)
        from plotly.io import to_html
        rich.publish({'text/html': to_html(figure, options.get('config'), include_plotlyjs='cdn', full_html=False)})

    renderers.show = show
    renderers.renderers.default = PLOTLY_DEFAULT


ADOPT = {
    'IPython.core.display': ipython,
    'IPython.core.display_functions': ipython,
    'getpass': question.hook,
    'matplotlib': matplotlib,
    'plotly.io._renderers': plotly,
}
