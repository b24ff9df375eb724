"""The catalogue's `graph` cases: whom the notes make known, who led to whom, and what is doubtful about it."""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pytest

from infoview_md import State, Vault
from tests.bad_inputs.catalogue import cases, check_rows, digests, write_files
from tests.command_line import infoview

CASES = cases("graph")
TEMPLATE_FOLDER = {".obsidian/templates.json": {"text": '{"folder": "Templates"}'}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The contacts and referrals there must be, and the findings: place, code, and what the texts must say."""

    contacts: tuple[str, ...]
    referrals: tuple[tuple[str, str], ...] = ()
    findings: tuple[tuple[str, str], ...] = ()
    says: tuple[str, ...] = ()


OUTCOMES: MappingProxyType[str, Row] = MappingProxyType(
    {
        "GRAPH-01": Row(contacts=("People/Ada.md",), findings=(("People/Ada.md:4", "ref-self"),)),
        "GRAPH-03": Row(
            contacts=tuple(f"People/P{number}.md" for number in range(5000)),
            referrals=tuple((f"People/P{number}.md", f"People/P{number + 1}.md") for number in range(4999)),
        ),
        "GRAPH-05": Row(
            contacts=("Archive/Sam Lee.md", "People/Bob.md", "People/Sam Lee.md"),
            referrals=(("People/Sam Lee.md", "People/Bob.md"),),
            findings=(("People/Bob.md:4", "link-ambiguous"), ("People/Sam Lee.md:3", "same-name")),
            says=("People/Sam Lee.md, Archive/Sam Lee.md", "[[People/Sam Lee]]"),
        ),
        "GRAPH-07": Row(
            contacts=("People/Ada Lovelace.md", "People/Bob.md"),
            referrals=(("People/Ada Lovelace.md", "People/Bob.md"),),
        ),
        "GRAPH-09": Row(contacts=("People/Bob.md",)),
        "GRAPH-11": Row(
            contacts=("People/Ada.md",),
            findings=(("People/Ada.sync-conflict-20261122-101500-ABCDEFG.md:1", "sync-conflict"),),
            says=("a copy of People/Ada.md",),
        ),
        "GRAPH-13": Row(
            contacts=("People/Ada (1).md", "People/Ada 2.md", "People/Ada-DESKTOP-7F3.md", "People/Ada.md"),
            findings=tuple((f"People/Ada{mark}.md:1", "sync-conflict") for mark in (" (1)", " 2", "-DESKTOP-7F3")),
            says=("a copy of People/Ada.md",),
        ),
        "GRAPH-15": Row(contacts=("People/Bob.md",)),
    }
)


def test_every_case_has_a_row() -> None:
    check_rows("graph", OUTCOMES)


@pytest.mark.parametrize("case", CASES)
def test_graph(case: str, tmp_path: Path) -> None:
    row = OUTCOMES[case]
    write_files(tmp_path, CASES[case]["input"]["files"])
    if case == "GRAPH-15":  # Obsidian knows no template folder of itself; it is told of one
        write_files(tmp_path, TEMPLATE_FOLDER)
    before = digests(tmp_path)
    state = Vault(tmp_path, today=dt.date(2026, 11, 23)).index()
    assert sorted(state.network.contacts) == sorted(row.contacts)
    assert sorted((one.by, one.to) for one in state.network.referrals) == sorted(row.referrals)
    assert tuple(places_and_codes(state)) == row.findings
    told = "".join(f"{one.message}\n{one.hint}\n" for one in state.findings)
    assert [words for words in row.says if words not in told] == []
    for command in ("check", "index"):
        answer = infoview("--vault", str(tmp_path), command)
        assert (answer.status, len(answer.out) < 5_000) == (0, True)
    assert digests(tmp_path) == before


def test_a_chain_of_5_000_people_can_be_drawn_and_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INFOVIEW_CACHE", str(tmp_path / "caches"))
    write_files(tmp_path / "vault", CASES["GRAPH-03"]["input"]["files"])
    vault = ("--vault", str(tmp_path / "vault"))
    data = json.loads(infoview(*vault, "graph", "--format", "json").out)
    assert (len(data["nodes"]), len(data["edges"])) == (5001, 4999)
    pictures = (("graph", "--format", form) for form in ("tree", "mermaid", "canvas", "dot", "graphml"))
    for arguments in (*pictures, ("show", "P4999"), ("new", "request", "P1")):
        answer = infoview(*vault, *arguments)
        assert (answer.status, "Traceback" in answer.err) == (0, False), arguments


def test_a_ring_of_referrals_is_told_of_and_walked_once(tmp_path: Path) -> None:
    ring = {
        f"People/{name}.md": {"text": f'---\ntype: contact\nreferred_by: "[[{by}]]"\n---\n'}
        for name, by in (("Ada", "Bob"), ("Bob", "Cleo"), ("Cleo", "Ada"))
    }
    write_files(tmp_path, ring)
    assert tuple(places_and_codes(Vault(tmp_path).index())) == (("People/Ada.md:3", "ref-loop"),)
    drawn = infoview("--vault", str(tmp_path), "graph").out
    assert [drawn.count(name) > 0 for name in ("Ada", "Bob", "Cleo")] == [True, True, True]


def places_and_codes(state: State) -> list[tuple[str, str]]:
    return [(f"{one.path}:{one.line or 1}", one.code) for one in state.findings]
