"""How warm a way from the user to somebody is: the table of steps, and the warmest chains of introductions.

A chain is as cold as its steps together. Says who leads to whom and why; what to do about it is the agenda's business.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal, TypeAlias

from infoview_md.network.graph import ME
from infoview_md.network.mentions import mentions
from infoview_md.network.people import Network
from infoview_md.network.ties import Tie, TieKind, ties

__all__ = ["COLDEST", "WARMTH", "Chain", "Step", "StepKind", "Warmth", "warmest_chains"]

StepKind: TypeAlias = TieKind | Literal["referred", "tip", "colleague", "mentions", "works_at"]

COLDEST = 30
"""A chain colder than this leads through too many strangers to be an introduction, and is no answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Warmth:
    """One row: a kind of step, what it means, how cold it is, and why it is not warmer."""

    kind: StepKind
    meaning: str
    cost: int
    why: str


WARMTH: Mapping[StepKind, Warmth] = MappingProxyType(
    {
        row.kind: row
        for row in (
            Warmth(
                kind="met",
                meaning="you talked: an interview with them was held",
                cost=1,
                why="whoever gave you their time once is the easiest to ask",
            ),
            Warmth(
                kind="replied",
                meaning="you wrote, and they answered",
                cost=2,
                why="they know your name, and have not heard your voice",
            ),
            Warmth(
                kind="in-touch",
                meaning="`last_contact` in their note: you were in touch",
                cost=2,
                why="as a reply: your note does not say what it was",
            ),
            Warmth(
                kind="gave",
                meaning="they gave you somebody's name",
                cost=3,
                why="they must have talked to you, and no note tells how",
            ),
            Warmth(
                kind="referred",
                meaning="they gave you this name",
                cost=3,
                why="you may say who sent you; every other step is your own idea",
            ),
            Warmth(
                kind="colleague",
                meaning="both work at one organization",
                cost=6,
                why="they may know each other, and nobody has offered anything",
            ),
            Warmth(
                kind="tip",
                meaning="they gave you this name, and asked not to be named (`may_mention: false`)",
                cost=8,
                why="you know whom to write to, and may not say from whom",
            ),
            Warmth(
                kind="wrote",
                meaning="you wrote, and there is no answer",
                cost=9,
                why="after silence, somebody who gave you the name or works there leads further than another letter",
            ),
            Warmth(
                kind="mentions",
                meaning="a note about the one links to the other",
                cost=9,
                why="they have something to do with each other; read the note to know what",
            ),
            Warmth(
                kind="connection",
                meaning="`connection` in their note",
                cost=10,
                why="something in common to begin a letter with, and no contact yet",
            ),
            Warmth(
                kind="profile",
                meaning="your profile links to them",
                cost=12,
                why="you know of them; the notes do not say whether they know you",
            ),
            Warmth(
                kind="known",
                meaning="you keep a note about them, and never meant to ask them for an interview",
                cost=15,
                why="may be your cousin, or an author whom you have only read",
            ),
            Warmth(kind="works_at", meaning="they work there", cost=0, why="whoever works there is there"),
        )
    }
)
"""Every kind of step, the warmest first but for the last, which only names the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a chain, from one id to another: who leads to whom, and the notes that say so.

    `day` is when you last met, or were written to; `place` the id of the organization at which two are colleagues.
    """

    source: str
    target: str
    kind: StepKind
    evidence: tuple[str, ...]
    day: dt.date | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A way from the user to somebody: its steps, and how cold they are together."""

    steps: tuple[Step, ...]
    cost: int

    @property
    def start(self) -> str:
        """The id of whom to turn to first."""
        return self.steps[0].target


def warmest_chains(network: Network, target: str, now: dt.datetime, *, most: int = 4) -> tuple[Chain, ...]:
    """The warmest chains to a contact or an organization (by id) at `now` (local), the warmest first; at most `most`.

    One for each person to begin with. Left out is a chain that leads through somebody with whom to begin is as warm,
    and one that is colder than COLDEST. Of equal ones the one with the latest contact comes first, then by name.
    """
    known, ways = ties(network, now), _Ways(network, target)
    cost = {one: WARMTH[tie.kind].cost + ways.left[one] for one, tie in known.items() if one in ways.left}
    found: list[Chain] = []
    begun = ((cost[one], -_ordinal(known[one]), ways.place[one], one) for one in cost if cost[one] <= COLDEST)
    for *_, start in sorted(begun):
        onward = ways.onward(start)
        if any(one.target in cost and cost[one.target] <= cost[start] for one in onward):
            continue
        first = _first_step(start, known[start])
        found.append(Chain(steps=(first, *_through_places(onward)), cost=cost[start]))
        if len(found) == most:
            break
    return tuple(found)


class _Ways:
    """All ways to one target: how cold the rest of the way is from everybody who leads there, and the next step."""

    def __init__(self, network: Network, target: str) -> None:
        self.place = {ident: number for number, ident in enumerate((*network.contacts, *network.organizations))}
        self._target = target
        self._steps = _steps(network)
        self.left = _left(self._steps, self.place, target)
        self._next: dict[str, Step] = {}

    def onward(self, start: str) -> tuple[Step, ...]:
        """The warmest steps from `start`; of equal ones the first by name."""
        steps: list[Step] = []
        at = start
        while at != self._target:
            if at not in self._next:
                warmest = (one for one in self._steps[at].values() if self._is_warmest(one))
                self._next[at] = min(warmest, key=lambda one: self.place[one.target])
            steps.append(self._next[at])
            at = self._next[at].target
        return tuple(steps)

    def _is_warmest(self, step: Step) -> bool:
        rest = self.left.get(step.target)
        return rest is not None and WARMTH[step.kind].cost + rest == self.left[step.source]


def _left(steps: Mapping[str, Mapping[str, Step]], place: Mapping[str, int], target: str) -> Mapping[str, int]:
    """How cold the warmest way to the target is, from each id that leads there."""
    from rustworkx import PyDiGraph, dijkstra_shortest_path_lengths  # noqa: PLC0415 - loaded when somebody asks

    # Against the steps, so that one search from the target finds the rest of every way.
    graph: PyDiGraph[str, int] = PyDiGraph()
    graph.add_nodes_from(list(place))
    back = [
        (place[one.target], place[one.source], WARMTH[one.kind].cost)
        for onward in steps.values()
        for one in onward.values()
    ]
    graph.add_edges_from(back)
    found = dijkstra_shortest_path_lengths(graph, place[target], float)
    ids = tuple(place)
    return {target: 0, **{ids[number]: int(cost) for number, cost in found.items()}}


def _steps(network: Network) -> Mapping[str, Mapping[str, Step]]:
    """From an id to an id, the warmest step between contacts and organizations; colleagues lead through theirs."""
    steps: dict[str, dict[str, Step]] = {}

    def add(source: str, target: str, kind: StepKind, evidence: Iterable[str]) -> None:
        step = Step(source=source, target=target, kind=kind, evidence=tuple(sorted(evidence)))
        steps.setdefault(source, {}).setdefault(target, step)

    for one in network.referrals:
        add(one.by, one.to, "tip" if one.may_mention is False else "referred", one.evidence)
    for contact in network.contacts.values():
        if contact.organization and contact.note:
            add(contact.id, contact.organization, "works_at", (contact.note.path,))
            add(contact.organization, contact.id, "colleague", (contact.note.path,))
    together: dict[tuple[str, str], set[str]] = {}
    for mention in network.shared(mentions):
        for pair in ((mention.source, mention.target), (mention.target, mention.source)):
            together.setdefault(pair, set()).update(mention.evidence)
    for (source, target), evidence in together.items():
        add(source, target, "mentions", evidence)
    return steps


def _ordinal(tie: Tie) -> int:
    """A number for the day of a tie, the later the higher; the lowest for one without a day."""
    return tie.day.toordinal() if tie.day else 0


def _first_step(start: str, tie: Tie) -> Step:
    return Step(source=ME, target=start, kind=tie.kind, evidence=tie.evidence, day=tie.day)


def _through_places(onward: Iterable[Step]) -> tuple[Step, ...]:
    """The steps with colleagues side by side, instead of each at their organization."""
    joined: list[Step] = []
    for one in onward:
        before = joined[-1] if joined else None
        if one.kind == "colleague" and before and before.kind == "works_at":
            evidence = (*before.evidence, *one.evidence)
            joined[-1] = replace(one, source=before.source, evidence=evidence, place=one.source)
        else:
            joined.append(replace(one, kind="works_at") if one.kind == "colleague" else one)
    return tuple(joined)
