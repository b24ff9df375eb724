"""`Due.md`: the agenda as a note with tasks, each with its date in the way the Tasks plugin reads it.

It shows due dates and never ages, so that it changes only when something did.
"""

from collections.abc import Iterable

from infoview_md.agenda.rules import Action
from infoview_md.views.lines import one_line
from infoview_md.views.markdown import escaped, wikilink

__all__ = ["due_note"]

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
    contact = wikilink(action.contact.path, action.contact.name)
    lines = [f"- [ ] {mark}{contact}: {escaped(action.text)}{date}", f"  - {_reason(action)}"]
    if action.command and "`" not in action.command:
        lines.append(f"  - `{one_line(action.command)}`")
    return "".join(f"{line}\n" for line in lines)


def _reason(action: Action) -> str:
    reason = escaped(action.because)
    if not action.note or action.note == action.contact.path:
        return reason
    return f"{reason} {wikilink(action.note, action.note.rpartition('/')[2].removesuffix('.md'))}"
