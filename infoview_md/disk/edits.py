"""Notes changed where they stand, one edit at a time, each on what the note says at that moment. `files` writes them.

Between the last look at a note and the moment its new text takes its place, another command could do the same, and one
of the two edits would be lost. So edits take turns: whoever holds the lock of an empty SQLite file may edit. SQLite's
lock is there on every system without another dependency, ends with the process that holds it, however that ends, and
can be waited for with a limit; of the system's own, Linux and macOS have one and Windows another. Editors know nothing
of it: what they save in between is found by comparing, and the edit is made again on the new text.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from infoview_md.disk import clock
from infoview_md.disk.cache import cache_folder
from infoview_md.disk.files import forget_leftovers, make_private_folder, replace
from infoview_md.disk.scan import read_note
from infoview_md.errors import ConflictError, FileTroubleError, UnknownError
from infoview_md.notes.findings import Finding

__all__ = ["edit", "lock_folder"]

_WAIT = 30.0
"""Seconds to wait for the other edits; one takes some milliseconds."""
_A_DAY = 86_400_000_000_000
"""In nanoseconds: what is younger may belong to another computer that writes to this folder."""
_TRIES = 5
"""How often to begin again when somebody saves the note while it is edited."""


def edit(root: Path, path: str, change: Callable[[bytes], bytes], *, locks: Path | None = None) -> bytes:
    """Change the note at `path` in the vault to what `change` makes of all its bytes; gives what it was made of.

    `change` must be a function of the bytes alone: it is called again when the note was saved in between. `locks` is
    the folder of the lock file, by default the user's own for caches. Raises UnknownError when the note is gone,
    ConflictError when it keeps changing or others keep editing, and otherwise as `files.replace` and `change` do.
    """
    tries = 0
    with _alone(locks or lock_folder(root)):
        while True:
            before = _read(root, path)
            try:
                replace(root, path, before=before, after=change(before))
            except ConflictError:
                tries += 1
                if tries == _TRIES or _read(root, path) == before:
                    raise
            else:
                forget_leftovers(root / path, before_ns=clock.stamp() - _A_DAY)
                return before


def _read(root: Path, path: str) -> bytes:
    found = read_note(root, path)
    if found is None:
        raise UnknownError(f"{path} is gone", "look where it went")
    if isinstance(found, Finding):
        raise FileTroubleError(f"{path}: {found.message}", "nothing was changed")
    if found.truncated:
        raise FileTroubleError(f"{path} has {found.size:,} bytes, too many to be edited", "split the note in two")
    return found.data


def lock_folder(root: Path) -> Path:
    """The folder for locks, which are no cache: without one, or with one in the vault, they are in the usual place."""
    folder = cache_folder()
    if folder is None or Path(os.path.realpath(folder)).is_relative_to(root):
        from platformdirs import user_cache_path  # noqa: PLC0415 - as in cache_folder

        return user_cache_path("infoview-md", appauthor=False)
    return folder


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other edit is under way. Where there can be no lock, only comparing protects the note."""
    lock = _lock_in(folder)
    if lock is None:
        yield
        return
    with closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if error.sqlite_errorcode in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise ConflictError("another infoview is editing notes and does not end", "end it, or wait") from error
        yield


def _lock_in(folder: Path) -> sqlite3.Connection | None:
    with suppress(OSError, sqlite3.Error):
        make_private_folder(folder)
        return sqlite3.connect(folder / "edits.lock", timeout=_WAIT, isolation_level=None)
    return None
