"""Listens to one folder through watchdog and says how that goes. It decides nothing and never looks at a note.

What its threads hear waits in a place of bounded size, so that nobody has to hurry.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from watchdog import events
from watchdog.observers import Observer
from watchdog.utils import BaseThread

from infoview_md.disk import clock
from infoview_md.disk.files import reason
from infoview_md.disk.hearing import unheard_folders
from infoview_md.disk.supervising import Seen
from infoview_md.disk.walking import is_note_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchdog.observers.api import BaseObserver

    from infoview_md.disk.supervising import Identity

__all__ = ["Heard", "Lookout", "Pile"]

MOST = 10_000
"""Paths that are kept apart; when there are more, everything is to be looked at."""
PATIENCE = 1.0
"""Seconds to wait for each of watchdog's threads to end; with the program they end in any case."""

# Not opened and closed-without-writing, or our own reading would wake us. And not a folder's "modified", which only
# repeats what happened to something in it, be it a hidden file.
_WANTED: list[type[events.FileSystemEvent]] = [
    events.DirAttribEvent,
    events.DirCreatedEvent,
    events.DirDeletedEvent,
    events.DirMovedEvent,
    events.FileAttribEvent,
    events.FileClosedEvent,
    events.FileCreatedEvent,
    events.FileDeletedEvent,
    events.FileModifiedEvent,
    events.FileMovedEvent,
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One path, as the system gives it (empty when too much happened), and what is known of it."""

    path: str
    is_folder: bool = False
    unfinished: bool = False


class Pile:
    """What was heard and not yet taken: each path once, and beyond `most` paths only that there were too many."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._heard: dict[tuple[str, bool], Heard] = {}
        self._is_full = False
        self._wake = threading.Condition()

    def put(self, heard: Heard) -> None:
        """Add what was heard; the latest of each path counts. Any thread may."""
        with self._wake:
            self._heard[heard.path, heard.is_folder] = heard
            if len(self._heard) > self._most:
                self._heard.clear()
                self._is_full = True
            self._wake.notify()

    def take(self, timeout: float) -> tuple[Heard, ...]:
        """Wait for something, not for longer than so many seconds, and take all there is."""
        with self._wake:
            if not self._heard and not self._is_full and timeout > 0:
                self._wake.wait(timeout)
            taken = (*([Heard(path="")] if self._is_full else []), *self._heard.values())
            self._heard.clear()
            self._is_full = False
            return taken


class Lookout:
    """One watched folder. Begun and ended by the thread that takes what is heard, never by watchdog's own."""

    def __init__(self, root: Path) -> None:
        self._given = root
        self._root = str(root)
        self._identity: Identity | None = None
        self._pile = Pile()
        self._observer: BaseObserver | None = None
        self._threads: frozenset[BaseThread] = frozenset()
        self._losses = _Losses(self._pile)
        self._is_doubtful = False

    def __enter__(self) -> Self:
        _quieten()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def begin(self) -> None:
        """Listen to the folder, from the beginning when that was so before. Raises OSError, or RuntimeError."""
        self.end()
        # Linux watches a link itself and not where it leads, so the real folder is watched.
        self._root = os.path.realpath(self._given)
        os.scandir(self._root).close()  # watchdog would watch a file's folder, and says less when there is nothing
        self._pile = Pile()
        self._losses = _Losses(self._pile)
        logging.getLogger("watchdog").addHandler(self._losses)
        others = _threads()
        self._observer = Observer()
        self._observer.schedule(_Ear(self._pile), self._root, recursive=True, event_filter=_WANTED)
        self._observer.start()
        # watchdog keeps some of its threads to itself, but each of them leaves us deaf when it dies. One that the
        # observer holds may have died already, of what it heard first.
        held = {one for one in vars(self._observer).values() if isinstance(one, BaseThread)}
        self._threads = (_threads() | held | {self._observer}) - others
        self._is_doubtful = True

    def end(self) -> None:
        """Listen no more; what was heard is forgotten."""
        observer, self._observer = self._observer, None
        threads, self._threads = self._threads, frozenset()
        if observer is not None:
            # In a thread of its own, because it waits for locks, and one of theirs may have died with one.
            stopper = threading.Thread(target=observer.stop, daemon=True)
            stopper.start()
            stopper.join(PATIENCE)
        for thread in threads:
            thread.join(PATIENCE)
        logging.getLogger("watchdog").removeHandler(self._losses)

    def hear(self, timeout: float) -> Iterator[Heard]:
        """Wait for something, not for longer than so many seconds, and give the vault paths that may have changed."""
        for heard in self._pile.take(timeout):
            path = self._vault_path(heard.path) if heard.path else ""
            if path is not None and (not path or _is_seen(path, is_folder=heard.is_folder)):
                self._is_doubtful |= heard.is_folder or not path
                yield Heard(path=path, is_folder=heard.is_folder, unfinished=heard.unfinished)

    def look(self) -> Seen:
        """Say how the vault and the threads are."""
        identity, refusal, is_empty = _look_at(self._given)
        now_at = None if identity or refusal else _now_at(self._given, self._identity)
        self._identity = identity or self._identity
        is_listening = self._observer is not None
        unheard = unheard_folders(Path(self._root)) if is_listening and self._is_doubtful else frozenset()
        self._is_doubtful = bool(unheard)
        return Seen(
            at=clock.monotonic(),
            now=clock.now(),
            identity=identity,
            refusal=refusal,
            is_empty=is_empty,
            now_at=now_at,
            is_alive=bool(self._threads) and all(map(_is_at_work, self._threads)),
            is_lossy=is_listening and self._losses.were_there,
            unheard=unheard,
        )

    def _vault_path(self, path: str) -> str | None:
        inside = path.removeprefix(self._root + os.sep)
        return inside.replace(os.sep, "/") if inside != path else None


class _Ear(events.FileSystemEventHandler):
    """Puts down what it hears, and nothing else: what a handler raises kills the observer in silence."""

    def __init__(self, pile: Pile) -> None:
        self._pile = pile

    def on_any_event(self, event: events.FileSystemEvent) -> None:
        # Only Linux says when a file was closed, so only there it can be waited for.
        unfinished = _TELLS_CLOSED and isinstance(event, events.FileModifiedEvent)
        for raw in (event.src_path, event.dest_path):
            if raw:
                self._pile.put(Heard(path=os.fsdecode(raw), is_folder=event.is_directory, unfinished=unfinished))


_TELLS_CLOSED = sys.platform == "linux"


class _Losses(logging.Handler):
    """Takes note when watchdog says that changes were lost: it says so in its log and nowhere else."""

    def __init__(self, pile: Pile) -> None:
        super().__init__(logging.WARNING)
        self._pile = pile
        self.were_there = False

    def emit(self, record: logging.LogRecord) -> None:
        if "overflow" in record.getMessage():
            self.were_there = True
            self._pile.put(Heard(path=""))


def _threads() -> frozenset[BaseThread]:
    """Return all of watchdog's threads."""
    return frozenset(thread for thread in threading.enumerate() if isinstance(thread, BaseThread))


def _is_at_work(thread: BaseThread) -> bool:
    # One that was told to stop may wait for ever for what nobody brings any more.
    return thread.is_alive() and thread.should_keep_running()


def _quieten() -> None:
    """Keep off the terminal what watchdog says there, unless the program that we are part of wants to hear it."""
    # Stopping may make watchdog log an error that is none; without a handler, Python would print it.
    logger = logging.getLogger("watchdog")
    if not logger.hasHandlers():
        logger.addHandler(logging.NullHandler())
    # When folders appear in folders, watchdog warns of meeting them twice: nobody can do anything about that, and where
    # warnings are errors, its thread dies.
    warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning, r"watchdog\.")


def _look_at(root: Path) -> tuple[Identity | None, str | None, bool]:
    """Return which folder stands there, why it cannot be read, and whether it is empty."""
    try:
        status = os.stat(root)  # noqa: PTH116 - os.path and os throughout, as in scan.py
        identity = status.st_dev, status.st_ino
        with os.scandir(root) as entries:
            return identity, None, next(entries, None) is None
    except (FileNotFoundError, NotADirectoryError):
        return None, None, False
    except OSError as error:
        return None, reason(error), False


def _now_at(root: Path, identity: Identity | None) -> str | None:
    """Return where a folder that was renamed is now, when that is beside its old place."""
    try:
        with os.scandir(root.parent) as entries:
            for entry in entries:
                if (
                    identity
                    and entry.inode() == identity[1]
                    and entry.stat(follow_symlinks=False).st_dev == identity[0]
                ):
                    return entry.path
    except OSError:
        return None
    return None


def _is_seen(path: str, *, is_folder: bool) -> bool:
    *folders, name = path.split("/")
    if any(folder.startswith(".") for folder in folders):
        return False
    return not name.startswith(".") if is_folder else is_note_name(name)
