"""How long to wait before looking: until a burst of changes is over, but never too long. No thread, no clock.

Times are passed in, in seconds on any clock that never goes back.
"""

__all__ = ["Debouncer"]


class Debouncer:
    """Gathers paths until nothing was added for `quiet` seconds, or the first has waited for `longest` seconds.

    A file that is being written is not quiet before it is closed: an editor may empty it first, and think, then write.
    """

    def __init__(self, *, quiet: float, longest: float) -> None:
        self._quiet = quiet
        self._longest = longest
        self._paths: set[str] = set()
        self._unfinished: set[str] = set()
        self._first = 0.0
        self._last = 0.0

    def add(self, path: str, at: float, *, unfinished: bool = False) -> None:
        """Gather one path that was heard of at the time `at`; `unfinished` when it is still being written."""
        if not self._paths:
            self._first = at
        self._last = at
        self._paths.add(path)
        (self._unfinished.add if unfinished else self._unfinished.discard)(path)

    def due_at(self) -> float | None:
        """Return the time at which the batch is complete; None when there is nothing to wait for."""
        if not self._paths:
            return None
        latest = self._first + self._longest
        return latest if self._unfinished else min(self._last + self._quiet, latest)

    def take(self, now: float) -> frozenset[str] | None:
        """Return the batch and begin a new one; None when it is not yet due, or empty."""
        due = self.due_at()
        if due is None or now < due:
            return None
        batch = frozenset(self._paths)
        self.forget()
        return batch

    def forget(self) -> None:
        """Begin anew: everything is being looked at anyway."""
        self._paths.clear()
        self._unfinished.clear()
