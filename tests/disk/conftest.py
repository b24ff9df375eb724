"""What the tests of the disk share: folders in which permissions count, also for root."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

NOBODY = 65534


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    root.mkdir()
    return root


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
