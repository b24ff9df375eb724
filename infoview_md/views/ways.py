"""The ways of the lines between cards: along the gutters where they lead on, straight across where they lead back."""

import math
from typing import NamedTuple

from infoview_md.views.packing import CARD, STEP

__all__ = ["BOW", "Further", "Point", "Rect", "back", "downward", "onward"]

_GAP = STEP - CARD
GUTTER = _GAP / 2
"""Pixels left of a card at which the line to it goes up and down."""
_LANES = (6.0, 11.0, 16.0, -6.0)
"""Pixels from the middle of a gutter, where further lines go up and down, each beside the others."""
_LOWER = 0.3
"""Where such a line leaves a card and comes in: the part of its height below the middle."""
_ASIDE = 9.0
"""Pixels from the middle of a gutter to the lines that lead from row to row."""

_BOW = 40.0
_BEND = 0.1
"""Pixels that a bow bends aside, and the part of its length that it bends further."""

BOW = 3
"""Points of a bow: where it begins, towards which it bends (of a quadratic curve), and where it ends."""

Point = tuple[float, float]


class Rect(NamedTuple):
    """A card, by its borders."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def x(self) -> float:
        """The centre."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """The centre."""
        return (self.top + self.bottom) / 2

    def moved(self, dx: float, dy: float) -> "Rect":
        """The same card elsewhere."""
        return Rect(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)


def onward(source: Rect, target: Rect) -> tuple[Point, ...]:
    """The corners of a line to a card that hangs right of another."""
    if source.y == target.y:
        return (source.right, source.y), (target.left, target.y)
    gutter = target.left - GUTTER
    return (source.right, source.y), (gutter, source.y), (gutter, target.y), (target.left, target.y)


def downward(source: Rect, target: Rect, lane: float) -> tuple[Point, ...]:
    """The corners of a line to a card below another, which runs to its column at the height `lane`."""
    trunk, gutter = source.left + GUTTER, target.left - GUTTER
    if gutter <= trunk:
        return (gutter, source.bottom), (gutter, target.y), (target.left, target.y)
    end = ((gutter, lane), (gutter, target.y), (target.left, target.y))
    return ((trunk, source.bottom), (trunk, lane), *end) if lane > source.bottom else ((source.right, lane), *end)


def back(source: Rect, target: Rect, lane: float) -> tuple[Point, ...]:
    """The corners of a line from the end of a row to the beginning of the next, which runs at the height `lane`."""
    turn, gutter = source.right + GUTTER - _ASIDE, target.left - GUTTER + _ASIDE
    down = ((source.right, source.y), (turn, source.y), (turn, lane))
    return *down, (gutter, lane), (gutter, target.y), (target.left, target.y)


class Further:
    """The ways of lines beside the backbone. Those in one gutter keep to lanes, one for each card they come from."""

    def __init__(self) -> None:
        self.lanes: dict[float, dict[str, int]] = {}

    def way(self, ident: str, source: Rect, target: Rect) -> tuple[Point, ...]:
        """The corners of a line from the card of `ident`, through one gutter when that leads there; else a bow."""
        if abs(target.left - source.right - _GAP) >= 1 and abs(target.left - source.left) >= 1:
            return _across(source, target)
        taken = self.lanes.setdefault(source.right, {})
        x = source.right + GUTTER + _LANES[taken.setdefault(ident, len(taken)) % len(_LANES)]
        start, end = source.y + _LOWER * (source.bottom - source.top), target.y + _LOWER * (target.bottom - target.top)
        side = target.left if target.left > source.left else target.right
        return (source.right, start), (x, start), (x, end), (side, end)


def _across(source: Rect, target: Rect) -> tuple[Point, ...]:
    """A bow down or to the right, so that it runs along no row and no column."""
    dx, dy = target.x - source.x, target.y - source.y
    length = math.hypot(dx, dy) or 1.0
    bow = (_BOW + length * _BEND) / length
    side = math.copysign(bow, dx if abs(dx) >= abs(dy) else -dy)
    x, y = source.x + dx / 2 - dy * side, source.y + dy / 2 + dx * side
    return _border(source, x, y), (x, y), _border(target, x, y)


def _border(card: Rect, x: float, y: float) -> Point:
    """Where the line from the centre of a card to a point leaves it."""
    dx, dy = x - card.x, y - card.y
    part = max(2 * abs(dx) / (card.right - card.left), 2 * abs(dy) / (card.bottom - card.top), 1.0)
    return card.x + dx / part, card.y + dy / part
