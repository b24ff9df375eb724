"""The index: what all notes say, kept by path, and the network that follows from it.

`Index.apply` takes changes in any order; the network is then derived from the whole, so that an index brought up to
date equals one built afresh. Nothing here reads the disk.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from infoview_md.network.building import build_network
from infoview_md.network.people import Network
from infoview_md.network.renewing import has_same_shape, renewed_network
from infoview_md.notes.findings import Finding, in_order
from infoview_md.notes.properties import MESSAGE_TYPES, Recognition
from infoview_md.notes.reading import ME_PATH, AnyNote, NotOurs, Read, Reading, Unreadable
from infoview_md.notes.records import (
    ContactNote,
    InterviewNote,
    MeNote,
    MessageNote,
    NoteRecord,
    OrganizationNote,
    PrepNote,
    Settings,
)

__all__ = ["Changes", "Index", "note_type"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is new since the last index: readings by path (new or modified), and paths that are gone."""

    read: Mapping[str, Reading]
    removed: frozenset[str] = frozenset()


class Index:
    """All readings of a vault, by path, and what follows from them. Immutable; `apply` gives a new one."""

    def __init__(self, readings: Mapping[str, Reading] = MappingProxyType({})) -> None:
        silent = {path for path, one in readings.items() if isinstance(one, NotOurs) and not one.findings}
        telling = {path: one for path, one in readings.items() if path not in silent}
        self._load_telling: Callable[[], Mapping[str, Reading]] = lambda: telling
        self._load_silent: Callable[[], Iterable[str]] = lambda: silent
        self._before: Index | None = None

    @classmethod
    def later(
        cls,
        telling: Callable[[], Mapping[str, Reading]],
        silent: Callable[[], Iterable[str]],
        before: "Index | None" = None,
    ) -> "Index":
        """An index whose readings are fetched when first asked for; `silent` are paths of notes with none to tell.

        `before` is an earlier index of the vault, from which the network is made where little changed.
        """
        index = cls()
        index._load_telling = telling
        index._load_silent = silent
        index._follow(before)
        return index

    def _follow(self, before: "Index | None") -> None:
        """Remember the last index whose network was made, and nothing of those before it."""
        while before is not None and "network" not in vars(before):
            before = before._before  # noqa: SLF001 - one of this class
        self._before = before

    @cached_property
    def _telling(self) -> Mapping[str, Reading]:
        """The readings that say something: of notes that are ours, or may be."""
        return dict(sorted(self._load_telling().items()))

    @cached_property
    def _silent(self) -> tuple[str, ...]:
        return tuple(self._load_silent())

    @cached_property
    def readings(self) -> Mapping[str, Reading]:
        """What each note of the vault says, by path."""
        readings = {**self._telling, **{path: NotOurs(path) for path in self._silent}}
        return MappingProxyType(dict(sorted(readings.items())))

    def apply(self, changes: Changes) -> "Index":
        """The index after `changes`."""
        readings = {path: one for path, one in self.readings.items() if path not in changes.removed}
        index = Index({**readings, **changes.read})
        index._follow(self)
        return index

    def has(self, path: str) -> bool:
        """Whether the note at `path` says something to us: it is ours, or may be."""
        return path in self._telling

    @property
    def me(self) -> MeNote | None:
        """The profile note, when it can be read."""
        reading = self._telling.get(ME_PATH)
        return reading.record if isinstance(reading, Read) and isinstance(reading.record, MeNote) else None

    @property
    def settings(self) -> Settings:
        """The settings of `Me.md`, or the defaults."""
        return self.me.settings if self.me else Settings()

    @property
    def recognition(self) -> Recognition:
        """Which notes the settings call contacts; when it changes, every note is read again."""
        own = self.settings
        return Recognition(types=own.contact_types, tags=own.contact_tags, folders=own.contact_folders)

    @cached_property
    def network(self) -> Network:
        """Who knows whom, derived from all readings."""
        before, self._before = self._before, None
        changed = self._changed_within_shape(before) if before else None
        if before is not None and changed is not None:
            return renewed_network(before.network, changed)
        records = [one.record for one in self._telling.values() if isinstance(one, Read)]
        others = {path for path, one in self._telling.items() if isinstance(one, NotOurs)}.union(self._silent)
        unreadable = {path for path, one in self._telling.items() if isinstance(one, Unreadable)}
        return build_network(records, others=others, unreadable=unreadable)

    def _changed_within_shape(self, before: "Index") -> Mapping[str, AnyNote] | None:
        """The notes that say something else than before, when all of them keep their shape; else None."""
        telling, silent = before._telling, before._silent  # noqa: SLF001 - one of this class
        if self._telling.keys() != telling.keys():
            return None
        if self._silent != silent and set(self._silent) != set(silent):
            return None
        changed: dict[str, AnyNote] = {}
        for path, now in self._telling.items():
            old = telling[path]
            if old is now:
                continue
            if type(old) is not type(now):
                return None
            if isinstance(old, Read) and isinstance(now, Read) and old.record != now.record:
                if not has_same_shape(old.record, now.record):
                    return None
                changed[path] = now.record
        return changed

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, of single notes and between notes, by path and line."""
        own = (found for reading in self._telling.values() for found in reading.findings)
        return in_order((*own, *self.network.findings))

    def counts(self) -> Mapping[str, int]:
        """How many notes of each type there are, in the order of the table; types without a note are left out."""
        counts: dict[str, int] = {}
        for reading in self._telling.values():
            if isinstance(reading, Read):
                name = note_type(reading.record)
                counts[name] = counts.get(name, 0) + 1
        order = ("me", "contact", "person", *MESSAGE_TYPES, "prep", "interview", "organization")
        return {name: counts[name] for name in order if name in counts}


def note_type(record: NoteRecord) -> str:
    """The type of a note by its record; `person` for somebody who is only known."""
    match record:
        case MessageNote():
            return record.type
        case ContactNote():
            return "contact" if record.wanted else "person"
        case MeNote():
            return "me"
        case PrepNote():
            return "prep"
        case InterviewNote():
            return "interview"
        case OrganizationNote():
            return "organization"
        case _:
            raise TypeError(record)
