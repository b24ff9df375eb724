"""One look at a vault in which something is not as it was: what is new is read, all else is kept.

A note that cannot be read now, or whose folder cannot, keeps what was known of it and is reported: it is not deleted. A
note that changed less than a tick of the coarsest clock before it was looked at may change again without a later time:
it is read again at the next look.
"""

import contextlib
import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from infoview_md.disk.known import Known
from infoview_md.disk.scan import NoteBytes
from infoview_md.disk.sifting import Sifted, Sifter
from infoview_md.disk.states import Row, States
from infoview_md.disk.walking import Walked
from infoview_md.notes.keeping import keep
from infoview_md.notes.properties import Recognition
from infoview_md.notes.reading import ME_PATH, Read, Unreadable
from infoview_md.notes.records import MeNote, Settings
from infoview_md.notes.shortcut import read_note as read_text

if TYPE_CHECKING:
    from infoview_md.notes.findings import Finding

__all__ = ["Look", "Progress", "is_doubtful", "settings_in"]

_TICK_NS = 2_000_000_000
"""The coarsest clock of a file system in use (FAT) ticks every two seconds."""
_REPORT_EVERY = 100
"""Notes."""

Progress = Callable[[int, int], None]
"""Is told how many notes have been read, and how many are to be read."""


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
        self._walked = walked
        self._before = known
        self._sifter = Sifter(root, recognition)
        self._began, self._now = clock

    @_no_collecting()
    def folders(self, progress: Progress | None, current: Collection[str], *, again: bool) -> dict[str, Known]:
        """What is known now. The folders `current` are as they were; `again` reads every note of all others."""
        kept = self._out_of_reach()
        folders = {folder: self._before[folder] for folder in current if folder not in kept}
        rows = {folder: states.rows() for folder, states in self._walked.folders.items() if folder not in folders}
        places = [
            _Place(folder, found, found if again else self._todo(folder, found), kept.get(folder, []))
            for folder, found in {**{one: [] for one in kept}, **rows}.items()
        ]
        in_all, done = sum(len(place.todo) for place in places), 0
        for place in places:
            one = self._known(place, self._sift(place, progress, done, in_all))
            done += len(place.todo)
            if one.states:
                folders[place.folder] = one
        for folder in self._before.keys() - folders.keys():
            self.removed += map(self._before[folder].path, self._before[folder].states.all_names())
        self.is_new = self.is_new or folders.keys() != self._before.keys()
        return folders

    def _sift(self, place: "_Place", progress: Progress | None, done: int, in_all: int) -> Sifted:
        """What the notes of one folder say that are to be read, once `done` of all were read."""
        found = Sifted()
        for at in range(0, len(place.todo), _REPORT_EVERY):
            some = {row[0]: row[1] for row in place.todo[at : at + _REPORT_EVERY]}
            self._sifter.sift(place.folder, some, found)
            if progress:
                progress(done + at + len(some), in_all)
        return found

    def _todo(self, folder: str, rows: list[Row]) -> list[Row]:
        """The notes of one folder that are to be read."""
        known = self._before.get(folder)
        if known is None:
            return rows
        old, doubtful = set(known.rows), known.doubtful
        return [row for row in rows if row not in old or row[0] in doubtful]

    def _out_of_reach(self) -> dict[str, list[Row]]:
        """The notes that were known in folders that cannot be read now: kept, and read as soon as they can be."""
        kept: dict[str, list[Row]] = {}
        unreadable = self._walked.unreadable_folders
        for folder, known in self._before.items() if unreadable else ():
            if any(folder == one or folder.startswith(one + "/") for one in unreadable):
                walked = self._walked.folders.get(folder)
                names = walked.all_names() if walked else ()
                kept[folder] = [row for row in known.rows if row[0] not in names]
        return kept

    def _known(self, place: "_Place", found: Sifted) -> Known:
        """What is known of one folder, once those of its notes were sifted that are to be read."""
        before = self._before.get(place.folder) or Known(place.folder, States.of([]), {})
        read = {row[0] for row in place.todo}
        states = self._walked.folders.get(place.folder)
        if place.kept or found.gone or states is None:
            states = States.of([*(row for row in place.rows if row[0] not in found.gone), *place.kept])
        lines = found.lines
        if before.lines:
            still = {name for name in states.all_names() if name not in read or name in found.troubles}
            lines = {**{name: line for name, line in before.lines.items() if name in still}, **lines}
        if found.troubles:
            self.findings += found.troubles.values()
            never_read = found.troubles.keys() - set(before.states.all_names())
            lines |= {name: keep(Unreadable(before.path(name), ())) for name in never_read}
        doubtful = _doubtful(place.todo, self._began, self._now()) | found.troubles.keys()
        doubtful |= {row[0] for row in place.kept}
        now = Known(place.folder, states, lines, frozenset(doubtful - found.gone), found.readings)
        self._compare(before, now, read)
        return now

    def _compare(self, before: Known, now: Known, read: Collection[str]) -> None:
        old = {row[0]: row for row in before.rows}
        if not old:
            self.added += map(now.path, now.states.all_names())
            self.is_new = True
            return
        for row in now.rows:
            name = row[0]
            if name not in old:
                self.added.append(now.path(name))
            elif name in read and (_edited(old[name], row) or before.lines.get(name) != now.lines.get(name)):
                self.modified.append(now.path(name))
        gone = old.keys() - {row[0] for row in now.rows}
        self.removed += map(now.path, gone)
        self.is_new = self.is_new or before.lines != now.lines or bool(gone) or len(old) != len(now.rows)


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder to look into: its notes, those of them to be read, and those that are known and out of reach now."""

    folder: str
    rows: list[Row]
    todo: list[Row]
    kept: list[Row]


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
