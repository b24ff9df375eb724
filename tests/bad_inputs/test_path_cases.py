"""The catalogue's `path` cases: whatever stands where a note should, nothing stops, and every place is named."""

import json
import os
import stat
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import pytest

from infoview_md import Vault
from infoview_md.disk import files
from infoview_md.errors import FileTroubleError, UsageError
from tests.bad_inputs.catalogue import cases, check_rows, digests
from tests.command_line import Answer, infoview

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")

CASES = cases("path")
PERMISSIONS_COUNT = ("PATH-09",)
ADA = "---\ntype: contact\nlast_contact: 2026-10-01\n---\n"


def vault_in(folder: Path) -> Path:
    root = folder / "vault"
    (root / "People").mkdir(parents=True)
    (root / "Me.md").write_text("---\nname: Imogen Clough\n---\n", encoding="utf-8")
    return root


def read_only(root: Path, command: str, *options: str) -> Answer:
    """Run a command that must not change a byte."""
    before = digests(root)
    answer = infoview("--vault", str(root), command, *options)
    assert digests(root) == before
    assert "Traceback" not in answer.err
    return answer


def found(root: Path, status: int = 0) -> list[tuple[str, str, str]]:
    """Severity, code and path of all findings; `check` and `index` both end as they must."""
    assert read_only(root, "index").status == 0
    checked = read_only(root, "check", "--json")
    assert checked.status == status
    return [(one["severity"], one["code"], one["path"]) for one in json.loads(checked.out)]


def contacts(root: Path) -> list[str]:
    return [one.name for one in Vault(root).index().network.contacts.values()]


def a_folder_is_no_note(root: Path) -> None:
    (root / "People/Ada.md").mkdir()
    (root / "People/Ada.md/Grace.md").write_text(ADA, encoding="utf-8")
    assert found(root) == [("warning", "not-a-file", "People/Ada.md")]
    assert contacts(root) == ["Grace"]


def a_link_to_nowhere_is_reported(root: Path) -> None:
    (root / "People/x.md").symlink_to("nowhere.md")
    (root / "People/ring.md").symlink_to("ring.md")
    assert found(root) == [("warning", "dangling-link", f"People/{name}.md") for name in ("ring", "x")]


def a_linked_note_is_read_and_stays_a_link(root: Path) -> None:
    shared = root.parent / "shared.md"
    shared.write_text(ADA, encoding="utf-8")
    link = root / "People/Ada.md"
    link.symlink_to("../../shared.md")
    assert found(root) == []
    assert contacts(root) == ["Ada"]
    with pytest.raises(UsageError, match="leads out of the vault"):
        files.replace(root, "People/Ada.md", before=ADA.encode(), after=b"new")
    assert link.is_symlink()
    assert shared.read_text(encoding="utf-8") == ADA


def an_edit_keeps_the_mode(root: Path) -> None:
    for name, mode in (("Ada", 0o640), ("Bob", 0o444)):
        (root / f"People/{name}.md").write_text(ADA, encoding="utf-8")
        (root / f"People/{name}.md").chmod(mode)
    assert found(root) == []
    assert files.replace(root, "People/Ada.md", before=ADA.encode(), after=b"new") is files.Outcome.WRITTEN
    assert stat.S_IMODE((root / "People/Ada.md").stat().st_mode) == 0o640
    with pytest.raises(FileTroubleError, match="write-protected") as refused:
        files.replace(root, "People/Bob.md", before=ADA.encode(), after=b"new")
    assert refused.value.exit_status == 3
    assert (root / "People/Bob.md").read_text(encoding="utf-8") == ADA


def an_unreadable_folder_is_not_a_deleted_one(root: Path) -> None:
    private = root / "People/Private"
    private.mkdir()
    (private / "Ada.md").write_text(ADA, encoding="utf-8")
    (private / "Bob.md").write_text(ADA, encoding="utf-8")
    vault = Vault(root)
    assert sorted(vault.index().network.contacts) == ["People/Private/Ada.md", "People/Private/Bob.md"]
    private.chmod(0)
    later = vault.index()
    assert sorted(later.network.contacts) == ["People/Private/Ada.md", "People/Private/Bob.md"]
    assert (later.changes.removed, later.changes.modified) == (0, 0)
    assert found(root, status=1) == [("error", "unreadable", "People/Private")]
    assert (
        read_only(root, "check").lines[0]
        == "People/Private:1: error unreadable the folder cannot be read: permission denied"
    )


def a_name_of_two_lines_is_shown_on_one(root: Path) -> None:
    (root / "People/a\nb.md").write_text("x", encoding="utf-8")
    (root / "People/c\nd.md").write_text("---\ntype: contact\nlast_contact: 2026-02-30\n---\n", encoding="utf-8")
    assert found(root, status=1) == [("error", "bad-date", "People/c\nd.md")]
    for command in ("index", "check", "due", "graph"):
        lines = read_only(root, command).lines
        assert [line for line in lines if r"c\nd" in line], command
        assert [line for line in lines if line.lstrip("├─└ ").startswith(("b", "d"))] == [], command
    assert r"People/c\nd.md:3: error bad-date" in read_only(root, "check").lines[0]
    assert infoview("--vault", str(root), "show", r"c\nd").lines[0] == r"c\nd [identified]"
    made = infoview("--vault", str(root), "new", "request", r"People/c\nd.md")
    assert (made.status, made.lines) == (0, ["Outreach/2026-11-23 Request - c d.md"])
    assert sorted(contacts(root)) == ["a\nb", "c\nd"]


def three_ways_to_one_vault(root: Path) -> None:
    (root / "People/Ada.md").write_text(ADA, encoding="utf-8")
    (root.parent / "link").symlink_to("vault")
    caches = root.parent / "caches"
    with pytest.MonkeyPatch.context() as around:
        around.chdir(root.parent)
        around.setenv("HOME", str(root.parent))
        around.setenv("INFOVIEW_CACHE", str(caches))
        ways = ("./vault", "~/vault", "link", str(root), "vault/../link/People/..")
        answers = [json.loads(infoview("--vault", way, "index", "--json").out) for way in ways]
    assert {answer["vault"] for answer in answers} == {str(root)}
    assert [answer["notes"] for answer in answers] == [{"me": 1, "contact": 1}] * len(ways)
    assert [answer["changes"]["added"] for answer in answers] == [2, 0, 0, 0, 0]
    assert len(list(caches.iterdir())) == 1


def of_a_huge_note_only_the_head_is_read(root: Path) -> None:
    line = "what we talked about, at length\n"
    with (root / "People/Big.md").open("w", encoding="utf-8") as note:
        note.write(ADA)
        for _ in range(50):
            note.write(line * (1_000_000 // len(line)))
    vault = Vault(root)
    vault.index()
    tracemalloc.start()
    try:
        state = Vault(root).index()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20_000_000
    assert [(one.code, one.path) for one in state.findings] == [("note-too-large", "People/Big.md")]
    assert found(root) == [("warning", "note-too-large", "People/Big.md")]
    assert contacts(root) == ["Big"]


OUTCOMES: MappingProxyType[str, Callable[[Path], None]] = MappingProxyType(
    {
        "PATH-01": a_folder_is_no_note,
        "PATH-03": a_link_to_nowhere_is_reported,
        "PATH-05": a_linked_note_is_read_and_stays_a_link,
        "PATH-07": an_edit_keeps_the_mode,
        "PATH-09": an_unreadable_folder_is_not_a_deleted_one,
        "PATH-11": a_name_of_two_lines_is_shown_on_one,
        "PATH-13": three_ways_to_one_vault,
        "PATH-15": of_a_huge_note_only_the_head_is_read,
    }
)


def test_every_case_has_a_row() -> None:
    check_rows("path", OUTCOMES)


@pytest.mark.parametrize("case", CASES)
def test_path(case: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    root = vault_in(tmp_path)
    if case in PERMISSIONS_COUNT:
        found(root)  # loads all that the commands need, while this process may still read it
        root = vault_in(request.getfixturevalue("guarded"))
    OUTCOMES[case](root)
