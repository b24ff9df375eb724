"""iCalendar: interviews with alarms, and actions as all-day events, for any calendar program. Nobody is invited.

The same vault gives the same bytes: identifiers come from paths and rules, and what a calendar takes for the time of
the last change is the last day on which, by the notes, something happened. So a second import updates the first.
"""

import datetime as dt
import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from infoview_md.agenda.agenda import Action
from infoview_md.agenda.wording import joined, shown
from infoview_md.network.interviews import DEFAULT_MINUTES, status_at
from infoview_md.network.people import Network
from infoview_md.notes.records import InterviewNote, Moment
from infoview_md.notes.text import on_one_line

if TYPE_CHECKING:
    from icalendar import Alarm, Event

__all__ = ["as_calendar"]

_DAY = dt.timedelta(days=1)
_NINE_THE_DAY_BEFORE = dt.timedelta(hours=-15)
_EPOCH = dt.date(2000, 1, 1)
"""When something last happened in notes that tell of nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """When an event is: in UTC, as the reader's own time where no time zone is known, or whole days."""

    begins: dt.date
    ends: dt.date


def as_calendar(network: Network, actions: Iterable[Action], now: dt.datetime, *, interviews: bool = True) -> str:
    """Write the dated interviews of a network and `actions` as iCalendar text, lines ended by CRLF.

    `now` is local time without offset. Interviews that are over, or fell through, come without alarms; the latter are
    marked as cancelled. Times are in UTC; without a `timezone` in `Me.md`, as in the notes, wherever they are read.
    """
    # Loading the library takes as long as all the rest.
    from icalendar import Calendar  # noqa: PLC0415

    stamp = _last_news(network, now.date())
    calendar = Calendar()
    calendar.add("prodid", "-//infoview-md//infoview//EN")
    calendar.add("version", "2.0")
    names = _names(network)
    for note in network.interviews if interviews else ():
        if event := _interview(note, names.get(note.path, ()), network, now):
            calendar.add_component(_stamped(event, stamp))
    for event in _actions(actions):
        calendar.add_component(_stamped(event, stamp))
    return str(calendar.to_ical(), "utf-8")


def _names(network: Network) -> Mapping[str, Sequence[str]]:
    """With whom each interview is, by its path."""
    names: dict[str, list[str]] = {}
    for contact in network.contacts.values():
        for note in contact.interviews:
            names.setdefault(note.path, []).append(contact.name)
    return names


def _interview(note: InterviewNote, names: Sequence[str], network: Network, now: dt.datetime) -> "Event | None":
    zone = network.me.timezone if network.me else None
    span = _span(note, zone)
    if span is None:
        return None
    who = joined(names) or "somebody"
    event = _event(("interview", note.path), f"Interview with {who}", span)
    medium = [note.medium] if note.medium else []
    event.add("description", "\n".join([*medium, f"Note: {on_one_line(note.path)}"]))
    status = status_at(note, now, zone)
    if status in {"cancelled", "no-show"}:
        event.add("status", "CANCELLED")
    if status == "scheduled":
        for alarm in _alarms(who, span):
            event.add_component(alarm)
    return event


def _span(note: InterviewNote, zone: str | None) -> _Span | None:
    moment = note.started or note.date or note.ended
    if moment is None or not _is_in_calendars(moment.day):
        return None
    if moment.clock is None:
        return _Span(begins=moment.day, ends=moment.day + _DAY)
    begins = _instant(moment, zone)
    ends = _instant(note.ended, zone) if note.ended and note.ended.clock else None
    is_after = ends is not None and (ends.tzinfo is None) == (begins.tzinfo is None) and ends > begins
    last = dt.timedelta(minutes=note.duration or DEFAULT_MINUTES)
    return _Span(begins=begins, ends=ends if ends and is_after else begins + last)


def _is_in_calendars(day: dt.date) -> bool:
    """Whether programs can count with a day; `9999-12-31`, for never, has no tomorrow."""
    return _EPOCH.year - 100 <= day.year < _EPOCH.year + 1000


def _instant(moment: Moment, zone: str | None) -> dt.datetime:
    """A moment in UTC, or as it stands when nobody knows where its clock is.

    A time that the clocks jump over is read as the hour after; of one that comes twice, the first is meant.
    """
    wall = dt.datetime.combine(moment.day, moment.clock or dt.time()).replace(fold=0)
    if wall.tzinfo is None and zone is None:
        return wall
    aware = wall if wall.tzinfo else wall.replace(tzinfo=ZoneInfo(zone or "UTC"))
    return aware.astimezone(dt.UTC)


def _alarms(who: str, span: _Span) -> "Iterator[Alarm]":
    """One to confirm the day before, one for the start; of an interview without an hour, the first at nine."""
    from icalendar import Alarm  # noqa: PLC0415 - see as_calendar

    has_hour = isinstance(span.begins, dt.datetime)
    alarms = [(-_DAY if has_hour else _NINE_THE_DAY_BEFORE, f"Tomorrow: interview with {who}. Is it confirmed?")]
    alarms += [(dt.timedelta(), f"Now: interview with {who}")] if has_hour else []
    for trigger, words in alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", trigger)
        alarm.add("description", words)
        yield alarm


def _actions(actions: Iterable[Action]) -> "Iterator[Event]":
    known: set[tuple[str, ...]] = set()
    for one in (action for action in actions if _is_in_calendars(action.due)):
        identity: tuple[str, ...] = (one.rule, one.contact.id, one.note or "")
        if identity in known:
            identity = (*identity, one.text)
        known.add(identity)
        span = _Span(begins=one.due, ends=one.due + _DAY)
        event = _event(identity, f"{shown(one.contact.name)}: {shown(one.text)}", span)
        how = [on_one_line(one.command)] if one.command else []
        where = [f"Note: {on_one_line(one.note)}"] if one.note else []
        event.add("description", "\n".join((shown(one.because), *how, *where)))
        event.add("transp", "TRANSPARENT")  # a day with something to do is not a day that is taken
        yield event


def _event(identity: tuple[str, ...], summary: str, span: _Span) -> "Event":
    from icalendar import Event  # noqa: PLC0415 - see as_calendar

    event = Event()
    key = unicodedata.normalize("NFC", "\0".join(identity)).encode("utf-8", "surrogatepass")
    event.add("uid", f"{hashlib.sha256(key).hexdigest()[:32]}@infoview-md")
    event.add("summary", summary)
    event.add("dtstart", span.begins)
    event.add("dtend", span.ends)
    return event


def _stamped(event: "Event", day: dt.date) -> "Event":
    """With the day of the last news as the time of change; some programs look at the sequence instead."""
    event.add("dtstamp", dt.datetime.combine(day, dt.time(), dt.UTC))
    event.add("sequence", (day - _EPOCH).days)
    return event


def _last_news(network: Network, today: dt.date) -> dt.date:
    """The last day up to today on which, by the notes, something was sent, answered or said.

    The planned day of an interview is none: that it comes is no news, and must change nothing.
    """
    days = [day for one in network.messages for day in (one.sent, one.replied)]
    days += [moment.day for one in network.interviews for moment in (one.started, one.ended) if moment]
    days += [one.note.last_contact for one in network.contacts.values() if one.note]
    return max((day for day in days if day and _EPOCH <= day <= today), default=_EPOCH)
