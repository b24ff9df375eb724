"""Puts trees of cards into columns: parents left of their children, siblings below each other, the rest side by side.

Levels are the columns of one grid, so that cards stand in line; heights are pixels. Siblings are pushed together along
their outlines as E. M. Reingold and J. S. Tilford do ("Tidier Drawings of Trees", IEEE Transactions on Software
Engineering 7(2), 1981, doi:10.1109/TSE.1981.234519), here from left to right; whoever has too many children for one
column gets several, as a newspaper does, with one line along their top. Nothing recurses.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

__all__ = [
    "ABOVE",
    "CARD",
    "FRAME",
    "STEP",
    "TITLE",
    "Block",
    "Part",
    "columns_of",
    "framed",
    "further_row",
    "levels_for",
    "settled",
    "stack",
]

CARD = 200.0
"""Pixels across a card."""
STEP = 252.0
"""Pixels from one level to the next."""
FRAME = 8.0
"""Pixels from a frame to the cards in it."""
ABOVE = 20.0
"""Pixels between the line that leads to several columns and the cards in them."""
TITLE = 24.0
"""Pixels from the top of a frame to the first card."""
_GAP = 8.0
"""Pixels between two single people."""
_WIDE_GAP = 16.0
"""Pixels between all others, so that families are told apart."""
_NEAR = 12.0
"""Pixels; a card that would stand so little above or below one of its children stands beside it instead."""
_TALLEST = 720.0
"""Pixels; children who take more than that below each other are set in several columns."""
_WORTH = 0.75
"""The part of the height that several columns may take at most; else one column shows better who led to whom."""
_TRIES = 12
"""Heights of a column that are tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Cards that are moved as one. Levels count from its first card, `y` from wherever it was first put.

    `tops` and `bottoms` are the outline, level by level; `anchor` is where a line from the left comes in. `cards` are
    (id, y of the centre), `parts` are (block, level, y), and `frame` is the organization whose frame is around all.
    `goes_on` is true for a further row of a chain: the line to it runs along its top.
    """

    tops: tuple[float, ...]
    bottoms: tuple[float, ...]
    anchor: float
    cards: tuple[tuple[str, float], ...]
    parts: tuple["Part", ...] = ()
    frame: str | None = None
    goes_on: bool = False

    @property
    def levels(self) -> int:
        """How many columns of the grid it takes."""
        return len(self.tops)

    @property
    def height(self) -> float:
        """From the highest to the lowest point."""
        return max(self.bottoms) - min(self.tops)

    @property
    def single(self) -> bool:
        """Whether it is one card and nothing else."""
        return not self.parts and self.frame is None


Part = tuple[Block, int, float]
"""A block, and the level and the height at which it stands in another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """Blocks below each other: where each came to lie, and the outline of all."""

    ys: tuple[float, ...]
    tops: tuple[float, ...]
    bottoms: tuple[float, ...]

    @property
    def height(self) -> float:
        """From the highest to the lowest point."""
        return max(self.bottoms) - min(self.tops)


def framed(cards: Iterable[tuple[str, float]], organization: str) -> Block:
    """Cards (id, height) below each other in one frame."""
    y, places = TITLE, []
    for one, height in cards:
        places.append((one, y + height / 2))
        y += height + _GAP
    end = y - _GAP + FRAME
    return Block(tops=(0.0,), bottoms=(end,), anchor=end / 2, cards=tuple(places), frame=organization)


def further_row(block: Block, levels: int) -> Block:
    """The block as a further row of a chain: nothing else of so many levels may stand beside its top."""
    top = min(block.tops) - _WIDE_GAP / 2
    missing = levels - block.levels
    tops, bottoms = (top,) * max(levels, block.levels), (*block.bottoms, *(top,) * missing)
    return replace(block, tops=tops, bottoms=bottoms, goes_on=True)


def settled(ident: str, height: float, children: Sequence[Block]) -> Block:
    """The block of a card and of all who hang below it: in one column if that is not too tall, else in several."""
    if not children:
        return Block(tops=(0.0,), bottoms=(height,), anchor=height / 2, cards=((ident, height / 2),))
    pile = stack(children)
    if pile.height > _TALLEST:
        parts, levels, end = columns_of(children, 1, height / 2 + ABOVE, wide=levels_for(children, 1.0))
        if end < _WORTH * pile.height:
            tops, bottoms = (0.0,) * levels, (max(end, height),) * levels
            return Block(tops=tops, bottoms=bottoms, anchor=height / 2, cards=((ident, height / 2),), parts=parts)
    middle = _middle([y + one.anchor for one, y in zip(children, pile.ys, strict=True)])
    return Block(
        tops=(middle - height / 2, *pile.tops),
        bottoms=(middle + height / 2, *pile.bottoms),
        anchor=middle,
        cards=((ident, middle),),
        parts=tuple((one, 1, y) for one, y in zip(children, pile.ys, strict=True)),
    )


def _middle(anchors: Sequence[float]) -> float:
    """Where a card stands beside its children: in their middle, or beside one of them that is near."""
    middle = (anchors[0] + anchors[-1]) / 2
    nearest = min(anchors, key=lambda one: abs(one - middle))
    return nearest if abs(nearest - middle) <= _NEAR else middle


def stack(blocks: Sequence[Block]) -> Pile:
    """Blocks below each other, as near as their outlines let them."""
    ys, tops, bottoms = [0.0], list(blocks[0].tops), list(blocks[0].bottoms)
    for before, block in pairwise(blocks):
        gap = _GAP if before.single and block.single else _WIDE_GAP
        y = max(bottom - top for bottom, top in zip(bottoms, block.tops, strict=False)) + gap
        ys.append(y)
        tops += [y + top for top in block.tops[len(tops) :]]
        bottoms[: block.levels] = [y + bottom for bottom in block.bottoms]
    return Pile(ys=tuple(ys), tops=tuple(tops), bottoms=tuple(bottoms))


def columns_of(blocks: Sequence[Block], level: int, top: float, *, wide: int) -> tuple[tuple[Part, ...], int, float]:
    """Blocks in columns from a level and a height on: the parts, and the level and the height where they end.

    The columns are as short as can be while they take no more than `wide` levels, or as many as the widest block.
    """
    wide = max(wide, *(one.levels for one in blocks))
    short, tall = max(one.height for one in blocks), sum(one.height + _WIDE_GAP for one in blocks)
    for _ in range(_TRIES):
        middle = (short + tall) / 2
        short, tall = (short, middle) if _width(_filled(blocks, middle)) <= wide else (middle, tall)
    parts: list[Part] = []
    end = top
    for column in _filled(blocks, tall):
        pile = stack(column)
        start = top - min(pile.tops)
        parts += [(one, level, start + y) for one, y in zip(column, pile.ys, strict=True)]
        level += len(pile.tops)
        end = max(end, top + pile.height)
    return tuple(parts), level, end


def levels_for(blocks: Iterable[Block], aspect: float) -> int:
    """How many levels wide a picture of these blocks is that is so many times as wide as it is high."""
    area = STEP * sum((one.height + _WIDE_GAP) * one.levels for one in blocks)
    return max(round(math.sqrt(area * aspect) / STEP), 1)


def _filled(blocks: Sequence[Block], tall: float) -> list[list[Block]]:
    """The blocks in their order, a new column whenever one is full."""
    columns: list[list[Block]] = []
    used = tall
    for block in blocks:
        if used + _WIDE_GAP + block.height > tall:
            columns.append([])
            used = -_WIDE_GAP
        columns[-1].append(block)
        used += _WIDE_GAP + block.height
    return columns


def _width(columns: Iterable[Sequence[Block]]) -> int:
    return sum(max(one.levels for one in column) for column in columns)
