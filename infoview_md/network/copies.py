"""Notes that are a copy of another, as sync tools leave them, and people with one name. Judges, never deletes."""

import re
from collections.abc import Iterable, Iterator, Mapping

from infoview_md.notes.findings import Finding, finding
from infoview_md.notes.records import ContactNote
from infoview_md.notes.text import fold

__all__ = ["doubtful_names", "sync_copies"]

_SYNC_COPY = re.compile(
    r"\.sync-conflict-\d{8}-\d{6}-[A-Z0-9]+(?=\.md$)| \([^()]*conflicted copy[^()]*\)(?=\.md$)", re.IGNORECASE
)
_MAYBE_COPY = re.compile(r"(?: \(\d+\)| \d+|-[A-Z0-9]+(?:-[A-Z0-9]+)*)(?=\.md$)")


def sync_copies(paths: Iterable[str]) -> Mapping[str, str]:
    """The paths of copies whose names only sync tools give, each with its original, where that is there too."""
    known = frozenset(paths)
    originals = {path: _SYNC_COPY.sub("", path) for path in sorted(known) if "conflict" in path.lower()}
    return {path: original for path, original in originals.items() if original != path and original in known}


def doubtful_names(notes: Iterable[ContactNote]) -> Iterator[Finding]:
    """Tell of contacts with one name: a copy by its file's name and e-mail, else two people or one twice."""
    by_name: dict[str, list[ContactNote]] = {}
    for note in notes:
        by_name.setdefault(fold(note.name), []).append(note)
    for twins in by_name.values():
        if len(twins) > 1:
            yield from _doubts(twins)


def _doubts(twins: list[ContactNote]) -> Iterator[Finding]:
    by_path = {one.path: one for one in twins}
    people: list[ContactNote] = []
    for note in twins:
        original = by_path.get(_MAYBE_COPY.sub("", note.path))
        if original is not None and original is not note and original.email == note.email:
            yield finding("sync-conflict", note.path, original=original.path)
        else:
            people.append(note)
    for note in people[1:]:
        others = ", ".join(one.path for one in people if one is not note)
        yield finding("same-name", note.path, note.lines.get("name"), name=note.name, others=others)
