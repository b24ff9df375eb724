"""How the agenda says things: days, hours in two time zones, names, commands. Makes text and decides nothing."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from infoview_md.notes.records import FillIn, Moment
from infoview_md.notes.text import visible

if TYPE_CHECKING:
    from infoview_md.notes.reading import Unreadable

__all__ = [
    "counted",
    "day_words",
    "hour_words",
    "joined",
    "left_words",
    "moment_words",
    "shown",
    "type_words",
    "unreadable_words",
    "weekday_words",
]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_words(day: dt.date, today: dt.date) -> str:
    """A day as people say it: `19 November`, with its year when that is not this one. Never an age."""
    words = f"{day.day} {_MONTHS[day.month - 1]}"
    return words if day.year == today.year else f"{words} {day.year}"


def weekday_words(day: dt.date, today: dt.date) -> str:
    """A day with its name: `Thursday 19 November`."""
    return f"{_WEEKDAYS[day.weekday()]} {day_words(day, today)}"


def moment_words(at: dt.datetime) -> str:
    """A local time to the minute, in digits, as one says since when a program runs: `2026-11-19 14:02`."""
    return f"{at:%Y-%m-%d %H:%M}"


def hour_words(moment: Moment, begins: dt.datetime, mine: str | None, theirs: str | None) -> str:
    """The hour of an interview that begins at `begins` local time, and the hour at their place if both zones are known.

    `moment` is what the note says. Empty for an interview without an hour.
    """
    if moment.clock is None:
        return ""
    words = f" at {begins:%H:%M}"
    if theirs is None:
        return words
    aware = dt.datetime.combine(moment.day, moment.clock)
    if aware.tzinfo is None and mine is None:
        return f"{words}; they are in {theirs}"
    aware = aware if aware.tzinfo else aware.replace(tzinfo=ZoneInfo(mine or theirs))
    there = aware.astimezone(ZoneInfo(theirs)).replace(tzinfo=None)
    if there == begins:
        return f"{words} ({theirs})"
    other_day = f"{_WEEKDAYS[there.weekday()]} " if there.date() != begins.date() else ""
    return f"{words}, which is {other_day}{there:%H:%M} in {theirs}"


def counted(number: int, word: str) -> str:
    """`1 fill-in`, `2 fill-ins`."""
    return f"{number} {word if number == 1 else word + 's'}"


def left_words(fill_ins: Sequence[FillIn]) -> str:
    """The end of a sentence about a draft: what is left to fill in."""
    if not fill_ins:
        return ""
    return f"; {counted(len(fill_ins), 'fill-in')} {'is' if len(fill_ins) == 1 else 'are'} left"


def type_words(message_type: str) -> str:
    """A type of message in a sentence: `referral request`."""
    return message_type.replace("-request", " request")


def unreadable_words(note: "Unreadable") -> tuple[str, str]:
    """That a note cannot be read, and on further lines where, why and what to do, as `check` says it."""
    message = f"the note {note.path} cannot be read"
    if not note.findings:  # the disk refused it
        return message, "see why: infoview check"
    why = note.findings[-1]
    line = f"line {why.line}: " if why.line else ""
    return message, f"{line}{why.message}\n  mend it: {why.hint}"


def joined(names: Sequence[str]) -> str:
    """Names in a sentence: `Ada`, `Ada and Grace`, `Ada, Grace and Mary`."""
    shown_names = [shown(name) for name in names]
    return " and ".join(filter(None, (", ".join(shown_names[:-1]), *shown_names[-1:])))


def shown(name: str) -> str:
    """A name as it may stand in a sentence: on one line, nothing invisible."""
    return visible(" ".join(name.split()))
