"""The way to somebody, as a person reads it: each step of the warmest chain with its reason, others, what to do first.

The same sentences stand in the answer in JSON.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from infoview_md.agenda.approach import Advice
from infoview_md.agenda.wording import day_words
from infoview_md.network.people import Contact, Network, Organization
from infoview_md.network.warmth import Chain, Step, StepKind
from infoview_md.views.lines import Line, Look, line, one_line, shown_name, without_note, wrapped

__all__ = ["Route", "path_lines"]

_NOTES = 3
"""Notes that are named for one step; the others are counted."""
_PEOPLE = 5
"""Of those who work at an organization to which nobody leads, so many by name."""

_ON_YOUR_OWN = "Nobody you know leads there yet, so on your own"
_STRANGERS: tuple[StepKind, ...] = ("wrote", "connection", "profile", "known")
"""Ties to people who are not known to have answered you."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How to reach a contact or an organization on the day `today`: chains, the warmest first, and what to do first.

    `stages` are by the contact's id. Without a chain, nobody whom the user knows leads there.
    """

    network: Network
    target: Contact | Organization
    chains: tuple[Chain, ...]
    first: Advice
    stages: Mapping[str, str]
    today: dt.date

    @property
    def stage(self) -> str | None:
        """Where the user stands with the target; None for an organization."""
        return self.stages.get(self.target.id) if isinstance(self.target, Contact) else None

    @property
    def people(self) -> tuple[Contact, ...]:
        """Who works at the organization, or at that of the contact and is somebody else; by name."""
        target = self.target
        place = target.id if isinstance(target, Organization) else target.organization
        there = set(self.network.organizations[place].contacts) - {target.id} if place else set()
        return tuple(one for one in self.network.contacts.values() if one.id in there)

    def name(self, ident: str) -> str:
        """The name behind an id as it may stand in a sentence."""
        node = self.network.contacts.get(ident) or self.network.organizations[ident]
        return shown_name(node.name)

    def because(self, step: Step) -> str:
        """One step as a sentence that says why it is one."""
        return _SENTENCES[step.kind](self, step)


def path_lines(route: Route, look: Look | None = None) -> tuple[Line, ...]:
    """The way as lines; sections are parted by empty lines."""
    look = look or Look()
    sections = [_head(route), *([_best(route)] if route.chains else [_none(route)])]
    sections += [_others(route, look)] if len(route.chains) > 1 else []
    sections.append(_first(route))
    return tuple(one for section in sections for one in (line(), *section))[1:]


def _head(route: Route) -> list[Line]:
    target = route.target
    if isinstance(target, Organization):
        return [line((shown_name(target.name), "heading"), (" (organization)", "muted"))]
    place = f", {route.name(target.organization)}" if target.organization else ""
    stage = f" [{route.stage}]" if route.stage else ""
    return [line((shown_name(target.name), "heading"), f"{place}{stage}", (without_note(target), "muted"))]


def _best(route: Route) -> list[Line]:
    steps = route.chains[0].steps
    heading = "The warmest way"
    if len(steps) == 1:
        heading = _ON_YOUR_OWN if steps[0].kind in _STRANGERS else "You need no introduction"
    lines = [line((heading, "heading"))]
    for number, step in enumerate(steps, 1):
        lines.append(line(f"  {number}. {route.because(step)}"))
        lines += [line((f"       {one_line(path)}", "muted")) for path in step.evidence[:_NOTES]]
        more = len(step.evidence) - _NOTES
        lines += [line((f"       and {more:,} more", "muted"))] if more > 0 else []
    return lines


def _none(route: Route) -> list[Line]:
    lines = [line(f"Nobody you know leads to {shown_name(route.target.name)} yet.")]
    if route.people:
        whom = "You know none of those who work there"
        if isinstance(route.target, Contact) and route.target.organization:
            whom = f"Nor do you know anybody else at {route.name(route.target.organization)}"
        named = ", ".join(shown_name(one.name) for one in route.people[:_PEOPLE])
        more = len(route.people) - _PEOPLE
        lines.append(line(f"{whom}: {named}{f' and {more:,} more' if more > 0 else ''}."))
    return lines


def _others(route: Route, look: Look) -> list[Line]:
    lines = [line(("Other ways", "heading"))]
    for chain in route.chains[1:]:
        rows = wrapped(map(route.because, chain.steps), " ", None if look.width is None else look.width - 4)
        lines += [line(f"  {'  ' if number else '- '}{row}") for number, row in enumerate(rows)]
    return lines


def _first(route: Route) -> list[Line]:
    first = route.first
    by = f" (by {day_words(first.due, route.today)})" if first.due and first.due >= route.today else ""
    lines = [line(("Do first", "heading")), line(f"  {one_line(first.text)}{by}")]
    lines += [line((f"    {one_line(first.because)}", "muted"))] if first.because else []
    if first.command:
        return [*lines, line(f"    {one_line(first.command)}")]
    return [*lines, line((f"    in {one_line(first.note)}", "muted"))] if first.note else lines


# One sentence for each kind of step


def _on(route: Route, step: Step) -> str:
    return f" on {day_words(step.day, route.today)}" if step.day else ""


def _gave(route: Route, step: Step) -> str:
    given = route.network.contacts[step.target].referred
    others = f" and {len(given) - 1:,} more" if len(given) > 1 else ""
    return f"{route.name(step.target)} gave you {route.name(given[0])}{others}; no note tells of a talk."


def _connection(route: Route, step: Step) -> str:
    note = route.network.contacts[step.target].note
    words = one_line(note.connection) if note and note.connection else ""
    return f"Something links you to {route.name(step.target)}: {words.rstrip('.')}."


def _colleague(route: Route, step: Step) -> str:
    at = f" at {route.name(step.place)}" if step.place else ""
    return f"{route.name(step.source)} and {route.name(step.target)} both work{at}."


def _works_at(route: Route, step: Step) -> str:
    person, place = step.source, step.target
    if person in route.network.organizations:
        person, place = place, person
    return f"{route.name(person)} works at {route.name(place)}."


_SENTENCES: Mapping[StepKind, Callable[[Route, Step], str]] = {
    "met": lambda route, step: f"You talked to {route.name(step.target)}{_on(route, step)}.",
    "replied": lambda route, step: f"{route.name(step.target)} answered you{_on(route, step)}.",
    "in-touch": lambda route, step: f"You were in touch with {route.name(step.target)}{_on(route, step)}.",
    "gave": _gave,
    "wrote": lambda route, step: f"You wrote to {route.name(step.target)}{_on(route, step)}; there is no answer.",
    "connection": _connection,
    "profile": lambda route, step: f"Your profile names {route.name(step.target)}.",
    "known": lambda route, step: f"You keep a note about {route.name(step.target)}, and may know them.",
    "referred": lambda route, step: f"{route.name(step.source)} gave you {route.name(step.target)}.",
    "tip": lambda route, step: (
        f"{route.name(step.source)} gave you {route.name(step.target)}, and asked not to be named."
    ),
    "colleague": _colleague,
    "mentions": lambda route, step: f"A note names {route.name(step.source)} and {route.name(step.target)} together.",
    "works_at": _works_at,
}
