"""Installs the project in the working folder for its user: with pip, or without it by its own setup.py."""
import os
import site
import sys


def has(module):
    """Without importing it: setuptools and pip do not bear each other in one process."""
    try:
        from importlib.util import find_spec
    except ImportError:  # 2.7
        import pkgutil
        find_spec = pkgutil.find_loader
    return find_spec(module) is not None


def user_option():
    """A virtual environment has no user's site; else the system's is not an ordinary user's to write to."""
    in_environment = hasattr(sys, 'real_prefix') or getattr(sys, 'base_prefix', sys.prefix) != sys.prefix
    return ['--user'] if site.ENABLE_USER_SITE and not in_environment else []


def isolation_option():
    """An old-style project builds with the setuptools that is there: pip's isolated build needs the network."""
    if not os.path.isfile('setup.py') or os.path.isfile('pyproject.toml'):
        return []
    import pip
    knows_option = int(pip.__version__.split('.')[0]) >= 10
    return ['--no-build-isolation'] if knows_option and has('setuptools') and has('wheel') else []


def command():
    python = sys.executable
    if has('pip'):
        return [python, '-m', 'pip', 'install'] + user_option() + isolation_option() + ['.']
    if os.path.isfile('setup.py'):
        return [python, 'setup.py', 'install'] + user_option()
    sys.exit('%s has no pip, and the project no setup.py: add pip to the image' % python)


# Distributions that manage the system's packages forbid pip even the user's own folder, which is ours to fill.
os.environ.setdefault('PIP_BREAK_SYSTEM_PACKAGES', '1')
os.environ.setdefault('PIP_DISABLE_PIP_VERSION_CHECK', '1')
os.environ.setdefault('PIP_ROOT_USER_ACTION', 'ignore')
argv = command()
os.execv(argv[0], argv)
