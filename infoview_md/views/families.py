"""The referral forest as blocks of cards: each family in one, people of one organization who led to nobody in frames.

Knows nothing of names, and of pixels only the height of each card.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from infoview_md.network.insights import Forest
from infoview_md.views.packing import Block, framed, further_row, settled

__all__ = ["ROW", "families"]

ROW = 10
"""Introductions after which a chain goes on in a new row, so that no picture is as wide as the longest chain."""
_FRAMED = 8
"""People in one frame at most."""


def families(forest: Forest, heights: Mapping[str, float], works_at: Mapping[str, str]) -> tuple[Block, ...]:
    """The blocks that begin at the user: families, those with the longest chains first, then frames, then the rest.

    `heights` are the pixels of each card and `works_at` the organizations, by the contact's id.
    """
    return tuple(_Families(forest, heights, works_at).first())


class _Families:
    def __init__(self, forest: Forest, heights: Mapping[str, float], works_at: Mapping[str, str]) -> None:
        self.forest = forest
        self.heights = heights
        self.works_at = works_at
        self.blocks: dict[str, Block] = {}

    def first(self) -> Iterator[Block]:
        """The blocks that begin at the user, each followed by the further rows of its chains."""
        depth, root = _depths(self.forest)
        rows: dict[str, list[Block]] = {}
        for one in reversed(self.forest.walk):
            below = self._siblings(self.forest.children.get(one, ()))
            if depth[one] % ROW == ROW - 1:
                rows.setdefault(root[one], []).extend(further_row(block, ROW) for block in reversed(below))
                below = []
            self.blocks[one] = settled(one, self.heights[one], below)
        for block in sorted(self._siblings(self.forest.roots), key=lambda one: -one.levels):
            yield block
            yield from reversed(rows.get(block.cards[0][0], ()))

    def _siblings(self, idents: Sequence[str]) -> list[Block]:
        """Those who led on, then the others of one organization in frames, then the rest."""
        leading = [self.blocks[one] for one in idents if one in self.forest.children]
        others: dict[str, list[str]] = {}
        for one in idents:
            if one not in self.forest.children:
                others.setdefault(self.works_at.get(one, ""), []).append(one)
        alone = [one for place, found in others.items() if not place or len(found) == 1 for one in found]
        frames = (
            framed([(one, self.heights[one]) for one in part], place)
            for place, found in sorted(others.items())
            if place and len(found) > 1
            for part in _parts(found)
        )
        return [*leading, *frames, *(self.blocks[one] for one in alone)]


def _depths(forest: Forest) -> tuple[Mapping[str, int], Mapping[str, str]]:
    """How many introductions led to each contact, and with whom they began."""
    depth = dict.fromkeys(forest.roots, 0)
    root = {one: one for one in forest.roots}
    for one in forest.walk:
        for child in forest.children.get(one, ()):
            depth[child] = depth[one] + 1
            root[child] = root[one]
    return depth, root


def _parts(found: Sequence[str]) -> Iterable[Sequence[str]]:
    """As few parts as can be, about as long as each other."""
    parts = -(-len(found) // _FRAMED)
    size = -(-len(found) // parts)
    return (found[start : start + size] for start in range(0, len(found), size))
