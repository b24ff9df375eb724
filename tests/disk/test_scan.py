import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path

import pytest

from infoview_md.disk.scan import (
    FileState,
    NoteBytes,
    find_vault,
    read_note,
    read_templates,
    scan,
    template_folders,
)
from infoview_md.disk.walking import is_note_name
from infoview_md.errors import FileTroubleError
from infoview_md.notes.findings import Finding

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes, sockets or plain links")


def write(root: Path, *paths: str, text: str = "text") -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(found.path, found.code) for found in findings]


# --- What is a note --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["Ada.md", "Ada.MD", "Ada.sync-conflict-20261122-101010-ABCDEFG.md", "a\nb.md", "~.md"]
)
def test_a_markdown_file_is_a_note(name: str) -> None:
    assert is_note_name(name)


@pytest.mark.parametrize("name", ["Ada.txt", "Ada.md~", ".Ada.md", ".md", "~$Ada.md", ".#Ada.md", "Ada.md.tmp", "md"])
def test_a_hidden_temporary_or_other_file_is_no_note(name: str) -> None:
    assert not is_note_name(name)


# --- Scanning --------------------------------------------------------------------------------------------------------


def test_notes_and_other_files_are_listed_apart_and_in_order(vault: Path) -> None:
    write(vault, "People/Zoe.md", "People/Ada.md", "Me.md", "cv.pdf", "People/photo.png", "b/c/d/Deep.MD")
    seen = scan(vault)
    assert list(seen.notes) == ["Me.md", "People/Ada.md", "People/Zoe.md", "b/c/d/Deep.MD"]
    assert seen.other_files == ("People/photo.png", "cv.pdf")
    assert seen.unreadable_folders == ()
    assert seen.findings == ()


def test_the_state_of_a_note_is_that_of_the_file(vault: Path) -> None:
    write(vault, "Ada.md", text="12345")
    os.utime(vault / "Ada.md", ns=(0, 4_070_908_800_123_456_789))
    status = (vault / "Ada.md").stat()
    (state,) = scan(vault).notes.values()
    changed = 0 if os.name == "nt" else status.st_ctime_ns
    assert state == FileState(size=5, mtime_ns=status.st_mtime_ns, ctime_ns=changed, inode=state.inode)
    assert os.name == "nt" or state.inode == status.st_ino


def test_hidden_and_temporary_files_and_folders_are_not_seen(vault: Path) -> None:
    write(vault, ".obsidian/app.json", ".trash/Old.md", "People/.git/x.md", "~$Ada.md", "Ada.md~", "x.TMP", ".#Ada.md")
    write(vault, "People/.Ada.md.tmp-123", ".Ada.md.icloud", "Thumbs~/Kept.md")
    seen = scan(vault)
    assert (list(seen.notes), seen.other_files) == ([], ())


def test_an_unseen_name_hides_a_folder_only_with_a_dot(vault: Path) -> None:
    write(vault, "node_modules/readme.md", "dist/x.md")
    assert list(scan(vault).notes) == ["dist/x.md", "node_modules/readme.md"]


def test_skipped_folders_are_compared_as_names_and_by_whole_segments(vault: Path) -> None:
    write(vault, "Vorlagen/Ü/a.md", "Templates/a.md", "Templates/Infoview/b.md", "Templates 2/c.md", "x/templates/d.md")
    skipped = ("templates/", "vorlagen/u\u0308")
    assert list(scan(vault, skipped_folders=skipped).notes) == ["Templates 2/c.md", "x/templates/d.md"]
    only_below = scan(vault, skipped_folders=("/Templates/infoview",))
    assert "Templates/a.md" in only_below.notes
    assert "Templates/Infoview/b.md" not in only_below.notes


def test_an_empty_skipped_folder_skips_nothing(vault: Path) -> None:
    write(vault, "Ada.md", "b/c.md")
    assert list(scan(vault, skipped_folders=("", "/")).notes) == ["Ada.md", "b/c.md"]


def test_a_vault_that_is_hidden_itself_is_scanned(tmp_path: Path) -> None:
    write(tmp_path, ".notes/Ada.md")
    assert list(scan(tmp_path / ".notes").notes) == ["Ada.md"]


def test_a_folder_that_looks_like_a_note_is_reported_and_looked_into(vault: Path) -> None:
    write(vault, "People/Ada.md/Inside.md")
    seen = scan(vault)
    assert list(seen.notes) == ["People/Ada.md/Inside.md"]
    assert codes(seen.findings) == [("People/Ada.md", "not-a-file")]
    assert "a folder" in seen.findings[0].message


@posix
def test_a_pipe_and_a_socket_are_reported_and_never_opened(vault: Path) -> None:
    os.mkfifo(vault / "pipe.md")
    os.mkfifo(vault / "pipe")
    folder = tempfile.mkdtemp()  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"{folder}/s")
        shutil.move(f"{folder}/s", vault / "socket.md")
    shutil.rmtree(folder)
    seen = scan(vault)
    assert (dict(seen.notes), seen.other_files) == ({}, ())
    assert codes(seen.findings) == [("pipe.md", "not-a-file"), ("socket.md", "not-a-file")]
    assert "a named pipe" in seen.findings[0].message
    assert "a socket" in seen.findings[1].message


@posix
def test_a_link_to_a_note_is_a_note_and_marked(vault: Path, tmp_path: Path) -> None:
    write(tmp_path, "outside.md", text="12345678")
    (vault / "Ada.md").symlink_to(tmp_path / "outside.md")
    (vault / "cv.pdf").symlink_to(tmp_path / "outside.md")
    seen = scan(vault)
    assert seen.notes["Ada.md"].link
    assert seen.notes["Ada.md"].size == 8
    assert seen.other_files == ("cv.pdf",)


@posix
def test_links_to_folders_are_not_followed(vault: Path, tmp_path: Path) -> None:
    write(tmp_path, "shared/Ada.md")
    (vault / "shared").symlink_to(tmp_path / "shared")
    (vault / "ring").symlink_to(vault)
    (vault / "folder.md").symlink_to(tmp_path / "shared")
    seen = scan(vault)
    assert (dict(seen.notes), seen.other_files) == ({}, ())
    assert codes(seen.findings) == [("folder.md", "not-a-file")]


@posix
def test_a_link_that_leads_nowhere_is_reported_when_it_should_be_a_note(vault: Path) -> None:
    write(vault, "file.txt")
    (vault / "x.md").symlink_to("nowhere.md")
    (vault / "ring.md").symlink_to("ring.md")
    (vault / "through.md").symlink_to("file.txt/x.md")
    (vault / "x.pdf").symlink_to("nowhere.pdf")
    seen = scan(vault)
    assert codes(seen.findings) == [(name, "dangling-link") for name in ("ring.md", "through.md", "x.md")]
    assert seen.other_files == ("file.txt",)


def test_an_unreadable_folder_is_named_and_its_notes_are_not_taken_for_deleted(guarded: Path) -> None:
    write(guarded, "People/Ada.md", "People/Private/Secret.md", "Me.md")
    (guarded / "People/Private").chmod(0)
    seen = scan(guarded)
    assert list(seen.notes) == ["Me.md", "People/Ada.md"]
    assert seen.unreadable_folders == ("People/Private",)
    assert codes(seen.findings) == [("People/Private", "unreadable")]
    assert seen.findings[0].message == "the folder cannot be read: permission denied"


def test_a_folder_whose_names_alone_can_be_read_counts_as_unreadable(guarded: Path) -> None:
    write(guarded, "People/Ada.md", "People/Bob.md")
    (guarded / "People").chmod(0o400)
    seen = scan(guarded)
    assert dict(seen.notes) == {}
    assert seen.unreadable_folders == ("People",)


def test_a_note_whose_target_is_out_of_reach_stays_a_note(guarded: Path) -> None:
    write(guarded, "vault/Me.md", "private/Ada.md")
    (guarded / "vault/Ada.md").symlink_to(guarded / "private/Ada.md")
    (guarded / "private").chmod(0)
    assert list(scan(guarded / "vault").notes) == ["Ada.md", "Me.md"]
    found = read_note(guarded / "vault", "Ada.md")
    assert isinstance(found, Finding)
    assert found.code == "unreadable"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps names that are not UTF-8")
def test_a_name_that_is_not_utf8_can_be_listed_and_read(vault: Path) -> None:
    (Path(os.fsdecode(bytes(vault) + b"/A\xe4.md"))).write_bytes(b"old")
    (path,) = scan(vault).notes
    assert path == "A\udce4.md"
    assert isinstance(read_note(vault, path), NoteBytes)


def test_a_root_that_is_no_folder_is_refused_in_one_sentence(tmp_path: Path) -> None:
    write(tmp_path, "file.md")
    for root in (tmp_path / "missing", tmp_path / "file.md"):
        with pytest.raises(FileTroubleError) as caught:
            scan(root)
        assert str(root) in caught.value.message
        assert "\n" not in caught.value.message
        assert caught.value.hint


def test_an_unreadable_root_is_refused(guarded: Path) -> None:
    write(guarded, "vault/Ada.md")
    for mode in (0, 0o400):
        (guarded / "vault").chmod(mode)
        with pytest.raises(FileTroubleError, match="permission denied"):
            scan(guarded / "vault")


@posix
def test_a_vault_behind_a_link_is_the_same_vault(vault: Path, tmp_path: Path) -> None:
    write(vault, "People/Ada.md")
    (tmp_path / "link").symlink_to(vault)
    assert scan(tmp_path / "link") == scan(vault)


# --- Reading ---------------------------------------------------------------------------------------------------------


def test_a_note_is_read_as_it_is(vault: Path) -> None:
    (vault / "Ada.md").write_bytes(b"\xef\xbb\xbf---\r\n\x00\xff\r\n")
    found = read_note(vault, "Ada.md")
    assert isinstance(found, NoteBytes)
    assert (found.data, found.size, found.truncated) == (b"\xef\xbb\xbf---\r\n\x00\xff\r\n", 12, False)


@posix
def test_the_state_of_a_read_note_is_that_of_the_scan(vault: Path, tmp_path: Path) -> None:
    write(vault, "Ada.md")
    write(tmp_path, "outside.md")
    (vault / "Bob.md").symlink_to(tmp_path / "outside.md")
    for path, state in scan(vault).notes.items():
        found = read_note(vault, path)
        assert isinstance(found, NoteBytes)
        assert found.state == state


def test_of_a_huge_note_only_whole_lines_of_the_beginning_are_read(vault: Path) -> None:
    (vault / "Big.md").write_bytes(b"---\nname: Ada\n---\n" + "é".encode() * 3_000_000)
    found = read_note(vault, "Big.md", limit=100)
    assert isinstance(found, NoteBytes)
    assert (found.data, found.size, found.truncated) == (b"---\nname: Ada\n---\n", 6_000_018, True)


def test_of_a_huge_line_only_whole_characters_are_read(vault: Path) -> None:
    (vault / "Big.md").write_bytes(b"x" + "é".encode() * 3_000_000)
    found = read_note(vault, "Big.md", limit=100)
    assert isinstance(found, NoteBytes)
    assert found.data.decode() == "x" + 49 * "é"


def test_a_large_note_is_read_whole(vault: Path) -> None:
    (vault / "Big.md").write_bytes(b"x" * 5_000_000)
    found = read_note(vault, "Big.md", limit=100)
    assert isinstance(found, NoteBytes)
    assert (len(found.data), found.truncated) == (5_000_000, False)


def test_a_note_that_is_gone_is_nothing(vault: Path) -> None:
    write(vault, "file")
    assert read_note(vault, "Ada.md") is None
    assert read_note(vault, "file/Ada.md") is None


@posix
def test_a_pipe_in_a_notes_place_does_not_block(vault: Path) -> None:
    os.mkfifo(vault / "Ada.md")
    found = read_note(vault, "Ada.md")
    assert isinstance(found, Finding)
    assert (found.code, found.message) == ("not-a-file", "this is a named pipe, not a note")


@posix
def test_a_folder_in_a_notes_place_is_reported(vault: Path) -> None:
    (vault / "Ada.md").mkdir()
    found = read_note(vault, "Ada.md")
    assert isinstance(found, Finding)
    assert found.code == "not-a-file"


def test_an_unreadable_note_is_not_a_deleted_note(guarded: Path) -> None:
    write(guarded, "Ada.md")
    (guarded / "Ada.md").chmod(0)
    assert list(scan(guarded).notes) == ["Ada.md"]
    found = read_note(guarded, "Ada.md")
    assert isinstance(found, Finding)
    assert (found.code, found.message) == ("unreadable", "the note cannot be read: permission denied")


# --- The vault and Obsidian's configuration --------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["Me.md", ".obsidian/app.json"])
def test_the_vault_is_the_nearest_folder_upwards_with_a_mark(vault: Path, mark: str) -> None:
    write(vault, mark, "People/Friends/Ada.md")
    assert find_vault(vault / "People" / "Friends") == vault
    assert find_vault(vault) == vault
    write(vault, "People/Me.md")
    assert find_vault(vault / "People" / "Friends") == vault / "People"


def test_marks_of_the_wrong_kind_make_no_vault(tmp_path: Path) -> None:
    write(tmp_path, "a/Me.md/x", "a/b/.obsidian")
    assert find_vault(tmp_path / "a/b") != tmp_path / "a/b"
    assert find_vault(tmp_path / "a/b") != tmp_path / "a"


def test_a_relative_start_is_looked_up_from_here(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(vault, "Me.md", "People/Ada.md")
    monkeypatch.chdir(vault / "People")
    assert find_vault(Path()) == vault


def test_the_template_folders_of_obsidian_and_its_plugins_are_found(vault: Path) -> None:
    write(vault, ".obsidian/templates.json", text='\ufeff{"folder": "Templates/", "dateFormat": "x"}')
    write(vault, ".obsidian/plugins/templater-obsidian/data.json", text='{"templates_folder": "templates"}')
    quickadd = '{"templateFolderPaths": ["Quick/Add", "", 3], "templateFolderPath": "Old"}'
    write(vault, ".obsidian/plugins/quickadd/data.json", text=quickadd)
    assert template_folders(vault) == ("Templates", "Quick/Add", "Old")


@pytest.mark.parametrize("text", ["", "{", "[1]", "null", '{"folder": 3}', '{"folder": "/"}', "[" * 100_000, "\ud800"])
def test_a_broken_configuration_is_no_template_folder(vault: Path, text: str) -> None:
    (vault / ".obsidian").mkdir()
    (vault / ".obsidian/templates.json").write_bytes(text.encode(errors="surrogatepass"))
    assert template_folders(vault) == ()


def test_a_vault_without_configuration_has_no_template_folder(vault: Path) -> None:
    assert template_folders(vault) == ()


# --- Templates -------------------------------------------------------------------------------------------------------


def test_templates_are_read_by_their_paths_below_the_folder(vault: Path) -> None:
    write(vault, "request.md", "extra/cold.md", "notes.txt", ".hidden.md", text="Dear {{ contact.name }},\n")
    templates = read_templates(vault)
    assert dict(templates) == dict.fromkeys(("extra/cold.md", "request.md"), b"Dear {{ contact.name }},\n")


def test_a_missing_template_folder_has_no_templates(vault: Path) -> None:
    assert dict(read_templates(vault / "Templates")) == {}


def test_a_template_over_the_limit_is_left_out(vault: Path) -> None:
    (vault / "big.md").write_bytes(b"x" * (512 * 1024 + 1))
    (vault / "fits.md").write_bytes(b"x" * (512 * 1024))
    assert list(read_templates(vault)) == ["fits.md"]


@posix
def test_a_template_link_is_followed_only_within_the_folder(vault: Path, tmp_path: Path) -> None:
    write(tmp_path, "secret.md", "vault-2/x.md")
    write(vault, "request.md")
    (vault / "same.md").symlink_to("request.md")
    (vault / "secret.md").symlink_to(tmp_path / "secret.md")
    (vault / "neighbour.md").symlink_to(tmp_path / "vault-2/x.md")
    assert list(read_templates(vault)) == ["request.md", "same.md"]
