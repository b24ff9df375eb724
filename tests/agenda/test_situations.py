"""Every row of the rule table, every boundary, every case of time: situations in `situations/*.txt`, as small vaults.

A file is a list of situations, each below a line `# title`. Notes stand below `=== path`, properties first. A line
`on DAY: NAME STAGE` is a test with the notes so far; below it stands all that is due for that contact, at any time, and
with `because:` the stage's reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.agenda.vaults import SITUATIONS, agenda_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    title: str
    notes: dict[str, str]
    now: str
    name: str
    stage: str
    actions: tuple[str, ...]


def situations() -> Iterator[Situation]:
    for file in sorted(SITUATIONS.glob("*.txt")):
        for part in f"\n{file.read_text(encoding='utf-8')}".split("\n# ")[1:]:
            title, _, rest = part.partition("\n")
            yield from _checks(f"{file.stem}: {title}", rest)


def _checks(title: str, text: str) -> Iterator[Situation]:
    notes: dict[str, str] = {}
    for block in f"\n{text}".split("\n=== ")[1:]:
        path, _, rest = block.partition("\n")
        note, *checks = f"\n{rest}".split("\non ")
        notes = {**notes, path: note.strip("\n")}
        for check in checks:
            now, _, expected = check.partition(": ")
            first, *actions = expected.strip().splitlines()
            name, _, stage = first.rpartition(" ")
            lines = tuple(line.strip() for line in actions if line.strip())
            yield Situation(title=title, notes=notes, now=now, name=name, stage=stage, actions=lines)


ALL = tuple(situations())


@pytest.mark.parametrize("case", ALL, ids=[f"{one.title}, on {one.now}: {one.name}" for one in ALL])
def test_what_is_due_follows_from_the_notes(case: Situation) -> None:
    agenda = agenda_of(case.notes, case.now)
    found = [one for one in agenda.network.contacts.values() if one.name == case.name]
    assert [agenda.standings[one.id].stage for one in found] == [case.stage]
    assert [f"{one.due} {one.text}" for one in agenda.for_contact(found[0].id)] == list(case.actions)


def test_there_are_enough_of_them() -> None:
    assert len({one.title for one in ALL}) >= 60
