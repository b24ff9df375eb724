"""`Network.md`: the network as a note, with a diagram, and tables of who led furthest and which names still wait.

It shows due dates and never ages, so that it changes only when something did.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from infoview_md.agenda.agenda import Action
from infoview_md.network.graph import graph_of
from infoview_md.network.insights import Connector, Forest, connectors, referral_forest
from infoview_md.network.outcomes import Outcome, not_asked, referral_outcomes
from infoview_md.network.people import Contact, Network
from infoview_md.network.reach import Reach, organizations_reached
from infoview_md.network.ties import TieKind
from infoview_md.views.drawing import PALETTE, STAGE_COLOURS
from infoview_md.views.lines import counted
from infoview_md.views.markdown import escaped, table, wikilink
from infoview_md.views.mermaid import Diagram, mermaid

__all__ = ["network_note"]

_MOST_ROWS = 50
_NAMED = 5
"""Of those whom a connector gave, so many by name."""
_DEEPEST = 12
"""Levels of the list of everybody."""

_HEAD = """\
---
generated_by: infoview
---

# Contact network

Written anew by `infoview index` and `infoview watch`.
"""

_KEY = (
    "An arrow leads from whoever gave you a name to the person named; from you, to those whom nobody gave: `met` if "
    "you talked, `wrote` if you only wrote. A box holds the people of one organization.\n\nThe colour is the stage: "
    + "; ".join(
        f"{colour}: {', '.join(stage for stage, own in STAGE_COLOURS.items() if own == colour)}" for colour in PALETTE
    )
    + ".\n"
)


def network_note(network: Network, stages: Mapping[str, str], actions: Iterable[Action], now: dt.datetime) -> str:
    """The whole note at `now` (local time); `stages` are by the contact's id, `actions` all, in their order."""
    forest = referral_forest(network)
    if not forest.walk:
        return f"{_HEAD}\nNobody is in your network yet.\n"
    next_steps: dict[str, Action] = {}
    for one in actions:
        next_steps.setdefault(one.contact.id, one)
    diagram = mermaid(graph_of(network, now), forest, stages)
    sections = (
        _diagram(diagram),
        _connectors(connectors(network, forest)),
        _referrals(referral_outcomes(network, now), stages, next_steps),
        _not_asked(not_asked(network, now)),
        _organizations([one for one in organizations_reached(network, now) if one.people]),
        _everybody(network, forest, stages) if diagram.left_out else "",
    )
    return _HEAD + "".join(f"\n{one}" for one in sections if one)


def _diagram(diagram: Diagram) -> str:
    left_out = counted(diagram.left_out, "person is", "people are")
    note = f"\n{left_out} only counted in the diagram. All are in the list at the end.\n" if diagram.left_out else ""
    return f"```mermaid\n{diagram.text}```\n{note}\n{_KEY}"


# Who led you furthest


def _connectors(found: Sequence[Connector]) -> str:
    if not found:
        return ""
    rows = ([_link(one.contact), _names(one.direct), f"{one.in_all:,}"] for one in found[:_MOST_ROWS])
    text = table(("Who", "Gave you", "Led to, in all"), rows)
    return f"## Who led you furthest\n\n{text}{_rest(len(found), 'infoview graph')}"


def _names(contacts: Sequence[Contact]) -> str:
    names = [_link(one) for one in contacts]
    if len(names) > _NAMED + 1:
        names[_NAMED:] = [f"{len(names) - _NAMED:,} more"]
    return ", ".join(names)


# Which names still wait


_BECAME: Mapping[TieKind | None, str] = {
    "met": "you met",
    "replied": "answered",
    "in-touch": "in touch",
    "wrote": "you wrote to",
    None: "wait for you",
}
"""What can have become of a name, in the order of the sentence."""


def _referrals(outcomes: Sequence[Outcome], stages: Mapping[str, str], next_steps: Mapping[str, Action]) -> str:
    if not outcomes:
        return ""
    became = Counter({one.to.id: one.became for one in outcomes}.values())
    counts = ", ".join(f"{became[kind]:,} {words}" for kind, words in _BECAME.items() if became[kind])
    text = f"## Names you were given\n\n{counted(became.total(), 'name')}: {counts}.\n"
    waiting: dict[str, list[Outcome]] = {}
    for one in outcomes:
        if one.became is None:
            waiting.setdefault(one.to.id, []).append(one)
    if not waiting:
        return text
    rows = [_waiting(found, stages, next_steps) for found in waiting.values()]
    shown = table(("Waits for you", "Given by", "On", "Stage", "Next step", "Due"), rows[:_MOST_ROWS])
    return f"{text}\n{shown}{_rest(len(rows), 'infoview due')}"


def _waiting(found: list[Outcome], stages: Mapping[str, str], next_steps: Mapping[str, Action]) -> list[str]:
    to = found[0].to
    step = next_steps.get(to.id)
    days = sorted({one.day.isoformat() for one in found if one.day})
    # What can be done any day is due today on every day: a date would change the note daily, and say nothing.
    due = step.due.isoformat() if step and not step.any_day else ""
    by = ", ".join(_link(one.by) for one in found)
    return [_link(to), by, days[0] if days else "", stages.get(to.id, ""), escaped(step.text) if step else "", due]


def _not_asked(people: Sequence[Contact]) -> str:
    if not people:
        return ""
    names = "".join(f"- {wikilink(one.path, one.name)}\n" for one in people[:_MOST_ROWS])
    rest = _rest(len(people), "infoview due")
    return f"## Whom you met, and never asked for a name\n\n{names}{rest}"


# Where they work


def _organizations(found: Sequence[Reach]) -> str:
    if not found:
        return ""
    reached = sum(one.reached for one in found)
    kinds = list(_BECAME)
    ordered = sorted(found, key=lambda one: kinds.index(one.best))
    rows = (
        [wikilink(one.organization.path, one.organization.name, in_table=True), _names(one.people), _FAR[one.best]]
        for one in ordered[:_MOST_ROWS]
    )
    text = table(("Organization", "People", "How far you are"), rows)
    rest = _rest(len(found), "infoview graph --format json")
    count = counted(len(found), "organization")
    return f"## Organizations\n\n{count}; somebody talked to you or answered at {reached:,}.\n\n{text}{rest}"


_FAR: Mapping[TieKind | None, str] = {
    "met": "met somebody",
    "replied": "somebody answered",
    "in-touch": "in touch with somebody",
    "wrote": "wrote to somebody",
    None: "nobody asked yet",
}


# Everybody


def _everybody(network: Network, forest: Forest, stages: Mapping[str, str]) -> str:
    return "## Everybody\n\n" + "".join(f"{one}\n" for one in _list(network, forest, stages))


def _list(network: Network, forest: Forest, stages: Mapping[str, str]) -> Iterator[str]:
    waiting = [(one, 0) for one in reversed(_in_order(forest, forest.roots))]
    while waiting:
        ident, level = waiting.pop()
        contact = network.contacts[ident]
        place = network.organizations[contact.organization].name if contact.organization else ""
        stage = f" ({stages[ident]})" if ident in stages else ""
        link = wikilink(contact.path, contact.name)
        yield f"{'  ' * level}- {link}{', ' + escaped(place) if place else ''}{stage}"
        if level + 1 < _DEEPEST:
            waiting += [(one, level + 1) for one in reversed(_in_order(forest, forest.children.get(ident, ())))]
        elif below := forest.below[ident]:
            yield f"{'  ' * (level + 1)}- … {below:,} more below"


def _in_order(forest: Forest, siblings: tuple[str, ...]) -> list[str]:
    """Those who led to others first."""
    return sorted(siblings, key=lambda one: not forest.below[one])


def _link(contact: Contact) -> str:
    return _wikilink(contact.path, contact.name)


@lru_cache(4096)
def _wikilink(path: str | None, name: str) -> str:
    """A link in a table; a watcher writes most of them again and again."""
    return wikilink(path, name, in_table=True)


def _rest(rows: int, command: str) -> str:
    """A sentence below a table that was cut."""
    return f"\n… and {rows - _MOST_ROWS:,} more: `{command}`.\n" if rows > _MOST_ROWS else ""
