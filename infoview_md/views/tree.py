"""The referrals as a tree of lines, with the user at its root.

Iterative, and bounded in depth and height, so that it never outgrows the room there is.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from infoview_md.network.insights import Forest, referral_forest
from infoview_md.network.people import Contact, Network
from infoview_md.views.lines import Line, Look, Style, columns, cut, line, one_line, shown_name, without_note

__all__ = ["referral_tree"]

DEEPEST = 24
"""Levels that are drawn when neither the width nor the caller says how many."""
_NAME_ROOM = 40
"""Columns kept for name, organization and stage when the width decides how deep the tree may be drawn."""
_SHORT = 28
"""Columns for a name that is only mentioned."""


@dataclass(frozen=True, slots=True)
class _Branches:
    """The marks a tree is drawn with, all of one width."""

    between: str
    last: str
    passing: str
    nothing: str


_BOX = _Branches("├─ ", "└─ ", "│  ", "   ")
_ASCII = _Branches("|- ", "`- ", "|  ", "   ")


@dataclass(frozen=True, slots=True)
class _Fold:
    """People that are not drawn beside others of the same referrer, with all who hang below them."""

    people: int


def referral_tree(
    network: Network, stages: Mapping[str, str], look: Look | None = None, forest: Forest | None = None
) -> tuple[Line, ...]:
    """Draw who gave you whom; `stages` are the stage words by the contact's id.

    Those who led to others come first, then the rest, each by name. Where there is not room for all, it is kept for
    those who led to the most; how many are left out stands behind whoever led to them, or below their siblings.
    """
    look, forest = look or Look(), forest or referral_forest(network)
    return _Tree(network, stages, look, forest).lines()


class _Tree:
    """One drawing of one tree."""

    def __init__(self, network: Network, stages: Mapping[str, str], look: Look, forest: Forest) -> None:
        self.network = network
        self.stages = stages
        self.look = look
        self.forest = forest
        self.branches = _ASCII if look.ascii_only else _BOX
        self.shown = _shown(forest, _depth(look, columns(self.branches.last)), look.height)

    def lines(self) -> tuple[Line, ...]:
        me = self.network.me
        drawn = [line((self._cut(one_line(me.name), 6) + " (you)" if me and me.name else "You", "strong"))]
        waiting = self._row(self.forest.roots, "")
        while waiting:
            what, before, here = waiting.pop()
            drawn.append(self._line(what, before + here))
            if isinstance(what, str):
                inner = self.branches.nothing if here is self.branches.last else self.branches.passing
                waiting += self._row(self.forest.children.get(what, ()), before + inner)
        return tuple(drawn)

    def _row(self, siblings: Sequence[str], before: str) -> list[tuple[str | _Fold, str, str]]:
        """Siblings with their marks, the last first, ready to be popped; none when nobody of them is drawn."""
        ordered = sorted(siblings, key=lambda one: not self.forest.below[one])
        drawn = [one for one in ordered if one in self.shown]
        row: list[str | _Fold] = [*drawn]
        if len(drawn) < len(ordered) and (drawn or siblings is self.forest.roots):
            left_out = set(ordered).difference(drawn)
            row.append(_Fold(sum(1 + self.forest.below[one] for one in left_out)))
        marks = [self.branches.last, *[self.branches.between] * len(row)]
        return [(what, before, mark) for what, mark in zip(reversed(row), marks, strict=False)]

    def _line(self, what: str | _Fold, before: str) -> Line:
        if isinstance(what, _Fold):
            return line((before, "muted"), (f"{self.look.ellipsis} and {what.people:,} more", "muted"))
        contact = self.network.contacts[what]
        notes = self._notes(contact, self._mentioned(contact))
        if self.look.width is not None and self.look.width - columns(before + notes) < _SHORT:
            notes = self._notes(contact, "others")
        name, organization = self._fitted(contact, columns(before + notes))
        return line((before, "muted"), (name, _style(contact)), organization, (notes, "muted"))

    def _notes(self, contact: Contact, others: str) -> str:
        """All that follows the name and the organization; `others` are the further referrers in words."""
        stage = self.stages.get(contact.id)
        notes = [f"[{stage}]"] if stage else []
        if unrecorded := without_note(contact):
            notes.append(unrecorded.strip())
        if contact.id in self.forest.also_from:
            in_ring = contact.id in self.forest.roots
            notes.append(f"(in a ring with {others})" if in_ring else f"(also from {others})")
        below = self.forest.children.get(contact.id, ())
        if below and self.shown.isdisjoint(below):
            notes.append(f"{self.look.ellipsis} and {self.forest.below[contact.id]:,} more below")
        return " " + " ".join(notes) if notes else ""

    def _mentioned(self, contact: Contact) -> str:
        """Who else gave this contact, by name."""
        others = self.forest.also_from.get(contact.id, ())
        if not others:
            return ""
        name = cut(shown_name(self.network.contacts[others[0]].name), _SHORT, self.look.ellipsis)
        return f"{name} and {len(others) - 1:,} more" if len(others) > 1 else name

    def _fitted(self, contact: Contact, taken: int) -> tuple[str, str]:
        """Name and organization, cut to the room that is left; the organization is cut first."""
        name = shown_name(contact.name)
        place = self.network.organizations[contact.organization].name if contact.organization else ""
        organization = f", {one_line(place)}" if place else ""
        if self.look.width is None:
            return name, organization
        room = max(self.look.width - taken, _SHORT // 2)
        name = cut(name, room, self.look.ellipsis)
        left = room - columns(name)
        return name, cut(organization, left, self.look.ellipsis) if left >= min(
            columns(organization), _SHORT // 2
        ) else ""

    def _cut(self, text: str, taken: int) -> str:
        return text if self.look.width is None else cut(text, self.look.width - taken, self.look.ellipsis)


def _depth(look: Look, step: int) -> int:
    if look.depth is not None:
        return max(look.depth, 1)
    return DEEPEST if look.width is None else max((look.width - _NAME_ROOM) // step, 1)


def _shown(forest: Forest, depth: int, height: int | None) -> frozenset[str]:
    """Who is drawn: all up to `depth` levels, or as many of those who led to the most as fit into `height` lines."""
    level: dict[str, int] = dict.fromkeys(forest.roots, 1)
    giver: dict[str, str] = {}
    for one in forest.walk:
        for child in forest.children.get(one, ()):
            level[child], giver[child] = level[one] + 1, one
    ranked = [one for one in sorted(forest.walk, key=lambda one: -forest.below[one]) if level[one] <= depth]
    if height is None or len(ranked) < height:
        return frozenset(ranked)
    # Who led to more comes before whoever they led to, so that the first so many are a tree, too.
    there, best = Counter[str](), 0
    folded = 1
    for number, one in enumerate(ranked[:height], 1):
        by = giver.get(one, "")
        there[by] += 1
        folded += (there[by] == 1 and by != "") - (there[by] == len(forest.children[by] if by else forest.roots))
        if 1 + number + folded <= height:
            best = number
    shown = set(ranked[:best])
    # One person takes no more room than the line that says somebody is left out.
    for siblings in (forest.roots, *(forest.children.get(one, ()) for one in ranked[:best])):
        left_out = [one for one in siblings if one not in shown]
        if len(left_out) == 1 < len(siblings) and not forest.below[left_out[0]]:
            shown.update(left_out)
    return frozenset(shown)


def _style(contact: Contact) -> Style:
    return "strong" if contact.recorded else "plain"
