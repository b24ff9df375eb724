"""The funnel: how many were asked, answered, said yes, talked to you and gave you others; by channel and by source.

It counts what has happened by now, and looks at people, not at messages: whoever is asked three times is asked once.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from infoview_md.agenda.gathering import history_of, today_of
from infoview_md.agenda.history import ASKS, Dated, History
from infoview_md.network.graph import shown_contacts
from infoview_md.network.people import Contact, Network
from infoview_md.notes.properties import PROPERTIES
from infoview_md.notes.records import MessageNote, Settings

__all__ = ["CHANNELS", "OTHER", "SOURCES", "Counts", "Funnel", "make_funnel"]

OTHER = "other"
CHANNELS = (*PROPERTIES["channel"].choices, OTHER)
"""How the first request went out; `other` where no channel is noted, or nobody was asked."""
SOURCES = ("referred", "connection", OTHER)
"""How a contact was found: somebody gave them to you, their note names a `connection`, or neither."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """One row: of the people `asked`, how many `replied` and `accepted`; and what came of everybody in this row.

    `interviews` were held; one with two people counts once in a row. `referrals` are the names they gave you.
    `days_to_reply` is the median number of days from the first request to the first reply, None without any.
    """

    asked: int = 0
    replied: int = 0
    accepted: int = 0
    interviews: int = 0
    referrals: int = 0
    days_to_reply: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """The sums, and the rows that are not empty: `by_channel` in the order of CHANNELS, `by_source` of SOURCES."""

    total: Counts
    by_channel: Mapping[str, Counts]
    by_source: Mapping[str, Counts]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Course:
    """How it went with one contact."""

    channel: str
    source: str
    asked: bool
    replied: bool
    accepted: bool
    interviews: tuple[str, ...]
    referrals: int
    days: int | None


def make_funnel(network: Network, settings: Settings, now: dt.datetime) -> Funnel:
    """Count what has happened by `now` (local, without offset)."""
    today = today_of(network, settings, now)
    courses = [_course(history_of(one, network, today)) for one in shown_contacts(network)]
    return Funnel(
        total=_counts(courses),
        by_channel=_rows(CHANNELS, {name: [one for one in courses if one.channel == name] for name in CHANNELS}),
        by_source=_rows(SOURCES, {name: [one for one in courses if one.source == name] for name in SOURCES}),
    )


def _rows(names: Iterable[str], courses: Mapping[str, list[_Course]]) -> Mapping[str, Counts]:
    rows = {name: _counts(courses[name]) for name in names}
    return MappingProxyType({name: row for name, row in rows.items() if row != Counts()})


def _counts(courses: Iterable[_Course]) -> Counts:
    courses = tuple(courses)
    days = [one.days for one in courses if one.days is not None]
    return Counts(
        asked=sum(one.asked for one in courses),
        replied=sum(one.replied for one in courses),
        accepted=sum(one.accepted for one in courses),
        interviews=len({path for one in courses for path in one.interviews}),
        referrals=sum(one.referrals for one in courses),
        days_to_reply=_median(days),
    )


def _median(days: Iterable[int]) -> float | None:
    """The middle one, or half-way between the two in the middle; the library's own is slow to load."""
    ordered = sorted(days)
    middle = len(ordered) // 2
    return (ordered[middle] + ordered[~middle]) / 2 if ordered else None


def _course(history: History) -> _Course:
    contact = history.contact
    asks = [one for one in history.sent if one.note.type in ASKS]
    answers = [one for one in history.replies if one.note.type in ASKS]
    # Whoever met you after you had asked said yes, even if nobody noted the answer.
    met = bool(asks) and any(one.day >= asks[0].day for one in (*history.held, *history.coming))
    accepted = met or any(one.note.reply == "accepted" for one in answers)
    return _Course(
        channel=(asks[0].note.channel or OTHER) if asks else OTHER,
        source=_source(contact),
        asked=bool(asks),
        replied=accepted or bool(answers),
        accepted=accepted,
        interviews=tuple(one.note.path for one in history.held),
        referrals=len(contact.referred),
        days=_days(asks, answers),
    )


def _source(contact: Contact) -> str:
    if contact.referred_by:
        return "referred"
    return "connection" if contact.note and contact.note.connection else OTHER


def _days(asks: Iterable[Dated[MessageNote]], answers: Iterable[Dated[MessageNote]]) -> int | None:
    """Days from the first request to the first reply, if both have a day of their own in the notes."""
    asked = min((one.note.sent for one in asks if one.note.sent), default=None)
    replied = min((one.day for one in answers if one.note.replied), default=None)
    return (replied - asked).days if asked and replied and replied >= asked else None
