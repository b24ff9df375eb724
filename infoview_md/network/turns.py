"""Between which two moments of a day nothing changes by itself: interviews begin and end, and nothing else tells hours.

What follows from the network at one moment follows from it at every moment between two turns of the same day.
"""

import datetime as dt
from collections.abc import Iterator

from infoview_md.network.interviews import ends_at, local
from infoview_md.network.people import Network
from infoview_md.notes.records import InterviewNote

__all__ = ["between_turns"]

_FIRST, _LAST = dt.datetime(1, 1, 1), dt.datetime(9999, 12, 31)


def between_turns(network: Network, now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """The last turn up to `now` (local, without offset) and the next one after it, or the ends of time."""
    zone = network.me.timezone if network.me else None
    turns = [turn for one in network.interviews for turn in _turns(one, zone)]
    last = max((turn for turn in turns if turn <= now), default=_FIRST)
    return last, min((turn for turn in turns if turn > now), default=_LAST)


def _turns(interview: InterviewNote, timezone: str | None) -> Iterator[dt.datetime]:
    for moment in (interview.date, interview.started, interview.ended):
        if moment is not None:
            yield local(moment, timezone)
    end = ends_at(interview, timezone)
    if end is not None:
        yield end
