"""Removes what building and running have made in the working folder: of a project (`--project`) also its builds.

It keeps to what surely is such: the folder may be a home folder with all kinds of data beside the program.
"""
import glob
import os
import shutil
import sys


def compiled(folder):
    """Compiled files of this folder and of the packages in it. Other folders may be anything, and endless."""
    yield os.path.join(folder, '__pycache__')
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if os.path.isfile(os.path.join(path, '__init__.py')) and not os.path.islink(path):
            for cache in compiled(path):
                yield cache


def made():
    found = list(compiled('.'))
    if '--project' in sys.argv:
        found += ['build', 'dist', '.eggs'] + glob.glob('*.egg-info') + glob.glob('src/*.egg-info')
        found += compiled('src') if os.path.isdir('src') else []
    return found


for folder in made():
    if os.path.isdir(folder) and not os.path.islink(folder):
        shutil.rmtree(folder)
