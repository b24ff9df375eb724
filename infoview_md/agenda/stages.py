"""Where you stand with a contact: the table of stages, and the sentence that says why.

A stage is derived from the notes, the settings and the time, and never stored. Says nothing about what to do.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from infoview_md.agenda.agenda import Standing
from infoview_md.agenda.gathering import history_of, today_of
from infoview_md.agenda.history import ASKS, History, Interview, Round, Today
from infoview_md.agenda.matching import draft_for, interview_words
from infoview_md.agenda.wording import day_words, joined, left_words, type_words
from infoview_md.agenda.workdays import due_day
from infoview_md.network.people import Contact, Network
from infoview_md.notes.properties import MESSAGE_TYPES
from infoview_md.notes.records import Settings

__all__ = ["RESTING_AFTER", "STAGES", "Stage", "fell_through", "standing", "standing_of"]

RESTING_AFTER = 2
"""Updates without an answer; a third one would be a burden."""


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why a stage holds."""

    because: str
    note: str | None = None
    since: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One row: the name, what it means, its place on the way from a name to an acquaintance, and when it holds."""

    name: str
    meaning: str
    order: int
    test: Callable[[History, Today], _Reason | None]


def standing(contact: Contact, network: Network, settings: Settings, now: dt.datetime) -> Standing:
    """Where the user stands with one contact at `now` (local, without offset)."""
    today = today_of(network, settings, now)
    return standing_of(history_of(contact, network, today), today)


def standing_of(history: History, today: Today) -> Standing:
    """The first row of the table whose test holds; the last one always does."""
    for row in _IN_ORDER_OF_TESTING:
        if reason := row.test(history, today):
            return Standing(stage=row.name, because=reason.because, note=reason.note, since=reason.since)
    raise AssertionError("the last stage always holds")


# --- Nobody to write to ----------------------------------------------------------------------------------------------


def _known(history: History, _today: Today) -> _Reason | None:
    contact = history.contact
    if not contact.wanted:
        return _Reason("They are in your notes, and nobody you want to interview.", contact.path)
    if _is_only_a_referrer(contact):
        return _Reason("They gave you a contact; an interview with them is not planned.", contact.path)
    return None


def _is_only_a_referrer(contact: Contact) -> bool:
    """Whom only a `referred_by` names is a helper, like a cousin, and not somebody to be asked for an interview."""
    if contact.note is not None and contact.note.wanted:
        return False
    return bool(contact.referred) and not (
        contact.referred_by or contact.messages or contact.interviews or contact.preps
    )


# --- Asking ----------------------------------------------------------------------------------------------------------


def _waiting(history: History, today: Today) -> _Reason | None:
    one = history.round
    if one is None or one.answer not in (None, "unclear"):
        return None
    if one.reply:
        day = day_words(one.reply.day, today.day)
        words = f"They answered on {day}; the note does not say whether it was a yes."
        return _Reason(words, one.reply.note.path, one.reply.day)
    if _silent_since(history, today):
        return None
    last = one.tries[-1]
    return _Reason(f"{_asked(one, today)}; there is no answer yet.", last.note.path, last.day)


def _silent(history: History, today: Today) -> _Reason | None:
    since, one = _silent_since(history, today), history.round
    if since is None or one is None or history.held:
        return None
    note = one.tries[-1].note.path
    return _Reason(f"{_asked(one, today)}; no answer came, so let it be.", note, since)


def _silent_since(history: History, today: Today) -> dt.date | None:
    """The day on which the last try had been out for `retry_after` workdays, if that has come."""
    one = history.round
    if one is None or one.answer is not None or one.count <= today.settings.retries or history.last is None:
        return None
    pauses = (*today.pauses, *history.absence)
    day = due_day(history.last.day, today.settings.retry_after, "workdays", pauses=pauses, today=today.day)
    return day if day and day <= today.day else None


def _asked(one: Round, today: Today) -> str:
    """The attempt as half a sentence, `You asked on 8 September, and again on 17 September`."""
    days = [day_words(day, today.day) for day in dict.fromkeys(ask.day for ask in one.tries)]
    again = f", and again on {' and '.join(days[1:])}" if days[1:] else ""
    return f"You asked on {days[0]}{again}"


def _drafted(history: History, today: Today) -> _Reason | None:
    if history.held or (history.round and not _silent_since(history, today)):
        return None
    draft = draft_for(history, ASKS, today)
    if draft is None and history.last is None:
        draft = draft_for(history, MESSAGE_TYPES, today)
    if draft is None:
        return None
    return _Reason(f"The {type_words(draft.type)} is drafted and not sent{left_words(draft.fill_ins)}.", draft.path)


def _declined(history: History, today: Today) -> _Reason | None:
    if history.held or history.answer != "declined":
        return None
    return _answered(history, today, "They said no on {day}.")


def _later(history: History, today: Today) -> _Reason | None:
    if history.round is None or history.round.reply is None or history.answer != "later":
        return None
    when = history.round.reply.note.later_on
    words = f"write again on {day_words(when, today.day)}" if when else "write again later, without naming a day"
    return _answered(history, today, f"On {{day}} they asked you to {words}.")


def _answered(history: History, today: Today, words: str) -> _Reason | None:
    reply = history.round.reply if history.round else None
    if reply is None:
        return None
    return _Reason(words.format(day=day_words(reply.day, today.day)), reply.note.path, reply.day)


# --- Agreeing on an interview ----------------------------------------------------------------------------------------


def _scheduled(history: History, today: Today) -> _Reason | None:
    if not history.coming:
        return None
    interview = history.coming[0]
    return _Reason(f"The interview is on {interview_words(interview, history, today)}.", interview.note.path)


def _agreed(history: History, today: Today) -> _Reason | None:
    if history.answer in ("declined", "later"):
        return None
    if interview := fell_through(history, today):
        what = "was cancelled" if interview.note.status == "cancelled" else "did not take place"
        words = f"The interview of {day_words(interview.day, today.day)} {what}; no new date is set."
        return _Reason(words, interview.note.path, min(interview.day, today.day))
    if history.answer == "accepted":
        return _answered(history, today, "They said yes on {day}; no date is set.")
    if history.undated and not history.held and not history.missed:
        return _Reason("An interview is agreed on; its note has no date yet.", history.undated[0].path)
    return None


def fell_through(history: History, today: Today) -> Interview | None:
    """The interview that was cancelled, or to which nobody came, unless you have asked again or they said yes since."""
    missed, one = history.missed[-1] if history.missed else None, history.round
    if missed is None or one is None:
        return missed
    # The day on which one was cancelled in advance is not noted: it was after the yes to it.
    day = missed.day
    if day > today.day:
        day = history.replies[-1].day if history.replies else one.tries[0].day
    agreed_since = one.reply is not None and one.reply.day > day
    return None if one.tries[-1].day > day or agreed_since else missed


# --- After the interview ---------------------------------------------------------------------------------------------


def _resting(history: History, today: Today) -> _Reason | None:
    silent = history.silent_updates
    if len(silent) < RESTING_AFTER or not _was_in_contact(history):
        return None
    pauses = (*today.pauses, *history.absence)
    since = due_day(silent[-1].day, today.settings.update_every, "days", pauses=pauses, today=today.day)
    if since is None or since > today.day:
        return None
    days = " and ".join(day_words(one.day, today.day) for one in silent[-RESTING_AFTER:])
    return _Reason(f"Your updates of {days} were not answered; let it rest.", silent[-1].note.path, since)


def _was_in_contact(history: History) -> bool:
    return bool(history.held) or (history.round is None and history.last is not None)


def _in_touch(history: History, today: Today) -> _Reason | None:
    last = history.last
    if last is None or not _was_in_contact(history):
        return None
    when = day_words(last.day, today.day)
    if history.interview is None:
        return _Reason(f"You were last in contact on {when}.", last.note.path, last.day)
    if history.thanks is None or not _went_on(history, history.interview):
        return None
    talked = day_words(history.interview.day, today.day)
    return _Reason(f"You talked on {talked} and have been in touch since, last on {when}.", last.note.path, last.day)


def _went_on(history: History, interview: Interview) -> bool:
    """Whether there was more after an interview than thanks."""
    if history.by_hand and history.by_hand > interview.day:
        return True
    if any(one.day > interview.day for one in history.replies):
        return True
    return history.sent_since(interview.day, "update", "referral-request", "announcement") is not None


def _thanked(history: History, today: Today) -> _Reason | None:
    thanks = history.thanks
    if history.interview is None or thanks is None:
        return None
    talked, day = day_words(history.interview.day, today.day), day_words(thanks.day, today.day)
    return _Reason(f"You talked on {talked} and thanked them on {day}.", thanks.note.path, thanks.day)


def _met(history: History, today: Today) -> _Reason | None:
    if history.interview is None:
        return None
    day, note = history.interview.day, history.interview.note.path
    return _Reason(f"You talked on {day_words(day, today.day)}; no thank-you has gone out yet.", note, day)


def _identified(history: History, _today: Today) -> _Reason:
    contact = history.contact
    if contact.recorded:
        yet = "nothing is written to them yet"
    elif contact.path:
        yet = "nothing is read from their note"
    else:
        yet = "there is no note about them yet"
    if history.given_by:
        return _Reason(f"{joined(history.given_by)} gave you their name; {yet}.", contact.path)
    return _Reason(f"{yet.capitalize()}.", contact.path)


# --- The table -------------------------------------------------------------------------------------------------------


def _row(name: str, order: int, test: Callable[[History, Today], _Reason | None], meaning: str) -> Stage:
    return Stage(name=name, meaning=meaning, order=order, test=test)


_IN_ORDER_OF_TESTING = (
    _row("known", 0, _known, "a person in your notes whom you never meant to ask"),
    _row("scheduled", 8, _scheduled, "an interview has its date"),
    _row("agreed", 7, _agreed, "they said yes, and no date is set"),
    _row("later", 5, _later, "they asked you to write again later"),
    _row("waiting", 3, _waiting, "you asked, and nothing is settled"),
    _row("declined", 6, _declined, "they said no"),
    _row("drafted", 2, _drafted, "a message is drafted and not sent"),
    _row("silent", 4, _silent, "the tries are used up, and nobody answered"),
    _row("resting", 12, _resting, "two updates in a row went unanswered"),
    _row("in-touch", 11, _in_touch, "there was contact after the thanks, or without any interview"),
    _row("thanked", 10, _thanked, "you talked, and thanked them"),
    _row("met", 9, _met, "you talked, and have not thanked them"),
    _row("identified", 1, _identified, "somebody to talk to; nothing is written"),
)
"""The first row whose test holds is the stage: what is arranged counts before what was asked."""

STAGES: Mapping[str, Stage] = MappingProxyType(
    {row.name: row for row in sorted(_IN_ORDER_OF_TESTING, key=lambda row: row.order)}
)
"""All stages by name, in the order in which a contact goes through them."""
