"""`Due.md`: the agenda as a note with tasks, each with its date in the way the Tasks plugin reads it.

It shows due dates and never ages, so that it changes only when something did.
"""

from collections.abc import Iterable
from functools import lru_cache

from infoview_md.agenda.agenda import Action
from infoview_md.views.lines import one_line
from infoview_md.views.markdown import escaped, wikilink

__all__ = ["due_note"]

_KEPT = 4096
"""Pieces of lines; a watcher writes most of them again and again."""

_HEAD = """\
---
generated_by: infoview
---

# Due

What follows from your notes, written anew by `infoview index` and `infoview watch`. Ticking a box here changes no \
note: `infoview mark` notes what happened, and the line goes.
"""


def due_note(actions: Iterable[Action], task_filter: str = "") -> str:
    """The whole note: first what has a date, by date, then what can be done any day.

    `task_filter` is the Tasks plugin's global filter, like `#task`: only lines with it are tasks.
    """
    mark = f"{task_filter} " if task_filter and one_line(task_filter) == task_filter else ""
    ordered = sorted(actions, key=lambda one: one.due)
    dated = [_task(one, mark, f" 📅 {one.due}") for one in ordered if not one.any_day]
    # Such a thing is due today on every day: a date would change the note daily, and say nothing.
    undated = [_task(one, mark, "") for one in ordered if one.any_day]
    sections = [("By date", dated), ("Any day", undated)]
    written = [f"\n## {heading}\n\n{''.join(tasks)}" for heading, tasks in sections if tasks]
    return _HEAD + ("".join(written) or "\nNothing is due.\n")


def _task(action: Action, mark: str, date: str) -> str:
    """The task and, below it, why and how: behind the date, text would hide it from the plugin."""
    who = action.contact
    head = _head(who.path, who.name, action.text)
    note = action.note if action.note != who.path else None
    return f"- [ ] {mark}{head}{date}\n{_below(action.because, note, action.command)}"


@lru_cache(_KEPT)
def _head(path: str | None, name: str, text: str) -> str:
    return f"{wikilink(path, name)}: {escaped(text)}"


@lru_cache(_KEPT)
def _below(because: str, note: str | None, command: str | None) -> str:
    reason = escaped(because)
    if note:
        reason += f" {wikilink(note, note.rpartition('/')[2].removesuffix('.md'))}"
    lines = [f"  - {reason}\n"]
    if command and "`" not in command:
        lines.append(f"  - `{one_line(command)}`\n")
    return "".join(lines)
