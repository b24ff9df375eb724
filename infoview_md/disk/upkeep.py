"""Brings an index up to date with the disk: walk, compare with what is known, and read what changed, if anything did.

What was known comes from the last look, or from the cache of an earlier command. How notes are read, `disk.look` knows;
it is loaded when there is one to read, because most commands find all as it was.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from infoview_md.disk import clock
from infoview_md.disk.cache import Answers, Cache, Remembered, cache_folder
from infoview_md.disk.known import Known
from infoview_md.disk.scan import HEAD, read_note, template_folders
from infoview_md.disk.states import Row
from infoview_md.disk.walking import Walked, look_at, walk
from infoview_md.notes.findings import Finding, finding
from infoview_md.notes.whose import ME_PATH, Recognition

if TYPE_CHECKING:
    from infoview_md.disk.look import Progress
    from infoview_md.network.index import Index
    from infoview_md.notes.reading import Reading

__all__ = ["ChangeCounts", "Upkeep", "Upkept"]


_NO_PATHS: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCounts:
    """How many notes are new, changed, gone and as before, since the last look; on the first look all are new."""

    added: int = 0
    modified: int = 0
    removed: int = 0
    unchanged: int = 0


class _Contents:
    """What all notes say, for as long as none of them says something else."""

    def __init__(self, folders: Mapping[str, Known], before: "_Contents | None" = None) -> None:
        self._folders = folders
        self._index_before = vars(before).get("index") if before else None

    @cached_property
    def index(self) -> "Index":
        """An index over all that is known, unpacked when it is asked for."""
        from infoview_md.network.index import Index  # noqa: PLC0415 - a kept answer does without

        before, self._index_before = self._index_before, None
        return Index.later(self._ours, self._others, before)

    def _ours(self) -> "dict[str, Reading]":
        return {path: reading for one in self._folders.values() for path, reading in one.readings.items()}

    def _others(self) -> Iterable[str]:
        return [path for one in self._folders.values() for path in one.others]


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkept:
    """What is known once it is up to date; `paths` are the notes that are new, changed or gone.

    `findings` are the disk's own, `templates` is the folder for the user's, `answers` are what earlier commands made of
    the notes as they are. When it is `sure`, no note of ours may change without being noticed. `notice` is a sentence
    for the user when the cache could not be used as it should.
    """

    contents: _Contents
    changes: ChangeCounts
    paths: tuple[str, ...]
    findings: tuple[Finding, ...]
    templates: str
    answers: Answers
    sure: bool = True
    notice: str | None = None

    @property
    def index(self) -> "Index":
        """The index, which is made when it is first asked for."""
        return self.contents.index


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
        self._contents: _Contents | None = None
        self._remembered: Remembered | None = None
        self._known: dict[str, Known] = {}
        self._saved: dict[str, Known] = {}
        self._saved_remembered: Remembered | None = None
        self._walked: tuple[tuple[str, ...], Walked] | None = None

    def bring_up_to_date(self, progress: "Progress | None" = None, *, paths: Collection[str] | None = None) -> Upkept:
        """Look at the vault. Raises FileTroubleError when the vault itself cannot be read.

        `paths` are those of all notes and folders that may have changed since the last look; None if that is unknown.
        """
        if self._contents is None:
            self._recall()
        before = self._remembered or Remembered()
        is_whole, began = paths is None, self._now()
        self._remembered = now = self._read_me(before, began)
        walked = self._walk((now.templates, *template_folders(self._root)), paths)
        again = now.recognition != before.recognition
        current = frozenset() if again else _current(walked, self._known)
        changes, paths, findings = ChangeCounts(unchanged=_count(self._known)), _NO_PATHS, walked.findings
        if not current == walked.folders.keys() == self._known.keys() or walked.unreadable_folders:
            changes, paths, findings = self._look(walked, current, progress, began, again=again)
        if self._contents is None:
            self._contents = _Contents(self._known)
        if is_whole:  # it takes its time, and after what was hinted all is looked at soon
            self._save()
        large = (_too_large(one, row) for one in self._known.values() for row in one.large)
        return Upkept(
            contents=self._contents,
            changes=changes,
            paths=paths,
            findings=tuple(sorted((*findings, *large), key=lambda one: (one.path, one.code))),
            templates=now.templates,
            answers=self._answers(),
            sure=all(one.is_sure or one.lines.keys().isdisjoint(one.doubtful) for one in self._known.values()),
            notice=self._cache.notice,
        )

    def _walk(self, skipped: tuple[str, ...], paths: Collection[str] | None) -> Walked:
        """What is in the vault; only where that may have changed is it looked for, if enough is known of the rest."""
        before = self._walked[1] if self._walked and self._walked[0] == skipped else None
        if paths is not None and before is not None:
            from infoview_md.disk.narrowing import merged, places  # noqa: PLC0415 - only a watcher is told of paths

            if within := places(before, paths):
                now = merged(before, within, walk(self._root, skipped_folders=skipped, within=within))
                self._walked = skipped, now
                return now
        self._walked = skipped, walk(self._root, skipped_folders=skipped)
        return self._walked[1]

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
        from infoview_md.disk.look import is_doubtful, settings_in  # noqa: PLC0415 - `Me.md` is mostly as it was

        settings = settings_in(found)
        recognition = Recognition(
            types=settings.contact_types, tags=settings.contact_tags, folders=settings.contact_folders
        )
        sure = None if row and is_doubtful(row, began, self._now()) else row
        return Remembered(me=sure, templates=settings.templates, recognition=recognition)

    def _look(
        self, walked: Walked, current: Collection[str], progress: "Progress | None", began: int, *, again: bool
    ) -> tuple[ChangeCounts, tuple[str, ...], tuple[Finding, ...]]:
        """Read what is new: what that changed, in which notes, and what was wrong with the disk."""
        from infoview_md.disk.look import Look  # noqa: PLC0415 - nothing of it is needed where nothing changed

        assert self._remembered is not None  # noqa: S101 - it was just set
        known = self._known
        look = Look(self._root, walked, known, self._remembered.recognition, (began, self._now))
        self._known = look.folders(progress, current, again=again)
        for folder, one in self._known.items():
            if (earlier := known.get(folder)) is not None and earlier is not one:
                one.take_over(earlier)
        if look.is_new:
            self._contents = _Contents(self._known, self._contents)
        counts = ChangeCounts(
            added=len(look.added),
            modified=len(look.modified),
            removed=len(look.removed),
            unchanged=_count(self._known) - len(look.added) - len(look.modified),
        )
        paths = tuple(sorted([*look.added, *look.modified, *look.removed]))
        return counts, paths, (*walked.findings, *look.findings)

    def _save(self) -> None:
        assert self._remembered is not None  # noqa: S101 - the look has just made it
        afresh = not self._saved or self._remembered.recognition != (self._saved_remembered or Remembered()).recognition
        saved = {} if afresh else self._saved
        changed = [one for one in self._known.values() if saved.get(one.folder) != one]
        gone = self._saved.keys() - self._known.keys()
        if (changed or gone or self._remembered != self._saved_remembered) and self._cache.save(
            self._remembered, changed, gone, afresh=afresh
        ):
            self._saved, self._saved_remembered = dict(self._known), self._remembered

    def _answers(self) -> Answers:
        """None where a note may still change without being noticed: what follows from it would stay as it was."""
        is_sure = all(one.is_sure for one in self._known.values())
        return self._cache.answers(self._known) if is_sure else Answers.none()


def _current(walked: Walked, known: Mapping[str, Known]) -> frozenset[str]:
    """The folders in which all notes are as they were."""
    return frozenset(
        folder for folder, states in walked.folders.items() if folder in known and known[folder].is_current(states)
    )


def _count(folders: Mapping[str, Known]) -> int:
    return sum(len(one.states) for one in folders.values())


def _too_large(known: Known, row: Row) -> Finding:
    return finding("note-too-large", known.path(row[0]), size=row[1], limit=HEAD)
