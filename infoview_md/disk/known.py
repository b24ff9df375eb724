"""What is known of the notes of one folder: their states on disk and what they said. It does not look at the disk.

A `Known` never changes: when a note does, the folder gets a new one. What comes from the cache stays packed until
somebody asks for it, and most of it nobody does: to see that nothing changed, packed states are compared.
"""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from infoview_md.disk.scan import LARGEST_WHOLE_NOTE
from infoview_md.disk.walking import Row

if TYPE_CHECKING:
    from infoview_md.notes.reading import Reading

__all__ = ["Known", "Packed", "path_bytes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """One folder as bytes. A row of columns: the n-th name, size, ... belong to the n-th note.

    `doubts` and `ours` hold a byte for each note, or nothing when there are none; `readings` a line for each of ours.
    """

    names: bytes
    sizes: bytes
    mtimes: bytes
    ctimes: bytes
    inodes: bytes
    links: bytes
    doubts: bytes
    ours: bytes
    readings: bytes

    def has_rows(self, rows: list[Row]) -> bool:
        """Whether these are the states that are packed here, in the same order."""
        return _states(rows) == (self.names, self.sizes, self.mtimes, self.ctimes, self.inodes, self.links)

    def rows(self) -> list[Row]:
        """The states."""
        numbers = (array("q", self.sizes), array("q", self.mtimes), array("q", self.ctimes), array("Q", self.inodes))
        return list(zip(self.all_names(), *numbers, map(bool, self.links), strict=True))

    def all_names(self) -> list[str]:
        """The names of all notes."""
        return self.names.decode("utf-8", "surrogatepass").split("\0")

    def lines(self) -> dict[str, str]:
        """The packed readings, by name."""
        if not self.ours:
            return {}
        names = [name for name, is_ours in zip(self.all_names(), self.ours, strict=True) if is_ours]
        return dict(zip(names, self.readings.decode().split("\n"), strict=True))

    def doubtful(self) -> frozenset[str]:
        """The notes to be read again."""
        if not self.doubts:
            return frozenset()
        return frozenset(name for name, doubt in zip(self.all_names(), self.doubts, strict=True) if doubt)


class Known:
    """One folder: `rows` are its notes, `lines` the packed readings of those that say something to us, by name.

    `fresh` are readings that need no unpacking. `doubtful` notes are read again at the next look, whatever their state:
    they may change without a later time, or could not be read. A note without a line is none of ours.
    """

    def __init__(
        self,
        folder: str,
        rows: list[Row],
        lines: Mapping[str, str],
        doubtful: frozenset[str] = frozenset(),
        fresh: Mapping[str, "Reading"] = MappingProxyType({}),
    ) -> None:
        self.folder = folder
        self.rows = rows
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
            (self.folder, self.rows, self.lines, self.doubtful)
            == (other.folder, other.rows, other.lines, other.doubtful)
        )  # fmt: skip

    __hash__ = None  # type: ignore[assignment]  # compared, never looked up

    def is_current(self, rows: list[Row]) -> bool:
        """Whether nothing need be read again when these are the notes' states now."""
        return not self.doubtful and self.rows == rows

    def packed(self) -> Packed | None:
        """All of it as bytes; None when it holds a number that no column does, as a date after the year 2262."""
        try:
            states = _states(self.rows)
        except OverflowError:
            return None
        names = [row[0] for row in self.rows]
        return Packed(
            **dict(zip(("names", "sizes", "mtimes", "ctimes", "inodes", "links"), states, strict=True)),
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
        if not lines:
            return tuple([start + row[0] for row in self.rows])
        return tuple([start + row[0] for row in self.rows if row[0] not in lines])

    @cached_property
    def large(self) -> tuple[Row, ...]:
        """The notes of which only the beginning is read."""
        return tuple([row for row in self.rows if row[1] > LARGEST_WHOLE_NOTE])


class _FromCache(Known):
    """A folder that stays packed for as long as it is only compared."""

    def __init__(self, folder: str, packed: Packed) -> None:
        self.folder = folder
        self._packed = packed
        self._fresh = MappingProxyType({})

    def __getattr__(self, name: str) -> object:
        """Unpack a part when it is first asked for."""
        if name not in {"rows", "lines", "doubtful"}:
            raise AttributeError(name)
        value = getattr(self._packed, name)()
        setattr(self, name, value)
        return value

    def is_current(self, rows: list[Row]) -> bool:
        if self.__dict__.get("rows") is rows:  # as a watcher finds where nothing changed
            return not self._packed.doubts
        try:
            current = not self._packed.doubts and self._packed.has_rows(rows)
        except OverflowError:
            return False
        if current:
            self.rows = rows
        return current


def path_bytes(text: str) -> bytes:
    """Names may hold halves of characters: on Linux for bytes that are not UTF-8, on Windows by themselves."""
    return text.encode("utf-8", "surrogatepass")


def _states(rows: list[Row]) -> tuple[bytes, ...]:
    """The columns of the states. Raises OverflowError when a number is too large for its column."""
    names, sizes, mtimes, ctimes, inodes, links = zip(*rows, strict=True)
    return (
        path_bytes("\0".join(names)),
        array("q", sizes).tobytes(),
        array("q", mtimes).tobytes(),
        array("q", ctimes).tobytes(),
        array("Q", inodes).tobytes(),
        bytes(links),
    )
