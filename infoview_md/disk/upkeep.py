"""Brings an index up to date with the disk: walk, compare with what is known, read only what changed.

What was known comes from the last look, or from the cache of an earlier command. A note that cannot be read now, or
whose folder cannot, keeps what was known of it and is reported: it is not deleted. A note that changed less than a tick
of the coarsest clock before it was looked at may change again without a later time: it is read again at the next look.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from infoview_md.disk import clock
from infoview_md.disk.cache import Cache, Remembered, cache_folder
from infoview_md.disk.files import read_starts
from infoview_md.disk.known import Known, pack_readings
from infoview_md.disk.scan import NoteBytes, Row, Walked, look_at, read_note, template_folders, walk
from infoview_md.network.index import Index
from infoview_md.notes.findings import Finding, finding
from infoview_md.notes.properties import Recognition
from infoview_md.notes.quick import START, Sieve
from infoview_md.notes.reading import ME_PATH, NotOurs, Read, Reading, Unreadable
from infoview_md.notes.records import MeNote, Settings
from infoview_md.notes.shortcut import read_note as read_text

__all__ = ["ChangeCounts", "Progress", "Upkeep", "Upkept"]

_HEAD = 1_000_000
_TICK_NS = 2_000_000_000
"""The coarsest clock of a file system in use (FAT) ticks every two seconds."""
_REPORT_EVERY = 50

Progress = Callable[[int, int], None]
"""Is told how many notes have been read, and how many are to be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCounts:
    """How many notes are new, changed, gone and as before, since the last look; on the first look all are new."""

    added: int = 0
    modified: int = 0
    removed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkept:
    """An index that is up to date; `paths` are the notes that are new, changed or gone, `findings` the disk's own.

    `notice` is a sentence for the user when the cache could not be used as it should.
    """

    index: Index
    changes: ChangeCounts
    paths: tuple[str, ...]
    findings: tuple[Finding, ...]
    notice: str | None = None


class Upkeep:
    """The index of one vault, as it was when last looked at; by this or, through the cache, by an earlier command.

    `cache` is the folder for caches, None keeps nothing; `now` is the clock that the times of files are compared with.
    """

    def __init__(
        self, root: Path, *, cache: Path | Literal["user"] | None = "user", now: Callable[[], int] = clock.stamp
    ) -> None:
        self._root = root
        self._cache = Cache(root, cache_folder() if cache == "user" else cache)
        self._now = now
        self._index: Index | None = None
        self._remembered: Remembered | None = None
        self._known: dict[str, Known] = {}
        self._saved: dict[str, Known] = {}
        self._saved_remembered: Remembered | None = None

    def bring_up_to_date(self, progress: Progress | None = None) -> Upkept:
        """Look at the vault. Raises FileTroubleError when the vault itself cannot be read."""
        if self._index is None:
            self._recall()
        before = self._remembered or Remembered()
        began = self._now()
        now = self._read_me(before, began)
        walked = walk(self._root, skipped_folders=(now.templates, *template_folders(self._root)))
        look = _Look(self._root, walked, self._known, now.recognition, (began, self._now))
        folders = look.folders(progress, again=now.recognition != before.recognition)
        if self._index is None or look.is_new or folders.keys() != self._known.keys():
            self._index = _index_of(folders)
        self._known, self._remembered = folders, now
        self._save()
        return look.told(self._index, self._cache.notice)

    def _recall(self) -> None:
        remembered, rows = self._cache.load()
        if remembered is not None:
            self._known = self._cache.folders(rows, remembered.recognition)
            self._remembered = remembered
            self._saved, self._saved_remembered = dict(self._known), remembered

    def _read_me(self, before: Remembered, began: int) -> Remembered:
        """The settings come first: they say which notes are ours and which folder holds templates."""
        row = look_at(self._root, ME_PATH)
        if row is not None and row == before.me:
            return before
        found = read_note(self._root, ME_PATH) if row else None
        if isinstance(found, Finding):
            return before
        settings = _settings(found)
        recognition = Recognition(
            types=settings.contact_types, tags=settings.contact_tags, folders=settings.contact_folders
        )
        sure = None if row and _is_doubtful(row, began, self._now()) else row
        return Remembered(me=sure, templates=settings.templates, recognition=recognition)

    def _save(self) -> None:
        changed = [one for one in self._known.values() if self._saved.get(one.folder) != one]
        gone = self._saved.keys() - self._known.keys()
        assert self._remembered is not None  # noqa: S101 - the look has just made it
        afresh = not self._saved or self._remembered.recognition != (self._saved_remembered or Remembered()).recognition
        if (changed or gone or self._remembered != self._saved_remembered) and self._cache.save(
            self._remembered, changed, gone, afresh=afresh
        ):
            self._saved, self._saved_remembered = dict(self._known), self._remembered


class _Look:
    """One look at the vault. Compares what was walked with what is known, and reads what is new."""

    def __init__(
        self,
        root: Path,
        walked: Walked,
        known: Mapping[str, Known],
        recognition: Recognition,
        clock: tuple[int, Callable[[], int]],
    ) -> None:
        self._root = root
        self._walked = walked
        self._before = known
        self._recognition = recognition
        self._began, self._now = clock
        self._sieve = Sieve(recognition)
        self._findings = list(walked.findings)
        self._added: list[str] = []
        self._modified: list[str] = []
        self._removed: list[str] = []
        self._notes = 0
        self._to_read = self._have_read = 0
        self.is_new = False

    def folders(self, progress: Progress | None, *, again: bool) -> dict[str, Known]:
        """What is known now; `again` reads every note, because other settings call other notes ours."""
        self._progress = progress
        self._kept = self._out_of_reach()
        seen = {
            folder: [*rows, *self._kept[folder]] if folder in self._kept else rows
            for folder, rows in self._walked.folders.items()
        }
        seen = {**self._kept, **seen}
        todo: dict[str, list[Row]] = {}
        for folder, rows in seen.items():
            known = self._before.get(folder)
            if known is None or again:
                todo[folder] = rows
            elif folder in self._kept or not known.is_current(rows):
                old = set(known.rows)
                todo[folder] = [row for row in rows if row not in old or row[0] in known.doubtful]
        for folder, rows in self._kept.items():
            todo[folder] = [row for row in todo.get(folder, ()) if row not in rows]
        self._to_read = sum(map(len, todo.values()))
        folders = {
            folder: self._look_into(folder, rows, todo[folder]) if folder in todo else self._before[folder]
            for folder, rows in seen.items()
        }
        for folder in self._before.keys() - folders.keys():
            self._removed += [self._before[folder].path(row[0]) for row in self._before[folder].rows]
        self._notes = sum(len(one.rows) for one in folders.values())
        self._findings += [_too_large(one, row) for one in folders.values() for row in one.large]
        return {folder: one for folder, one in folders.items() if one.rows}

    def told(self, index: Index, notice: str | None) -> Upkept:
        """What this look has to say."""
        counts = ChangeCounts(
            added=len(self._added),
            modified=len(self._modified),
            removed=len(self._removed),
            unchanged=self._notes - len(self._added) - len(self._modified),
        )
        paths = tuple(sorted({*self._added, *self._modified, *self._removed}))
        findings = tuple(sorted(self._findings, key=lambda one: (one.path, one.code)))
        return Upkept(index=index, changes=counts, paths=paths, findings=findings, notice=notice)

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
        read = dict(self._read(before, todo))
        gone = {name for name, reading in read.items() if reading is None}
        fresh = {name: reading for name, reading in read.items() if reading is not None}
        rows = [row for row in rows if row[0] not in gone] if gone else rows
        kept = {row[0]: line for row in rows if row[0] not in fresh and (line := before.lines.get(row[0]))}
        lines = {**kept, **pack_readings(fresh.items())}
        ended = self._now()
        doubtful = {row[0] for row in todo if _is_doubtful(row, self._began, ended)} | self._unread
        doubtful |= {row[0] for row in self._kept.get(folder, ())}
        now = Known(folder, rows, lines, frozenset(doubtful - gone), fresh)
        self._compare(before, now, fresh)
        return now

    def _compare(self, before: Known, now: Known, fresh: Mapping[str, Reading]) -> None:
        old = {row[0]: row for row in before.rows}
        for row in now.rows:
            name = row[0]
            if name not in old:
                self._added.append(now.path(name))
            elif name in fresh and (_edited(old[name], row) or before.lines.get(name) != now.lines.get(name)):
                self._modified.append(now.path(name))
        self._removed += [now.path(name) for name in old.keys() - {row[0] for row in now.rows}]
        self.is_new = self.is_new or before.lines != now.lines or old.keys() != {row[0] for row in now.rows}

    def _read(self, before: Known, todo: list[Row]) -> Iterator[tuple[str, Reading | None]]:
        """Read notes of one folder: what they say, or None for one that is gone."""
        self._unread: set[str] = set()
        of_person = self._sieve.is_person_folder(before.folder)
        sizes = {row[0]: row[1] for row in todo}
        folder = f"{self._root}/{before.folder}" if before.folder else str(self._root)
        for name, start in read_starts(folder, sizes, START):
            path = before.path(name)
            size = -1 if start is None else len(start)
            whole = size == sizes[name] < START
            judged = (whole or size == START) and not of_person and path != ME_PATH
            if judged and start is not None and not self._sieve.may_be_ours(start, whole=whole):
                yield name, NotOurs(path)
            elif whole and start is not None:
                yield name, read_text(path, start, self._recognition)
            else:
                yield name, self._read_closely(before, name)
            self._count()

    def _read_closely(self, before: Known, name: str) -> Reading | None:
        path = before.path(name)
        found = read_note(self._root, path, _HEAD)
        if isinstance(found, NoteBytes):
            return read_text(path, found.data, self._recognition)
        if found is None:
            return None
        self._findings.append(found)
        self._unread.add(name)
        return before.reading(name) if any(row[0] == name for row in before.rows) else Unreadable(path, ())

    def _count(self) -> None:
        self._have_read += 1
        if self._progress and (self._have_read % _REPORT_EVERY == 0 or self._have_read == self._to_read):
            self._progress(self._have_read, self._to_read)


def _index_of(folders: Mapping[str, Known]) -> Index:
    """An index over what is known now, unpacked when it is asked for."""

    def ours() -> dict[str, Reading]:
        return {path: reading for one in folders.values() for path, reading in one.readings.items()}

    def others() -> list[str]:
        return [path for one in folders.values() for path in one.others]

    return Index.later(ours, others)


def _settings(found: NoteBytes | None) -> Settings:
    me = read_text(ME_PATH, found.data, Recognition()) if found else None
    return me.record.settings if isinstance(me, Read) and isinstance(me.record, MeNote) else Settings()


def _is_doubtful(row: Row, began: int, ended: int) -> bool:
    """Whether a note may change after it was read between these two moments, and its times stay the same."""
    return any(began - _TICK_NS < time < ended + _TICK_NS for time in (row[2], row[3]))


def _edited(old: Row, new: Row) -> bool:
    """Whether the note's text may have changed; ctime alone also tells of permissions."""
    return old[:3] + old[4:] != new[:3] + new[4:]


def _too_large(known: Known, row: Row) -> Finding:
    return finding("note-too-large", known.path(row[0]), size=row[1], limit=_HEAD)
