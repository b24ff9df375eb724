"""What a rule finds: an occasion, with a day to count from, the note that shows it, and words; and when that is due.

Here is what the finders of `asking`, `meeting` and `keeping` share. Which occasions there are is their business.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from infoview_md.agenda.history import History, Interview, Today
from infoview_md.agenda.surroundings import Given, Surroundings
from infoview_md.agenda.wording import day_words
from infoview_md.agenda.workdays import Pause, Unit, due_day

__all__ = ["AT_ONCE", "Case", "Occasion", "Wait", "days_of", "due_on"]


@dataclass(frozen=True, slots=True)
class Wait:
    """How long after something (`before`: ahead of it) an action is due; `count` may be the name of a setting."""

    count: int | str
    unit: Unit
    of: str
    before: bool = False

    def __str__(self) -> str:
        if self.count == 0:
            return self.of
        number = f"`{self.count}`" if isinstance(self.count, str) else str(self.count)
        unit = self.unit.removesuffix("s") if self.count == 1 else self.unit
        return f"{number} {unit} {'before' if self.before else 'after'} {self.of}"


AT_ONCE = Wait(0, "workdays", "at once")


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One case of a rule: the day it counts from (None: any day will do), the note that shows it, words to fill in.

    `wait` and `command` take the place of the row's own; nothing is due before `not_before`. `absence` are the days on
    which somebody else is away whose answer counts here. `interview` and `about` say which interview and which contact
    (by id) it is about, where there may be several.
    """

    since: dt.date | None = None
    note: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    wait: Wait | None = None
    not_before: dt.date | None = None
    absence: tuple[Pause, ...] = ()
    interview: Interview | None = None
    about: str | None = None
    command: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One contact with what surrounds it."""

    history: History
    stage: str
    around: Surroundings

    @property
    def today(self) -> Today:
        """The present."""
        return self.around.today

    @property
    def given(self) -> tuple[Given, ...]:
        """Who gave this contact."""
        return self.around.given.get(self.history.contact.id, ())

    def say(self, day: dt.date) -> str:
        """A day in words."""
        return day_words(day, self.today.day)


def days_of(case: Case, wait: Wait) -> int:
    """The number of a wait; a name is that of a setting."""
    return wait.count if isinstance(wait.count, int) else int(getattr(case.today.settings, wait.count))


def due_on(case: Case, occasion: Occasion, wait: Wait = AT_ONCE, *, unasked: bool = True) -> dt.date | None:
    """The day an occasion is due; None when a pause has no end.

    What is `unasked` waits while they are away, and until a `follow_up` day; what belongs to an interview does not.
    """
    wait = occasion.wait or wait
    if wait.before:
        return _ahead(case, occasion, wait)
    history, today = case.history, case.today
    pauses = (*today.pauses, *occasion.absence, *(history.absence if unasked else ()))
    if occasion.since is None:
        wait = AT_ONCE
    due = due_day(occasion.since or today.day, days_of(case, wait), wait.unit, pauses=pauses, today=today.day)
    for day in (occasion.not_before, history.hold if unasked else None):
        if due and day and day > due:
            due = due_day(day, 0, wait.unit, pauses=pauses, today=today.day)
    return due


def _ahead(case: Case, occasion: Occasion, wait: Wait) -> dt.date | None:
    """Ahead of a day that stands, also in a pause: then it is never late, but neither comes after the day itself."""
    stands = occasion.since
    if stands is None:
        return None
    due = stands - dt.timedelta(days=days_of(case, wait))
    due = min(max(due, occasion.not_before or due), stands)
    for pause in case.today.pauses:
        if pause.has_begun(case.today.day) and (pause.last is None or due <= pause.last):
            back = pause.last + dt.timedelta(days=1) if pause.last else stands
            due = min(max(due, case.today.day), back, stands)
    return due
