"""Cells in IPython's own syntax: `%magic`, `%%magic`, `!command`, `name?`. IPython translates them to Python where it is
installed, and its shell, which runs the magics, shares our namespace. It is imported for the first such cell, never before.
"""
import os
import re
import subprocess
import sys

from . import cell, failure, interrupt, rich

SIGNS = re.compile(r'^[ \t]*(%%?[A-Za-z_]|!|\?\??\s*[\w%*.]+\s*$)|^[^#\n]*[\w%*]\?\??[ \t]*$|=[ \t]*(!|%[A-Za-z_])', re.M)
shell = None


def present_in(text):
    return SIGNS.search(text) is not None


def translate(text):
    """The cell as Python. Raises ImportError where IPython is not installed."""
    interrupt.undisturbed(start)
    interrupt.check()
    transform = getattr(shell, 'transform_cell', None) or shell.input_transformer_manager.transform_cell
    if isinstance(text, bytes):  # 2.7
        return transform(text.decode('utf-8')).encode('utf-8')
    return transform(text)


def start():
    global shell
    if shell is not None:
        return
    from traitlets.config import Config
    config = Config()
    config.InteractiveShell.colors = 'NoColor'
    config.HistoryManager.enabled = False
    import IPython.core
    failure.hidden.extend(IPython.core.__path__)
    shell = shell_class().instance(user_module=cell.main, user_ns=cell.namespace, config=config)
    shell.display_pub.publish = rich.publish
    shell.set_hook('show_in_pager', print_page, 0)
    for name in ('exit', 'quit'):
        shell.builtin_trap.auto_builtins.pop(name, None)
    for name in ('_', '__', '___'):  # its display hook's, which never runs, in front of our `_`
        cell.namespace.pop(name, None)
    cell.builtins.get_ipython = shell.get_ipython


def print_page(_, data, **options):
    """Help is printed: nobody can turn pages here."""
    sys.stdout.write((data.get('text/plain', '') if isinstance(data, dict) else data) + '\n')


def shell_class():
    from IPython.core.interactiveshell import InteractiveShell

    class Shell(InteractiveShell):
        def init_user_ns(self):
            """Without In, Out, exit and quit, which would take the place of the user's or of Python's own."""
            names = {'_ih': [''], '_oh': {}, '_dh': [os.getcwd()]}
            self.user_ns_hidden.update(names)
            self.user_ns.update(names)

        def system(self, command):
            """Straight to our own streams, so that output is seen at once, and input is asked for."""
            command = self.var_expand(command, depth=1)
            child = subprocess.Popen(command, shell=True, executable=os.environ.get('SHELL'))
            try:
                self.user_ns['_exit_code'] = child.wait()
            except KeyboardInterrupt:  # which it got, too
                child.wait()
                raise

        def enable_gui(self, gui=None):
            """There is no screen."""

        def enable_matplotlib(self, gui=None):
            """What `%matplotlib inline` asks for is so already; IPython's own way needs more packages."""
            if gui in (None, 'auto', 'agg', 'inline'):
                return 'inline', 'module://_krunner.figures'
            return InteractiveShell.enable_matplotlib(self, gui)

        def showtraceback(self, *args, **options):
            """An error within a magic is the cell's."""
            raise

    return Shell
