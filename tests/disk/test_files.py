import errno
import os
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

from infoview_md.disk.files import (
    Outcome,
    create,
    free_path,
    name_key,
    read_regular,
    renew_view,
    replace,
    write_output,
    write_view,
)
from infoview_md.errors import ConflictError, FileTroubleError, InfoviewError, UsageError

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no modes, pipes or plain links")

VIEW = "---\ngenerated_by: infoview\n---\n"


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        place.relative_to(folder).as_posix(): place.read_bytes()
        for place in sorted(folder.rglob("*"))
        if place.is_file()
    }


def refuse(code: int) -> Callable[..., NoReturn]:
    def refused(*_: object, **__: object) -> NoReturn:
        raise OSError(code, os.strerror(code))

    return refused


def interrupt(*_: object, **__: object) -> NoReturn:
    raise KeyboardInterrupt


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let no file grow over so many bytes, which stops a write in its middle as a full disk does."""
    resource = pytest.importorskip("resource", reason="Windows has no limits on files")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


# --- Names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ada.md", "ADA.MD"), ("Zoë", "Zoe\u0308"), ("Straße", "STRASSE"), ("İpek", "i\u0307pek"), ("É", "e\u0301")],
)
def test_names_that_a_disk_may_take_for_one_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_other_names_have_other_keys() -> None:
    assert len({name_key(name) for name in ("Ada", "Ada ", "Adá", "A da", "\udce4")}) == 5


# --- Creating --------------------------------------------------------------------------------------------------------


def test_a_new_note_has_exactly_the_given_text(vault: Path) -> None:
    text = "---\nname: Zoë ✎\n---\n\nline\r\nlast\n\n"
    assert create(vault, "Zoë.md", text) == "Zoë.md"
    assert files_in(vault) == {"Zoë.md": text.encode()}


def test_missing_folders_are_made(vault: Path) -> None:
    create(vault, "Outreach/2026/11/Request.md", "x")
    assert files_in(vault) == {"Outreach/2026/11/Request.md": b"x"}


@posix
def test_a_new_note_has_the_mode_that_the_user_wants_for_files(vault: Path) -> None:
    mask = os.umask(0o027)
    try:
        create(vault, "Ada.md", "x")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((vault / "Ada.md").stat().st_mode) == 0o640
    assert (vault / "Ada.md").stat().st_nlink == 1


@pytest.mark.parametrize("taken", ["Zoë.md", "ZOË.md", "Zoe\u0308.md", "zoe\u0308.MD"])
def test_a_taken_name_is_refused_in_any_case_and_unicode_form(vault: Path, taken: str) -> None:
    (vault / taken).write_bytes(b"mine")
    with pytest.raises(ConflictError) as caught:
        create(vault, "Zoë.md", "x")
    assert taken in caught.value.message
    assert files_in(vault) == {taken: b"mine"}


def test_a_folder_of_that_name_is_in_the_way_too(vault: Path) -> None:
    (vault / "Ada.md").mkdir()
    with pytest.raises(ConflictError):
        create(vault, "Ada.md", "x")


@posix
def test_a_dangling_link_is_in_the_way_too(vault: Path, tmp_path: Path) -> None:
    (vault / "Ada.md").symlink_to(tmp_path / "elsewhere.md")
    with pytest.raises(ConflictError):
        create(vault, "Ada.md", "x")
    assert not (tmp_path / "elsewhere.md").exists()


def test_a_note_that_icloud_took_off_this_computer_is_still_there(vault: Path) -> None:
    (vault / ".Ada.md.icloud").write_bytes(b"place")
    with pytest.raises(ConflictError, match="iCloud"):
        create(vault, "ada.md", "x")
    assert files_in(vault) == {".Ada.md.icloud": b"place"}


def test_an_existing_folder_keeps_its_spelling(vault: Path) -> None:
    (vault / "U\u0308ber" / "People").mkdir(parents=True)
    assert create(vault, "Über/people/Neu/Ada.md", "x") == "U\u0308ber/People/Neu/Ada.md"
    assert list(files_in(vault)) == ["U\u0308ber/People/Neu/Ada.md"]


def test_a_name_taken_through_another_spelling_of_its_folder_is_refused(vault: Path) -> None:
    create(vault, "People/Ada.md", "x")
    with pytest.raises(ConflictError, match=r"People/Ada\.md exists already"):
        create(vault, "people/ada.md", "y")


@pytest.mark.parametrize("path", ["../Ada.md", "a/../../Ada.md", "People/../Ada.md", "{absolute}", "", "."])
def test_a_path_that_leaves_the_vault_is_refused(vault: Path, path: str) -> None:
    with pytest.raises(UsageError) as caught:
        create(vault, path.format(absolute=vault.parent / "Ada.md"), "x")
    assert caught.value.message.endswith("leads out of the vault")
    assert files_in(vault.parent) == {}


@pytest.mark.parametrize("path", ["People/", "a\0b.md", "\ud800.md"])
def test_what_cannot_be_a_files_name_is_refused(vault: Path, path: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name of a file"):
        create(vault, path, "x")
    assert files_in(vault.parent) == {}


@pytest.mark.parametrize("path", [".Ada.md", ".git/hooks/post-commit", "People/.hidden/Ada.md"])
def test_nothing_is_hidden_from_the_user(vault: Path, path: str) -> None:
    with pytest.raises(UsageError, match="hidden"):
        create(vault, path, "x")


@posix
def test_a_linked_folder_is_written_to_only_within_the_vault(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (vault / "real").mkdir()
    (vault / "out").symlink_to(tmp_path / "outside")
    (vault / "nowhere").symlink_to(tmp_path / "nowhere")
    (vault / "ring").symlink_to("ring")
    (vault / "in").symlink_to("real")
    for path in ("out/Ada.md", "nowhere/Ada.md", "out/deeper/Ada.md"):
        with pytest.raises(UsageError, match="symbolic link"):
            create(vault, path, "x")
    with pytest.raises(InfoviewError):
        create(vault, "ring/Ada.md", "x")
    create(vault, "in/Ada.md", "x")
    assert files_in(tmp_path) == {"vault/real/Ada.md": b"x"}


@posix
def test_a_vault_behind_a_link_can_be_written_to(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(vault)
    assert create(tmp_path / "link", "People/Ada.md", "x") == "People/Ada.md"
    assert files_in(vault) == {"People/Ada.md": b"x"}


def test_a_file_in_a_folders_place_is_named(vault: Path) -> None:
    (vault / "People").write_bytes(b"mine")
    with pytest.raises(ConflictError, match="People is a file"):
        create(vault, "People/Friends/Ada.md", "x")


def test_half_a_character_is_refused_before_anything_is_written(vault: Path) -> None:
    with pytest.raises(UsageError, match="half a character"):
        create(vault, "Ada.md", "x\ud83dx")
    assert files_in(vault) == {}


def test_the_longest_name_that_the_disk_takes_can_be_created(vault: Path) -> None:
    name = "é" * 126 + ".md"
    create(vault, name, "x")
    assert list(files_in(vault)) == [name]


def test_a_name_that_is_too_long_is_said_to_be(vault: Path) -> None:
    with pytest.raises(FileTroubleError, match="name too long") as caught:
        create(vault, "é" * 200 + ".md", "x")
    assert caught.value.hint == "choose a shorter name"
    assert files_in(vault) == {}


def test_a_write_that_fails_in_its_middle_leaves_nothing(vault: Path) -> None:
    with largest_file(1000), pytest.raises(FileTroubleError, match="too large"):
        create(vault, "Ada.md", "x" * 100_000)
    assert files_in(vault) == {}


def test_a_full_disk_is_reported_in_words(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", refuse(errno.ENOSPC))
    with pytest.raises(FileTroubleError) as caught:
        create(vault, "Ada.md", "x")
    assert caught.value.message == "Ada.md cannot be written: no space left on device"
    assert caught.value.hint == "free some space; nothing was changed"
    assert files_in(vault) == {}


def test_a_read_only_folder_is_reported(guarded: Path) -> None:
    (guarded / "People").mkdir(mode=0o500)
    with pytest.raises(FileTroubleError, match="permission denied"):
        create(guarded, "People/Ada.md", "x")
    assert files_in(guarded) == {}


def test_an_interrupted_creation_leaves_nothing(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        create(vault, "Ada.md", "x")
    assert files_in(vault) == {}


@pytest.mark.parametrize("code", [errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS])
def test_without_hard_links_creation_is_still_exclusive(
    vault: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(os, "link", refuse(code))
    create(vault, "Ada.md", "x")
    with pytest.raises(ConflictError):
        create(vault, "Ada.md", "y")
    assert files_in(vault) == {"Ada.md": b"x"}


@posix
def test_without_hard_links_an_interrupt_frees_the_name_again(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", refuse(errno.EPERM))
    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        create(vault, "Ada.md", "x")
    assert files_in(vault) == {}


def test_a_name_taken_at_the_last_moment_is_a_conflict(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def somebody_is_faster(descriptor: int) -> None:  # noqa: ARG001 - fsync's own
        (vault / "Ada.md").write_bytes(b"theirs")

    monkeypatch.setattr(os, "fsync", somebody_is_faster)
    with pytest.raises(ConflictError):
        create(vault, "Ada.md", "x")
    assert files_in(vault) == {"Ada.md": b"theirs"}


def test_of_many_who_create_one_note_only_one_succeeds(vault: Path) -> None:
    results: list[str] = []

    def attempt(text: str) -> None:
        try:
            create(vault, "Ada.md", text)
            results.append(text)
        except ConflictError:
            results.append("")

    threads = [threading.Thread(target=attempt, args=(str(number) * 10_000,)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = [text for text in results if text]
    assert len(results) == 8
    assert files_in(vault) == {"Ada.md": winner.encode()}


# --- Free names ------------------------------------------------------------------------------------------------------


def test_the_first_free_name_is_found(vault: Path) -> None:
    assert free_path(vault, "Outreach/Request.md") == "Outreach/Request.md"
    for expected in ("Outreach/Request.md", "Outreach/Request 2.md", "Outreach/Request 3.md"):
        assert free_path(vault, "Outreach/Request.md") == expected
        create(vault, expected, "x")


def test_a_free_name_differs_by_more_than_case_and_unicode_form(vault: Path) -> None:
    (vault / "ZOE\u0308.md").write_bytes(b"")
    (vault / ".Zoë 2.md.icloud").write_bytes(b"")
    assert free_path(vault, "Zoë.md") == "Zoë 3.md"


def test_a_free_name_stands_in_the_folder_as_it_is_spelt(vault: Path) -> None:
    (vault / "Outreach").mkdir()
    assert free_path(vault, "outreach/Dr. No.md") == "Outreach/Dr. No.md"


def test_no_name_is_free_outside_of_the_vault(vault: Path) -> None:
    with pytest.raises(UsageError):
        free_path(vault, "../Ada.md")


# --- Replacing -------------------------------------------------------------------------------------------------------


@posix
def test_a_replaced_note_keeps_its_mode_and_leaves_nothing_behind(vault: Path) -> None:
    create(vault, "Ada.md", "old")
    for mode in (0o640, 0o600, 0o664):
        (vault / "Ada.md").chmod(mode)
        assert replace(vault, "Ada.md", before=b"old", after=b"new\r\n") is Outcome.WRITTEN
        assert stat.S_IMODE((vault / "Ada.md").stat().st_mode) == mode
        assert files_in(vault) == {"Ada.md": b"new\r\n"}
        assert replace(vault, "Ada.md", before=b"new\r\n", after=b"old") is Outcome.WRITTEN


@pytest.mark.parametrize("now", [b"newer", b"ol", b"older", b"", b"o"])
@pytest.mark.parametrize("before", [b"old", b"", b"n"])
def test_a_note_that_changed_since_it_was_read_is_not_replaced(vault: Path, before: bytes, now: bytes) -> None:
    if before == now:
        return
    (vault / "Ada.md").write_bytes(now)
    with pytest.raises(ConflictError, match="changed"):
        replace(vault, "Ada.md", before=before, after=b"edited")
    assert files_in(vault) == {"Ada.md": now}


def test_a_note_that_changes_at_the_last_moment_is_not_replaced(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create(vault, "Ada.md", "old")

    def editor_saves(descriptor: int) -> None:  # noqa: ARG001 - fsync's own
        (vault / "Ada.md").write_bytes(b"the editor's")

    monkeypatch.setattr(os, "fsync", editor_saves)
    with pytest.raises(ConflictError, match="changed"):
        replace(vault, "Ada.md", before=b"old", after=b"edited")
    assert files_in(vault) == {"Ada.md": b"the editor's"}


def test_a_note_that_is_gone_is_not_brought_back(vault: Path) -> None:
    with pytest.raises(ConflictError, match="changed"):
        replace(vault, "Ada.md", before=b"old", after=b"edited")
    assert files_in(vault) == {}


@posix
def test_what_changes_nothing_writes_nothing(vault: Path) -> None:
    create(vault, "Ada.md", "same")
    before = (vault / "Ada.md").stat()
    assert replace(vault, "Ada.md", before=b"same", after=b"same") is Outcome.UNCHANGED
    assert (vault / "Ada.md").stat() == before


def test_a_write_protected_note_is_refused_for_root_too(vault: Path) -> None:
    create(vault, "Ada.md", "old")
    (vault / "Ada.md").chmod(0o444)
    with pytest.raises(FileTroubleError, match="write-protected"):
        replace(vault, "Ada.md", before=b"old", after=b"new")
    assert files_in(vault) == {"Ada.md": b"old"}
    (vault / "Ada.md").chmod(0o644)


@posix
def test_a_link_is_written_through_within_the_vault_and_refused_beyond(vault: Path, tmp_path: Path) -> None:
    create(vault, "Real/Ada.md", "old")
    (tmp_path / "Bob.md").write_bytes(b"old")
    (vault / "Ada.md").symlink_to("Real/Ada.md")
    (vault / "Bob.md").symlink_to(tmp_path / "Bob.md")
    assert replace(vault, "Ada.md", before=b"old", after=b"new") is Outcome.WRITTEN
    assert (vault / "Ada.md").is_symlink()
    assert (vault / "Real/Ada.md").read_bytes() == b"new"
    with pytest.raises(UsageError, match="symbolic link"):
        replace(vault, "Bob.md", before=b"old", after=b"new")
    assert (tmp_path / "Bob.md").read_bytes() == b"old"


def test_all_names_of_a_note_keep_meaning_it(vault: Path, tmp_path: Path) -> None:
    create(vault, "Ada.md", "old and long")
    other = tmp_path / "Other name.md"
    other.hardlink_to(vault / "Ada.md")
    assert replace(vault, "Ada.md", before=b"old and long", after=b"new") is Outcome.WRITTEN
    assert other.read_bytes() == b"new"
    assert other.samefile(vault / "Ada.md")
    assert files_in(vault) == {"Ada.md": b"new"}


def test_a_note_with_several_names_is_put_back_when_writing_fails(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(vault, "Ada.md", "old and long")
    (tmp_path / "Other name.md").hardlink_to(vault / "Ada.md")
    write, calls = os.write, []

    def fill_up(descriptor: int, content: bytes) -> int:
        calls.append(content)
        if len(calls) > 1:
            monkeypatch.undo()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(descriptor, content[:1])

    monkeypatch.setattr(os, "write", fill_up)
    with pytest.raises(FileTroubleError, match="no space"):
        replace(vault, "Ada.md", before=b"old and long", after=b"new")
    assert files_in(vault) == {"Ada.md": b"old and long"}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can give a file away")
def test_a_replaced_note_still_belongs_to_whom_it_belonged(vault: Path) -> None:
    create(vault, "Ada.md", "old")
    os.chown(vault / "Ada.md", 65534, 1)
    (vault / "Ada.md").chmod(0o664)
    replace(vault, "Ada.md", before=b"old", after=b"new")
    after = (vault / "Ada.md").stat()
    assert (after.st_uid, after.st_gid, stat.S_IMODE(after.st_mode)) == (65534, 1, 0o664)


@pytest.mark.parametrize("moment", ["fsync", "chmod", "replace"])
def test_an_interrupted_replacement_leaves_the_old_text(
    vault: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    create(vault, "Ada.md", "old")
    monkeypatch.setattr(os, moment, interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace(vault, "Ada.md", before=b"old", after=b"new")
    assert files_in(vault) == {"Ada.md": b"old"}


def test_a_replacement_that_fails_in_its_middle_leaves_the_old_text(vault: Path) -> None:
    create(vault, "Ada.md", "old")
    with largest_file(1000), pytest.raises(FileTroubleError):
        replace(vault, "Ada.md", before=b"old", after=b"x" * 100_000)
    assert files_in(vault) == {"Ada.md": b"old"}


# --- Views -----------------------------------------------------------------------------------------------------------


def test_a_view_is_made_only_when_wanted(vault: Path) -> None:
    assert write_view(vault, "Views/Due.md", VIEW) is Outcome.ABSENT
    assert files_in(vault) == {}
    assert write_view(vault, "Views/Due.md", VIEW, make=True) is Outcome.WRITTEN
    assert files_in(vault) == {"Views/Due.md": VIEW.encode()}


def test_a_view_is_refreshed_only_when_it_says_something_else(vault: Path) -> None:
    create(vault, "Due.md", VIEW + "old")
    assert write_view(vault, "Due.md", VIEW + "new") is Outcome.WRITTEN
    before = (vault / "Due.md").stat()
    assert write_view(vault, "Due.md", VIEW + "new") is Outcome.UNCHANGED
    assert (vault / "Due.md").stat() == before
    assert files_in(vault) == {"Due.md": (VIEW + "new").encode()}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "my own words",
        "---\ntype: me\n---\ngenerated_by: infoview\n",
        "---\ntype: me\n---\ngenerated_by: infoview\n---\n",
        "---\n# generated_by: infoview\n---\n",
        "---\ngenerated_by: infoview-2\n---\n",
        "---\ngenerated_by: somebody else\n---\n",
        "---\nnote: |\n  generated_by: infoview\n---\n",
        "---\ngenerated_by: infoview\nnever closed",
        "\n---\ngenerated_by: infoview\n---\n",
    ],
)
def test_a_note_that_is_not_ours_is_kept(vault: Path, text: str) -> None:
    create(vault, "Due.md", text)
    for make in (False, True):
        assert write_view(vault, "Due.md", VIEW, make=make) is Outcome.KEPT
    assert files_in(vault) == {"Due.md": text.encode()}


@pytest.mark.parametrize(
    "text",
    ["---\ngenerated_by: 'infoview'\n---\n", '---\ntags: [a]\ngenerated_by: "infoview" \nx: 1\n---\nrest', VIEW],
)
def test_a_view_is_recognised_as_obsidian_may_write_it(vault: Path, text: str) -> None:
    create(vault, "Due.md", text)
    assert write_view(vault, "Due.md", VIEW + "x") is Outcome.WRITTEN


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("network.html", "<!-- generated_by: infoview -->"),
        ("network.html", '<html><meta name="generated_by" content="infoview">'),
        ("network.canvas", '{"nodes":[], "generated_by": "infoview"}'),
        ("network.canvas", '{"nodes":[' + " " * 10_000 + '], "generated_by": "infoview"}'),
        ("network.base", "# generated_by: infoview\nviews: []"),
    ],
)
def test_other_views_carry_the_mark_at_either_end(vault: Path, path: str, text: str) -> None:
    create(vault, path, text)
    assert write_view(vault, path, "new") is Outcome.WRITTEN
    assert write_view(vault, path, "newer") is Outcome.KEPT


def test_the_line_ends_and_the_byte_order_mark_of_a_view_stay(vault: Path) -> None:
    (vault / "Due.md").write_bytes(b"\xef\xbb\xbf" + VIEW.replace("\n", "\r\n").encode())
    assert write_view(vault, "Due.md", VIEW) is Outcome.UNCHANGED
    assert write_view(vault, "Due.md", VIEW + "a\nb\r\n") is Outcome.WRITTEN
    expected = b"\xef\xbb\xbf---\r\ngenerated_by: infoview\r\n---\r\na\r\nb\r\n"
    assert files_in(vault) == {"Due.md": expected}


def test_a_view_can_be_renewed_around_what_it_says(vault: Path) -> None:
    def renewed(before: bytes) -> str | None:
        return before.decode("utf-8-sig") + "+" if before != b"mine" else None

    assert renew_view(vault, "a.canvas", "new", renewed) is Outcome.ABSENT
    assert renew_view(vault, "a.canvas", "new", renewed, make=True) is Outcome.WRITTEN
    assert renew_view(vault, "a.canvas", "newer", renewed) is Outcome.WRITTEN
    assert files_in(vault) == {"a.canvas": b"new+"}
    (vault / "a.canvas").write_bytes(b"mine")
    assert renew_view(vault, "a.canvas", "new", renewed, make=True) is Outcome.KEPT


@posix
def test_what_is_no_file_is_no_view(vault: Path) -> None:
    (vault / "folder.md").mkdir()
    os.mkfifo(vault / "pipe.md")
    (vault / "dangling.md").symlink_to("nowhere.md")
    assert write_view(vault, "folder.md", VIEW) is Outcome.KEPT
    assert write_view(vault, "pipe.md", VIEW) is Outcome.KEPT
    assert write_view(vault, "dangling.md", VIEW) is Outcome.ABSENT


@posix
def test_a_view_behind_a_link_out_of_the_vault_is_refused(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "Due.md").write_bytes(VIEW.encode())
    (vault / "Due.md").symlink_to(tmp_path / "Due.md")
    with pytest.raises(UsageError):
        write_view(vault, "Due.md", VIEW + "new")
    assert (tmp_path / "Due.md").read_bytes() == VIEW.encode()


# --- Output ----------------------------------------------------------------------------------------------------------


def test_output_is_written_anywhere_and_replaces_what_was_there(tmp_path: Path) -> None:
    write_output(tmp_path / "out.html", "one\n")
    write_output(tmp_path / "out.html", "two\n")
    assert files_in(tmp_path) == {"out.html": b"two\n"}


def test_output_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(FileTroubleError, match="its folder does not exist"):
        write_output(tmp_path / "missing" / "out.html", "x")
    assert list(tmp_path.iterdir()) == []


def test_output_onto_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileTroubleError):
        write_output(tmp_path, "x")


@posix
def test_output_keeps_mode_and_link(tmp_path: Path) -> None:
    (tmp_path / "real.html").write_bytes(b"old")
    (tmp_path / "real.html").chmod(0o604)
    (tmp_path / "link.html").symlink_to("real.html")
    write_output(tmp_path / "link.html", "new")
    assert (tmp_path / "link.html").is_symlink()
    assert (tmp_path / "real.html").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "real.html").stat().st_mode) == 0o604


@posix
def test_output_to_a_pipe_goes_into_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_output(tmp_path / "pipe", "words\n")
    assert os.read(reader, 100) == b"words\n"
    os.close(reader)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_output_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "out.html").write_bytes(b"old")
    with largest_file(1000), pytest.raises(FileTroubleError):
        write_output(tmp_path / "out.html", "x" * 100_000)
    assert files_in(tmp_path) == {"out.html": b"old"}


def test_write_protected_output_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out.html").write_bytes(b"old")
    (tmp_path / "out.html").chmod(0o444)
    with pytest.raises(FileTroubleError, match="write-protected"):
        write_output(tmp_path / "out.html", "new")
    (tmp_path / "out.html").chmod(0o644)


# --- Reading ---------------------------------------------------------------------------------------------------------


def test_a_file_is_read_whole_up_to_a_size_and_its_head_above(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_regular(tmp_path / "a", whole=5, head=1)[0] == b"12345"
    assert read_regular(tmp_path / "a", whole=4, head=2)[0] == b"12"
    assert read_regular(tmp_path / "a", whole=4, head=0)[0] == b""
    assert read_regular(tmp_path / "a", whole=4, head=2)[1].st_size == 5
