"""One vault with every bad note of the catalogue and every odd file in it: all is read, and nothing changes."""

import faulthandler
import json
import os
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from infoview_md import Vault
from infoview_md.drafting.proofreading import CHECKS
from tests.bad_inputs.catalogue import cases, content, digests
from tests.bad_inputs.test_frontmatter_cases import ADAPTED, ROWS, Row
from tests.command_line import Answer, infoview

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")

NOTES = {ident: case for ident, case in cases("fm-").items() if case["kind"] == "note"}
EXPECTED: Mapping[str, Row] = {
    **{f"People/{ident}.md": ROWS[ident] for ident in NOTES},
    **{f"Outreach/{ident}.md": row for ident, (_, row) in ADAPTED.items()},
}
BESIDE = {"same-name", "unrecorded", "link-unresolved", "link-ambiguous", "ref-self", *CHECKS}
"""What is told of a note only because of the others, or of its wording as a message."""
READ_ONLY = ("index", "check", "due", "graph", "show")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the commands said about the vault, and what was in it before and after."""

    answers: Mapping[str, Answer]
    findings: tuple[Mapping[str, Any], ...]
    before: Mapping[str, str]
    after: Mapping[str, str]

    def about(self, path: str) -> set[tuple[str, int | None, str]]:
        return {(one["code"], one["line"], one["severity"]) for one in self.findings if one["path"] == path}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    assert sys.__stderr__ is not None
    faulthandler.dump_traceback_later(300, exit=True, file=sys.__stderr__)  # ends the run instead of waiting for ever
    root = fill(tmp_path_factory.mktemp("all") / "vault")
    vault = ("--vault", str(root))
    before = digests(root)
    answers = {
        "index": infoview(*vault, "index"),
        "check": infoview(*vault, "check"),
        "json": infoview(*vault, "check", "--json"),
        "due": infoview(*vault, "due"),
        "graph": infoview(*vault, "graph"),
        "data": infoview(*vault, "graph", "--format", "json"),
        "show": infoview(*vault, "show", "Good Neighbour"),
    }
    faulthandler.cancel_dump_traceback_later()
    return Told(answers=answers, findings=tuple(json.loads(answers["json"].out)), before=before, after=digests(root))


def fill(root: Path) -> Path:
    people = root / "People"
    people.mkdir(parents=True)
    (root / "Me.md").write_text("---\nname: Imogen Clough\ntimezone: Europe/Berlin\n---\n", encoding="utf-8")
    for ident, case in NOTES.items():
        (people / f"{ident}.md").write_bytes(content(case["input"]))
    (root / "Outreach").mkdir()
    for ident, (text, _) in ADAPTED.items():
        (root / f"Outreach/{ident}.md").write_text(f"---\n{text}\n---\nbody\n", encoding="utf-8")
    good = "---\ntype: contact\nlast_contact: 2026-10-01\n---\n"
    (people / "Good Neighbour.md").write_text(good, encoding="utf-8")
    (people / "Folder.md").mkdir()
    (people / "Folder.md/Inside.md").write_text(good, encoding="utf-8")
    (people / "Dangling.md").symlink_to("nowhere.md")
    (people / "Ring.md").symlink_to("Ring.md")
    os.mkfifo(people / "Pipe.md")
    (people / "Linked.md").symlink_to("../../Outside.md")
    (root.parent / "Outside.md").write_text(good, encoding="utf-8")
    (root / "Linked folder").symlink_to("People")
    (people / "Two\nlines.md").write_text("---\ntype: contact\nlast_contact: soon\n---\n", encoding="utf-8")
    (people / "Protected.md").write_text(good, encoding="utf-8")
    (people / "Protected.md").chmod(0o444)
    Path(os.fsdecode(os.fsencode(people) + b"/Caf\xe9.md")).write_text(
        good.replace("2026-10-01", "soon"), encoding="utf-8"
    )
    (people / "Zero.md").touch()
    (people / f"{'ö' * 100}.md").write_text(good, encoding="utf-8")
    with (people / "Huge.md").open("w", encoding="utf-8") as huge:
        huge.write(good)
        huge.write("a line of what was said, and another\n" * 1_400_000)
    with (people / "Holes.md").open("wb") as holes:
        holes.truncate(60_000_000)
    return root


ODD = {
    "People/Dangling.md": ("dangling-link", None, "warning"),
    "People/Ring.md": ("dangling-link", None, "warning"),
    "People/Folder.md": ("not-a-file", None, "warning"),
    "People/Pipe.md": ("not-a-file", None, "warning"),
    "People/Two\nlines.md": ("bad-date", 3, "error"),
    "People/Caf\udce9.md": ("bad-date", 3, "error"),
    "People/Huge.md": ("note-too-large", None, "warning"),
    "People/Holes.md": ("note-too-large", None, "warning"),
    "People/Zero.md": ("empty-note", None, "info"),
}


@pytest.mark.parametrize("command", READ_ONLY)
def test_each_command_comes_to_its_end(command: str, told: Told) -> None:
    answer = told.answers[command]
    assert answer.status == (1 if command == "check" else 0)
    assert "Traceback" not in answer.err


def test_no_byte_of_any_note_changed_and_nothing_is_new(told: Told) -> None:
    assert told.after == told.before


@pytest.mark.parametrize("path", EXPECTED)
def test_each_bad_note_is_named_with_its_line_and_no_other_is(path: str, told: Told) -> None:
    found = {one for one in told.about(path) if one[0] not in BESIDE}
    assert found == set(EXPECTED[path].found)
    for code, line, severity in found:
        assert f"\n{path}:{line or 1}: {severity} {code} " in f"\n{told.answers['check'].out}"


@pytest.mark.parametrize("path", ODD)
def test_each_odd_file_is_named(path: str, told: Told) -> None:
    assert ODD[path] in told.about(path)


def test_every_line_of_check_says_where(told: Told) -> None:
    for line in told.answers["check"].lines:
        assert line.startswith("  ") or line.split(": ")[0].rpartition(":")[2].isdigit(), line


def test_index_counts_them_all_and_says_where_to_read_on(told: Told) -> None:
    of = Counter(one["severity"] for one in told.findings)
    out = told.answers["index"].out
    assert f"\nFindings: {of['error']} errors, {of['warning']} warnings, {of['info']} info\n" in out
    assert out.endswith("more: infoview check\n")


def test_the_good_notes_among_them_are_read_as_ever(told: Told) -> None:
    nodes = {one["path"]: one for one in json.loads(told.answers["data"].out)["nodes"]}
    for name in ("Good Neighbour", "Linked", "Folder.md/Inside", "Protected", "ö" * 100, "Huge"):
        assert f"People/{name}.md" in nodes
    assert told.answers["show"].lines[0] == "Good Neighbour [in-touch]"
    assert not [path for path in nodes if path and path.startswith("Linked folder")]


def test_the_process_lives_on(tmp_path: Path) -> None:
    """As the watcher does: one `Vault`, several looks, notes that come and go."""
    root = fill(tmp_path / "vault")
    vault = Vault(root)
    first = vault.index()
    for path in (root / "People").glob("FM-*.md"):
        path.unlink()
    second = vault.index()
    assert second.changes.removed == len(NOTES)
    assert len(second.findings) < len(first.findings)
    (root / "People/FM-NEW.md").write_text("---\ntype: contact\n---\n", encoding="utf-8")
    assert vault.index().changes.added == 1
