"""What to do about a watch, given what is seen of it once a second: go on, look at everything, begin anew, poll, wait.

No thread, no clock, no disk: observations go in, decisions come out, so that every trouble can be told as a story of
values. What is said is for the user, who has seen the vault's path but none of our words.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

__all__ = [
    "BROKE_OFF",
    "POLL",
    "TOO_MANY_FOLDERS",
    "TROUBLES",
    "Deafness",
    "Decision",
    "Identity",
    "Seen",
    "Step",
    "Supervisor",
    "Trouble",
]

Identity = tuple[int, int]
"""Which folder it is, whatever it is called: its device and its number there."""

POLL = 10.0
"""Seconds between two looks where nothing tells of changes and the user named no time."""
LEAST_REST = 20
"""How many times longer than a look the pause after it is at least, while polling was not asked for."""
LISTEN_AGAIN = 300.0
"""Seconds after which listening is tried again when it was the system that had no room for us."""
DEATHS, DEATHS_WITHIN = 3, 600.0
"""A watch that breaks off more often than that, within so many seconds, is given up for polling."""
JUMP = 5.0
"""Seconds that the wall clock may move against the other before it is taken for a sleep, or for being set."""
SAY_AGAIN = 600.0
"""Seconds for which the same is not said twice."""


class Step(StrEnum):
    """What to do next."""

    GO_ON = "go on"
    RESCAN = "rescan"
    """Look at everything."""
    LISTEN = "listen"
    """Begin to listen, or begin anew, then look at everything."""
    POLL = "poll"
    """Stop listening, and look at everything every so often."""
    WAIT = "wait"
    """Stop listening until the vault is back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do, and a sentence for the user when it is out of the ordinary."""

    step: Step
    notice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One look at the watch: `at` in seconds on a clock that never goes back, `now` on the user's wall.

    `identity` is None when there is no folder; `refusal` says why it cannot be read; `is_empty` when nothing is in it;
    `now_at` where it went, if that is known. `is_alive` while all threads that listen are; `is_lossy` when changes
    were lost; `unheard` are folders that tell us nothing.
    """

    at: float
    now: dt.datetime
    identity: Identity | None
    refusal: str | None = None
    is_empty: bool = False
    now_at: str | None = None
    is_alive: bool = True
    is_lossy: bool = False
    unheard: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deafness:
    """Why nothing can be heard at a place, and what to do about it; `passing` when that may change by itself."""

    because: str
    advice: str
    passing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What can happen to a watch: the sentence that is said, what it means, and what the user can do."""

    says: str
    means: str
    do: str


TROUBLES: Mapping[str, Trouble] = MappingProxyType(
    {
        "gone": Trouble(
            says="{root} is gone: deleted, renamed or no longer mounted; watching goes on as soon as it is back",
            means="no note is taken for deleted; the vault is looked for once a second",
            do="put it back, or watch it where it is now",
        ),
        "renamed": Trouble(
            says="{root} is now called {now_at}: watch that instead; "
            "watching goes on as soon as it has its old name again",
            means="the folder was renamed or moved to a place beside the old one",
            do="end the watch and begin it with the new name, or give the folder its old name again",
        ),
        "refused": Trouble(
            says="{root} cannot be read: {why}; watching goes on as soon as it can be",
            means="the system does not let the watcher in; what was known is kept",
            do="mend the folder's permissions, or look after the drive",
        ),
        "unmounted": Trouble(
            says="{root} is another folder now, and empty: is a drive to be mounted? "
            "watching goes on as soon as it has notes in it",
            means="an empty folder stands where the vault was, as without its drive; no note is taken for deleted",
            do="mount the drive; of a vault that is to begin empty, begin the watch anew",
        ),
        "back": Trouble(
            says="{root} is back; all of it was looked at",
            means="one of the four above is over; what changed meanwhile is known",
            do="nothing",
        ),
        "replaced": Trouble(
            says="{root} is another folder now; all of it was looked at",
            means="the vault was replaced within a second, as by a backup that was played back",
            do="nothing, if that was you",
        ),
        "overflow": Trouble(
            says="more changed at once than the system could tell of, so everything was looked at",
            means="the system keeps only so many changes for the watcher, as when a large branch is checked out",
            do="nothing; where it comes again and again: `sudo sysctl fs.inotify.max_queued_events=131072`",
        ),
        "broke off": Trouble(
            says="listening for changes broke off; it was begun anew, and everything was looked at",
            means="a part of the watcher failed and was replaced; nothing was missed",
            do="nothing; where it comes often, please report it",
        ),
    }
)
"""All that is said of the vault and of listening, with names in braces for what is known only then."""


class Supervisor:
    """Decides about the watch of the vault that is called `root`; `poll` are the seconds that the user named."""

    def __init__(self, root: str, *, rescan_every: float, poll: float | None = None) -> None:
        self._root = root
        self._rescan_every = rescan_every
        self._poll = poll
        self._deafness: Deafness | None = None
        self._identity: Identity | None = None
        self._trouble: str | None = None
        self._last: Seen | None = None
        self._look_at = 0.0
        self._listen_at = float("inf")
        self._deaths: list[float] = []
        self._suspects: frozenset[str] = frozenset()
        self._mended: frozenset[str] = frozenset()
        self._said: dict[str, float] = {}

    @property
    def is_polling(self) -> bool:
        """Whether changes are looked for, and not listened to."""
        return self._poll is not None or self._deafness is not None

    def begin(self, seen: Seen, deafness: Deafness | None = None) -> Decision:
        """How to begin, with a vault that is there; `deafness` is what is known of it beforehand."""
        self._identity = seen.identity
        self._last = seen
        if self._poll is None and deafness is not None:
            return self.cannot_listen(deafness, seen.at)
        return Decision(step=Step.POLL if self._poll is not None else Step.LISTEN)

    def cannot_listen(self, deafness: Deafness, at: float) -> Decision:
        """What to do when listening could not begin."""
        self._deafness = deafness
        self._listen_at = at + LISTEN_AGAIN if deafness.passing else float("inf")
        text = f"{deafness.because}, so the vault is looked at every {POLL:g} seconds; {deafness.advice}"
        return Decision(step=Step.POLL, notice=self._once(text, at, for_ever=True))

    def looked(self, at: float, took: float) -> None:
        """Everything was looked at, which took so many seconds."""
        pause = self._rescan_every
        if self._poll is not None:
            pause = self._poll
        elif self._deafness is not None:
            pause = max(POLL, LEAST_REST * took)
        self._look_at = at + pause

    def decide(self, seen: Seen) -> Decision:
        """What to do now."""
        last, self._last = self._last, seen
        if decision := self._about_the_vault(seen) or self._about_listening(seen):
            return decision
        is_due = seen.at >= self._look_at or (last is not None and _is_another_time(last, seen))
        return Decision(step=Step.RESCAN if is_due else Step.GO_ON)

    def _about_the_vault(self, seen: Seen) -> Decision | None:
        before = self._trouble
        self._trouble = self._trouble_of(seen)
        if self._trouble:
            return Decision(step=Step.WAIT, notice=self._trouble if self._trouble != before else None)
        if not before and seen.identity == self._identity:
            return None
        self._identity = seen.identity
        return self._anew(self._words("back" if before else "replaced"))

    def _about_listening(self, seen: Seen) -> Decision | None:
        if not self.is_polling:
            return self._mend(seen)
        if self._deafness is None or seen.at < self._listen_at:
            return None
        self._deafness = None
        self._listen_at = float("inf")
        return self._anew(None)

    def _trouble_of(self, seen: Seen) -> str | None:
        if seen.refusal:
            return self._words("refused", why=seen.refusal)
        if seen.now_at:
            return self._words("renamed", now_at=seen.now_at)
        if seen.identity is None:
            return self._words("gone")
        # Where a drive was mounted stands an empty folder afterwards, and no note on it was deleted.
        if seen.is_empty and (self._trouble or seen.identity != self._identity):
            return self._words("unmounted")
        return None

    def _words(self, trouble: str, **more: str) -> str:
        return TROUBLES[trouble].says.format(root=self._root, **more)

    def _mend(self, seen: Seen) -> Decision | None:
        if not seen.is_alive:
            return self._mourn(seen.at)
        if seen.is_lossy:
            return self._anew(self._once(self._words("overflow"), seen.at))
        # A folder that was made a moment ago may not be listened to yet; one that is met twice is not.
        unheard, self._suspects = seen.unheard & self._suspects, seen.unheard
        if not unheard:
            self._mended = self._mended if seen.unheard else frozenset()
            return None
        if unheard & self._mended:
            return self.cannot_listen(TOO_MANY_FOLDERS, seen.at)
        self._mended = unheard
        return self._anew(None)

    def _mourn(self, at: float) -> Decision:
        self._deaths = [*(one for one in self._deaths if one > at - DEATHS_WITHIN), at]
        if len(self._deaths) > DEATHS:
            self._deaths.clear()
            return self.cannot_listen(BROKE_OFF, at)
        return self._anew(self._words("broke off"))

    def _anew(self, notice: str | None) -> Decision:
        self._suspects = frozenset()
        return Decision(step=Step.RESCAN if self.is_polling else Step.LISTEN, notice=notice)

    def _once(self, text: str, at: float, *, for_ever: bool = False) -> str | None:
        """The text, unless it was said a short while ago."""
        if text in self._said and (for_ever or at < self._said[text] + SAY_AGAIN):
            return None
        self._said[text] = at
        return text


TOO_MANY_FOLDERS = Deafness(
    because="the system lets programs listen to too few folders for this vault",
    advice="to allow more: sudo sysctl fs.inotify.max_user_watches=524288",
    passing=True,
)
BROKE_OFF = Deafness(
    because="listening for changes broke off again and again",
    advice="listening is tried again every five minutes",
    passing=True,
)


def _is_another_time(last: Seen, seen: Seen) -> bool:
    """Whether a day began, the machine slept, or the clock was set: what is due may be another thing now."""
    moved = (seen.now - last.now).total_seconds() - (seen.at - last.at)
    return seen.now.date() != last.now.date() or abs(moved) > JUMP
