"""When to look again: hints that something in the vault may have changed. What did change, only the index knows.

Events are gathered until they are quiet for a moment. They may be missing, doubled or about nothing, so now and then
the hint is to look at everything. This room never reads or judges a note.
"""

from __future__ import annotations

import os
import queue
import threading
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Self

from watchdog.utils import BaseThread

from infoview_md.disk.clock import monotonic
from infoview_md.disk.files import reason
from infoview_md.disk.scan import is_note_name
from infoview_md.errors import FileTroubleError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver

__all__ = ["Debouncer", "changes"]

_SUPERVISE_EVERY = 1.0
_RETRY_EVERY = 0.05


class Debouncer:
    """Gathers paths until nothing was added for `quiet` seconds, or the first has waited for `longest` seconds.

    It has no clock of its own: times are passed in, in seconds on any clock that never goes back.
    """

    def __init__(self, *, quiet: float, longest: float) -> None:
        self._quiet = quiet
        self._longest = longest
        self._paths: set[str] = set()
        self._first = 0.0
        self._last = 0.0

    def add(self, path: str, at: float) -> None:
        """Gather one path that was heard of at the time `at`."""
        if not self._paths:
            self._first = at
        self._last = at
        self._paths.add(path)

    def due_at(self) -> float | None:
        """Return the time at which the batch is complete; None when there is nothing to wait for."""
        return min(self._last + self._quiet, self._first + self._longest) if self._paths else None

    def take(self, now: float) -> frozenset[str] | None:
        """Return the batch and begin a new one; None when it is not yet due, or empty."""
        due = self.due_at()
        if due is None or now < due:
            return None
        batch = frozenset(self._paths)
        self._paths.clear()
        return batch


def changes(
    root: Path,
    *,
    quiet: float = 0.3,
    longest: float = 2.0,
    rescan_every: float = 300.0,
    is_relevant: Callable[[str], bool] = lambda _: True,
) -> Generator[frozenset[str], None, None]:
    """Yield batches of vault paths of notes and folders that may have changed, until the generator is closed.

    An empty batch means: look at everything. The first one is empty and comes as soon as the vault is being watched;
    more follow every `rescan_every` seconds, and when the vault was replaced. All times are in seconds. Raises
    FileTroubleError when the vault cannot be watched, or is gone for more than `longest` seconds.
    """
    with _Lookout(root) as lookout:
        lookout.begin()
        while True:  # once for each time that the vault was found replaced
            yield frozenset()
            yield from _batches(lookout, Debouncer(quiet=quiet, longest=longest), rescan_every, is_relevant)
            lookout.begin_again(patience=longest)


def _batches(
    lookout: _Lookout, waiting: Debouncer, rescan_every: float, is_relevant: Callable[[str], bool]
) -> Iterator[frozenset[str]]:
    """Yield batches for as long as the lookout is sound."""
    rescan_at = monotonic() + rescan_every
    while lookout.is_sound():
        wake_at = min(rescan_at, waiting.due_at() or rescan_at)
        for path in lookout.hear(max(0.0, wake_at - monotonic())):
            if is_relevant(path):
                waiting.add(path, monotonic())
        if batch := waiting.take(monotonic()):
            yield batch
        if monotonic() >= rescan_at:
            yield frozenset()
            rescan_at = monotonic() + rescan_every


class _Lookout:
    """One watched folder. Begun and ended by the thread that listens, never by the observer's own."""

    def __init__(self, root: Path) -> None:
        self._given = root
        self._root = root
        self._identity: tuple[int, int] | None = None
        self._heard: queue.SimpleQueue[FileSystemEvent] = queue.SimpleQueue()
        self._observer: BaseObserver | None = None
        self._threads: frozenset[BaseThread] = frozenset()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def begin(self) -> None:
        """Watch the folder. Raises FileTroubleError."""
        try:
            self._watch()
        except OSError as error:
            self._end()
            raise FileTroubleError(
                f"{self._given} cannot be watched: {reason(error)}", "run `infoview index` by hand whenever you like"
            ) from error

    def begin_again(self, patience: float) -> None:
        """Watch the folder that has come in the old one's place, within `patience` seconds. Raises FileTroubleError."""
        self._end()
        give_up_at = monotonic() + patience
        while self._identify() is None:
            if monotonic() >= give_up_at:
                raise FileTroubleError(
                    f"{self._given} is gone: deleted, renamed or no longer mounted", "start again when it is back"
                )
            threading.Event().wait(_RETRY_EVERY)
        self.begin()

    def is_sound(self) -> bool:
        """Tell whether all threads live and the folder is still the one that they watch."""
        return all(thread.is_alive() for thread in self._threads) and self._identify() == self._identity

    def hear(self, timeout: float) -> Iterator[str]:
        """Wait for an event, not for ever, and yield the vault paths of all that came."""
        try:
            event = self._heard.get(timeout=min(timeout, _SUPERVISE_EVERY))
        except queue.Empty:
            return
        yield from self._paths(event)
        for _ in range(self._heard.qsize()):
            yield from self._paths(self._heard.get())

    def _watch(self) -> None:
        # Linux watches a link itself and not where it leads, so the real folder is watched.
        self._root = Path(os.path.realpath(self._given))
        os.scandir(self._root).close()  # watchdog would watch a file's folder, and says less when there is nothing
        self._identity = self._identify()
        self._heard = queue.SimpleQueue()
        # watchdog keeps some of its threads to itself, but each of them leaves us deaf when it dies.
        others = _watchdog_threads()
        self._observer = _observer(str(self._root), self._heard)
        self._observer.start()
        self._threads = _watchdog_threads() - others

    def _end(self) -> None:
        observer, self._observer = self._observer, None
        if observer is None:
            return
        was_alive = observer.is_alive()
        observer.stop()
        if was_alive:
            observer.join()

    def _identify(self) -> tuple[int, int] | None:
        try:
            status = self._given.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def _paths(self, event: FileSystemEvent) -> Iterator[str]:
        for raw in (event.src_path, event.dest_path):
            path = self._vault_path(os.fsdecode(raw)) if raw else None
            if path and _is_seen(path, is_folder=event.is_directory):
                yield path

    def _vault_path(self, path: str) -> str | None:
        inside = path.removeprefix(str(self._root) + os.sep)
        return inside.replace(os.sep, "/") if inside != path else None


def _watchdog_threads() -> frozenset[BaseThread]:
    return frozenset(thread for thread in threading.enumerate() if isinstance(thread, BaseThread))


def _observer(root: str, heard: queue.SimpleQueue[FileSystemEvent]) -> BaseObserver:
    """Make an observer that puts what happens below `root` into the queue."""
    # Loading these takes longer than most commands, of which only one watches.
    from watchdog import events  # noqa: PLC0415
    from watchdog.observers import Observer  # noqa: PLC0415

    class Ear(events.FileSystemEventHandler):
        """Does nothing else: what a handler raises kills the observer in silence."""

        def on_any_event(self, event: FileSystemEvent) -> None:
            heard.put(event)

    # Not opened and closed-without-writing, or our own reading would wake us. And not a folder's "modified", which
    # only repeats what happened to something in it, be it a hidden file.
    wanted: list[type[FileSystemEvent]] = [
        events.DirCreatedEvent,
        events.DirDeletedEvent,
        events.DirMovedEvent,
        events.FileClosedEvent,
        events.FileCreatedEvent,
        events.FileDeletedEvent,
        events.FileModifiedEvent,
        events.FileMovedEvent,
    ]
    _quieten()
    observer = Observer()
    observer.schedule(Ear(), root, recursive=True, event_filter=wanted)
    return observer


def _quieten() -> None:
    """Keep off the terminal what watchdog says there, unless the program that we are part of wants to hear it."""
    import logging  # noqa: PLC0415 - as watchdog

    # Stopping may make watchdog log an error that is none; without a handler, Python would print it.
    logger = logging.getLogger("watchdog")
    if not logger.hasHandlers():
        logger.addHandler(logging.NullHandler())
    # When folders appear in folders, watchdog warns of meeting them twice: nobody can do anything about that, and where
    # warnings are errors, its thread dies.
    warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning, r"watchdog\.")


def _is_seen(path: str, *, is_folder: bool) -> bool:
    *folders, name = path.split("/")
    if any(folder.startswith(".") for folder in folders):
        return False
    return not name.startswith(".") if is_folder else is_note_name(name)
