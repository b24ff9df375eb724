"""What is known of the notes of one folder: their states on disk and what they said. It does not look at the disk.

A `Known` never changes: when a note does, the folder gets a new one. What comes from the cache stays packed until
somebody asks for it, and most of it nobody does: to see that nothing changed, packed states are compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from infoview_md.disk.scan import LARGEST_WHOLE_NOTE
from infoview_md.disk.states import Row, States

if TYPE_CHECKING:
    from infoview_md.notes.reading import Reading

__all__ = ["Known", "Packed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """One folder as bytes: `doubts` and `ours` hold a byte for each note, or nothing when there are none.

    `readings` is a line for each of ours.
    """

    states: States
    doubts: bytes
    ours: bytes
    readings: bytes

    def lines(self) -> dict[str, str]:
        """The packed readings, by name."""
        if not self.ours:
            return {}
        names = [name for name, is_ours in zip(self.states.all_names(), self.ours, strict=True) if is_ours]
        return dict(zip(names, self.readings.decode().split("\n"), strict=True))

    def doubtful(self) -> frozenset[str]:
        """The notes to be read again."""
        if not self.doubts:
            return frozenset()
        return frozenset(name for name, doubt in zip(self.states.all_names(), self.doubts, strict=True) if doubt)


class Known:
    """One folder: `states` are its notes', `lines` the packed readings of those that say something to us, by name.

    `fresh` are readings that need no unpacking. `doubtful` notes are read again at the next look, whatever their state:
    they may change without a later time, or could not be read. A note without a line is none of ours.
    """

    def __init__(
        self,
        folder: str,
        states: States,
        lines: Mapping[str, str],
        doubtful: frozenset[str] = frozenset(),
        fresh: Mapping[str, "Reading"] = MappingProxyType({}),
    ) -> None:
        self.folder = folder
        self.states = states
        self.lines = lines
        self.doubtful = doubtful
        self._fresh = fresh

    @classmethod
    def from_cache(cls, folder: str, packed: Packed) -> "Known":
        """What an earlier command knew."""
        return _FromCache(folder, packed)

    def __eq__(self, other: object) -> bool:
        """Whether the same is known."""
        if not isinstance(other, Known):
            return NotImplemented
        return self is other or (
            (self.folder, self.states, self.lines, self.doubtful)
            == (other.folder, other.states, other.lines, other.doubtful)
        )  # fmt: skip

    __hash__ = None  # type: ignore[assignment]  # compared, never looked up

    @property
    def is_sure(self) -> bool:
        """Whether none of its notes is doubtful."""
        return not self.doubtful

    def is_current(self, states: States) -> bool:
        """Whether nothing need be read again when these are the notes' states now."""
        return self.is_sure and self.states == states

    @cached_property
    def rows(self) -> list[Row]:
        """Its notes."""
        return self.states.rows()

    def packed(self) -> Packed:
        """All of it as bytes."""
        names = self.states.all_names()
        return Packed(
            states=self.states,
            doubts=bytes([name in self.doubtful for name in names]) if self.doubtful else b"",
            ours=bytes([name in self.lines for name in names]) if self.lines else b"",
            readings="\n".join([self.lines[name] for name in names if name in self.lines]).encode(),
        )

    def path(self, name: str) -> str:
        """The vault path of a note of this folder."""
        return f"{self.folder}/{name}" if self.folder else name

    @cached_property
    def readings(self) -> Mapping[str, "Reading"]:
        """What the notes with a line said, by path; unpacked once."""
        from infoview_md.notes.keeping import recall  # noqa: PLC0415 - a vault that is as before need not be unpacked

        names = [name for name in self.lines if name not in self._fresh]
        paths = [*map(self.path, names)]
        unpacked = dict(zip(paths, recall(paths, [self.lines[name] for name in names]), strict=True))
        return unpacked | {self.path(name): one for name, one in self._fresh.items() if name in self.lines}

    def take_over(self, before: "Known") -> None:
        """Take the readings that were unpacked before of notes that say the same, which saves unpacking them again."""
        if "readings" in vars(before):
            readings, lines = before.readings, before.lines
            same = (name for name, line in self.lines.items() if lines.get(name) == line)
            self._fresh = {**{name: readings[before.path(name)] for name in same}, **self._fresh}

    @cached_property
    def others(self) -> tuple[str, ...]:
        """The paths of the notes that are none of ours."""
        lines, start = self.lines, f"{self.folder}/" if self.folder else ""
        return tuple([start + name for name in self.states.all_names() if name not in lines])

    @cached_property
    def large(self) -> tuple[Row, ...]:
        """The notes of which only the beginning is read."""
        if self.states.largest() <= LARGEST_WHOLE_NOTE:
            return ()
        return tuple([row for row in self.rows if row[1] > LARGEST_WHOLE_NOTE])


class _FromCache(Known):
    """A folder that stays packed for as long as it is only compared."""

    def __init__(self, folder: str, packed: Packed) -> None:
        self.folder = folder
        self.states = packed.states
        self._packed = packed
        self._fresh = MappingProxyType({})

    def __getattr__(self, name: str) -> object:
        """Unpack a part when it is first asked for."""
        if name not in {"lines", "doubtful"}:
            raise AttributeError(name)
        value = getattr(self._packed, name)()
        setattr(self, name, value)
        return value

    @property
    def is_sure(self) -> bool:
        return not self._packed.doubts
