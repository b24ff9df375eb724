"""Following a vault: one turn after another of hearing that something changed, indexing, and refreshing the views."""

import dataclasses
from collections.abc import Callable, Generator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from infoview_md.agenda.news import News, news_between
from infoview_md.disk import clock, watch
from infoview_md.disk.claim import claim
from infoview_md.disk.upkeep import ChangeCounts, Upkeep, Upkept
from infoview_md.errors import InfoviewError
from infoview_md.vault.pictures import VIEWS, Views
from infoview_md.vault.state import Refresh, State

if TYPE_CHECKING:
    from infoview_md.notes.findings import Finding

__all__ = ["refreshes"]


def refreshes(
    root: Path,
    upkeep: Upkeep,
    state_of: Callable[[Upkept], State],
    *,
    poll: float | None = None,
    read_only: bool = False,
) -> Generator[Refresh, None, None]:
    """Give the state at once, then again each time something changed or is to be told, until the caller stops.

    `poll` looks every so many seconds instead of listening; `read_only` leaves the views alone. Raises only when the
    vault cannot be read at the beginning, or when somebody watches it already and this is not `read_only`: later
    troubles are notices, and are got over as soon as that is possible.
    """
    following = _Following(root, upkeep, state_of, read_only=read_only)
    changed = None
    with nullcontext() if read_only else claim(root, clock.now()) as own:
        hints = watch.changes(root, poll=poll, owes=following.owes, is_relevant=lambda path: path not in VIEWS)
        for number, refresh in enumerate(filter(None, map(following.turn, hints))):
            changed = clock.now() if number and refresh.paths else changed
            if own:
                own.tell(refresh.mode, changed)
            yield refresh


class _Following:
    """What was told last, and what is still owed."""

    def __init__(self, root: Path, upkeep: Upkeep, state_of: Callable[[Upkept], State], *, read_only: bool) -> None:
        self._views = Views(root)
        self._upkeep = upkeep
        self._state_of = state_of
        self._read_only = read_only
        self._told: State | None = None
        self._findings: frozenset[Finding] = frozenset()
        self._index_trouble: str | None = None
        self._view_trouble: str | None = None

    def owes(self) -> bool:
        """Whether the last look failed and is to be tried again."""
        return self._index_trouble is not None

    def turn(self, hint: watch.Hint) -> Refresh | None:
        """Do what a hint asks for; nothing is given when there is nothing to tell."""
        notices = [hint.notice] if hint.notice else []
        before, counts = self._told, None
        paths: tuple[str, ...] = ()
        if (hint.everything or hint.paths) and (kept := self._look(hint, notices)):
            paths = tuple(path for path in kept.paths if path not in VIEWS)
            counts = _without_views(kept.changes, len(kept.paths) - len(paths))
        state = self._told
        if state is None:
            return None
        new = tuple(one for one in state.findings if one not in self._findings)
        news = _news(before, state)
        is_news = before is None or paths or news or notices or frozenset(state.findings) != self._findings
        self._findings = frozenset(state.findings)
        if not is_news and not _is_due_otherwise(before, state):
            return None
        return Refresh(
            changes=counts or ChangeCounts(unchanged=before.changes.unchanged if before else 0),
            paths=paths,
            findings=new,
            state=state,
            news=news,
            notices=tuple(notices),
            mode=hint.mode,
        )

    def _look(self, hint: watch.Hint, notices: list[str]) -> Upkept | None:
        """Bring index, state and views up to date; when that fails, say so once, and try again."""
        try:
            kept = self._upkeep.bring_up_to_date(paths=None if hint.everything else hint.paths)
            before, self._told = self._told, self._state_of(kept)
        except (OSError, InfoviewError) as error:
            if self._told is None:
                raise
            trouble = f"the notes could not be read and will be tried again: {_words(error)}"
            if trouble != self._index_trouble:
                notices.append(trouble)
            self._index_trouble = trouble
            return None
        if self._index_trouble:
            notices.append("the notes can be read again")
        self._index_trouble = None
        # Drawing takes its time, and most notes that are saved change nothing in a view.
        if before is None or not self._told.follow(before) or hint.everything:
            self._refresh_views(self._told, notices, again=hint.everything)
        if hint.everything:
            self._told.keep()
        return kept

    def _refresh_views(self, state: State, notices: list[str], *, again: bool) -> None:
        if self._read_only:
            return
        trouble = None
        try:
            self._views.write(state, again=again)
        except (OSError, InfoviewError) as error:
            trouble = f"the views are not up to date: {_words(error)}"
        if trouble and trouble != self._view_trouble:
            notices.append(trouble)
        self._view_trouble = trouble


def _without_views(counts: ChangeCounts, views: int) -> ChangeCounts:
    """What was counted, without the news that our own views changed, as they do with every refresh."""
    views = min(views, counts.modified)
    return dataclasses.replace(counts, modified=counts.modified - views, unchanged=counts.unchanged + views)


def _news(before: State | None, state: State) -> tuple[News, ...]:
    if before is None or before.agenda is state.agenda:
        return ()
    return news_between(before.agenda, state.agenda, then=before.now, now=state.now)


def _is_due_otherwise(before: State | None, state: State) -> bool:
    """Whether another day, or an hour that has passed, makes other things due."""
    if before is None:
        return True
    return before.now.date() != state.now.date() or before.agenda.actions != state.agenda.actions


def _words(error: OSError | InfoviewError) -> str:
    return f"{error.message}; {error.hint}" if isinstance(error, InfoviewError) else str(error)
