"""What `watch` says: on its first turn where you stand, then what changed, what it meant, and what is newly wrong."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from infoview_md.agenda.agenda import Action
from infoview_md.agenda.news import KINDS, News
from infoview_md.agenda.wording import moment_words, weekday_words
from infoview_md.notes.findings import Finding
from infoview_md.notes.links import without_ending
from infoview_md.views.findings import finding_counts, finding_line, hint_line
from infoview_md.views.lines import Line, counted, line, one_line

__all__ = ["Turn", "day_line", "due_words", "first_line", "news_words", "stamped", "turn_lines", "watcher_line"]

_MOST_NAMES = 5
_MOST_NEWS = 6
_MOST_FINDINGS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn of the watcher, at a local time: the notes that changed, how many, and what it meant.

    `gone` are those of the notes that are no more, where there is news of others. `findings` are the new ones,
    `notices` sentences about the watch itself; `mode` is `events` or `polling`.
    """

    at: dt.datetime
    paths: tuple[str, ...] = ()
    changes: Mapping[str, int]
    gone: frozenset[str] = frozenset()
    news: tuple[News, ...] = ()
    findings: tuple[Finding, ...] = ()
    notices: tuple[str, ...] = ()
    mode: str = "events"


def day_line(at: dt.datetime) -> Line:
    """A line for a day that has begun, because the others carry the hour alone."""
    return line((weekday_words(at.date(), dt.date.min), "heading"))


def stamped(lines: Iterable[Line], at: dt.datetime) -> tuple[Line, ...]:
    """Lines with the time in front of the first, and as much room in front of the others."""
    clock = f"{at:%H:%M}  "
    return tuple(
        line((" " * len(clock) if number else clock, "muted"), *((part.text, part.style) for part in one.segments))
        for number, one in enumerate(lines)
    )


def first_line(  # noqa: PLR0913 - what a watch begins with
    turn: Turn, root: str, *, pid: int, notes: int, actions: Sequence[Action], read_only: bool
) -> Line:
    """Who watches which vault and how, and what is due in it; `notes` are all, `actions` those due or overdue."""
    does = "follows, read-only," if read_only else "watches"
    what = [due_words(actions, turn.at.date()) or "nothing is due"]
    what += [finding_counts(turn.findings).lower()] if turn.findings else []
    who = f"process {pid} {does} {counted(notes, 'note')} in {one_line(root)} by {turn.mode}"
    return line("; ".join((who, *what)))


def due_words(actions: Iterable[Action], today: dt.date) -> str:
    """How many actions are late, and how many fall on this day, `due: 3 overdue, 2 today`; empty when none does."""
    late = Counter(one.due < today for one in actions if one.due <= today)
    words = [f"{late[is_late]:,} {word}" for is_late, word in ((True, "overdue"), (False, "today")) if late[is_late]]
    return f"due: {', '.join(words)}" if words else ""


def turn_lines(turn: Turn) -> tuple[Line, ...]:
    """What a later turn says: a line for each piece of news, or their counts; the other notes; the new findings."""
    if len(turn.news) > _MOST_NEWS:
        lines = [line(": ".join(filter(None, (_notes(turn.paths, turn.changes), _news_counts(turn.news)))))]
    else:
        lines = [line((one.words, "strong")) for one in turn.news]
        told = {one.note for one in turn.news} | {one.contact.path for one in turn.news}
        others = [path for path in turn.paths if path not in told]
        lines += [line(_notes(others, _counts(others, turn)))] if others else []
    return (*lines, *_new_findings(turn.findings))


def news_words(news: Sequence[News], *, most: int) -> list[str]:
    """The sentences, at most so many, and how many more there are."""
    words = [one.words for one in news[: most if len(news) > most else None]]
    return [*words, f"and {len(news) - most:,} more"] if len(news) > most else words


def watcher_line(
    root: str, pid: int | None, since: dt.datetime | None, mode: str | None, last: dt.datetime | None
) -> Line:
    """Who watches a vault, since when and how, and when a note last changed there."""
    who = f"process {pid}" if pid else "a process that has just begun"
    words = f"{who} watches {one_line(root)}"
    if since:
        words += f" since {moment_words(since)}, by {mode}"
        words += f"; the last change was at {moment_words(last)}" if last else "; no note has changed since"
    return line(words)


def _counts(others: Sequence[str], turn: Turn) -> Mapping[str, int]:
    """How many of these notes are new and gone, as far as that is known of some and not of all that changed."""
    if len(others) == len(turn.paths):
        return turn.changes
    all_new = turn.changes.get("added") == len(turn.paths)
    return {"added": len(others) if all_new else 0, "removed": sum(path in turn.gone for path in others)}


def _notes(paths: Sequence[str], changes: Mapping[str, int]) -> str:
    """`1 new note: Ada`, `3 notes changed (1 new, 2 gone): Ada, Grace, Mary`; many are only counted."""
    if not paths:
        return ""
    added, gone = changes.get("added", 0), changes.get("removed", 0)
    names = f": {', '.join(map(_name, paths))}" if len(paths) <= _MOST_NAMES else ""
    if added == len(paths):
        return f"{counted(added, 'new note')}{names}"
    if gone == len(paths):
        return f"{counted(gone, 'note')} gone{names}"
    parts = ", ".join(f"{number:,} {word}" for number, word in ((added, "new"), (gone, "gone")) if number)
    return f"{counted(len(paths), 'note')} changed{f' ({parts})' if parts else ''}{names}"


def _name(path: str) -> str:
    return one_line(without_ending(path.rpartition("/")[2]))


def _news_counts(news: Iterable[News]) -> str:
    """`14 answers, 2 referrals`, in the order of the table."""
    numbers = Counter((KINDS[one.kind].one, KINDS[one.kind].several) for one in news)
    words = dict.fromkeys((kind.one, kind.several) for kind in KINDS.values())
    return ", ".join(counted(numbers[one], *one) for one in words if numbers[one])


def _new_findings(findings: Sequence[Finding]) -> tuple[Line, ...]:
    """Each with what to do; of many only how many."""
    if len(findings) > _MOST_FINDINGS:
        return (line(f"new {finding_counts(findings).lower()}: infoview check"),)
    return tuple(one for found in findings for one in (finding_line(found), hint_line(found)))
