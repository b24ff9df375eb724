"""The catalogue's `write` cases, and every frontmatter case as a note to edit: one line differs, or nothing does."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import pytest

from infoview_md import Vault
from infoview_md.disk.edits import edit
from infoview_md.errors import ConflictError
from infoview_md.notes import fences
from infoview_md.notes.editing import set_property
from infoview_md.notes.frontmatter import plain_value, read_block
from tests.bad_inputs.catalogue import cases, check_rows, content
from tests.command_line import Answer, infoview

ASK = "Outreach/Ask.md"
SENT = b'---\ntype: request\ncontact: "[[Ada]]"\nsent: 2026-11-10\n---\nDear Ada,\n'
BY_HAND = b"""---
# Asked her at the tidal conference
type:   request
contact: ["[[Ada]]",   '[[Grace]]']   # both

to: "ada@example.org"
sent:      # not yet
tags: [ a,b ]
cc:
      - 'x@example.org'
---
"""


def vault_in(folder: Path, note: bytes = SENT) -> Path:
    root = folder / "vault"
    (root / "Outreach").mkdir(parents=True)
    (root / "Me.md").write_text("---\nname: Imogen Clough\n---\n", encoding="utf-8")
    (root / ASK).write_bytes(note)
    return root


def mark(root: Path, *words: str) -> Answer:
    answer = infoview("--vault", str(root), "mark", *words)
    assert "Traceback" not in answer.err
    return answer


def text(root: Path) -> bytes:
    return (root / ASK).read_bytes()


def names_in(root: Path) -> set[str]:
    return {place.name for place in (root / "Outreach").iterdir()}


def moments(monkeypatch: pytest.MonkeyPatch, name: str, then: Callable[..., object]) -> None:
    """Let something happen just before each call of a function of the system."""
    real = getattr(os, name)

    def watched(*arguments: object, **options: object) -> object:
        then(*arguments)
        return real(*arguments, **options)

    monkeypatch.setattr(os, name, watched)


def what_is_saved_meanwhile_stays(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = [SENT + b"A line of mine\n", SENT.replace(b"---\nDear", b"reply: declined\n---\nDear")]
    moments(monkeypatch, "fsync", lambda *_: (root / ASK).write_bytes(saved.pop(0)) if len(saved) == 2 else None)
    assert mark(root, "replied", "Ada").status == 0
    assert text(root) == SENT.replace(b"---\nDear", b"replied: 2026-11-23\n---\nDear") + b"A line of mine\n"
    (root / ASK).write_bytes(SENT)
    moments(monkeypatch, "fsync", lambda *_: (root / ASK).write_bytes(saved.pop(0)) if saved else None)
    answer = mark(root, "accepted", "Ada")
    assert (answer.status, "changed while" in answer.err) == (4, True)
    assert b"reply: declined\n" in text(root)


def every_temporary_name_is_another(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []
    moments(monkeypatch, "replace", lambda source, *_: names.append(str(source)))
    for day in range(10, 20):
        assert mark(root, "sent", ASK, "--on", f"2026-11-{day}").status == 0
    assert len(set(names)) == len(names) == 9


def leftovers_are_ignored_and_cleared_away(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    foreign, old, young = ".Ada.md.tmp-123", ".infoview-0123456789abcdef.tmp", ".infoview-fedcba9876543210.tmp"
    for name in (foreign, old, young):
        (root / "Outreach" / name).write_bytes(SENT)
    os.utime(root / "Outreach" / old, (0, 0))
    assert sorted(Vault(root).index().index.readings) == ["Me.md", ASK]
    assert mark(root, "replied", "Ada").status == 0
    assert names_in(root) == {foreign, young, "Ask.md"}


def what_exists_is_not_created(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    assert infoview("--vault", str(root), "new", "contact", "Ada Lovelace").status == 0
    before = (root / "People/Ada Lovelace.md").read_bytes()
    assert infoview("--vault", str(root), "new", "contact", "Ada Lovelace").status == 4
    assert (root / "People/Ada Lovelace.md").read_bytes() == before


def the_difference_is_one_line(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    (root / ASK).write_bytes(BY_HAND)
    assert mark(root, "sent", "Ada").status == 0
    assert text(root) == BY_HAND.replace(b"sent:      # not yet", b"sent: 2026-11-23     # not yet")


def what_changes_nothing_writes_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (root / ASK).stat()
    moments(monkeypatch, "replace", lambda *_: pytest.fail("something was replaced"))
    assert mark(root, "sent", ASK, "--on", "2026-11-10").status == 0
    after = (root / ASK).stat()
    assert (after.st_mtime_ns, after.st_ino, after.st_size) == (before.st_mtime_ns, before.st_ino, before.st_size)


def the_temporary_file_stands_beside_the_note(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(root.parent / "nowhere"))
    folders: list[Path] = []
    moments(monkeypatch, "replace", lambda source, *_: folders.append(Path(source).parent))
    assert mark(root, "replied", "Ada").status == 0
    assert folders == [root / "Outreach"]


def times_are_compared_for_being_other(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    os.utime(root / ASK, (4_070_908_800, 4_070_908_800))
    vault = Vault(root)
    assert vault.index().network.messages[0].reply is None
    assert mark(root, "accepted", "Ada").status == 0
    os.utime(root / ASK, (1_000_000_000, 1_000_000_000))
    assert vault.index().network.messages[0].reply == "accepted"


def an_interrupt_leaves_the_note_whole(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    for moment in ("fsync", "replace"):
        with monkeypatch.context() as patched:
            moments(patched, moment, interrupt)
            answer = mark(root, "replied", "Ada")
        assert (answer.status, text(root)) == (130, SENT)
    assert names_in(root) == {"Ask.md"}


CHECKS = MappingProxyType(
    {
        "WRITE-01": what_is_saved_meanwhile_stays,
        "WRITE-03": every_temporary_name_is_another,
        "WRITE-05": leftovers_are_ignored_and_cleared_away,
        "WRITE-07": what_exists_is_not_created,
        "WRITE-09": the_difference_is_one_line,
        "WRITE-11": what_changes_nothing_writes_nothing,
        "WRITE-13": the_temporary_file_stands_beside_the_note,
        "WRITE-15": times_are_compared_for_being_other,
        "WRITE-17": an_interrupt_leaves_the_note_whole,
    }
)


def test_every_case_is_checked() -> None:
    check_rows("write", CHECKS)


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_writing(
    check: Callable[[Path, pytest.MonkeyPatch], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INFOVIEW_CACHE", str(tmp_path / "cache"))
    check(vault_in(tmp_path), monkeypatch)


def test_a_disk_that_fills_up_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = vault_in(tmp_path)

    def fill_up(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    moments(monkeypatch, "fsync", fill_up)
    assert mark(root, "replied", "Ada").status == 3
    assert text(root) == SENT


# --- Every frontmatter case as a note to edit ------------------------------------------------------------------------

NOTES = {ident: case for ident, case in cases("fm-").items() if case["kind"] == "note"}


MUST_REFUSE = {ident for ident, case in NOTES.items() if "refuse to edit" in str(case["expect"].get("must"))}


def edited(ident: str) -> bytes:
    return set_property(content(NOTES[ident]["input"]), "stage", "met", path=NOTES[ident]["input"]["path"]).data


def can_be_edited(ident: str) -> bool:
    try:
        return bool(edited(ident))
    except ConflictError:
        return False


EDITABLE = [ident for ident in NOTES if can_be_edited(ident)]


def test_what_must_not_be_edited_is_not_and_most_notes_can_be() -> None:
    assert len(MUST_REFUSE) >= 4
    assert MUST_REFUSE.isdisjoint(EDITABLE)
    assert len(EDITABLE) >= len(NOTES) // 2


@pytest.mark.parametrize("ident", EDITABLE)
def test_an_edit_changes_or_adds_one_line(ident: str) -> None:
    before, after = content(NOTES[ident]["input"]).split(b"\n"), edited(ident).split(b"\n")
    while before and before[0] == after[0]:
        before, after = before[1:], after[1:]
    while before and before[-1] == after[-1]:
        before, after = before[:-1], after[:-1]
    assert (len(before) <= 1, len(after) <= 1) == (True, True)
    block = fences.split(edited(ident).decode("utf-8-sig")).block
    assert {one.name: plain_value(one.value) for one in read_block(block or "").properties}["stage"] == "met"


@pytest.mark.parametrize("ident", sorted(set(NOTES).difference(EDITABLE)))
def test_a_refusal_names_the_note_and_what_to_do(ident: str) -> None:
    with pytest.raises(ConflictError) as refused:
        edited(ident)
    assert refused.value.message.startswith(NOTES[ident]["input"]["path"])
    assert refused.value.hint


def test_an_edit_through_the_disk_reads_all_of_a_large_note(tmp_path: Path) -> None:
    root = vault_in(tmp_path, SENT + b"x" * 2_000_000)
    edit(root, ASK, lambda data: set_property(data, "sent", "2026-11-11").data, locks=tmp_path / "locks")
    assert text(root) == SENT.replace(b"11-10", b"11-11") + b"x" * 2_000_000
