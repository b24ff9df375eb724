"""After the interview: whom they know, how it went with whom they sent you to, news, a sign of life, the happy end.

Each function finds the occasions for one row of the table in `infoview_md.agenda.rules`. To one person, one
kind of message is proposed at a time: of a referral, then for a referral, then news, then a greeting.
"""

import datetime as dt
from collections.abc import Iterator

from infoview_md.agenda.history import Dated, Interview
from infoview_md.agenda.occasions import Case, Occasion, Wait, days_of, due_on
from infoview_md.agenda.stages import RESTING_AFTER
from infoview_md.agenda.wording import shown
from infoview_md.network.linking import Resolver
from infoview_md.notes.links import Link
from infoview_md.notes.records import MessageNote
from infoview_md.notes.text import fold

__all__ = ["gave_nobody", "is_due_for_a_greeting", "is_due_for_news", "is_to_hear_of_referrals", "is_to_hear_the_news"]

_OPEN = ("thanked", "in-touch")
"""Stages in which a person may hear from you."""
UPDATE_AFTER = Wait("update_after", "days", "the last contact")
UPDATE_EVERY = Wait("update_every", "days", "the last contact")
KEEP_IN_TOUCH = Wait("keep_in_touch", "days", "the last contact")


def is_to_hear_the_news(case: Case) -> Iterator[Occasion]:
    """You accepted a position, you talked to them, and no announcement has gone out."""
    accepted, interview = case.today.accepted, case.history.interview
    if accepted and interview and not case.history.sent_since(accepted, "announcement"):
        me = case.around.network.me
        words = {"accepted": case.say(accepted), "talked": case.say(interview.day)}
        yield Occasion(since=accepted, note=me.path if me else interview.note.path, words=words)


def is_to_hear_of_referrals(case: Case) -> Iterator[Occasion]:
    """You met somebody they gave you, and have not told them how it went."""
    if case.stage == "resting" or _says_no_more(case) or any(is_to_hear_the_news(case)):
        return
    for ident in case.history.contact.referred:
        given_on = case.around.given_on.get((case.history.contact.id, ident))
        interview = _first_interview(case.around.histories[ident].held, given_on)
        if interview and not _was_told(case, ident, interview):
            name = shown(case.around.network.contacts[ident].name)
            words = {"referred": name, "talked": case.say(interview.day)}
            yield Occasion(since=interview.day, note=interview.note.path, words=words, about=ident)


def _first_interview(held: tuple[Interview, ...], given: dt.date | None) -> Interview | None:
    """The first interview that the referral may have led to."""
    return next((one for one in held if given is None or one.day >= given), None)


def _was_told(case: Case, ident: str, interview: Interview) -> bool:
    """Whether they know: by a message about that contact, by one about nobody in particular, or from your own mouth."""
    history = case.history
    if history.by_hand and history.by_hand > interview.day:
        return True
    if any(own.day > interview.day or own.note.path == interview.note.path for own in history.held):
        return True
    return any(_tells_of(case, one, ident) for one in history.sent if one.day >= interview.day)


def _tells_of(case: Case, message: Dated[MessageNote], ident: str) -> bool:
    if message.note.about is None:
        return message.note.type in ("update", "announcement")
    return leads_to(case, message.note.about, message.note.path, ident)


def leads_to(case: Case, link: Link, source: str, ident: str) -> bool:
    """Whether a link leads to a contact, or to an interview with them."""
    contact = case.around.network.contacts[ident]
    own = [one.path for one in contact.interviews]
    own += [contact.path] if contact.path else []
    if Resolver(own).resolve(link, source).path is not None:
        return True
    names = (contact.name, *(contact.note.aliases if contact.note else ()))
    return fold(link.target.rpartition("/")[2]) in {fold(name) for name in names}


def gave_nobody(case: Case) -> Iterator[Occasion]:
    """You talked, they named nobody, and you have not asked since; once news is due, that may ask as well."""
    interview = case.history.interview
    if interview is None or case.stage not in _OPEN or case.history.contact.referred or _says_no_more(case):
        return
    if case.history.round or case.history.sent_since(interview.day, "referral-request", "update", "announcement"):
        return
    if _hears_otherwise(case):
        return
    then = next(_news(case), None) or next(_greeting(case), None)
    due = due_on(case, then) if then else None
    if due is None or due > case.today.day:
        last = case.history.last
        not_before = last.day + dt.timedelta(days=1) if last else None
        words = {"talked": case.say(interview.day)}
        yield Occasion(since=interview.day, note=interview.note.path, words=words, not_before=not_before)


def is_due_for_news(case: Case) -> Iterator[Occasion]:
    """They said that you may write again, and it is time to."""
    if not any(gave_nobody(case)) and not _hears_otherwise(case):
        yield from _news(case)


def _news(case: Case) -> Iterator[Occasion]:
    interview, last = case.history.interview, case.history.last
    if interview is None or last is None or case.today.accepted or not _may_write_again(case):
        return
    if case.stage not in _OPEN or len(case.history.silent_updates) >= RESTING_AFTER:
        return
    words = {"last": case.say(last.day), "talked": case.say(interview.day)}
    again = case.history.sent_since(interview.day, "update")
    if interview.note.follow_up and interview.note.follow_up > last.day and not again:
        wait = Wait(0, "days", "`follow_up`")
        yield Occasion(since=interview.note.follow_up, note=interview.note.path, words=words, wait=wait)
        return
    wait = UPDATE_EVERY if again else UPDATE_AFTER
    # Who is to hear from you more often than there is news gets a greeting.
    own = case.history.contact.note.keep_in_touch if case.history.contact.note else None
    if own is None or own > days_of(case, wait):
        yield Occasion(since=last.day, note=last.note.path, words=words, wait=wait)


def is_due_for_a_greeting(case: Case) -> Iterator[Occasion]:
    """Nothing has been heard for a while, and nothing else is to be said."""
    if not any(gave_nobody(case)) and not _hears_otherwise(case) and not any(_news(case)):
        yield from _greeting(case)


def _greeting(case: Case) -> Iterator[Occasion]:
    note, last = case.history.contact.note, case.history.last
    own = note.keep_in_touch if note else None
    if last is None or len(case.history.silent_updates) >= RESTING_AFTER or (_says_no_more(case) and not own):
        return
    # Who never talked to you hears from you when your own note says so.
    if case.stage in _OPEN or (own and case.stage == "declined"):
        wait = Wait(own, "days", "the last contact") if own else KEEP_IN_TOUCH
        yield Occasion(since=last.day, note=last.note.path, words={"last": case.say(last.day)}, wait=wait)


def _may_write_again(case: Case) -> bool:
    """The last word on `may_follow_up`; a date for it in the note is a yes."""
    for interview in reversed(case.history.held):
        if interview.note.may_follow_up is not None:
            return interview.note.may_follow_up
        if interview.note.follow_up:
            return True
    return False


def _says_no_more(case: Case) -> bool:
    said = [one.note.may_follow_up for one in case.history.held if one.note.may_follow_up is not None]
    return bool(said) and said[-1] is False


def _hears_otherwise(case: Case) -> bool:
    """Whether there is something more to the point to tell them."""
    return any(is_to_hear_the_news(case)) or any(is_to_hear_of_referrals(case))
