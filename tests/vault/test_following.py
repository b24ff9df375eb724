"""A watcher makes the next state from the last: what it says and the views it writes are those made from nothing."""

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from infoview_md import Vault
from infoview_md.disk.upkeep import Upkeep
from infoview_md.disk.watch import Hint
from infoview_md.vault.watching import _Following

TODAY = dt.date(2026, 11, 23)
NAMES = ("Ada", "Bo", "Cy", "Di", "Eve")
DAYS = ("2026-11-02", "2026-11-20", "2026-11-30", "")


def notes(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Notes that may be saved next, some of which name somebody else than before."""
    one, other = chance.sample(NAMES, 2)
    day, answer = chance.choice(DAYS), chance.choice(("accepted", "declined", "later", ""))
    yield f"People/{one}.md", f'type: contact\nrole: r{chance.random()}\nreferred_by: "[[{NAMES[0]}]]"'
    yield f"People/{one}.md", f'type: contact\nreferred_by: "[[{other}]]"\norganization: "[[Mill]]"'
    yield f"Outreach/{one}.md", f'type: request\ncontact: "[[{one}]]"\nsent: {day}\nreplied: {day}\nreply: {answer}'
    yield f"Outreach/{one}.md", f'type: request\ncontact: "[[{one}]]"\nsent:\n---\nDear {other},'
    yield f"Interviews/{one}.md", f'type: interview\ncontact: "[[{one}]]"\ndate: {day}\nreferrals: ["[[{other}]]"]'
    yield f"Notes/{one}.md", f"title: {day}"
    yield "Me.md", f"type: me\nname: Imogen\nkeep_in_touch: {chance.randrange(20, 90)}"


@pytest.mark.parametrize("seed", range(6))
def test_after_any_saves_all_is_as_if_it_were_made_from_nothing(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    vault, _ = Vault.make(tmp_path / "v")
    for path, text in notes(chance):
        save(vault, path, text)
    vault.make_views()
    following = Vault(vault.root, today=TODAY)
    turns = _Following(vault.root, Upkeep(vault.root, cache=tmp_path / "own"), following._state, read_only=False)  # noqa: SLF001 - a turn without threads
    turns.turn(Hint(everything=True))
    for number in range(12):
        path, text = chance.choice([*notes(chance)])
        save(vault, path, text)
        if chance.random() < 0.1:
            (vault.root / path).unlink()
        turns.turn(Hint(everything=True) if number % 5 == 4 else Hint(paths=frozenset({path})))
        made, afresh = turns._told, Vault(vault.root, today=TODAY).index()  # noqa: SLF001 - also when nothing is told
        assert made is not None
        assert made.findings == afresh.findings
        assert made.agenda == afresh.agenda
        assert made.network == afresh.network
        assert vault.refresh_views(afresh) == ()


def save(vault: Vault, path: str, text: str) -> None:
    place = vault.root / path
    place.parent.mkdir(exist_ok=True)
    properties, _, body = text.partition("\n---\n")
    place.write_text(f"---\n{properties}\n---\n{body}\n", encoding="utf-8")
