"""Which note an event belongs to: the one the user named, or the newest of a contact's that fits.

Nothing is guessed: where two fit equally well, or none does, it is refused with what to do instead.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NoReturn, TypeVar

from infoview_md.agenda.history import History
from infoview_md.agenda.marking import Event, Markable, When
from infoview_md.agenda.unsent import is_unsent
from infoview_md.agenda.wording import shown, unreadable_words
from infoview_md.errors import AmbiguousError, ConflictError, UsageError
from infoview_md.network.index import Index
from infoview_md.network.interviews import local
from infoview_md.notes.reading import Read, Unreadable
from infoview_md.notes.records import ContactNote, InterviewNote, MessageNote
from infoview_md.notes.text import fold, in_command

__all__ = ["fitting_note", "note_at"]

_DAY_IN_NAME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
_Note = TypeVar("_Note", MessageNote, InterviewNote)


def note_at(names: Iterable[str], index: Index) -> Markable | None:
    """The message or interview at the first of these paths that there is; None without any, and for a contact.

    A path may come without `.md`, in other case, and in the brackets of a link.

    Raises ConflictError for a note that cannot be read, UsageError for one to which nothing happens.
    """
    bare = [fold(name.strip().removeprefix("[[").removesuffix("]]")).removesuffix(".md") for name in names]
    found = {form: path for path in index.readings if (form := fold(path).removesuffix(".md")) in bare}
    path = next((found[one] for one in bare if one in found), None)
    reading = index.readings[path] if path else None
    if isinstance(reading, Read) and isinstance(reading.record, MessageNote | InterviewNote):
        return reading.record
    is_contact = isinstance(reading, Read) and isinstance(reading.record, ContactNote)
    if path is None or is_contact or any(one.path == path for one in index.network.contacts.values()):
        return None
    if isinstance(reading, Unreadable):
        raise ConflictError(*unreadable_words(reading))
    raise UsageError(f"{path} is neither a message nor an interview", "name a contact, or one of their notes")


def fitting_note(event: Event, history: History, when: When, timezone: str | None = None) -> Markable:
    """The newest note of a contact that an event can belong to; `timezone` is the user's own.

    Raises AmbiguousError with the paths when several fit equally, UsageError naming what comes first when none does.
    """
    if event.is_about_interviews:
        return _Interviews(event, history, when, timezone).fitting()
    if event.is_an_answer:
        return _answered(event, history, when)
    return _sent(event, history, when)


# --- Messages --------------------------------------------------------------------------------------------------------


def _sent(event: Event, history: History, when: When) -> MessageNote:
    """The newest draft; nobody notes when a draft was begun, but our file names begin with that day."""
    drafts = [one for one in history.drafts if is_unsent(one, when.now.date())]
    if not drafts:
        return _sent_already(history, when)
    days = [_day_of_draft(one) for one in drafts]
    newest = max(filter(None, days), default="")
    fits = [one for one, day in zip(drafts, days, strict=True) if day in (newest, "")]
    return _only(fits, event, history)


def _sent_already(history: History, when: When) -> MessageNote:
    """The message that went out on this very day; there is none left to go out."""
    name, last = shown(history.contact.name), history.sent[-1] if history.sent else None
    if last and last.note.sent == when.day:
        return last.note
    if history.drafts:
        path = history.drafts[-1].path
        hint = f"name it: infoview mark sent {in_command(path)} --on DATE"
        raise UsageError(f"{path} is sent on a day that cannot be read", hint)
    if last:
        hint = f"the last one, {last.note.path}, was sent on {when.say(last.day)}"
        raise UsageError(f"there is no unsent message to {name}", hint)
    raise UsageError(f"there is no message to {name}", f"first: infoview new request {_named(history)}")


def _day_of_draft(draft: MessageNote) -> str:
    found = _DAY_IN_NAME.match(draft.path.rpartition("/")[2])
    return found[0] if found else ""


def _answered(event: Event, history: History, when: When) -> MessageNote:
    """The newest sent message without an answer; what came before the last answer is settled by it.

    A yes, a no and a later answer the request under way, if there is one, before anything sent beside it.
    """
    out = [one for one in history.sent if one.day <= when.day]
    if not out:
        _refuse_unasked(history, when)
    settled = next((one for one in reversed(out) if getattr(one.note, event.sets) is not None), None)
    still_open = [
        one for one in out if getattr(one.note, event.sets) is None and (settled is None or one.day >= settled.day)
    ]
    tries = history.round.tries if history.round and event.word else ()
    asks = [one for one in still_open if any(one.note is ask.note for ask in tries)]
    fits = asks or still_open
    if fits:
        return _only([one.note for one in fits if one.day == fits[-1].day], event, history)
    assert settled is not None  # noqa: S101 - what is out and not open is settled
    return _again(event, history, settled.note, when)


def _again(event: Event, history: History, note: MessageNote, when: When) -> MessageNote:
    """The message that has this very answer already; another answer is not replaced unasked."""
    if getattr(note, event.sets) == (event.word or when.day):
        return note
    was = note.reply if event.word or note.replied is None else f"answered on {when.say(note.replied)}"
    day = "" if event.word else f" --on {when.day}"
    raise UsageError(
        f"no message to {shown(history.contact.name)} waits for an answer; {note.path} is marked as {was}",
        f"if that is wrong: infoview mark {event.name} {in_command(note.path)}{day}",
    )


def _refuse_unasked(history: History, when: When) -> NoReturn:
    name = shown(history.contact.name)
    if history.sent:
        raise UsageError(
            f"no message to {name} was sent by {when.say(when.day)}", f"the first one is {history.sent[0].note.path}"
        )
    what = in_command(history.drafts[0].path) if len(history.drafts) == 1 else _named(history)
    command = f"mark sent {what}" if history.drafts else f"new request {what}"
    raise UsageError(f"no message to {name} is sent yet", f"first: infoview {command}")


# --- Interviews ------------------------------------------------------------------------------------------------------


class _Interviews:
    """The interviews of one contact, to which something happened. Lives for one question."""

    def __init__(self, event: Event, history: History, when: When, timezone: str | None) -> None:
        self.event = event
        self.history = history
        self.when = when
        begins = {one.path: self._begins(one, timezone) for one in history.contact.interviews}
        self.begins = {path: moment for path, moment in begins.items() if moment}
        self.notes = [one for one in history.contact.interviews if one.status in (None, "scheduled", event.word)]

    def fitting(self) -> InterviewNote:
        """On the day that the user named; else the newest whose time has come; else the next; else one without date.

        What is cancelled is first of all the next.
        """
        if self.when.named:
            days = {path: moment.date() for path, moment in self.begins.items()}
            fits = [one for one in self.notes if days.get(one.path) == self.when.day]
            if not fits:
                raise UsageError(
                    f"there is no interview with {self.name} on {self.when.say(self.when.day)}", self._choices()
                )
            return _only(fits, self.event, self.history)
        past = self._at(max, lambda begins: begins <= self.when.now)
        coming = self._at(min, lambda begins: begins > self.when.now)
        undated = [one for one in self.notes if one.path not in self.begins]
        fits = (coming or past or undated) if self.event.name == "cancelled" else (past or coming or undated)
        if not fits:
            raise UsageError(f"there is no interview with {self.name} that this can be said of", self._choices())
        return _only(fits, self.event, self.history)

    @property
    def name(self) -> str:
        return shown(self.history.contact.name)

    @staticmethod
    def _begins(note: InterviewNote, timezone: str | None) -> dt.datetime | None:
        moment = note.started or note.date or note.ended
        return local(moment, timezone) if moment else None

    def _at(
        self, end: Callable[[Iterable[dt.datetime]], dt.datetime], test: Callable[[dt.datetime], bool]
    ) -> list[InterviewNote]:
        """Those at one end of all that pass the test."""
        found = [one for one in self.notes if one.path in self.begins and test(self.begins[one.path])]
        if not found:
            return []
        moment = end(self.begins[one.path] for one in found)
        return [one for one in found if self.begins[one.path] == moment]

    def _choices(self) -> str:
        if not self.history.contact.interviews:
            return f"first: infoview new interview {_named(self.history)}"
        return _list(one.path for one in self.history.contact.interviews)


# --- One, or a question ----------------------------------------------------------------------------------------------


def _only(fits: Sequence[_Note], event: Event, history: History) -> _Note:
    if len(fits) == 1:
        return fits[0]
    kind = "interviews with" if event.is_about_interviews else "messages to"
    raise AmbiguousError(
        f"{len(fits)} {kind} {shown(history.contact.name)} may be meant", _list(one.path for one in fits)
    )


def _list(paths: Iterable[str]) -> str:
    return "\n    ".join(("name the note by its path:", *paths))


def _named(history: History) -> str:
    return in_command(history.contact.name)
