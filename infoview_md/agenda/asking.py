"""When to ask, and what their answer asks of you: the rules from a name to a yes or a no.

Each function finds the occasions for one row of the table in `infoview_md.agenda.rules`.
"""

from collections.abc import Iterator

from infoview_md.agenda.occasions import Case, Occasion, Wait
from infoview_md.agenda.wording import joined, shown

__all__ = [
    "answered_unclearly",
    "has_another_note",
    "has_not_answered",
    "is_to_come_back",
    "is_unrecorded",
    "may_be_asked",
    "may_be_asked_beside",
    "may_be_asked_with_a_name",
    "said_later",
    "said_no",
]

LATER_WITHOUT_A_DAY = 30
"""Days: who says "later" and no more mostly means next month."""


def may_be_asked(case: Case) -> Iterator[Occasion]:
    """Nothing is drafted, there is room for one more, and nobody gave you this contact."""
    contact = case.history.contact
    opening = case.around.openings.get(contact.id)
    if opening and opening.silent is None and not case.given:
        follow_up = contact.note.follow_up if contact.note else None
        yield Occasion(since=follow_up, note=contact.path)


def may_be_asked_with_a_name(case: Case) -> Iterator[Occasion]:
    """The same, for somebody whom others gave you."""
    opening = case.around.openings.get(case.history.contact.id)
    if opening and opening.silent is None and case.given:
        yield Occasion(since=case.given[0].day, note=case.given[0].note, words=_given_words(case))


def may_be_asked_beside(case: Case) -> Iterator[Occasion]:
    """A colleague was asked and has not answered."""
    opening = case.around.openings.get(case.history.contact.id)
    if opening and opening.silent and opening.silent.round:
        first = opening.silent.round.tries[0]
        words = {"colleague": shown(opening.silent.contact.name), "asked": case.say(first.day)}
        yield Occasion(since=first.day, note=first.note.path, words=words, absence=opening.silent.absence)


def is_unrecorded(case: Case) -> Iterator[Occasion]:
    """A name without a note, to whom nothing is written either."""
    if case.history.contact.path is None:
        yield _is_named(case)


def has_another_note(case: Case) -> Iterator[Occasion]:
    """A note of theirs is there, but is broken, or does not say that it is about a person."""
    contact = case.history.contact
    if contact.path is not None and not contact.recorded:
        yield _is_named(case)


def _is_named(case: Case) -> Occasion:
    if case.given:
        return Occasion(since=case.given[0].day, note=case.given[0].note, words=_given_words(case))
    contact = case.history.contact
    note = next((one.path for one in (*contact.interviews, *contact.preps)), None)
    return Occasion(note=note or contact.path, words={"referrers": "One of your notes", "given": ""})


def _given_words(case: Case) -> dict[str, str]:
    first = case.given[0]
    together = [one for one in case.given if one.day == first.day]
    open_ones = [one for one in together if one.may_mention is not False]
    return {
        "referrers": joined([one.name for one in together]),
        "given": f" on {case.say(first.day)}" if first.day else "",
        "naming": "names" if open_ones else "does not name",
        "named": joined([one.name for one in open_ones or together]),
        "discretion": "" if open_ones else ", and asked not to be named",
    }


def has_not_answered(case: Case) -> Iterator[Occasion]:
    """The last try is unanswered, and there is one more."""
    one = case.history.round
    if one and one.answer is None and one.count <= case.today.settings.retries:
        last = case.history.last or one.tries[-1]
        yield Occasion(since=last.day, note=one.tries[-1].note.path, words={"asked": case.say(one.tries[-1].day)})


def answered_unclearly(case: Case) -> Iterator[Occasion]:
    """They answered, and the note does not say what."""
    one = case.history.round
    if one and one.reply:
        yield Occasion(since=one.reply.day, note=one.reply.note.path, words={"answered": case.say(one.reply.day)})


def said_later(case: Case) -> Iterator[Occasion]:
    """They asked you to write again, on a day or without one."""
    reply = case.history.round.reply if case.history.round else None
    if reply is None:
        return
    words = {"answered": case.say(reply.day), "when": ", without naming a day"}
    if reply.note.later_on:
        words["when"] = f" on {case.say(reply.note.later_on)}"
        yield Occasion(since=reply.note.later_on, note=reply.note.path, words=words)
    else:
        wait = Wait(LATER_WITHOUT_A_DAY, "days", "their answer")
        yield Occasion(since=reply.day, note=reply.note.path, words=words, wait=wait)


def is_to_come_back(case: Case) -> Iterator[Occasion]:
    """Nobody answered, and your own note names a day on which to come back to it."""
    note, last = case.history.contact.note, case.history.last
    follow_up = note.follow_up if note else None
    if note and follow_up and last and follow_up > last.day:
        yield Occasion(since=follow_up, note=note.path, words={"when": case.say(follow_up)})


def said_no(case: Case) -> Iterator[Occasion]:
    """They declined; nothing was sent since, and they have named nobody."""
    reply = case.history.round.reply if case.history.round else None
    if reply is None or case.history.contact.referred:
        return
    if not case.history.sent_since(reply.day, "referral-request", "thank-you"):
        yield Occasion(since=reply.day, note=reply.note.path, words={"answered": case.say(reply.day)})
