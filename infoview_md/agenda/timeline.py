"""What has happened with one contact, told in order: messages, answers, interviews, referrals."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from infoview_md.agenda.wording import day_words, joined, shown, type_words
from infoview_md.network.interviews import local, status_at
from infoview_md.network.people import Contact, Network
from infoview_md.notes.records import InterviewNote, MessageNote

__all__ = ["Event", "timeline"]

_ANSWERS = {"accepted": "they said yes", "declined": "they said no", "later": "they asked you to write again later"}
_MESSAGES = {
    "request": "asked for an interview",
    "follow-up": "asked again",
    "referral-request": "asked who else to talk to",
    "thank-you": "thanked them",
    "update": "sent an update",
    "confirmation": "confirmed the interview",
    "announcement": "told them that you accepted a position",
}

_AFTERWARDS = frozenset({"thank-you", "update"})
"""What is written after a talk, even if on the same day."""

_STATUSES = {
    "scheduled": "interview planned",
    "held": "interview",
    "cancelled": "interview cancelled",
    "no-show": "interview that did not take place",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened or is planned, in words, and the note that says so; `day` is None where nobody noted it."""

    day: dt.date | None
    words: str
    note: str


def timeline(contact: Contact, network: Network, now: dt.datetime) -> tuple[Event, ...]:
    """All events with a contact, the earliest first; those without a day, like drafts, come last.

    That somebody gave you this contact is an event when an interview tells it, because only that has a day.
    """
    zone = network.me.timezone if network.me else None
    before = [one for one in contact.messages if one.type not in _AFTERWARDS]
    after = [one for one in contact.messages if one.type in _AFTERWARDS]
    events = [event for message in before for event in _of_message(message, now.date())]
    events += [_of_dated(one, now, zone) for one in contact.interviews]
    events += _of_referrals(contact, network, zone)
    events += [event for message in after for event in _of_message(message, now.date())]
    if contact.note and contact.note.last_contact:
        events.append(Event(day=contact.note.last_contact, words="in contact", note=contact.note.path))
    # Sorting is stable: within a day, what was sent stands before its answer, and the talk before the thanks.
    return tuple(sorted(events, key=lambda one: one.day or dt.date.max))


def _of_message(message: MessageNote, today: dt.date) -> Iterator[Event]:
    about = f" ({message.channel})" if message.channel not in (None, "email") else ""
    if message.sent is not None or message.replied or message.reply:
        sent = message.sent if message.sent is not None else message.replied
        yield Event(day=sent, words=f"{_MESSAGES.get(message.type, message.type)}{about}", note=message.path)
    else:
        yield Event(day=None, words=f"{type_words(message.type)} drafted", note=message.path)
    if message.replied or message.reply:
        words = _ANSWERS.get(message.reply or "", "they answered")
        if message.reply == "later" and message.later_on:
            words = f"they asked you to write again on {day_words(message.later_on, today)}"
        yield Event(day=message.replied, words=words, note=message.path)


def _of_dated(interview: InterviewNote, now: dt.datetime, zone: str | None) -> Event:
    status = status_at(interview, now, zone)
    moment = interview.started or interview.date or interview.ended
    words = _STATUSES.get(status or "scheduled", "interview")
    details = [interview.medium] if interview.medium else []
    details += [f"{interview.duration} minutes"] if interview.duration else []
    about = f" ({', '.join(details)})" if details else ""
    day = local(moment, zone).date() if moment else None
    return Event(day=day, words=f"{words}{about}", note=interview.path)


def _of_referrals(contact: Contact, network: Network, zone: str | None) -> Iterator[Event]:
    days: dict[str, dt.date] = {}
    for one in network.interviews:
        if moment := one.started or one.date:
            days[one.path] = local(moment, zone).date()
    given: dict[str, list[str]] = {}
    for referral in network.referrals:
        if contact.id not in (referral.by, referral.to):
            continue
        note = min(referral.evidence, key=lambda path: (days.get(path, dt.date.max), path))
        if referral.by == contact.id:
            given.setdefault(note, []).append(network.contacts[referral.to].name)
        elif note in days:
            name = shown(network.contacts[referral.by].name)
            yield Event(day=days.get(note), words=f"{name} gave you their name", note=note)
    for note, names in given.items():
        yield Event(day=days.get(note), words=f"they named {joined(names)}", note=note)
