"""Does something right after user code has imported a certain module, and costs nothing before."""
import sys

from . import part, sources

# Modules that are not imported yet, for which there is something to do.
watched = {
    'IPython.core.display', 'IPython.core.display_functions', 'getpass', 'linecache', 'matplotlib',
    'plotly.io._renderers',
}


def act(name):
    module = sys.modules[name]  # which may have put another in its place
    if name == 'linecache':
        sources.show_all(module)
    else:
        part('libraries').ADOPT[name](module)


class Watcher(object):
    """First on `sys.meta_path`; finds nothing itself."""

    def find_spec(self, name, path=None, target=None):
        if name not in watched:
            return None
        for finder in sys.meta_path:
            spec = finder.find_spec(name, path, target) if finder is not self and hasattr(finder, 'find_spec') else None
            if spec is not None:
                return with_action(spec)
        return None

    def find_module(self, name, path=None):  # 2.7
        return self if name in watched else None

    def load_module(self, name):  # 2.7
        watched.remove(name)
        __import__(name)
        act(name)
        return sys.modules[name]


def with_action(spec):
    watched.discard(spec.name)
    execute = getattr(spec.loader, 'exec_module', None)

    def exec_module(module):
        execute(module)
        act(spec.name)

    if execute is not None:
        spec.loader.exec_module = exec_module
    return spec


def install():
    for name in watched.intersection(sys.modules):  # by a sitecustomize, say
        watched.remove(name)
        act(name)
    sys.meta_path.insert(0, Watcher())
