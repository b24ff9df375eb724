"""What is kept between commands never says anything else than what follows from the notes as they are."""

import datetime as dt
import os
import random
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from infoview_md.agenda.packing import pack_agenda, pack_standings, unpack_agenda, unpack_standings
from infoview_md.disk import clock
from infoview_md.disk.cache import cache_file
from infoview_md.disk.upkeep import Upkeep, Upkept
from infoview_md.network.people import Network
from infoview_md.network.turns import between_turns
from infoview_md.notes.findings import Finding
from infoview_md.vault.letters import Letters
from infoview_md.vault.state import State

HISTORIES = int(os.environ.get("INFOVIEW_HISTORIES", "20"))
HOUR_NS = 3_600_000_000_000
NOON = dt.datetime(2026, 11, 23, 12)
NAMES = ("Ada Lovelace", "Grace Hopper", "Alan Turing")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    (tmp_path / "vault").mkdir()
    return tmp_path / "vault"


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


class Commands:
    """Commands on one vault, one after another; `made` counts those that had to find out for themselves."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.made = 0
        self.missed: set[str] = set()

    def look(self, at: dt.datetime, *, beside: Iterable[str] = (), sure: bool = True) -> State:
        """What the next command sees. It is `sure` when nothing was written just now."""
        ahead = HOUR_NS if sure else 0
        upkeep = Upkeep(self.root, cache=self.root.parent / "cache", now=lambda: clock.stamp() + ahead)
        return self._state(upkeep.bring_up_to_date(), at, beside)

    def fresh(self, at: dt.datetime) -> State:
        """What a command without a cache sees."""
        return self._state(Upkeep(self.root, cache=None).bring_up_to_date(), at, ())

    def _state(self, upkept: Upkept, at: dt.datetime, beside: Iterable[str]) -> State:
        def doubts(network: Network, now: dt.datetime) -> Iterable[Finding]:
            self.made += 1
            return Letters(network, now, lambda path: (self.root / path).read_text(encoding="utf-8")).doubts()

        return State(upkept, at, doubts, beside, missed=self.missed)


def same(one: State, other: State) -> bool:
    return (one.findings, one.agenda, one.stages) == (other.findings, other.agenda, other.stages)


def test_what_follows_is_found_again_while_nothing_changed(vault: Path) -> None:
    write(vault, "People/Ada.md", "---\ntype: contact\nemail: nonsense\n---\n")
    commands = Commands(vault)
    first, second = commands.look(NOON), commands.look(NOON + dt.timedelta(hours=1))
    assert same(first, second)
    assert [one.code for one in second.findings] == ["bad-email"]
    assert commands.made == 1


@pytest.mark.parametrize("change", ["another day", "a note", "a text beside the notes"])
def test_what_follows_is_found_anew_after_a_change(vault: Path, change: str) -> None:
    write(vault, "People/Ada.md", "---\ntype: contact\n---\n")
    commands = Commands(vault)
    assert commands.look(NOON).findings == ()
    if change == "a note":
        write(vault, "Daily/x.md", "text")
    day = dt.timedelta(days=change == "another day")
    assert commands.look(NOON + day, beside=["?"] if change == "a text beside the notes" else []).findings == ()
    assert commands.made == 2


def test_an_interview_that_ends_changes_what_follows_within_the_day(vault: Path) -> None:
    write(vault, "People/Ada.md", "---\ntype: contact\n---\n")
    write(vault, "Interviews/x.md", '---\ntype: interview\ncontact: "[[Ada]]"\ndate: 2026-11-23T14:30\n---\n')
    commands = Commands(vault)
    stages = [
        (hour, commands.look(dt.datetime(2026, 11, 23, *hour)).stages["People/Ada.md"])
        for hour in ((9, 0), (14, 29), (14, 30), (14, 59), (15, 0), (9, 0))
    ]
    assert [stage for _, stage in stages] == ["scheduled"] * 4 + ["met", "scheduled"]
    assert same(commands.look(dt.datetime(2026, 11, 23, 15)), commands.fresh(dt.datetime(2026, 11, 23, 15)))


def test_what_follows_from_a_note_that_may_still_change_is_not_kept(vault: Path) -> None:
    write(vault, "People/Ada.md", "---\ntype: contact\n---\n")
    commands = Commands(vault)
    for _ in range(2):
        assert commands.look(NOON, sure=False).findings == ()
    assert commands.made == 2


def test_what_was_found_without_a_text_that_could_not_be_read_is_not_kept(vault: Path) -> None:
    write(vault, "People/Ada.md", "---\ntype: contact\n---\n")
    commands = Commands(vault)
    commands.missed = {"Outreach/x.md"}
    for _ in range(2):
        assert commands.look(NOON).findings == ()
    assert commands.made == 2


def test_an_answer_that_was_damaged_is_not_believed(vault: Path) -> None:
    write(vault, "People/Ada.md", "---\ntype: contact\nemail: nonsense\n---\n")
    commands = Commands(vault)
    before = commands.look(NOON).findings
    with closing(sqlite3.connect(cache_file(vault, vault.parent / "cache"), isolation_level=None)) as database:
        database.execute("UPDATE answers SET value = replace(value, 'nonsense', 'sense')")
    assert commands.look(NOON).findings == before
    assert commands.made == 2


def test_an_agenda_that_was_kept_equals_the_one_that_was_made(vault: Path) -> None:
    write(vault, "People/Ada.md", '---\ntype: contact\norganization: "[[Analytical Engines]]"\n---\n')
    write(vault, "Outreach/x.md", '---\ntype: request\ncontact: "[[Ada]]"\nsent: 2026-11-02\n---\n')
    state = Commands(vault).look(NOON)
    made = state.agenda
    kept = unpack_agenda(
        pack_agenda(made), lambda: state.network, lambda: unpack_standings(pack_standings(made.standings))
    )
    assert made.actions
    assert (kept, made) == (made, kept)
    assert kept.due(organization="analytical engines") == made.due(organization="analytical engines") != ()
    contact = kept.actions[0].contact
    assert contact == made.actions[0].contact
    assert (contact.recorded, len(contact.messages), repr(contact)) == (True, 1, repr(made.actions[0].contact))
    assert kept.network is state.network


def test_between_two_turns_nothing_begins_or_ends(vault: Path) -> None:
    write(vault, "People/Ada.md", "---\ntype: contact\n---\n")
    write(vault, "Interviews/x.md", '---\ntype: interview\ncontact: "[[Ada]]"\ndate: 2026-11-23T14:30\n---\n')
    network = Commands(vault).fresh(NOON).network
    half_past, end = dt.datetime(2026, 11, 23, 14, 30), dt.datetime(2026, 11, 23, 15)
    assert between_turns(network, NOON)[1] == half_past
    assert between_turns(network, half_past) == (half_past, end)
    assert between_turns(network, end)[0] == end


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_through_any_history_what_is_kept_equals_what_follows(vault: Path, seed: int) -> None:
    chance = random.Random(seed)
    commands = Commands(vault)
    for _ in range(12):
        _live(vault, chance)
        for at in chance.sample(range(72), 2):
            now = dt.datetime(2026, 11, 22) + dt.timedelta(hours=at)
            assert same(commands.look(now, sure=chance.random() < 0.8), commands.fresh(now))


def _live(root: Path, chance: random.Random) -> None:
    """One thing that happens to a vault, or nothing."""
    notes = sorted(root.rglob("*.md"))
    name = chance.choice(NAMES)
    day, hour = f"2026-11-{chance.randrange(15, 27)}", chance.randrange(24)
    match chance.randrange(9):
        case 0 | 1:
            more = chance.choice(["", "email: nonsense\n", f'referred_by: "[[{chance.choice(NAMES)}]]"\n', "role: x\n"])
            write(root, f"People/{name}.md", f"---\ntype: contact\n{more}---\n")
        case 2 | 3:
            sent = chance.choice(["", f"sent: {day}\n", f"sent: {day}\nreplied: {day}\nreply: accepted\n"])
            text = f'---\ntype: request\ncontact: "[[{name}]]"\n{sent}---\nDear {chance.choice(NAMES)}, ==✎ why==\n'
            write(root, f"Outreach/{chance.randrange(4)}.md", text)
        case 4 | 5:
            zone = chance.choice(["", "", "+05:00"])
            text = f'---\ntype: interview\ncontact: "[[{name}]]"\ndate: {day}T{hour:02}:30:00{zone}\n---\n'
            write(root, f"Interviews/{chance.randrange(3)}.md", text)
        case 6:
            off = chance.choice(["", "proofreading_off: [no-such-check]\n", "timezone: Europe/London\n"])
            write(root, "Me.md", f"---\ntype: me\nname: Imogen\n{off}---\n")
        case 7 if notes:
            chance.choice(notes).unlink()
        case 8 if notes:
            chance.choice(notes).rename(root / f"{chance.randrange(9)} moved.md")
