"""Counting days: workdays skip weekends, and the days of a pause do not count at all.

Knows dates and nothing else: no notes, no settings, no today.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

__all__ = ["Pause", "Unit", "add_days", "add_workdays", "due_day", "is_workday"]

Unit = Literal["days", "workdays"]

_LAST_ORDINAL = dt.date.max.toordinal()
_WEEK = 7
_WORKDAYS = 5


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count, `first` and `last` included; None is without beginning, or without end."""

    first: dt.date | None
    last: dt.date | None

    @property
    def has_days(self) -> bool:
        """Whether it does not end before it begins."""
        return (self.first or dt.date.min) <= (self.last or dt.date.max)

    def has_begun(self, today: dt.date) -> bool:
        """Whether the pause is on, or over."""
        return self.first is None or self.first <= today


def is_workday(day: dt.date) -> bool:
    """Monday to Friday; holidays are the user's own pauses."""
    return day.isoweekday() <= _WORKDAYS


def add_workdays(start: dt.date, count: int, pauses: Iterable[Pause] = ()) -> dt.date | None:
    """The `count`-th workday after `start`; 0 is the first one on or after it. None behind a pause without end."""
    return _add(start, count, pauses, _workdays_until, _workday_numbered)


def add_days(start: dt.date, count: int, pauses: Iterable[Pause] = ()) -> dt.date | None:
    """The `count`-th day after `start` that is in no pause; 0 is the first on or after it. None as for workdays."""
    return _add(start, count, pauses, int, int)


def due_day(start: dt.date, count: int, unit: Unit, *, pauses: Iterable[Pause] = (), today: dt.date) -> dt.date | None:
    """When something is due that waits so long after `start`; None behind a pause without end.

    A pause that has begun takes along what was due before it: whoever comes back is late with nothing.
    """
    add = add_workdays if unit == "workdays" else add_days
    pauses = tuple(one for one in pauses if one.has_days)
    due = add(start, count, pauses)
    for pause in pauses:
        if due is not None and pause.has_begun(today) and due <= (pause.last or dt.date.max):
            due = add(pause.last, 0, pauses) if pause.last else None
    return due


def _add(
    start: dt.date, count: int, pauses: Iterable[Pause], until: Callable[[int], int], numbered: Callable[[int], int]
) -> dt.date | None:
    """Count in ordinals: `until` tells how many days count up to one (included), `numbered` which day is the n-th."""
    begin, left = (start.toordinal(), count) if count else (start.toordinal() - 1, 1)
    done = until(begin)
    for first, last in _in_order(pauses):
        if last <= begin:
            continue
        if numbered(done + left) < first:
            break
        if last == _LAST_ORDINAL:
            return None
        left -= max(0, until(first - 1) - done)
        done = until(last)
    return dt.date.fromordinal(numbered(done + left))


def _in_order(pauses: Iterable[Pause]) -> list[tuple[int, int]]:
    """The pauses in ordinals by their beginning, those that overlap joined; one that ends before it begins is none."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted((one.first or dt.date.min, one.last or dt.date.max) for one in pauses):
        if joined and first.toordinal() <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last.toordinal()))
        elif first <= last:
            joined.append((first.toordinal(), last.toordinal()))
    return joined


def _workdays_until(ordinal: int) -> int:
    """How many workdays there have been since the first day of the year 1, a Monday."""
    weeks, rest = divmod(ordinal, _WEEK)
    return weeks * _WORKDAYS + min(rest, _WORKDAYS)


def _workday_numbered(number: int) -> int:
    weeks, rest = divmod(number - 1, _WORKDAYS)
    return weeks * _WEEK + rest + 1
