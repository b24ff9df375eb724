"""When to look again: hints that something in the vault may have changed. What did change, only the index knows.

Events may be missing, doubled or about nothing, so a while after them, and now and then, the hint is to look at
everything. This room never reads or judges a note.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from infoview_md.disk.clock import monotonic
from infoview_md.disk.debouncing import Debouncer
from infoview_md.disk.hearing import deafness_at, deafness_from
from infoview_md.disk.lookout import Lookout
from infoview_md.disk.supervising import Decision, Step, Supervisor
from infoview_md.errors import FileTroubleError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

__all__ = ["Hint", "Mode", "changes"]

SUPERVISE_EVERY = 1.0
"""Seconds; nothing here waits for longer, so that whoever wants to stop need not either."""
SETTLED = 5.0
"""Seconds without a change after which everything is looked at once, whatever events have told."""
RESTLESS = 60.0
"""Seconds for which that is put off at most."""

Mode = Literal["events", "polling"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What may have changed: some vault paths of notes and folders, or `everything`; or nothing, but there is news.

    `notice` is a sentence for the user when something happened to the watch itself.
    """

    paths: frozenset[str] = frozenset()
    everything: bool = False
    notice: str | None = None
    mode: Mode = "events"


def changes(  # noqa: PLR0913 - times, and two questions that are asked back
    root: Path,
    *,
    quiet: float = 0.3,
    longest: float = 2.0,
    rescan_every: float = 300.0,
    poll: float | None = None,
    owes: Callable[[], bool] = lambda: False,
    is_relevant: Callable[[str], bool] = lambda _: True,
) -> Generator[Hint, None, None]:
    """Yield hints that something may have changed, until the generator is closed.

    The first one is to look at everything, and comes as soon as the vault is being watched; more of these follow every
    `rescan_every` seconds, every `poll` seconds where that is given, when a day begins, after a sleep, when changes
    were lost, when the vault is back after it was gone, and within a second when `owes` says that the last look failed.
    All times are in seconds. Raises FileTroubleError when there is no vault to begin with.
    """
    with Lookout(root) as lookout:
        watch = _Watch(lookout, Supervisor(str(root), rescan_every=rescan_every, poll=poll))
        yield from watch.begin(root)
        yield from watch.go_on(Debouncer(quiet=quiet, longest=longest), owes, is_relevant)


class _Watch:
    """Does what the supervisor decides."""

    def __init__(self, lookout: Lookout, supervisor: Supervisor) -> None:
        self._lookout = lookout
        self._supervisor = supervisor
        self._settling = Debouncer(quiet=SETTLED, longest=RESTLESS)

    def begin(self, root: Path) -> Iterator[Hint]:
        seen = self._lookout.look()
        if seen.identity is None:
            why = seen.refusal or "there is no such folder"
            raise FileTroubleError(f"{root} cannot be watched: {why}", "name another folder, or mend its permissions")
        yield from self._follow(self._supervisor.begin(seen, deafness_at(root)))

    def go_on(self, waiting: Debouncer, owes: Callable[[], bool], is_relevant: Callable[[str], bool]) -> Iterator[Hint]:
        """Yield hints for ever."""
        looked_at, all_due = monotonic(), False
        while True:
            wake_at = min(looked_at + SUPERVISE_EVERY, waiting.due_at() or float("inf"))
            for heard in self._lookout.hear(wake_at - monotonic()):
                if is_relevant(heard.path):
                    waiting.add(heard.path, monotonic(), unfinished=heard.unfinished)
            batch = waiting.take(monotonic())
            if batch is None and monotonic() < looked_at + SUPERVISE_EVERY:
                continue
            # Before a batch is passed on, or a vault that is gone would be a vault full of deleted notes.
            decision = self._supervisor.decide(self._lookout.look())
            looked_at = monotonic()
            all_due |= decision.step is Step.RESCAN or owes() or "" in (batch or self._settling.take(looked_at) or ())
            if decision.step not in {Step.GO_ON, Step.RESCAN}:
                waiting.forget()
                yield from self._follow(decision)
            elif all_due and waiting.due_at() is None:  # a note may be half written while something is waited for
                yield from self._follow(Decision(step=Step.RESCAN, notice=decision.notice))
                all_due = False
            elif batch:
                yield Hint(paths=batch, mode=self._mode)
                self._settling.add("", monotonic())

    def _follow(self, decision: Decision) -> Iterator[Hint]:
        if decision.step is Step.LISTEN:
            try:
                self._lookout.begin()
            except (FileNotFoundError, NotADirectoryError, PermissionError):
                return  # gone this very moment: the next look will say so
            except (OSError, RuntimeError) as error:
                decision = self._supervisor.cannot_listen(deafness_from(error), monotonic())
        if decision.step in {Step.POLL, Step.WAIT}:
            self._lookout.end()
        everything = decision.step is not Step.WAIT
        began = monotonic()
        if everything or decision.notice:
            yield Hint(everything=everything, notice=decision.notice, mode=self._mode)
        if everything:
            self._settling.forget()
            self._supervisor.looked(monotonic(), monotonic() - began)

    @property
    def _mode(self) -> Mode:
        return "polling" if self._supervisor.is_polling else "events"
