"""Sifts notes: opens each, and reads those that say something to us. What it finds is kept as lines, for the cache.

Most notes of a vault are not ours, so of most no more is looked at than their first bytes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from infoview_md.disk.files import read_starts
from infoview_md.disk.scan import HEAD, NoteBytes, read_note
from infoview_md.notes.keeping import keep
from infoview_md.notes.quick import START, Sieve
from infoview_md.notes.reading import ME_PATH, NotOurs, Reading
from infoview_md.notes.shortcut import read_note as read_text

if TYPE_CHECKING:
    from infoview_md.notes.findings import Finding
    from infoview_md.notes.properties import Recognition

__all__ = ["Sifted", "Sifter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """What notes of one folder said, by name: `lines` of those that say something to us, and the readings behind them.

    `troubles` are those that cannot be read, with the reason; `gone` are those that are not there any more.
    """

    lines: dict[str, str] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    troubles: "dict[str, Finding]" = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)


class Sifter:
    """Sifts the notes of one vault, under one user's settings."""

    def __init__(self, root: Path, recognition: "Recognition") -> None:
        self._root = root
        self._recognition = recognition
        self._sieve = Sieve(recognition)

    def sift(self, folder: str, sizes: Mapping[str, int], found: Sifted) -> None:
        """Sift some notes of one folder, given their sizes in bytes by name.

        One thing is done for all of them after the other, because a processor is quicker at what it has just done.
        """
        place = f"{self._root}/{folder}" if folder else str(self._root)
        starts = list(read_starts(place, sizes, START))
        for name, data in self._sieved(folder, sizes, starts):
            if data is None:
                self._read_closely(folder, name, found)
            else:
                self._read(folder, name, data, found)
        found.lines.update({name: keep(found.readings[name]) for name in sizes if name in found.readings})

    def _sieved(
        self, folder: str, sizes: Mapping[str, int], starts: Iterable[tuple[str, bytes | None]]
    ) -> list[tuple[str, bytes | None]]:
        """The notes that may be ours, each with all of its bytes, or with None when there is more to be read."""
        sieved: list[tuple[str, bytes | None]] = []
        may_be_ours, in_root = self._sieve.may_be_ours, not folder
        is_of_persons = self._sieve.is_person_folder(folder)
        for name, start in starts:
            size = -1 if start is None else len(start)
            whole = size == sizes[name] < START
            if start is None or not (whole or size == START):
                sieved.append((name, None))
            elif is_of_persons or may_be_ours(start, whole=whole) or (in_root and name == ME_PATH):
                sieved.append((name, start if whole else None))
        return sieved

    def _read_closely(self, folder: str, name: str, found: Sifted) -> None:
        note = read_note(self._root, f"{folder}/{name}" if folder else name, HEAD)
        if isinstance(note, NoteBytes):
            self._read(folder, name, note.data, found)
        elif note is None:
            found.gone.add(name)
        else:
            found.troubles[name] = note

    def _read(self, folder: str, name: str, data: bytes, found: Sifted) -> None:
        reading = read_text(f"{folder}/{name}" if folder else name, data, self._recognition)
        if not isinstance(reading, NotOurs) or reading.findings:
            found.readings[name] = reading
