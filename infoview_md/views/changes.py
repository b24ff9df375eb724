"""What `watch` says of one turn: which notes changed, and what is newly wrong in them."""

from collections.abc import Iterable, Sequence

from infoview_md.notes.findings import Finding
from infoview_md.views.lines import Line, counted, line, one_line
from infoview_md.views.report import finding_line, hint_line

__all__ = ["refresh_lines"]

_MOST = 5


def refresh_lines(paths: Sequence[str], findings: Iterable[Finding], *, in_all: int | None = None) -> tuple[Line, ...]:
    """Which notes changed, or on the first turn how many there are `in_all`; then the new findings with what to do."""
    names = [one_line(path) for path in paths]
    more = f" and {len(names) - _MOST:,} more" if len(names) > _MOST else ""
    what = ", ".join(names[:_MOST]) + more if in_all is None else counted(in_all, "note")
    lines = [line(what)] if what else []
    return (*lines, *(one for found in findings for one in (finding_line(found), hint_line(found))))
