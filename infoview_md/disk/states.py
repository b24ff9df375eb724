"""The notes of one folder and the states they are in, as columns: compared as bytes, made into rows for who asks."""

import os
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Row", "States", "path_bytes", "row_of"]

_ON_WINDOWS = os.name == "nt"
_LEAST, _MOST = -(2**63), 2**63 - 1
"""Of a column. Times beyond, as after the year 2262, all count as the last; another time tells such notes apart."""

Row = tuple[str, int, int, int, int, bool]
"""A note in its folder: its name, size in bytes, times of its last edit and of its last change of any kind in
nanoseconds, number on the disk, and whether it is a link. Of a link, all else is its target's."""
Columns = tuple[Sequence[str], Sequence[int], Sequence[int], Sequence[int], Sequence[int], Sequence[int]]
"""The same of all notes of a folder, column by column."""
_NO_COLUMNS: Columns = ((), (), (), (), (), ())


@dataclass(frozen=True, slots=True)
class States:
    """A row for each note, column by column: the n-th name, size, ... belong to the n-th note. Names never hold a NUL.

    Two equal each other when they hold the same notes in the same states and the same order.
    """

    names: bytes
    sizes: bytes
    mtimes: bytes
    ctimes: bytes
    inodes: bytes
    links: bytes

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "States":
        """Put rows into columns."""
        names, sizes, mtimes, ctimes, inodes, links = zip(*rows, strict=True) if rows else _NO_COLUMNS
        return cls.of_columns((names, sizes, mtimes, ctimes, inodes, links))

    @classmethod
    def of_columns(cls, columns: Columns) -> "States":
        """Pack columns that are there. Raises OverflowError for a time that `row_of` would have brought nearer."""
        names, sizes, mtimes, ctimes, inodes, links = columns
        return cls(
            path_bytes("\0".join(names)),
            array("q", sizes).tobytes(),
            array("q", mtimes).tobytes(),
            array("q", ctimes).tobytes(),
            array("Q", inodes).tobytes(),
            bytes(links),
        )

    def __len__(self) -> int:
        return len(self.links)

    def rows(self) -> list[Row]:
        """A row for each note."""
        numbers = (array("q", self.sizes), array("q", self.mtimes), array("q", self.ctimes), array("Q", self.inodes))
        return list(zip(self.all_names(), *numbers, map(bool, self.links), strict=True))

    def all_names(self) -> list[str]:
        """The names of all notes."""
        return self.names.decode("utf-8", "surrogatepass").split("\0") if self.names else []

    def largest(self) -> int:
        """The size of the largest note, in bytes."""
        return max(array("q", self.sizes), default=0)


def row_of(name: str, status: os.stat_result, *, link: bool) -> Row:
    """A note's row, from what the system says of it."""
    if _ON_WINDOWS:
        # It gives a file's number when the file is open, but not while a folder is listed; its ctime is another thing.
        return name, status.st_size, status.st_mtime_ns, 0, 0, link
    return name, status.st_size, _within(status.st_mtime_ns), _within(status.st_ctime_ns), status.st_ino, link


def path_bytes(text: str) -> bytes:
    """Names may hold halves of characters: on Linux for bytes that are not UTF-8, on Windows by themselves."""
    return text.encode("utf-8", "surrogatepass")


def _within(time_ns: int) -> int:
    return min(max(time_ns, _LEAST), _MOST)
