"""When an interview is, and whether it is over. Times are the user's local ones unless they carry an offset."""

import datetime as dt
from zoneinfo import ZoneInfo

from infoview_md.notes.records import InterviewNote, Moment

__all__ = ["DEFAULT_MINUTES", "ends_at", "is_held", "local", "status_at"]

DEFAULT_MINUTES = 30
"""How long an interview lasts that does not say: guides ask for 15 to 30 minutes."""


def local(moment: Moment, timezone: str | None) -> dt.datetime:
    """A moment as the user's local time without offset; a day without a time begins at midnight.

    `timezone` is the user's; without it a moment's own offset is taken as it stands.
    """
    if moment.clock is None:
        return dt.datetime.combine(moment.day, dt.time())
    whole = dt.datetime.combine(moment.day, moment.clock)
    if whole.tzinfo is None:
        return whole
    return (whole.astimezone(ZoneInfo(timezone)) if timezone else whole).replace(tzinfo=None)


def ends_at(interview: InterviewNote, timezone: str | None) -> dt.datetime | None:
    """When an interview ends or ended, local time; one without a clock time ends with its day. None without a date."""
    if interview.ended is not None:
        return local(interview.ended, timezone)
    begins = interview.started or interview.date
    if begins is None:
        return None
    if begins.clock is None:
        return dt.datetime.combine(begins.day + dt.timedelta(days=1), dt.time())
    return local(begins, timezone) + dt.timedelta(minutes=interview.duration or DEFAULT_MINUTES)


def status_at(interview: InterviewNote, now: dt.datetime, timezone: str | None = None) -> str | None:
    """`scheduled`, `held`, `cancelled` or `no-show` at `now` (local, without offset); None while no date is set.

    The note's own status counts; `scheduled` in a note whose end has passed does not.
    """
    if interview.status not in (None, "scheduled"):
        return interview.status
    end = ends_at(interview, timezone)
    if end is None:
        return interview.status
    return "held" if end <= now else "scheduled"


def is_held(interview: InterviewNote, now: dt.datetime, timezone: str | None = None) -> bool:
    """Whether the conversation took place by `now`."""
    return status_at(interview, now, timezone) == "held"
