"""What earlier commands made of the notes as they are now: found again for as long as the same follows at this time."""

import datetime as dt
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from infoview_md.disk.cache import Answers

if TYPE_CHECKING:
    from infoview_md.network.people import Network

__all__ = ["Kept"]


class Kept:
    """The kept answers at one time, each as JSON has it."""

    def __init__(self, answers: Answers, now: dt.datetime, beside: Iterable[str]) -> None:
        """Take `beside` the notes whatever else an answer follows from."""
        self._answers = answers
        self._now = now
        self._about = (now.date().isoformat(), *beside)

    def follows_from_the_same(self, before: "Kept") -> bool:
        """Whether the day is that of `before`, and what stands beside the notes is the same."""
        return self._about == before._about  # noqa: SLF001 - one of this class

    def recall(self, name: str) -> Any:  # noqa: ANN401 - what JSON can hold
        """An answer that was kept today, since the last interview began or ended; None when there is none."""
        text = self._answers.recall(name, *self._about)
        if text is None:
            return None
        since, until, answer = json.loads(text)
        return answer if dt.datetime.fromisoformat(since) <= self._now < dt.datetime.fromisoformat(until) else None

    def keep(self, name: str, answer: object, network: "Network") -> None:
        """Keep an answer for the next command."""
        from infoview_md.network.turns import between_turns

        since, until = between_turns(network, self._now)
        text = json.dumps([since.isoformat(), until.isoformat(), answer], separators=(",", ":"))
        self._answers.keep(name, text, *self._about)
