"""Whether a contact has a note of some type already, so that making one for many passes them over, and why."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from types import MappingProxyType

from infoview_md.agenda.history import is_unsent
from infoview_md.agenda.matching import confirmed, prep_for
from infoview_md.agenda.wording import type_words
from infoview_md.drafting.order import Situation
from infoview_md.network.people import Contact
from infoview_md.notes.links import Link, without_ending
from infoview_md.notes.records import MessageNote
from infoview_md.notes.text import fold

__all__ = ["ANSWERED_BY", "has_already"]


def has_already(type_name: str | None, case: Situation) -> str:
    """Why a contact needs no further note of a type, as the end of a sentence; nothing when they do."""
    for draft in case.history.contact.messages:
        if draft.type == type_name and is_unsent(draft, case.today.day) and _is_for_this(draft, case):
            return f"the {type_words(draft.type)} in {draft.path} is not sent yet"
    row = ANSWERED_BY.get(type_name or "")
    return next(row(case), "") if row else ""


def _is_for_this(draft: MessageNote, case: Situation) -> bool:
    """A draft about another interview, or about somebody else, is no reason."""
    if case.about is not None:
        return draft.about is not None and _is_about(draft.about, case.about)
    named = case.history.named.get(draft.path)
    if draft.type == "thank-you" and named and case.history.interview:
        return named == case.history.interview.note.path
    if draft.type == "confirmation" and named and case.history.coming:
        return named == case.history.coming[0].note.path
    return True


def _is_about(link: Link, contact: Contact) -> bool:
    paths = [one.path for one in contact.interviews] + ([contact.path] if contact.path else [])
    names = {contact.name, *(without_ending(path.rpartition("/")[2]) for path in paths)}
    return fold(without_ending(link.target.rpartition("/")[2])) in {fold(name) for name in names}


def _recorded(case: Situation) -> Iterator[str]:
    if case.history.contact.recorded:
        yield f"they are recorded in {case.history.contact.path}"


def _request(case: Situation) -> Iterator[str]:
    one = case.history.round
    if one is None or case.stage == "silent":
        return
    if one.reply is None:
        yield f"asked on {case.say(one.tries[-1].day)}, and no answer is noted"
    elif one.answer != "later":
        said = {"accepted": "said yes", "declined": "said no"}.get(one.answer or "", "answered")
        yield f"they {said} on {case.say(one.reply.day)}"
    elif one.reply.note.later_on is None or one.reply.note.later_on > case.today.day:
        yield f"on {case.say(one.reply.day)} they asked for later"


def _follow_up(case: Situation) -> Iterator[str]:
    one = case.history.round
    if one and one.tries[-1].note.type == "follow-up":
        yield f"followed up on {case.say(one.tries[-1].day)}"


def _referral_request(case: Situation) -> Iterator[str]:
    reply = case.history.round.reply if case.history.round else None
    since = reply.day if reply else case.history.interview.day if case.history.interview else None
    if since and (sent := case.history.sent_since(since, "referral-request")):
        yield f"asked on {case.say(sent.day)}"


def _thank_you(case: Situation) -> Iterator[str]:
    if case.history.thanks:
        yield f"thanked on {case.say(case.history.thanks.day)}"


def _confirmation(case: Situation) -> Iterator[str]:
    if case.history.coming and case.history.coming[0].note.path in confirmed(case.history):
        yield f"the interview of {case.say(case.history.coming[0].day)} is confirmed"


def _prep(case: Situation) -> Iterator[str]:
    for coming in case.history.coming[:1]:
        if prep := prep_for(case.history, coming):
            yield f"prepared in {prep.path}"
    if not case.history.coming:
        ahead = (one for one in case.history.contact.preps if one.date and one.date.day >= case.today.day)
        yield from (f"prepared in {one.path}" for one in ahead)


def _interview(case: Situation) -> Iterator[str]:
    if case.on is None:
        yield from (f"there is {one.path}, without a date" for one in case.history.undated)


def _update(case: Situation) -> Iterator[str]:
    """News are enough for `update_every` days; a report about somebody is made once."""
    since = case.today.day - timedelta(days=case.today.settings.update_every)
    for one in case.history.sent:
        if one.note.type != "update":
            continue
        if case.about is None and one.day > since:
            yield f"they had news on {case.say(one.day)}"
        elif case.about is not None and one.note.about and _is_about(one.note.about, case.about):
            yield f"they heard of {case.about.name} on {case.say(one.day)}"


def _announcement(case: Situation) -> Iterator[str]:
    if case.today.accepted and (sent := case.history.sent_since(case.today.accepted, "announcement")):
        yield f"told on {case.say(sent.day)}"


ANSWERED_BY: Mapping[str, Callable[[Situation], Iterator[str]]] = MappingProxyType(
    {
        "contact": _recorded,
        "request": _request,
        "follow-up": _follow_up,
        "referral-request": _referral_request,
        "confirmation": _confirmation,
        "prep": _prep,
        "interview": _interview,
        "thank-you": _thank_you,
        "update": _update,
        "announcement": _announcement,
    }
)
"""By type: what else, besides an unsent draft, stands for a note of it."""
