"""One look at a vault in which something is not as it was: what is new is read, all else is kept.

A note that cannot be read now, or whose folder cannot, keeps what was known of it and is reported: it is not deleted. A
note that changed less than a tick of the coarsest clock before it was looked at may change again without a later time:
it is read again at the next look.
"""

import contextlib
import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from infoview_md.disk.files import read_starts
from infoview_md.disk.known import Known
from infoview_md.disk.scan import HEAD, NoteBytes, read_note
from infoview_md.disk.walking import Row, Walked
from infoview_md.notes.keeping import keep
from infoview_md.notes.properties import Recognition
from infoview_md.notes.quick import START, Sieve
from infoview_md.notes.reading import ME_PATH, NotOurs, Read, Reading, Unreadable
from infoview_md.notes.records import MeNote, Settings
from infoview_md.notes.shortcut import read_note as read_text

if TYPE_CHECKING:
    from infoview_md.notes.findings import Finding

__all__ = ["Look", "Progress", "is_doubtful", "settings_in"]

_TICK_NS = 2_000_000_000
"""The coarsest clock of a file system in use (FAT) ticks every two seconds."""
_REPORT_EVERY = 50

Progress = Callable[[int, int], None]
"""Is told how many notes have been read, and how many are to be read."""
_Start = tuple[str, bytes | None]


class Look:
    """Compares what was walked with what is known, and reads what is new."""

    def __init__(
        self,
        root: Path,
        walked: Walked,
        known: Mapping[str, Known],
        recognition: Recognition,
        clock: tuple[int, Callable[[], int]],
    ) -> None:
        self.findings: list[Finding] = []
        self.added: list[str] = []
        self.modified: list[str] = []
        self.removed: list[str] = []
        self.is_new = False
        """Whether the index must be another one."""
        self._root = root
        self._walked = walked
        self._before = known
        self._recognition = recognition
        self._began, self._now = clock
        self._sieve = Sieve(recognition)
        self._to_read = self._have_read = 0

    def folders(self, progress: Progress | None, current: Collection[str], *, again: bool) -> dict[str, Known]:
        """What is known now. The folders `current` are as they were; `again` reads every note of all others."""
        self._progress = progress
        self._again = again
        self._kept = self._out_of_reach()
        seen = {
            folder: [*rows, *self._kept[folder]] if folder in self._kept else rows
            for folder, rows in self._walked.folders.items()
        }
        seen = {**self._kept, **seen}
        todo = {folder: self._todo(folder, rows) for folder, rows in seen.items() if folder not in current}
        todo |= {folder: self._todo(folder, seen[folder]) for folder in self._kept}
        for folder, rows in self._kept.items():
            todo[folder] = [row for row in todo[folder] if row not in rows]
        self._to_read = sum(map(len, todo.values()))
        with _no_collecting():
            folders = {
                folder: self._look_into(folder, rows, todo[folder]) if folder in todo else self._before[folder]
                for folder, rows in seen.items()
            }
        for folder in self._before.keys() - folders.keys():
            self.removed += [self._before[folder].path(row[0]) for row in self._before[folder].rows]
        self.is_new = self.is_new or {name for name, one in folders.items() if one.rows} != self._before.keys()
        return {folder: one for folder, one in folders.items() if one.rows}

    def _todo(self, folder: str, rows: list[Row]) -> list[Row]:
        """The notes of one folder that are to be read."""
        known = self._before.get(folder)
        if known is None or self._again:
            return rows
        old, doubtful = set(known.rows), known.doubtful
        return [row for row in rows if row not in old or row[0] in doubtful]

    def _out_of_reach(self) -> dict[str, list[Row]]:
        """The notes that were known in folders that cannot be read now: kept, and read as soon as they can be."""
        kept: dict[str, list[Row]] = {}
        unreadable = self._walked.unreadable_folders
        for folder, known in self._before.items() if unreadable else ():
            if any(folder == one or folder.startswith(one + "/") for one in unreadable):
                names = {row[0] for row in self._walked.folders.get(folder, ())}
                kept[folder] = [row for row in known.rows if row[0] not in names]
        return kept

    def _look_into(self, folder: str, rows: list[Row], todo: list[Row]) -> Known:
        """Read some notes of one folder, and keep what is known of the others."""
        before = self._before.get(folder) or Known(folder, [], {})
        self._unread: set[str] = set()
        self._gone: set[str] = set()
        fresh = self._read(before, todo)
        read, gone = {row[0] for row in todo}, self._gone
        rows = [row for row in rows if row[0] not in gone] if gone else rows
        lines = {name: keep(one) for name, one in fresh.items()}
        if before.lines:
            kept = {row[0]: line for row in rows if row[0] not in read and (line := before.lines.get(row[0]))}
            lines = {**kept, **lines}
        doubtful = _doubtful(todo, self._began, self._now()) | self._unread
        doubtful |= {row[0] for row in self._kept.get(folder, ())}
        now = Known(folder, rows, lines, frozenset(doubtful - gone), fresh)
        self._compare(before, now, read)
        return now

    def _compare(self, before: Known, now: Known, read: Collection[str]) -> None:
        old = {row[0]: row for row in before.rows}
        if not old:
            self.added += [now.path(row[0]) for row in now.rows]
            self.is_new = True
            return
        for row in now.rows:
            name = row[0]
            if name not in old:
                self.added.append(now.path(name))
            elif name in read and (_edited(old[name], row) or before.lines.get(name) != now.lines.get(name)):
                self.modified.append(now.path(name))
        self.removed += [now.path(name) for name in old.keys() - {row[0] for row in now.rows}]
        self.is_new = self.is_new or before.lines != now.lines or old.keys() != {row[0] for row in now.rows}

    def _read(self, before: Known, todo: list[Row]) -> dict[str, Reading]:
        """Read notes of one folder: what those say that say something to us. Few lines, because most are not ours."""
        fresh: dict[str, Reading] = {}
        sizes = {row[0]: row[1] for row in todo}
        may_be_ours, in_root = self._sieve.may_be_ours, not before.folder
        is_of_persons = self._sieve.is_person_folder(before.folder)
        folder = str(self._root) if in_root else f"{self._root}/{before.folder}"
        for name, start in self._counted(read_starts(folder, sizes, START)):
            size = -1 if start is None else len(start)
            whole = size == sizes[name] < START
            if start is None or not (whole or size == START):
                reading = self._read_closely(before, name)
            elif not (is_of_persons or may_be_ours(start, whole=whole) or (in_root and name == ME_PATH)):
                continue
            elif whole:
                reading = read_text(before.path(name), start, self._recognition)
            else:
                reading = self._read_closely(before, name)
            if reading is None:
                self._gone.add(name)
            elif not isinstance(reading, NotOurs) or reading.findings:
                fresh[name] = reading
        return fresh

    def _read_closely(self, before: Known, name: str) -> Reading | None:
        path = before.path(name)
        found = read_note(self._root, path, HEAD)
        if isinstance(found, NoteBytes):
            return read_text(path, found.data, self._recognition)
        if found is None:
            return None
        self.findings.append(found)
        self._unread.add(name)
        if name in before.lines:
            return before.readings[path]
        return NotOurs(path) if any(row[0] == name for row in before.rows) else Unreadable(path, ())

    def _counted(self, starts: Iterable[_Start]) -> Iterable[_Start]:
        return starts if self._progress is None else self._counting(starts, self._progress)

    def _counting(self, starts: Iterable[_Start], progress: Progress) -> Iterator[_Start]:
        """Tell how far we are after each note that has been dealt with."""
        for start in starts:
            yield start
            self._have_read += 1
            if self._have_read % _REPORT_EVERY == 0 or self._have_read == self._to_read:
                progress(self._have_read, self._to_read)


@contextlib.contextmanager
def _no_collecting() -> Iterator[None]:
    """Keep Python from looking for garbage in what is read: nothing of it lies in a circle, and there is much of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def settings_in(found: NoteBytes | None) -> Settings:
    """The settings in `Me.md`, or the defaults."""
    me = read_text(ME_PATH, found.data, Recognition()) if found else None
    return me.record.settings if isinstance(me, Read) and isinstance(me.record, MeNote) else Settings()


def is_doubtful(row: Row, began: int, ended: int) -> bool:
    """Whether a note may change after it was read between these two moments, and its times stay the same."""
    return bool(_doubtful([row], began, ended))


def _doubtful(rows: Iterable[Row], began: int, ended: int) -> set[str]:
    since, until = began - _TICK_NS, ended + _TICK_NS
    return {row[0] for row in rows if since < row[2] < until or since < row[3] < until}


def _edited(old: Row, new: Row) -> bool:
    """Whether the note's text may have changed; ctime alone also tells of permissions."""
    return old[:3] + old[4:] != new[:3] + new[4:]
