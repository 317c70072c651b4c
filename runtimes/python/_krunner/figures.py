"""Figures of matplotlib, sent as PNG by plt.show(), and at the end of the cell that left them open.

This is a backend, too: matplotlib finds here what a backend must have, in any version of it.
"""
import io

from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg as FigureCanvas
from matplotlib.figure import Figure

from . import rich


class FigureManager(FigureManagerBase):
    def show(self):
        """For `figure.show()`."""
        rich.show(self.canvas.figure)


def new_figure_manager(num, *args, **options):
    make = options.pop('FigureClass', Figure)
    return new_figure_manager_given_figure(num, make(*args, **options))


def new_figure_manager_given_figure(num, figure):
    return FigureManager(FigureCanvas(figure), num)


def draw_if_interactive():
    pass


def show(*args, **options):
    """Sends what is open, and closes it."""
    for manager in Gcf.get_all_fig_managers():
        figure = manager.canvas.figure
        if len(figure.get_children()) > 1:  # more than its background
            rich.show(figure)
        Gcf.destroy(manager.num)


def draw(figure):
    """PNG bytes. A figure that was sent is closed, so that the cell's end does not send it again."""
    if figure.canvas is None:
        FigureCanvas(figure)
    png = io.BytesIO()
    figure.savefig(png, format='png', bbox_inches='tight')
    Gcf.destroy_fig(figure)
    return png.getvalue()
