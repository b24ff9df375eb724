"""Names cut and wrapped to a width in pixels, for pictures whose fonts are only known where they are shown."""

from collections.abc import Iterator
from functools import cache

from infoview_md.views.lines import columns, shown_name

__all__ = ["clipped", "plain", "wide", "wrapped_name"]

_LONGEST = 400
"""Characters of a name that are looked at; no card shows as many."""
_WIDTHS = {
    **dict.fromkeys("ijlI'|.,:; !`", 0.33),
    **dict.fromkeys('frtJ()[]{}-/\\"*', 0.44),
    **dict.fromkeys("abcdeghknopqsuvxyz0123456789_?^$<>+=~#·", 0.63),
    **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ&", 0.76),
    **dict.fromkeys("mwMW@%…—", 1.0),
}
"""Parts of the font's size, as DejaVu Sans has them, rounded up: the widest of the common fonts, so others fit, too."""
_OTHER = (0.0, 0.75, 1.25)
"""The same for all other letters, by the columns that they take in a terminal."""


def plain(name: str) -> str:
    """A name on one line, in which nothing invisible is left, and words for an empty one."""
    return shown_name(" ".join(name[:_LONGEST].split())) + ("…" if len(name) > _LONGEST else "")


def wide(text: str, size: float) -> float:
    """How many pixels a text takes at most, in a font of `size` pixels."""
    return size * sum(map(_width, text))


def clipped(text: str, room: float, size: float) -> str:
    """The text, or as much of it as fits into `room` pixels with a sign that something is left out."""
    if wide(text, size) <= room:
        return text
    return text[: _fitting(text, room - wide("…", size), size)].rstrip() + "…"


def wrapped_name(name: str, room: float, size: float, lines: int) -> tuple[str, ...]:
    """A name in at most so many lines of `room` pixels, broken between words where that can be; the rest is cut."""
    rows: list[str] = []
    for word in _words(plain(name), room, size):
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and wide(longer, size) <= room:
            rows[-1] = longer
        else:
            rows.append(word)
    if len(rows) > lines:
        rows[lines - 1 :] = [clipped(" ".join(rows[lines - 1 :]), room, size)]
    return tuple(rows)


def _words(name: str, room: float, size: float) -> Iterator[str]:
    """The words of a name; those that are wider than a line in pieces that are not."""
    for word in name.split():
        rest = word
        while wide(rest, size) > room:
            end = max(_fitting(rest, room, size), 1)
            yield rest[:end]
            rest = rest[end:]
        if rest:
            yield rest


def _fitting(text: str, room: float, size: float) -> int:
    """How many characters fit."""
    for end, char in enumerate(text):
        room -= size * _width(char)
        if room < 0:
            return end
    return len(text)


@cache  # a large picture asks hundreds of thousands of times for a few dozen letters
def _width(char: str) -> float:
    return _WIDTHS.get(char) or _OTHER[columns(char)]
