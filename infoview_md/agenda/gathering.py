"""From a contact's notes to a history: what happened by now, in order of time.

Reads dates and answers, and decides nothing about stages.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from infoview_md.agenda.history import ASKS, Dated, History, Interview, Round, Today
from infoview_md.agenda.matching import named_interviews, thanks_for
from infoview_md.agenda.workdays import Pause
from infoview_md.network.interviews import ends_at, local, status_at
from infoview_md.network.people import Contact, Network
from infoview_md.notes.records import ContactNote, InterviewNote, MessageNote, NoteRecord, Settings

__all__ = ["history_of", "today_of"]


def today_of(network: Network, settings: Settings, now: dt.datetime) -> Today:
    """The present for the user of this network at `now` (local, without offset)."""
    me = network.me
    today = now.date()
    if me is None:
        return Today(now=now, day=today, settings=settings)
    pause = Pause(me.paused_from, me.paused_until)
    pauses = (pause,) if pause.has_days and (pause.first or pause.last) else ()
    accepted = me.accepted if me.accepted and me.accepted <= today else None
    return Today(now=now, day=today, settings=settings, timezone=me.timezone, pauses=pauses, accepted=accepted)


def history_of(contact: Contact, network: Network, today: Today) -> History:
    """Put in order what the notes say about one contact."""
    by_hand = contact.note.last_contact if contact.note else None
    by_hand = by_hand if by_hand and by_hand <= today.day else None
    sent, replies = _sent(contact.messages, today), _replies(contact.messages, today)
    by_status: dict[str | None, list[Interview]] = {}
    undated: list[InterviewNote] = []
    for note in contact.interviews:
        status = status_at(note, today.now, today.timezone)
        if interview := _dated(note, status, today):
            by_status.setdefault(status, []).append(interview)
        elif status in (None, "scheduled"):
            undated.append(note)
    named = named_interviews(contact)
    held = _in_order(by_status.get("held", ()))
    met_on = held[-1].day if held else None
    missed = _in_order([*by_status.get("cancelled", ()), *by_status.get("no-show", ())])
    return History(
        contact=contact,
        drafts=tuple(one for one in contact.messages if _went_out(one, today) is None),
        sent=sent,
        replies=replies,
        held=held,
        coming=_in_order(by_status.get("scheduled", ())),
        missed=tuple(one for one in missed if met_on is None or one.day > met_on),
        undated=tuple(undated),
        round=_round(sent, replies, met_on),
        last=_last_contact(contact, (*sent, *replies), held, by_hand),
        thanks=_thanks(contact, held[-1], thanks_for(held[-1], sent, named), by_hand) if held else None,
        named=named,
        by_hand=by_hand,
        given_by=tuple(network.contacts[one].name for one in contact.referred_by),
    )


def _sent(messages: Iterable[MessageNote], today: Today) -> tuple[Dated[MessageNote], ...]:
    """What went out. What was sent on an unreadable day did, too: nothing is late for it, and nothing is sent twice."""
    found = []
    for one in messages:
        day = _went_out(one, today)
        if day is None and one.sent is None and "sent" in one.lines:
            day = today.day
        if day is not None:
            found.append(Dated(day, one))
    return tuple(sorted(found, key=_when))


def _went_out(message: MessageNote, today: Today) -> dt.date | None:
    """The day on which a message was sent; one that was answered was, whether its day is noted or not."""
    if message.sent is not None and message.sent <= today.day:
        return message.sent
    if message.replied is not None:
        return message.replied if message.replied <= today.day else None
    return today.day if message.reply else None


def _replies(messages: Iterable[MessageNote], today: Today) -> tuple[Dated[MessageNote], ...]:
    """The answers; one without a day came, as far as anybody knows, when the message went out."""
    found = []
    for one in messages:
        if one.replied or one.reply:
            day = one.replied or one.sent or today.day
            if day <= today.day:
                found.append(Dated(max(day, one.sent) if one.sent and one.sent <= today.day else day, one))
    return tuple(sorted(found, key=_when))


def _when(one: Dated[MessageNote]) -> tuple[dt.date, str]:
    return one.day, one.note.path


def _dated(note: InterviewNote, status: str | None, today: Today) -> Interview | None:
    """The interview with its day; None for one without a date that is still to come."""
    moment = note.started or note.date or note.ended
    if moment is None:
        # Held, on a day that nobody noted: it cannot be late to write it up.
        midnight = dt.datetime.combine(today.day, dt.time())
        return Interview(day=today.day, begins=midnight, ends=midnight, note=note) if status == "held" else None
    begins = local(moment, today.timezone)
    ends = ends_at(note, today.timezone) or begins
    day = min(begins.date(), today.day) if status == "held" else begins.date()
    return Interview(day=day, begins=begins, ends=ends, note=note)


def _in_order(interviews: Iterable[Interview]) -> tuple[Interview, ...]:
    return tuple(sorted(interviews, key=lambda one: (one.day, one.begins, one.note.path)))


def _round(
    sent: Sequence[Dated[MessageNote]], replies: Sequence[Dated[MessageNote]], met_on: dt.date | None
) -> Round | None:
    """The attempt under way. After an interview, a follow-up counts only together with a new request."""
    asks = [one for one in sent if one.note.type in ASKS and (met_on is None or one.day > met_on)]
    if not asks or (met_on is not None and all(one.note.type != "request" for one in asks)):
        return None
    last = asks[-1].day
    earlier = max((one.day for one in replies if one.day < last), default=dt.date.min)
    tries = tuple(one for one in asks if one.day > earlier)
    # Whatever note says that they answered, they did.
    after = [one for one in replies if one.day >= last]
    clear = [one for one in after if one.note.reply]
    if clear:
        return Round(tries=tries, reply=clear[-1], answer=clear[-1].note.reply)
    return Round(tries=tries, reply=after[-1], answer="unclear") if after else Round(tries=tries)


def _thanks(
    contact: Contact, interview: Interview, message: Dated[MessageNote] | None, by_hand: dt.date | None
) -> Dated[MessageNote] | Dated[ContactNote] | None:
    """Who was in contact since, by the contact's own note, has thanked as far as anybody knows."""
    if message is None and contact.note and by_hand and by_hand > interview.day:
        return Dated(by_hand, contact.note)
    return message


def _last_contact(
    contact: Contact, written: Iterable[Dated[MessageNote]], held: Sequence[Interview], by_hand: dt.date | None
) -> Dated[NoteRecord] | None:
    found: list[Dated[NoteRecord]] = [Dated(one.day, one.note) for one in written]
    found += [Dated(one.day, one.note) for one in held]
    if contact.note and by_hand:
        found.append(Dated(by_hand, contact.note))
    return max(found, key=lambda one: (one.day, one.note.path), default=None)
