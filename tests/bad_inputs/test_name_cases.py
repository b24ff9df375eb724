"""The catalogue's `name` cases: whatever somebody is called, one portable note, and never another's."""

import re
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import pytest

from infoview_md import Vault
from infoview_md.notes.text import fold
from tests.bad_inputs.catalogue import cases, check_rows, digests
from tests.command_line import Answer, infoview

CASES = cases("name")
FORBIDDEN_SOMEWHERE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]|^[. ]|[. ]$')


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "around" / "vault"
    root.mkdir(parents=True)
    assert infoview("init", str(root), "--set", "name=Imogen Clough").status == 0
    return root


def new_contact(root: Path, name: str) -> Answer:
    return infoview("--vault", str(root), "--today", "2026-11-23", "new", "contact", "--", name)


def names_of(case: str) -> list[str]:
    given = CASES[case]["input"]["name"]
    return given if isinstance(given, list) else [given]


def people(root: Path) -> list[str]:
    """The files in People, and a proof that nothing else is new anywhere around."""
    assert sorted(path.name for path in root.parent.iterdir()) == ["vault"]
    others = [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()]
    found = sorted(path.removeprefix("People/") for path in others if path.startswith("People/"))
    assert sorted(others) == sorted(["Me.md", *(f"People/{name}" for name in found)])
    assert [name for name in found if "/" in name] == []
    return found


def known_names(root: Path) -> list[str]:
    """The names that the network has; each exactly once."""
    found = [one.name for one in Vault(root).index().network.contacts.values()]
    assert len(found) == len(set(found))
    return sorted(found)


def one_note_with_the_name_kept(root: Path, case: str) -> None:
    (name,) = names_of(case)
    answer = new_contact(root, name)
    (file,) = people(root)
    assert (answer.status, answer.out) == (0, f"People/{file}\n")
    assert FORBIDDEN_SOMEWHERE.search(file.removesuffix(".md")) is None
    assert known_names(root) == [name]


def two_notes_that_do_not_collide(root: Path, case: str) -> None:
    for name in names_of(case):
        before = digests(root)
        assert new_contact(root, name).status == 0
        assert before.items() <= digests(root).items()
    files = people(root)
    assert len({fold(file) for file in files}) == len(names_of(case))
    assert [file for file in files if FORBIDDEN_SOMEWHERE.search(file.removesuffix(".md"))] == []
    assert known_names(root) == sorted(" ".join(name.split()) for name in names_of(case))


def refused_and_nothing_created(root: Path, case: str) -> None:
    before = digests(root)
    for name in names_of(case):
        answer = new_contact(root, name)
        assert (answer.status, answer.out) == (2, "")
        assert answer.err.startswith("infoview: bad name: ")
        assert digests(root) == before
    assert people(root) == []


def found_again_behind_two_dashes(root: Path, case: str) -> None:
    one_note_with_the_name_kept(root, case)
    (name,) = names_of(case)
    assert "-rf" in infoview("--vault", str(root), "--today", "2026-11-23", "show", "--", name).lines[0]
    made = infoview("--vault", str(root), "--today", "2026-11-23", "new", "request", "--", name)
    assert (made.status, made.out) == (0, "Outreach/2026-11-23 Request - -rf.md\n")
    commands = [action.command for action in Vault(root).due()]
    assert commands == ['infoview email "Outreach/2026-11-23 Request - -rf.md"']
    unknown = infoview("--vault", str(root), "--today", "2026-11-23", "show", "--", "-x")
    assert unknown.err.endswith('record them: infoview new contact -- "-x"\n')


def refused_as_the_same_note(root: Path, case: str) -> None:
    assert new_contact(root, "Ada Lovelace").status == 0
    before = digests(root)
    (name,) = names_of(case)
    answer = new_contact(root, name)
    assert (answer.status, answer.out) == (4, "")
    assert "People/Ada Lovelace.md" in answer.err
    assert digests(root) == before


def the_same_in_every_case(root: Path, case: str) -> None:
    two_notes_that_do_not_collide(root, case)
    before = digests(root)
    for twin in ("STRASSE", "straße", "i\u0307pek", "I\u0307PEK"):
        assert new_contact(root, twin).status == 4, twin
    assert digests(root) == before


OUTCOMES: MappingProxyType[str, Callable[[Path, str], None]] = MappingProxyType(
    {
        "NAME-01": one_note_with_the_name_kept,
        "NAME-03": one_note_with_the_name_kept,
        "NAME-05": one_note_with_the_name_kept,
        "NAME-07": two_notes_that_do_not_collide,
        "NAME-09": refused_and_nothing_created,
        "NAME-11": found_again_behind_two_dashes,
        "NAME-13": refused_as_the_same_note,
        "NAME-15": two_notes_that_do_not_collide,
        "NAME-17": the_same_in_every_case,
    }
)


def test_every_case_has_a_row() -> None:
    check_rows("name", OUTCOMES)


@pytest.mark.parametrize("case", CASES)
def test_name(case: str, root: Path) -> None:
    OUTCOMES[case](root, case)
