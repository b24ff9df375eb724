"""What every test shares: nothing of the developer's own machine leaks in, and a slow machine fails no property."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

NOBODY = 65534

os.environ.pop("INFOVIEW_VAULT", None)
os.environ["INFOVIEW_CACHE"] = "off"
os.environ["XDG_CACHE_HOME"] = str(Path(tempfile.gettempdir(), "infoview-tests"))  # locks stand there all the same

# No deadline: a time limit on two busy cores says nothing about the code. In CI the examples are the same every time.
settings.register_profile("steady", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("steady")


@pytest.fixture
def guarded() -> Iterator[Path]:
    """Give a folder in which permissions count: root, whom they never stop, becomes nobody for as long."""
    if os.name == "nt":
        pytest.skip("Windows has no such permissions")
    folder = Path(os.path.realpath(tempfile.mkdtemp()))
    is_root = os.geteuid() == 0
    if is_root:
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        if is_root:
            os.seteuid(0)
        for place in (folder, *folder.rglob("*")):
            if not place.is_symlink():
                place.chmod(0o700)
        shutil.rmtree(folder)
