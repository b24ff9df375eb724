"""The only clock. Everything else is told what day it is."""

import datetime as dt
import time

__all__ = ["monotonic", "now", "stamp", "today"]


def today() -> dt.date:
    """Return today's date where the user is."""
    return now().date()


def now() -> dt.datetime:
    """Return the user's wall-clock time, naive, to the second."""
    return dt.datetime.now().replace(microsecond=0)  # noqa: DTZ005 - notes carry local times without a zone


def stamp() -> int:
    """Return the time now as file systems count it: nanoseconds since 1970."""
    return time.time_ns()


def monotonic() -> float:
    """Return seconds on a clock that never goes back; only differences mean anything."""
    return time.monotonic()
