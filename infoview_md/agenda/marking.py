"""What happened, written down: the events there are, and the properties that each sets in its note.

Which note that is, `fitting` says. Reads no files and writes none: bytes come in and go out.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from infoview_md.agenda.wording import day_words
from infoview_md.errors import ConflictError, UsageError
from infoview_md.notes.properties import Recognition
from infoview_md.notes.reading import Read, read_note
from infoview_md.notes.records import InterviewNote, MessageNote, Value
from infoview_md.notes.text import in_command

__all__ = ["EVENTS", "Change", "Event", "Mark", "Markable", "Marked", "When", "mark_of", "marked", "named_event"]

Markable: TypeAlias = MessageNote | InterviewNote
"""What something can happen to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One row: the property that it sets, to a word or (None) to the day, what it means, and what the note then is."""

    name: str
    sets: str
    word: str | None = None
    meaning: str
    state: str

    @property
    def is_about_interviews(self) -> bool:
        """Whether it happens to an interview; all others happen to a message."""
        return self.sets == "status"

    @property
    def is_an_answer(self) -> bool:
        """Whether it is something that they did about a message."""
        return self.sets in ("replied", "reply")


_ROWS = (
    Event(name="sent", sets="sent", meaning="you sent the message", state="sent"),
    Event(name="replied", sets="replied", meaning="they answered, whatever it was", state="answered"),
    Event(name="accepted", sets="reply", word="accepted", meaning="they said yes", state="accepted"),
    Event(name="declined", sets="reply", word="declined", meaning="they said no", state="declined"),
    Event(name="later", sets="reply", word="later", meaning="they want you to write again", state="put off"),
    Event(name="held", sets="status", word="held", meaning="you talked", state="held"),
    Event(name="cancelled", sets="status", word="cancelled", meaning="one of you called it off", state="cancelled"),
    Event(name="no-show", sets="status", word="no-show", meaning="nobody came", state="marked as no-show"),
)

EVENTS: Mapping[str, Event] = MappingProxyType({row.name: row for row in _ROWS})
"""Everything that can be marked, in the order in which it happens."""

_NOTHING: tuple[Value, ...] = (None, "", (), {})
"""Values that mean the same as no value."""
_ORDER = ("sent", "replied", "reply", "later_on", "status")
"""How properties that are new in a note follow each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The day of an event, whether the user named it, the day on which to write again, and the present."""

    day: dt.date
    named: bool = False
    until: dt.date | None = None
    now: dt.datetime

    def say(self, day: dt.date) -> str:
        """A day in words."""
        return day_words(day, self.now.date())


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What is to be set in a note; `main` is the property that the event is about."""

    note: Markable
    main: str
    values: Mapping[str, str | dt.date]


@dataclass(frozen=True, slots=True)
class Change:
    """One property before and after; `before` is None where nothing stood."""

    property: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What an event changed in a note, its main property first, and all bytes that the note has now."""

    path: str
    changes: tuple[Change, ...]
    data: bytes

    @property
    def news(self) -> tuple[Change, ...]:
        """What the note did not say already."""
        return tuple(one for one in self.changes if one.before != one.after)


def named_event(name: str) -> Event:
    """The event of that name. Raises UsageError when there is none."""
    if name not in EVENTS:
        raise UsageError(f"there is no event {name}", f"the events are {', '.join(EVENTS)}")
    return EVENTS[name]


def mark_of(event: Event, note: Markable, when: When) -> Mark:
    """What an event sets in a note. Raises UsageError when it cannot have happened to it, or is marked otherwise."""
    if isinstance(note, InterviewNote) is not event.is_about_interviews:
        kind = "an interview" if isinstance(note, InterviewNote) else f"a {note.type}"
        fitting = ", ".join(row.name for row in _ROWS if row.is_about_interviews is isinstance(note, InterviewNote))
        raise UsageError(f"{note.path} is {kind}, which cannot be {event.state}", f"it can be marked as: {fitting}")
    if when.until is not None and event.name != "later":
        raise UsageError(f"--until does not belong to {event.name}", "it says when to write again: mark later")
    if when.day > when.now.date() and event.name != "cancelled":
        raise UsageError(f"{when.say(when.day)} is still to come", "mark it when it has happened")
    if isinstance(note, InterviewNote):
        return Mark(note=note, main="status", values={"status": event.word or event.name})
    return Mark(note=note, main=event.sets, values=_in_message(event, note, when))


def _in_message(event: Event, note: MessageNote, when: When) -> dict[str, str | dt.date]:
    path = in_command(note.path)
    if event.is_an_answer:
        _refuse_unsent(note, when)
    if event.word is None:
        marked_on = getattr(note, event.sets)
        if marked_on not in (None, when.day) and marked_on <= when.now.date() and not when.named:
            raise UsageError(
                f"{note.path} is {event.state} already, on {when.say(marked_on)}",
                f"to change the day: infoview mark {event.name} {path} --on DATE",
            )
        return {event.sets: when.day}
    values: dict[str, str | dt.date] = {"reply": event.word}
    if note.replied is None:
        values["replied"] = when.day
    if when.until is not None:
        if when.until < when.day:
            raise UsageError(f"{when.say(when.until)} is before they asked for it", "name a later day behind --until")
        values["later_on"] = when.until
    return values


def _refuse_unsent(note: MessageNote, when: When) -> None:
    path, today = in_command(note.path), when.now.date()
    is_out = note.sent is not None and note.sent <= today
    if not is_out and not note.replied and not note.reply:
        raise UsageError(f"{note.path} is not sent yet", f"first: infoview mark sent {path}")
    if note.sent is not None and when.day < note.sent <= today:
        raise UsageError(
            f"{note.path} was sent on {when.say(note.sent)}, so nobody answered it on {when.say(when.day)}",
            f"if the day of sending is wrong: infoview mark sent {path} --on DATE",
        )


def marked(mark: Mark, data: bytes, recognition: Recognition | None = None) -> Marked:
    """Set the properties in the bytes of the note.

    Raises ConflictError when the note says something else by now than when the mark was made, or cannot be edited.
    """
    from infoview_md.notes.editing import set_property  # noqa: PLC0415 - YAML is slow to load, and seldom needed

    path = mark.note.path
    reading = read_note(path, data, recognition)
    now = reading.record if isinstance(reading, Read) else None
    changes: dict[str, Change] = {}
    for name in _ORDER:
        if name not in mark.values:
            continue
        value = mark.values[name]
        if now is not None and getattr(now, name, None) == value:
            changes[name] = Change(name, str(value), str(value))
            continue
        edit = set_property(data, name, value, path=path)
        data = edit.data
        changes[name] = Change(name, None if edit.before in _NOTHING else edit.before, str(value))
    if type(now) is not type(mark.note) or any(getattr(now, name) != getattr(mark.note, name) for name in changes):
        raise ConflictError(f"{path} changed while it was being worked on", "look at it, then do this again")
    main = changes.pop(mark.main)
    return Marked(path=path, changes=(main, *changes.values()), data=data)
