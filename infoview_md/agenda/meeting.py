"""What an interview asks for before and after: a date, a prep sheet, a confirmation, notes, thanks.

Each function finds the occasions for one row of the table in `infoview_md.agenda.rules`.
"""

import datetime as dt
from collections.abc import Iterator

from infoview_md.agenda.history import Interview
from infoview_md.agenda.matching import confirmed, interview_words, prep_for
from infoview_md.agenda.occasions import Case, Occasion, Wait
from infoview_md.agenda.stages import fell_through
from infoview_md.agenda.wording import counted
from infoview_md.notes.records import PrepNote

__all__ = [
    "has_no_date",
    "is_half_prepared",
    "is_not_thanked",
    "is_not_written_up",
    "is_unconfirmed",
    "is_unprepared",
]


def has_no_date(case: Case) -> Iterator[Occasion]:
    """They said yes, or an interview fell through, and no new date is set; whoever wrote since gets time to answer."""
    reply = case.history.round.reply if case.history.round else None
    missed = fell_through(case.history, case.today)
    since = reply.day if reply else None
    if missed:
        since = missed.day if missed.day <= case.today.day else None
    standing = case.around.standings[case.history.contact.id]
    words, note = {"agreed": standing.because}, standing.note
    wrote = case.history.sent[-1].day if case.history.sent else None
    agreed_on = since or (case.history.replies[-1].day if case.history.replies else None)
    if wrote and agreed_on and wrote > agreed_on:
        yield Occasion(since=wrote, note=note, words=words, wait=Wait("retry_after", "workdays", "you wrote"))
    else:
        yield Occasion(since=since, note=note, words=words)


def is_unprepared(case: Case) -> Iterator[Occasion]:
    """An interview is coming, and nobody it is with has a prep sheet for it."""
    for interview in _still_to_come(case):
        if _is_first_partner(case, interview) and not _preps(case, interview):
            yield _of_an_interview(case, interview)


def is_half_prepared(case: Case) -> Iterator[Occasion]:
    """A prep sheet is begun and not finished."""
    for interview in _still_to_come(case):
        preps = _preps(case, interview) if _is_first_partner(case, interview) else []
        if preps and all(one.fill_ins for one in preps):
            yield _of_an_interview(case, interview, note=preps[0].path, left=counted(len(preps[0].fill_ins), "fill-in"))


def is_unconfirmed(case: Case) -> Iterator[Occasion]:
    """An interview is coming on another day than today, and no confirmation for it went out."""
    done = confirmed(case.history)
    for interview in _still_to_come(case):
        if interview.day > case.today.day and interview.note.path not in done:
            yield _of_an_interview(case, interview)


def _of_an_interview(case: Case, interview: Interview, *, note: str | None = None, left: str = "") -> Occasion:
    """Nothing for an interview is due before it was agreed on."""
    agreed = case.history.round.reply if case.history.answer == "accepted" and case.history.round else None
    return Occasion(
        since=interview.day,
        note=note or interview.note.path,
        words={"when": interview_words(interview, case.history, case.today), "left": left},
        not_before=agreed.day if agreed else None,
        interview=interview,
    )


def _still_to_come(case: Case) -> Iterator[Interview]:
    """The interviews that have not begun; one without an hour has not before its day is over."""
    for interview in case.history.coming:
        if interview.begins > case.today.now or interview.ends - interview.begins >= dt.timedelta(days=1):
            yield interview


def _is_first_partner(case: Case, interview: Interview) -> bool:
    """One note, one action: what is done once for an interview with several people is the first one's."""
    return case.around.partners[interview.note.path][0] == case.history.contact.id


def _preps(case: Case, interview: Interview) -> list[PrepNote]:
    everybody = (case.around.histories[one] for one in case.around.partners[interview.note.path])
    return [prep for one in everybody if (prep := prep_for(one, interview))]


def is_not_written_up(case: Case) -> Iterator[Occasion]:
    """An interview is over, and its note has fill-ins left."""
    for interview in case.history.held:
        if interview.note.fill_ins and _is_first_partner(case, interview):
            words = {"talked": case.say(interview.day), "left": counted(len(interview.note.fill_ins), "fill-in")}
            over = max(interview.day, interview.ends.date())
            yield Occasion(since=over, note=interview.note.path, words=words, interview=interview)


def is_not_thanked(case: Case) -> Iterator[Occasion]:
    """The last interview has no thank-you; an earlier one is past thanking."""
    interview = case.history.interview
    if interview and case.history.thanks is None:
        words = {"talked": case.say(interview.day)}
        yield Occasion(since=interview.day, note=interview.note.path, words=words, interview=interview)
