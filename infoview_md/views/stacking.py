"""All families of a layout below each other, for pictures whose lines lead straight from card to card.

A layout puts many families side by side, and leads its lines around them; straight lines would cross what lies between.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from infoview_md.views.layout import Box, Layout, Place

__all__ = ["stacked"]

_BETWEEN = 18.0
"""Pixels between two families."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Family:
    """Cards and boxes that are moved as one."""

    places: tuple[Place, ...]
    boxes: tuple[Box, ...]

    @property
    def left(self) -> float:
        """The centre of the cards with which it begins."""
        return min(one.x for one in self.places)

    @property
    def top(self) -> float:
        return min([one.y - one.height / 2 for one in self.places] + [one.y for one in self.boxes])

    @property
    def bottom(self) -> float:
        return max([one.y + one.height / 2 for one in self.places] + [one.y + one.height for one in self.boxes])


def stacked(layout: Layout) -> Layout:
    """The layout with all who begin at the user in one column right of the user; its strands lose their corners."""
    me, *others = layout.places
    firsts = {one.x for one in others if one.depth == 1}
    if len(firsts) <= 1:
        return layout
    step = min((one.x for one in others if one.depth > 1), default=max(firsts)) - min(firsts)
    places: dict[str, Place] = {me.id: me}
    boxes: dict[Box, Box] = {}
    below = me.y - me.height / 2
    for family in sorted(_families(layout), key=_rank):
        across, down = me.x + step - family.left, below - family.top
        places |= {one.id: replace(one, x=one.x + across, y=one.y + down) for one in family.places}
        boxes |= {one: replace(one, x=one.x + across, y=one.y + down) for one in family.boxes}
        below += family.bottom - family.top + _BETWEEN
    return replace(
        layout,
        places=tuple(places[one.id] for one in layout.places),
        strands=tuple(replace(one, points=()) for one in layout.strands),
        groups=tuple(replace(one, boxes=tuple(boxes[box] for box in one.boxes)) for one in layout.groups),
        width=max(one.x + one.width for one in places.values()),
        height=below,
    )


def _rank(family: _Family) -> tuple[bool, float, float]:
    """Who led to others first, then from column to column."""
    return all(one.depth == 1 for one in family.places), family.left, family.top


def _families(layout: Layout) -> Iterator[_Family]:
    """Everybody with whom they led to; those who begin at the user and stand in one box are one family."""
    me, *others = layout.places
    giver = {one.target: one.source for one in layout.strands if one.backbone}
    head: dict[str, str] = {}
    for one in others:  # each comes before whom they led to
        by = giver.get(one.id, me.id)
        head[one.id] = one.id if by == me.id else head[by]
    inside = {box: [one for one in others if _holds(box, one)] for group in layout.groups for box in group.boxes}
    for people in inside.values():
        first, *rest = dict.fromkeys(head[one.id] for one in people)
        if rest:
            head |= {ident: first for ident, own in head.items() if own in rest}
    members: dict[str, list[Place]] = {}
    boxes: dict[str, list[Box]] = {}
    for one in others:
        members.setdefault(head[one.id], []).append(one)
    for box, people in inside.items():
        boxes.setdefault(head[people[0].id], []).append(box)
    for ident, found in members.items():
        yield _Family(places=tuple(found), boxes=tuple(boxes.get(ident, ())))


def _holds(box: Box, place: Place) -> bool:
    return box.x < place.x < box.x + box.width and box.y < place.y < box.y + box.height
