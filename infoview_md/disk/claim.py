"""Who watches a vault: a lock that ends with its process, however that ends, and beside it a note of who and how.

Both stand in the user's folder for caches, never in the vault, under the name of the vault's cache. The lock is that of
an empty SQLite file, as for `edits`; it is what counts. The note is for people, and stale when the lock is free.
"""

import datetime as dt
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from infoview_md.agenda.wording import moment_words
from infoview_md.disk.cache import cache_file
from infoview_md.disk.edits import lock_folder
from infoview_md.disk.files import forget, make_private_folder, read_regular, write_output
from infoview_md.errors import ConflictError, FileTroubleError

__all__ = ["Claim", "Watcher", "claim", "watcher_of"]

_WAIT = 0.3
"""Seconds: who only asks whether somebody watches holds the lock for a moment."""
_LARGEST_NOTE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Watcher:
    """A process that watches a vault: since when (local time), how (`events` or `polling`), when a note last changed.

    What could not be found out is None.
    """

    pid: int | None = None
    since: dt.datetime | None = None
    mode: str | None = None
    last_change: dt.datetime | None = None


class Claim:
    """The right to be the one watcher of a vault; keeps the note of who watches."""

    def __init__(self, note: Path | None, since: dt.datetime) -> None:
        self._note = note
        self._watcher = Watcher(pid=os.getpid(), since=since)

    def tell(self, mode: str, last_change: dt.datetime | None) -> None:
        """Note how the vault is watched, and when a note last changed. What cannot be noted is not missed."""
        told = Watcher(pid=self._watcher.pid, since=self._watcher.since, mode=mode, last_change=last_change)
        if told != self._watcher and self._note:
            self._watcher = told
            with suppress(FileTroubleError):
                write_output(self._note, _as_json(told), lasting=False)

    def forget(self) -> None:
        """Take the note away."""
        if self._note:
            with suppress(OSError):
                forget(self._note)


@contextmanager
def claim(root: Path, now: dt.datetime, *, folder: Path | None = None) -> Iterator[Claim]:
    """Be the one watcher of the vault at `root` for as long as the block lasts. Where there can be no lock, anybody is.

    `folder` is that of the locks, by default the user's own for caches. Raises ConflictError when there is a watcher.
    """
    lock, note = _places(root, folder)
    connection = _connected(lock, make=True)
    if connection is None:
        yield Claim(None, now)
        return
    with closing(connection):
        if not _locked(connection):
            raise ConflictError(
                f"{root} is being watched already{_by(_noted(note))}",
                "end that one first, or follow along without writing views: infoview watch --read-only",
            )
        own = Claim(note, now)
        try:
            yield own
        finally:
            own.forget()


def watcher_of(root: Path, *, folder: Path | None = None) -> Watcher | None:
    """Who watches the vault at `root`; None when nobody does. Writes nothing."""
    lock, note = _places(root, folder)
    connection = _connected(lock, make=False)
    if connection is None:
        return None
    with closing(connection):
        return None if _locked(connection) else _noted(note)


def _places(root: Path, folder: Path | None) -> tuple[Path, Path]:
    name = cache_file(root, folder or lock_folder(root))
    return name.with_suffix(".watch.lock"), name.with_suffix(".watch.json")


def _connected(lock: Path, *, make: bool) -> sqlite3.Connection | None:
    with suppress(OSError, sqlite3.Error):
        if make:
            make_private_folder(lock.parent)
        name = f"{lock.as_uri()}?mode={'rwc' if make else 'rw'}"
        # Whoever ends the watch need not be the thread that began it.
        wait = _WAIT if make else 0.0
        return sqlite3.connect(name, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
    return None


def _locked(connection: sqlite3.Connection) -> bool:
    """Take the lock until the connection is closed; false when another holds it."""
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        return error.sqlite_errorcode not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    return True


def _noted(note: Path) -> Watcher:
    """What the watcher has noted; nothing in the moment before it has, or when that is not readable."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        data, _ = read_regular(note, whole=_LARGEST_NOTE, head=0)
        told = json.loads(data or b"")
        return Watcher(
            pid=int(told["pid"]), since=_time(told["since"]), mode=told["mode"], last_change=_time(told["last_change"])
        )
    return Watcher()


def _time(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def _as_json(told: Watcher) -> str:
    times = {
        name: time and time.isoformat() for name, time in (("since", told.since), ("last_change", told.last_change))
    }
    return json.dumps({"pid": told.pid, "mode": told.mode, **times}) + "\n"


def _by(one: Watcher) -> str:
    if one.pid is None or one.since is None:
        return ""
    return f", by process {one.pid} since {moment_words(one.since)}"
