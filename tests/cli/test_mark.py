"""`infoview mark` on the command line: its answer, its exit status, and the bytes it leaves."""

import datetime as dt
import json
from pathlib import Path

import pytest

from infoview_md import Vault
from infoview_md.errors import ConflictError, UsageError
from tests.command_line import Answer, infoview

BOM = "\ufeff"
ASK = "Outreach/2026-11-10 Request - Ada.md"
NOTE = (
    f"{BOM}---\r\ntype: request # asked at the conference\r\ncontact: [[Ada]]\r\nsent: '2026-11-10'   # Tuesday\r\n"
    "replied:\t\r\nreply: [] # ?\r\n---\r\n\r\nDear Ada,\r\nsent: \n\n\n"
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INFOVIEW_CACHE", str(tmp_path / "cache"))
    root = tmp_path / "vault"
    for path, text in {
        "Me.md": "---\nname: Imogen Clough\n---\n",
        "People/Ada.md": "---\ntype: contact\n---\n",
        ASK: NOTE,
        "Outreach/Broken.md": "---\ntype: request\ncontact: [Ada\n---\n",
        "Interviews/Talk.md": "---\ntype: interview\ncontact: Ada\ndate: 2026-11-20\n---\n",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode())
    return root


def mark(root: Path, *words: str, today: str = "2026-11-23") -> Answer:
    return infoview("--vault", str(root), "mark", *words, today=today)


def text(root: Path, path: str = ASK) -> str:
    return (root / path).read_bytes().decode()


def test_the_answer_is_the_note_and_beside_it_what_is_new(root: Path) -> None:
    answer = mark(root, "accepted", "Ada")
    assert (answer.status, answer.out) == (0, f"{ASK}\n")
    assert answer.err == "  reply: accepted\n  replied: 2026-11-23\n"
    assert text(root) == NOTE.replace("replied:\t", "replied: 2026-11-23\t").replace("[] #", "accepted #")


def test_the_answer_in_json_has_the_promised_keys(root: Path) -> None:
    assert json.loads(mark(root, "later", "Ada", "--until", "2027-01-15", "--json").out) == {
        "path": ASK,
        "property": "reply",
        "before": None,
        "after": "later",
        "also": [
            {"property": "replied", "before": None, "after": "2026-11-23"},
            {"property": "later_on", "before": None, "after": "2027-01-15"},
        ],
    }
    assert json.loads(mark(root, "held", "Ada", "--json").out) == {
        "path": "Interviews/Talk.md",
        "property": "status",
        "before": None,
        "after": "held",
        "also": [],
    }


def test_what_stood_there_is_told(root: Path) -> None:
    assert mark(root, "sent", ASK, "--on", "2026-11-11").err == "  sent: 2026-11-11 (was 2026-11-10)\n"
    (root / ASK).write_bytes(NOTE.replace("[] #", "[yes, no] #").encode())
    assert mark(root, "declined", "Ada").err.startswith("  reply: declined (was ['yes', 'no'])\n")


def test_marking_again_says_so_and_writes_nothing(root: Path) -> None:
    mark(root, "declined", "Ada")
    before = (root / ASK).stat()
    answer = mark(root, "declined", "Ada")
    assert (answer.status, answer.out) == (0, f"{ASK}\n")
    assert "nothing was written" in answer.err
    assert (root / ASK).stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize("name", [ASK, ASK[:-3], ASK.upper(), f"[[{ASK[:-3]}]]", "{root}/" + ASK])
def test_a_note_is_named_by_its_path(root: Path, name: str) -> None:
    assert mark(root, "replied", name.format(root=root), "--on", "2026-11-12").out == f"{ASK}\n"
    assert "replied: 2026-11-12\t\r\n" in text(root)


def test_a_note_is_named_from_the_working_folder_as_a_shell_completes_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root / "Interviews")
    assert infoview("mark", "no-show", "Talk.md").out == "Interviews/Talk.md\n"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("posted", "Ada"), 2),
        (("sent",), 2),
        (("sent", "Nobody"), 2),
        (("sent", "Ada"), 2),
        (("sent", "Ada", "--on", "yesterday"), 2),
        (("accepted", "Ada", "--on", "2026-11-24"), 2),
        (("accepted", "Ada", "--until", "2026-12-24"), 2),
        (("sent", "Me.md"), 2),
        (("sent", ASK), 2),
        (("held", ASK), 2),
        (("sent", "Outreach/Broken.md"), 4),
    ],
)
def test_a_refusal_changes_nothing_and_says_what_to_do(root: Path, words: tuple[str, ...], status: int) -> None:
    before = {place: place.read_bytes() for place in root.rglob("*.md")}
    answer = mark(root, *words)
    assert (answer.status, answer.out) == (status, "")
    assert len(answer.err.splitlines()) > 1
    assert {place: place.read_bytes() for place in root.rglob("*.md")} == before


def test_a_protected_note_is_file_trouble(root: Path) -> None:
    (root / ASK).chmod(0o444)
    answer = mark(root, "replied", "Ada")
    assert (answer.status, answer.err.splitlines()[0]) == (3, f"infoview: {ASK} is write-protected")
    assert text(root) == NOTE
    (root / ASK).chmod(0o644)


def test_what_is_marked_is_what_the_agenda_then_knows(root: Path) -> None:
    vault = Vault(root, today=dt.date(2026, 11, 23))
    assert vault.index().stages["People/Ada.md"] == "met"
    vault.mark("cancelled", "Ada")
    vault.mark("declined", "Ada")
    assert vault.index().stages["People/Ada.md"] == "declined"


def test_the_library_raises_what_the_command_says(root: Path) -> None:
    vault = Vault(root)
    with pytest.raises(UsageError, match="no event"):
        vault.mark("posted", "Ada")
    with pytest.raises(ConflictError, match="cannot be read"):
        vault.mark("sent", "Outreach/Broken")
