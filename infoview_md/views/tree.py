"""The referrals as a tree of lines, with the user at its root.

Iterative, and bounded in depth, so that a line never outgrows the room there is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from infoview_md.network.insights import Forest, referral_forest
from infoview_md.network.people import Contact, Network
from infoview_md.views.lines import Line, Look, Style, columns, cut, line, one_line, shown_name

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
    """People that are not drawn: `beside` others of the same referrer, or all who hang `below` one."""

    people: int
    beside: bool


def referral_tree(
    network: Network, stages: Mapping[str, str], look: Look | None = None, forest: Forest | None = None
) -> tuple[Line, ...]:
    """Draw who gave you whom; `stages` are the stage words by the contact's id.

    Those who led to others come first, then the rest, each by name. Beyond the depth, and beyond the limit of people
    side by side, a line says how many are left out.
    """
    tree = _Tree(network, stages, look or Look(), forest or referral_forest(network))
    return tree.lines()


class _Tree:
    """One drawing of one tree."""

    def __init__(self, network: Network, stages: Mapping[str, str], look: Look, forest: Forest) -> None:
        self.network = network
        self.stages = stages
        self.look = look
        self.forest = forest
        self.branches = _ASCII if look.ascii_only else _BOX
        self.depth = _depth(look, columns(self.branches.last))

    def lines(self) -> tuple[Line, ...]:
        me = self.network.me
        drawn = [line((self._cut(one_line(me.name), 6) + " (you)" if me and me.name else "You", "strong"))]
        waiting = self._row(self.forest.roots, "")
        while waiting:
            what, before, here = waiting.pop()
            last = here is self.branches.last
            drawn.append(self._line(what, before + here))
            if isinstance(what, _Fold):
                continue
            inner = before + (self.branches.nothing if last else self.branches.passing)
            if len(inner) // len(self.branches.last) < self.depth:
                waiting += self._row(self.forest.children.get(what, ()), inner)
            elif below := self.forest.below[what]:
                waiting.append((_Fold(below, beside=False), inner, self.branches.last))
        return tuple(drawn)

    def _row(self, siblings: Sequence[str], before: str) -> list[tuple[str | _Fold, str, str]]:
        """Siblings with their marks, the last first, ready to be popped."""
        ordered = sorted(siblings, key=lambda one: not self.forest.below[one])
        shown: list[str | _Fold] = list(ordered)
        # One person takes no more room than the line that says somebody is left out.
        if self.look.limit is not None and len(ordered) > self.look.limit + 1:
            folded = ordered[self.look.limit :]
            people = len(folded) + sum(self.forest.below[one] for one in folded)
            shown = [*ordered[: self.look.limit], _Fold(people, beside=True)]
        marks = [self.branches.last, *[self.branches.between] * len(shown)]
        return [(what, before, mark) for what, mark in zip(reversed(shown), marks, strict=False)]

    def _line(self, what: str | _Fold, before: str) -> Line:
        if isinstance(what, _Fold):
            more = f"{self.look.ellipsis} and {what.people:,} more (infoview graph)"
            deeper = f"{self.look.ellipsis} {what.people:,} more below"
            return line((before, "muted"), (more if what.beside else deeper, "muted"))
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
        if not contact.recorded:
            notes.append("(no note yet)")
        if contact.id in self.forest.also_from:
            in_ring = contact.id in self.forest.roots
            notes.append(f"(in a ring with {others})" if in_ring else f"(also from {others})")
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


def _style(contact: Contact) -> Style:
    return "strong" if contact.recorded else "plain"
