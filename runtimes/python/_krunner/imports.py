"""Does something right after user code has imported a certain module, and costs nothing before."""
import sys

actions = {}


def after(name, action):
    """Calls `action(module)` once the module of that name is there."""
    if name in sys.modules:
        action(sys.modules[name])
    else:
        actions[name] = action


class Watcher(object):
    """First on `sys.meta_path`; finds nothing itself."""

    def find_spec(self, name, path=None, target=None):
        if name not in actions:
            return None
        for finder in sys.meta_path:
            spec = finder.find_spec(name, path, target) if finder is not self and hasattr(finder, 'find_spec') else None
            if spec is not None:
                return watched(spec)
        return None

    def find_module(self, name, path=None):  # 2.7
        return self if name in actions else None

    def load_module(self, name):  # 2.7
        action = actions.pop(name)
        __import__(name)
        action(sys.modules[name])
        return sys.modules[name]


def watched(spec):
    action = actions.pop(spec.name)
    execute = getattr(spec.loader, 'exec_module', None)

    def exec_module(module):
        execute(module)
        action(module)

    if execute is not None:
        spec.loader.exec_module = exec_module
    return spec


sys.meta_path.insert(0, Watcher())
