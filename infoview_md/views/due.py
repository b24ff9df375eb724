"""What is due, as lines: day by day with reason and command, or in brief."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby

from infoview_md.agenda.agenda import Action
from infoview_md.agenda.wording import day_words, weekday_words
from infoview_md.views.lines import Line, Look, Style, counted, cut, line, one_line, shown_name

__all__ = ["due_brief", "due_lines", "next_lines"]

_NAME = 40


def due_lines(actions: Iterable[Action], today: dt.date, look: Look | None = None) -> tuple[Line, ...]:
    """Actions under their days, overdue ones first, each with its reason and the command that does it."""
    look = look or Look()
    lines: list[Line] = []
    # Sorting is stable: of one day, the actions keep the order in which they came.
    ordered = sorted(actions, key=lambda one: one.due)
    for day, due in groupby(ordered, key=lambda one: None if one.due < today else one.due):
        heading = line(("Overdue", "error")) if day is None else line((_day(day, today), "heading"))
        lines += [*([line()] if lines else []), heading]
        for action in due:
            lines += _action(action, today, look)
    return tuple(lines) or (line("Nothing is due."),)


def due_brief(
    actions: Iterable[Action], today: dt.date, look: Look | None = None, *, most: int = 5
) -> tuple[Line, ...]:
    """One line for each of the most urgent actions, and how many more there are. Nothing when nothing is due."""
    look = look or Look()
    ordered = sorted(actions, key=lambda one: one.due)
    shown = ordered[:most] if len(ordered) > most + 1 else ordered
    whens = [_when(one, today) for one in shown]
    margin = max(map(len, whens), default=0)
    lines = []
    for action, when in zip(shown, whens, strict=True):
        style = _urgency(action, today)
        lines.append(line("  ", (when.ljust(margin), style), "  ", *_what(action, look)))
    if len(shown) < len(ordered):
        lines.append(line((f"  {look.ellipsis} and {len(ordered) - len(shown):,} more: infoview due", "muted")))
    return tuple(lines)


def next_lines(actions: Sequence[Action], today: dt.date) -> tuple[Line, ...]:
    """What comes next with one contact, for the end of a card."""
    if not actions:
        return (line(("Nothing is to be done for now.", "muted")),)
    lines = [line(("Next", "heading"))]
    for action in sorted(actions, key=lambda one: one.due):
        style = _urgency(action, today)
        lines += [line("  ", (_when(action, today), style), f": {one_line(action.text)}"), *_reason(action)]
    return tuple(lines)


def _action(action: Action, today: dt.date, look: Look) -> list[Line]:
    late = action.overdue_days(today)
    since = f" (since {day_words(action.due, today)}, {counted(late, 'day')} late)" if late else ""
    return [line("  ", *_what(action, look), (since, "warning")), *_reason(action)]


def _what(action: Action, look: Look) -> tuple[tuple[str, Style], str]:
    return (cut(shown_name(action.contact.name), _NAME, look.ellipsis), "strong"), f": {one_line(action.text)}"


def _reason(action: Action) -> list[Line]:
    lines = [line((f"    {one_line(action.because)}", "muted"))]
    if action.command:
        return [*lines, line(f"    {one_line(action.command)}")]
    return [*lines, line((f"    in {one_line(action.note)}", "muted"))] if action.note else lines


def _day(day: dt.date, today: dt.date) -> str:
    words = weekday_words(day, today)
    near = {0: "Today", 1: "Tomorrow"}.get((day - today).days)
    return f"{near}, {words}" if near else words


def _urgency(action: Action, today: dt.date) -> Style:
    return "warning" if action.overdue_days(today) else "muted"


def _when(action: Action, today: dt.date) -> str:
    if late := action.overdue_days(today):
        return f"{counted(late, 'day')} late"
    near = {0: "today", 1: "tomorrow"}.get((action.due - today).days)
    return near or day_words(action.due, today)
