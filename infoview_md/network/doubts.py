"""Findings that depend on today, or on two notes at once: dates in the future, in the wrong order, in no time zone."""

import datetime as dt
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from infoview_md.network.people import Network
from infoview_md.notes.findings import Finding, finding
from infoview_md.notes.records import InterviewNote, MessageNote, NoteRecord

__all__ = ["dated_findings"]

_PAST = ("sent", "replied", "last_contact")
"""Properties that tell of something that has happened."""


def dated_findings(network: Network, today: dt.date) -> tuple[Finding, ...]:
    """What is doubtful about dates, seen from `today`."""
    notes: list[NoteRecord] = [*network.messages, *(one.note for one in network.contacts.values() if one.note)]
    zone = network.me.timezone if network.me else None
    return (*_future(notes, today), *_disordered(network.messages), *_in_a_gap(network.interviews, zone))


def _future(notes: Iterable[NoteRecord], today: dt.date) -> Iterator[Finding]:
    for note in notes:
        for name in _PAST:
            value = getattr(note, name, None)
            if isinstance(value, dt.date) and value > today:
                yield finding("date-future", note.path, note.lines.get(name), property_name=name, value=value)


def _disordered(messages: Iterable[MessageNote]) -> Iterator[Finding]:
    for note in messages:
        if note.sent and note.replied and note.replied < note.sent:
            yield finding(
                "date-order",
                note.path,
                note.lines.get("replied"),
                property_name="replied",
                value=note.replied,
                earlier_property="sent",
                earlier=note.sent,
            )


def _in_a_gap(interviews: Iterable[InterviewNote], timezone: str | None) -> Iterator[Finding]:
    """Times that the clocks jump over on the day when summer time begins."""
    zone = ZoneInfo(timezone) if timezone else None
    for note in interviews:
        if zone is None or note.date is None or note.date.clock is None or note.date.clock.tzinfo is not None:
            continue
        wall = dt.datetime.combine(note.date.day, note.date.clock)
        real = wall.replace(tzinfo=zone).astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None)
        if real != wall:
            words = {"value": note.date, "timezone": timezone, "read_as": real.isoformat()}
            yield finding("time-gap", note.path, note.lines.get("date"), severity=None, property_name="date", **words)
