"""Following a vault: one turn after another of hearing that something changed, indexing, and refreshing the views."""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING

from infoview_md.disk import watch
from infoview_md.disk.upkeep import Upkeep, Upkept
from infoview_md.vault.pictures import VIEWS, write_views
from infoview_md.vault.state import Refresh, State

if TYPE_CHECKING:
    from infoview_md.notes.findings import Finding

__all__ = ["refreshes"]


def refreshes(root: Path, upkeep: Upkeep, state_of: Callable[[Upkept], State]) -> Generator[Refresh, None, None]:
    """Give the state at once, then again each time something changed, until the caller stops."""
    known: frozenset[Finding] = frozenset()
    first = True
    for _ in watch.changes(root, is_relevant=lambda path: path not in VIEWS):
        kept = upkeep.bring_up_to_date()
        state = state_of(kept)
        write_views(root, state, make=False)
        paths = tuple(path for path in kept.paths if path not in VIEWS)
        if first or paths or frozenset(state.findings) != known:
            new = tuple(one for one in state.findings if one not in known)
            yield Refresh(changes=kept.changes, paths=paths, findings=new, state=state)
        known, first = frozenset(state.findings), False
