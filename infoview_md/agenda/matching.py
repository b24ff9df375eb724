"""Which notes belong to which interview: its thank-you, its confirmation, its prep sheet.

A link decides; a note without one belongs to the interview that its day points to.
"""

from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence
from itertools import chain

from infoview_md.agenda.history import Dated, History, Interview, Today, is_unsent
from infoview_md.agenda.wording import hour_words, weekday_words
from infoview_md.network.linking import Resolver
from infoview_md.network.people import Contact
from infoview_md.notes.records import MessageNote, PrepNote

__all__ = ["confirmed", "draft_for", "interview_words", "named_interviews", "prep_for", "thanks_for"]


def named_interviews(contact: Contact) -> Mapping[str, str]:
    """By the path of a message or a prep sheet, the path of the interview with this contact that it links to."""
    links = {one.path: one.interview for one in contact.messages if one.interview}
    links |= {one.path: one.interview for one in contact.preps if one.interview}
    if not links or not contact.interviews:
        return {}
    resolver = Resolver(one.path for one in contact.interviews)
    found = {path: resolver.resolve(link, path).path for path, link in links.items()}
    return {path: named for path, named in found.items() if named is not None}


def interview_words(interview: Interview, history: History, today: Today) -> str:
    """When an interview is: `Thursday 26 November at 16:30, which is 17:30 in Europe/Stockholm`."""
    theirs = history.contact.note.timezone if history.contact.note else None
    moment = interview.note.started or interview.note.date
    hour = hour_words(moment, interview.begins, today.timezone, theirs) if moment else ""
    return f"{weekday_words(interview.day, today.day)}{hour}"


def thanks_for(
    interview: Interview, sent: Sequence[Dated[MessageNote]], named: Mapping[str, str]
) -> Dated[MessageNote] | None:
    """The message that thanked them for an interview: a thank-you, or a later one that makes it odd."""
    for one in reversed(sent):
        if one.note.type == "thank-you":
            path = named.get(one.note.path)
            if path == interview.note.path or (path is None and one.day >= interview.day):
                return one
    later = (one for one in reversed(sent) if one.note.type in ("update", "announcement") and one.day > interview.day)
    return next(later, None)


def confirmed(history: History) -> frozenset[str | None]:
    """The interviews that were confirmed; a confirmation without a link was for the one that came next."""
    found = set()
    interviews = sorted((*history.held, *history.missed, *history.coming), key=lambda one: (one.day, one.begins))
    days = [one.day for one in interviews]
    for one in history.sent:
        if one.note.type == "confirmation":
            place = bisect_left(days, one.day)
            coming = interviews[place].note.path if place < len(days) else None
            found.add(history.named.get(one.note.path, coming))
    return frozenset(found)


def prep_for(history: History, interview: Interview) -> PrepNote | None:
    """The prep sheet for an interview: linked to it, else of its date; one with neither is for the first of all."""
    linked = (one for one in history.contact.preps if history.named.get(one.path) == interview.note.path)
    free = [one for one in history.contact.preps if history.named.get(one.path) is None]
    dated = (one for one in free if one.date and one.date == interview.note.date)
    undated = (one for one in free if not one.date and not history.held)
    return next(chain(linked, dated, undated), None)


def draft_for(history: History, types: Container[str], today: Today) -> MessageNote | None:
    """The first unsent message of one of these types, by path."""
    fits = (one for one in history.drafts if one.type in types and is_unsent(one, today.day))
    return next(fits, None)
