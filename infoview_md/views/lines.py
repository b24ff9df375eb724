"""Lines for a terminal: pieces of text, each with a word for its style.

What a style looks like is the command line's business; here a line is a value, and `str(line)` is its plain text.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from infoview_md.notes.text import visible

if TYPE_CHECKING:
    from infoview_md.network.people import Contact

__all__ = [
    "Line",
    "Look",
    "Segment",
    "Style",
    "columns",
    "counted",
    "cut",
    "line",
    "one_line",
    "shown_name",
    "without_note",
    "wrapped",
]

Style = Literal["plain", "strong", "heading", "muted", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line in one style."""

    text: str
    style: Style = "plain"


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its line break; it never holds one."""

    segments: tuple[Segment, ...] = ()

    def __str__(self) -> str:
        return "".join(one.text for one in self.segments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How much room there is.

    `width` is in columns; None means that lines may be as long as they like. `ascii_only` draws with plain letters. A
    tree takes at most `height` lines (None: as many as it needs), and shows `depth` levels (None: as many as the width
    has room for).
    """

    width: int | None = 100
    height: int | None = None
    ascii_only: bool = False
    depth: int | None = None

    @property
    def ellipsis(self) -> str:
        """What stands for what is left out."""
        return "..." if self.ascii_only else "…"


def line(*parts: str | tuple[str, Style]) -> Line:
    """A line of plain texts and (text, style) pairs; empty ones are left out."""
    segments = (Segment(part) if isinstance(part, str) else Segment(*part) for part in parts)
    return Line(tuple(one for one in segments if one.text))


def one_line(text: str) -> str:
    r"""A text as it may stand in the middle of a line: what cannot be seen is escaped, line breaks and tabs too."""
    if text.isascii() and text.isprintable():  # most are, and a large page has hundreds of thousands of them
        return text
    return visible(text).replace("\n", "\\n").replace("\t", "\\t")


def shown_name(name: str) -> str:
    """A name as it may stand in the middle of a line, and words for one of blanks."""
    return one_line(name).strip() or "(no name)"


def without_note(contact: "Contact") -> str:
    """Behind a name: that there is no note about this person, or none that can be read as one; empty when there is."""
    if contact.recorded:
        return ""
    return " (nothing is read from their note)" if contact.path else " (no note yet)"


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: East Asian letters and pictures take two, accents none."""
    return sum(_columns_of(char) for char in text)


def _columns_of(char: str) -> int:
    if char.isascii():
        return 1
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, width: int, ellipsis_sign: str = "…") -> str:
    """The text, or as much of it as fits into `width` columns with a sign that something is left out."""
    if columns(text) <= width:
        return text
    room = max(width - columns(ellipsis_sign), 1)
    for end, char in enumerate(text):
        room -= _columns_of(char)
        if room < 0:
            return text[:end].rstrip() + ellipsis_sign
    return text


def wrapped(pieces: Iterable[str], separator: str, width: int | None) -> list[str]:
    """Pieces joined by a separator into as many lines as it takes; no piece is broken."""
    rows: list[str] = []
    for piece in pieces:
        longer = f"{rows[-1]}{separator}{piece}" if rows else piece
        if rows and (width is None or columns(longer + separator) <= width):
            rows[-1] = longer
        else:
            rows.append(piece)
    return [row + separator.rstrip() for row in rows[:-1]] + rows[-1:]


def counted(number: int, word: str, several: str = "") -> str:
    """`1 contact`, `12 contacts`; `several` is the plural where it is not made with an s."""
    return f"{number:,} {word if number == 1 else several or word + 's'}"
