"""One person on one screen: who they are, where you stand and why, what happened, whom they gave you, what is next."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from infoview_md.agenda.agenda import Action
from infoview_md.agenda.timeline import Event, timeline
from infoview_md.network.insights import referrers
from infoview_md.network.people import Contact, Network
from infoview_md.notes.findings import Finding
from infoview_md.notes.properties import TYPES
from infoview_md.views.due import next_lines
from infoview_md.views.findings import finding_lines
from infoview_md.views.lines import Line, Look, columns, cut, line, one_line, shown_name, without_note

__all__ = ["Card", "card_lines", "findings_about", "properties_of"]

_LATEST = 12
"""Events on the screen; the earlier ones are counted."""
_REST = 8
"""Of the properties that no table knows, so many are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What is known about one contact at `now` (local time); `because` says why the stage is what it is."""

    network: Network
    contact: Contact
    now: dt.datetime
    stage: str
    because: str
    actions: tuple[Action, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def timeline(self) -> tuple[Event, ...]:
        """What happened, the oldest first; what has no day comes last."""
        return timeline(self.contact, self.network, self.now)

    @property
    def referred_by(self) -> tuple[Contact, ...]:
        """Who gave you this contact, the first first."""
        return tuple(self.network.contacts[one] for one in referrers(self.network).get(self.contact.id, ()))

    @property
    def referrals(self) -> tuple[Contact, ...]:
        """Whom this contact gave you, by name."""
        given = set(self.contact.referred)
        return tuple(one for one in self.network.contacts.values() if one.id in given)


def findings_about(contact: Contact, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those of the findings that are in the contact's own note, or in a note that names the contact."""
    notes = (*contact.messages, *contact.interviews, *contact.preps)
    paths = {contact.path, *(one.path for one in notes)}
    return tuple(one for one in findings if one.path in paths)


def properties_of(contact: Contact) -> Mapping[str, object]:
    """The properties that the contact's note has, in the order of the format, then those that no table knows."""
    if contact.note is None:
        return {}
    known = {name: getattr(contact.note, name) for name in TYPES["contact"].properties}
    return {name: value for name, value in known.items() if value not in (None, ())} | dict(contact.note.extra)


def card_lines(card: Card, look: Look | None = None) -> tuple[Line, ...]:
    """The card as lines; sections are parted by empty lines."""
    look = look or Look()
    sections = (
        _head(card),
        _properties(card, look),
        _timeline(card, look),
        _referrals(card, look),
        next_lines(card.actions, card.now.date()),
        finding_lines(card.findings, look),
    )
    return tuple(line() if one is None else one for one in _parted(sections))


def _parted(sections: Iterable[Sequence[Line]]) -> Iterator[Line | None]:
    before = False
    for section in sections:
        if section and before:
            yield None
        yield from section
        before = before or bool(section)


def _head(card: Card) -> list[Line]:
    contact = card.contact
    place = card.network.organizations[contact.organization].name if contact.organization else ""
    role = contact.note.role if contact.note and contact.note.role else ""
    what = " at ".join(one_line(part) for part in (role, place) if part)
    lines = [line((shown_name(contact.name), "heading"), f" [{card.stage}]", (without_note(contact), "muted"))]
    lines += [line(what)] if what else []
    lines += [line((one_line(contact.path), "muted"))] if contact.path else []
    return [*lines, line(one_line(card.because))] if card.because else lines


_IN_THE_HEAD = frozenset({"name", "organization", "role", "referred_by"})


def _properties(card: Card, look: Look) -> list[Line]:
    given = properties_of(card.contact)
    known = [name for name in given if name in TYPES["contact"].properties and name not in _IN_THE_HEAD]
    others = [name for name in given if name not in TYPES["contact"].properties and _in_words(given[name])]
    shown = [*known, *others[:_REST]]
    margin = max((columns(one_line(name)) for name in shown), default=0)
    lines = [_property(name, _in_words(given[name]), min(margin, 24), look) for name in shown]
    if len(others) > _REST:
        lines.append(line((f"{look.ellipsis} and {len(others) - _REST:,} more properties", "muted")))
    return lines


def _property(name: str, value: str, margin: int, look: Look) -> Line:
    label = cut(one_line(name), margin, look.ellipsis)
    label += " " * (margin - columns(label) + 2)
    room = None if look.width is None else max(look.width - columns(label), 20)
    return line((label, "muted"), value if room is None else cut(value, room, look.ellipsis))


def _in_words(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(_in_words(one) for one in value)
        case Mapping():
            return ", ".join(f"{one_line(str(key))}: {_in_words(one)}" for key, one in value.items())
        case _:
            return one_line(str(value))


def _timeline(card: Card, look: Look) -> list[Line]:
    events = card.timeline
    if not events:
        return []
    lines = [line(("What happened", "heading"))]
    # One event takes no more room than the line that says there was one.
    earlier = len(events) - _LATEST if len(events) > _LATEST + 1 else 0
    if earlier:
        lines.append(line((f"  {look.ellipsis} {earlier:,} earlier", "muted")))
    shown = events[earlier:]
    margin = max(columns(one.words) for one in shown)
    for one in shown:
        day = str(one.day) if one.day else " " * 10
        # The path is not cut: other commands take it.
        path = " " * (margin - columns(one.words)) + f"  {one_line(one.note)}"
        lines.append(line(f"  {day}  {one.words}", (path, "muted")))
    return lines


def _referrals(card: Card, look: Look) -> list[Line]:
    lines = []
    for words, people in (("Given to you by: ", card.referred_by), ("Gave you: ", card.referrals)):
        if people:
            names = ", ".join(shown_name(one.name) + without_note(one) for one in people)
            room = None if look.width is None else look.width * 2
            lines.append(line((words, "muted"), names if room is None else cut(names, room, look.ellipsis)))
    return lines
