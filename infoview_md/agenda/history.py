"""What has happened with one contact, put in order: messages, answers, interviews. The stages and the rules read this.

Only what has happened by now counts: a date in the future is a plan. Says nothing about what to do.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from infoview_md.agenda.workdays import Pause
from infoview_md.network.people import Contact
from infoview_md.notes.records import ContactNote, InterviewNote, MessageNote, NoteRecord, Settings

__all__ = ["ASKS", "Dated", "History", "Interview", "Round", "Today", "is_unsent"]

_Note = TypeVar("_Note", bound=NoteRecord)

ASKS = ("request", "follow-up")
"""The messages that ask for an interview."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The present as the user has it: local time without offset, settings, and what `Me.md` says about time."""

    now: dt.datetime
    day: dt.date
    settings: Settings
    timezone: str | None = None
    pauses: tuple[Pause, ...] = ()
    accepted: dt.date | None = None
    """The day you took a position, once it is there."""


@dataclass(frozen=True, slots=True)
class Dated(Generic[_Note]):
    """Something that happened on a day, and the note that says so."""

    day: dt.date
    note: _Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """An interview with its day, local to the user; without a noted hour it begins and ends with its day."""

    day: dt.date
    begins: dt.datetime
    ends: dt.datetime
    note: InterviewNote


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One attempt to get an interview: the tries since the last answer, and the answer to them, if there is one.

    An answer is `accepted`, `declined`, `later`, or `unclear` when a note says only that they answered.
    """

    tries: tuple[Dated[MessageNote], ...]
    reply: Dated[MessageNote] | None = None
    answer: str | None = None

    @property
    def count(self) -> int:
        """How often you tried; two messages on one day are one try."""
        return len({one.day for one in self.tries})


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All that matters about one contact, each part in order of time."""

    contact: Contact
    drafts: tuple[MessageNote, ...]
    """What no readable day says was sent; see `is_unsent`."""
    sent: tuple[Dated[MessageNote], ...]
    replies: tuple[Dated[MessageNote], ...]
    held: tuple[Interview, ...]
    coming: tuple[Interview, ...]
    missed: tuple[Interview, ...]
    """Cancelled, or nobody came, since the last interview that was held."""
    undated: tuple[InterviewNote, ...]
    """Interviews agreed on that have no date yet."""
    round: Round | None
    """The attempt that is under way; None when nothing was asked since the last interview."""
    last: Dated[NoteRecord] | None
    """The last real contact: a sent message, a reply, an interview, or what the contact's note says."""
    thanks: Dated[MessageNote] | Dated[ContactNote] | None
    """What thanked them for the last interview."""
    by_hand: dt.date | None
    """The last contact after the contact's own note, for those who keep no message notes."""
    given_by: tuple[str, ...]
    """The names of those who gave you this contact."""
    named: Mapping[str, str]
    """By the path of a message or a prep sheet, the path of the interview with this contact that it links to."""

    @property
    def interview(self) -> Interview | None:
        """The last interview that was held."""
        return self.held[-1] if self.held else None

    @property
    def answer(self) -> str | None:
        """The answer to the attempt that is under way."""
        return self.round.answer if self.round else None

    def sent_since(self, day: dt.date, *types: str) -> Dated[MessageNote] | None:
        """The last message of one of these types that was sent on that day or later."""
        return next((one for one in reversed(self.sent) if one.note.type in types and one.day >= day), None)

    @property
    def absence(self) -> tuple[Pause, ...]:
        """The days on which they are away, by their own note."""
        until = self.contact.note.paused_until if self.contact.note else None
        return (Pause(None, until),) if until else ()

    @property
    def hold(self) -> dt.date | None:
        """The day before which you wanted nothing: `follow_up` of the contact, or of the last interview."""
        days = [self.contact.note.follow_up if self.contact.note else None]
        days += [self.interview.note.follow_up] if self.interview else []
        return max((day for day in days if day), default=None)

    @property
    def silent_updates(self) -> tuple[Dated[MessageNote], ...]:
        """The updates since the last sign of life from them."""
        signs = [one.day for one in self.replies]
        signs += [one.day for one in self.held]
        signs += [self.by_hand] if self.by_hand else []
        since = max(signs, default=dt.date.min)
        return tuple(one for one in self.sent if one.note.type == "update" and one.day > since)


def is_unsent(note: MessageNote, today: dt.date) -> bool:
    """Whether a message is still to go out: it is neither sent by today nor answered, nor sent on an unreadable day."""
    if note.replied is not None or note.reply is not None:
        return False
    return "sent" not in note.lines if note.sent is None else note.sent > today
