"""The interview that a message is about, and when it is on the clocks of everybody concerned. Pure."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from infoview_md.network.interviews import local, status_at
from infoview_md.network.linking import Resolver
from infoview_md.network.people import Contact, Network
from infoview_md.notes.records import InterviewNote, MessageNote, Moment

__all__ = ["Meeting", "meeting_of"]

_WANTED = {"thank-you": "held", "confirmation": "scheduled"}
_HALF_A_DAY = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """An interview: the note's path, its day for the user, and the days and hours that a message may call it by.

    `hours` is empty when it has none, or when nobody can know whose clock a message means.
    """

    path: str
    day: dt.date
    days: tuple[dt.date, ...]
    hours: tuple[dt.time, ...]

    @property
    def words(self) -> str:
        """The day and the hours, as a finding tells them."""
        hours = " or ".join(f"{one:%H:%M}" for one in self.hours)
        return f"{self.day}{' at ' if hours else ''}{hours}"

    def is_at(self, hour: dt.time) -> bool:
        """Whether it is at this hour; `4:15` may be in the afternoon."""
        return any((one.hour - hour.hour) % _HALF_A_DAY == 0 and one.minute == hour.minute for one in self.hours)


def meeting_of(note: MessageNote, people: Sequence[Contact], network: Network, now: dt.datetime) -> Meeting | None:
    """The interview that a thank-you or a confirmation names; else the last one held, or the next one to come."""
    status = _WANTED.get(note.type)
    if status is None:
        return None
    zone = network.me.timezone if network.me else None
    interviews = {one.path: one for person in people for one in person.interviews}
    linked = Resolver(interviews).resolve(note.interview, note.path).path if note.interview else None
    found: list[tuple[dt.datetime, InterviewNote]] = []
    for interview in interviews.values():
        moment = interview.date or interview.started
        fits = interview.path == linked if linked else status_at(interview, now, zone) == status
        if moment and fits:
            found.append((local(moment, zone), interview))
    if not found:
        return None
    found.sort(key=lambda one: (one[0], one[1].path), reverse=status == "held")
    begins, interview = found[0]
    return _meeting(interview, begins, zone, [one.note.timezone for one in people if one.note and one.note.timezone])


def _meeting(interview: InterviewNote, begins: dt.datetime, mine: str | None, theirs: Iterable[str]) -> Meeting:
    moment = interview.date or interview.started or Moment(begins.date())
    clocks = [begins]
    zones = [zone for zone in theirs if zone != mine]
    is_sure = moment.clock is not None
    if moment.clock is not None and zones:
        aware = dt.datetime.combine(moment.day, moment.clock)
        if aware.tzinfo is None and mine:
            aware = aware.replace(tzinfo=ZoneInfo(mine))
        is_sure = aware.tzinfo is not None
        clocks += [aware.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for zone in zones if is_sure]
    return Meeting(
        path=interview.path,
        day=begins.date(),
        days=tuple(dict.fromkeys(one.date() for one in clocks)),
        hours=tuple(dict.fromkeys(one.time() for one in clocks)) if is_sure else (),
    )
