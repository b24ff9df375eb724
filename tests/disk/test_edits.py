"""Notes changed where they stand: two edits at once, editors, crashes, full disks."""

import os
import re
import sqlite3
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from infoview_md.disk.edits import edit
from infoview_md.errors import ConflictError, FileTroubleError, UnknownError, UsageError

HERE = Path(__file__).parents[2]
NOTE = b"---\r\ntype: request # mine\r\nsent:\r\n---\r\n\r\nDear Ada,\r\n\r\n\r\n"
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no modes, plain links or SIGKILL")


@pytest.fixture
def locks(tmp_path: Path) -> Path:
    return tmp_path / "locks"


def loud(data: bytes) -> bytes:
    return data.replace(b"Ada", b"ADA")


def python(code: str, *arguments: str | Path, stdout: int | None = None) -> "subprocess.Popen[str]":
    """Run some lines of Python in a process of their own."""
    command = [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]
    return subprocess.Popen(command, cwd=HERE, text=True, encoding="utf-8", stdout=stdout)


# --- One edit --------------------------------------------------------------------------------------------------------


def test_an_edit_gives_what_was_there(vault: Path, locks: Path) -> None:
    (vault / "Ask.md").write_bytes(NOTE)
    assert edit(vault, "Ask.md", loud, locks=locks) == NOTE
    assert (vault / "Ask.md").read_bytes() == loud(NOTE)
    assert [place.name for place in vault.iterdir()] == ["Ask.md"]


@posix
def test_an_edit_that_changes_nothing_touches_nothing(vault: Path, locks: Path) -> None:
    (vault / "Ask.md").write_bytes(NOTE)
    before = (vault / "Ask.md").stat()
    edit(vault, "Ask.md", bytes, locks=locks)
    assert (vault / "Ask.md").stat() == before


@posix
def test_mode_links_and_all_names_stay(vault: Path, locks: Path) -> None:
    (vault / "Real.md").write_bytes(NOTE)
    (vault / "Real.md").chmod(0o640)
    (vault / "Link.md").symlink_to("Real.md")
    edit(vault, "Link.md", loud, locks=locks)
    assert (vault / "Link.md").is_symlink()
    assert stat.S_IMODE((vault / "Real.md").stat().st_mode) == 0o640
    (vault / "Second.md").hardlink_to(vault / "Real.md")
    edit(vault, "Second.md", bytes.lower, locks=locks)
    assert (vault / "Second.md").samefile(vault / "Real.md")
    assert (vault / "Real.md").read_bytes() == NOTE.lower()


@posix
def test_what_is_protected_or_elsewhere_is_refused(vault: Path, tmp_path: Path, locks: Path) -> None:
    (vault / "Kept.md").write_bytes(NOTE)
    (vault / "Kept.md").chmod(0o444)
    (tmp_path / "Outside.md").write_bytes(NOTE)
    (vault / "Link.md").symlink_to(tmp_path / "Outside.md")
    with pytest.raises(FileTroubleError, match="write-protected"):
        edit(vault, "Kept.md", loud, locks=locks)
    with pytest.raises(UsageError, match="symbolic link"):
        edit(vault, "Link.md", loud, locks=locks)
    assert (vault / "Kept.md").read_bytes() == (tmp_path / "Outside.md").read_bytes() == NOTE
    assert (vault / "Link.md").is_symlink()


def test_what_is_gone_no_file_or_too_large_is_refused(vault: Path, locks: Path) -> None:
    with pytest.raises(UnknownError, match="gone"):
        edit(vault, "Ask.md", loud, locks=locks)
    (vault / "Folder.md").mkdir()
    with pytest.raises(FileTroubleError, match="not a note"):
        edit(vault, "Folder.md", loud, locks=locks)
    (vault / "Large.md").write_bytes(b"Ada\n" * 1_300_000)
    with pytest.raises(FileTroubleError, match="5,200,000 bytes"):
        edit(vault, "Large.md", loud, locks=locks)
    assert (vault / "Large.md").read_bytes().startswith(b"Ada")


# --- Somebody else's hand in between ---------------------------------------------------------------------------------


def saving(note: Path, times: int, change: Callable[[bytes], bytes] = loud) -> Callable[[bytes], bytes]:
    """An edit during which an editor adds a line to the note, so many times."""
    left = [times]

    def changed(data: bytes) -> bytes:
        if left[0]:
            left[0] -= 1
            note.write_bytes(note.read_bytes() + b"saved\n")
        return change(data)

    return changed


def test_what_an_editor_saves_in_between_is_kept_and_edited_too(vault: Path, locks: Path) -> None:
    (vault / "Ask.md").write_bytes(NOTE)
    assert edit(vault, "Ask.md", saving(vault / "Ask.md", 2), locks=locks) == NOTE + b"saved\nsaved\n"
    assert (vault / "Ask.md").read_bytes() == loud(NOTE) + b"saved\nsaved\n"


def test_a_note_that_does_not_come_to_rest_is_left_alone(vault: Path, locks: Path) -> None:
    (vault / "Ask.md").write_bytes(NOTE)
    with pytest.raises(ConflictError, match="changed"):
        edit(vault, "Ask.md", saving(vault / "Ask.md", 99), locks=locks)
    assert (vault / "Ask.md").read_bytes() == NOTE + b"saved\n" * 5


def test_a_change_that_is_refused_is_refused_at_once(vault: Path, locks: Path) -> None:
    (vault / "Ask.md").write_bytes(NOTE)
    tries = []

    def refuse(data: bytes) -> bytes:
        tries.append(data)
        raise ConflictError("not this one")

    with pytest.raises(ConflictError, match="not this one"):
        edit(vault, "Ask.md", refuse, locks=locks)
    assert tries == [NOTE]


def test_without_a_place_for_a_lock_edits_are_still_compared(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (vault / "Ask.md").write_bytes(NOTE)
    for locks in (tmp_path / "file", tmp_path / "broken"):
        (tmp_path / "broken").mkdir(exist_ok=True)
        (tmp_path / "broken" / "edits.lock").write_bytes(b"no database at all" * 100)
        edit(vault, "Ask.md", saving(vault / "Ask.md", 1), locks=locks)
    assert (vault / "Ask.md").read_bytes() == loud(NOTE) + b"saved\nsaved\n"


def test_whoever_edits_without_end_is_not_waited_for_for_ever(
    vault: Path, locks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (vault / "Ask.md").write_bytes(NOTE)
    edit(vault, "Ask.md", bytes, locks=locks)
    monkeypatch.setattr("infoview_md.disk.edits._WAIT", 0.01)
    with closing(sqlite3.connect(locks / "edits.lock", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ConflictError, match="another infoview"):
            edit(vault, "Ask.md", loud, locks=locks)
    assert (vault / "Ask.md").read_bytes() == NOTE
    edit(vault, "Ask.md", loud, locks=locks)


def test_the_lock_is_kept_out_of_the_vault(vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    (vault / "Ask.md").write_bytes(NOTE)
    for folder in ("off", str(vault / ".cache"), str(tmp_path / "named")):
        monkeypatch.setenv("INFOVIEW_CACHE", folder)
        edit(vault, "Ask.md", bytes, locks=None)
    assert [place.name for place in vault.iterdir()] == ["Ask.md"]
    assert (tmp_path / "named" / "edits.lock").exists()


# --- Many at once ----------------------------------------------------------------------------------------------------

STORM = """
    import sys
    from pathlib import Path
    from infoview_md.disk.edits import edit
    from infoview_md.notes.editing import set_property
    vault, locks, who = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    for number in range(50):
        edit(vault, "Ask.md", lambda data: set_property(data, f"p_{who}_{number}", number).data, locks=locks)
"""


def test_of_four_processes_with_fifty_edits_each_on_one_note_all_edits_are_kept(vault: Path, locks: Path) -> None:
    (vault / "Ask.md").write_bytes(NOTE)
    running = [python(STORM, vault, locks, str(who)) for who in range(4)]
    assert [one.wait() for one in running] == [0, 0, 0, 0]
    text = (vault / "Ask.md").read_bytes()
    kept = re.findall(rb"^p_(\d)_(\d+): \2\r$", text, re.MULTILINE)
    assert len(set(kept)) == len(kept) == 200
    assert re.sub(rb"p_.*\n", b"", text) == NOTE
    assert [place.name for place in vault.iterdir()] == ["Ask.md"]


ENDLESS = """
    import sys
    from pathlib import Path
    from infoview_md.disk.edits import edit
    from infoview_md.notes.editing import set_property
    vault, locks = Path(sys.argv[1]), Path(sys.argv[2])
    for number in range(1, 10_000):
        edit(vault, f"{number % 5}.md", lambda data: set_property(data, "sent", number).data, locks=locks)
        print(number, flush=True)
"""


@posix
def test_a_killed_process_leaves_every_note_whole_and_frees_the_lock(vault: Path, locks: Path) -> None:
    whole = re.compile(re.escape(NOTE).replace(b"sent:", rb"sent:(?:\ \d+)?"))
    body = b"x" * 100_000
    for name in range(5):
        (vault / f"{name}.md").write_bytes(NOTE + body)
    for edits in (1, 2, 17, 33, 47, 100):
        with python(ENDLESS, vault, locks, stdout=subprocess.PIPE) as running:
            assert running.stdout is not None
            for _ in range(edits):
                assert running.stdout.readline()
            running.kill()
        for name in range(5):
            data = (vault / f"{name}.md").read_bytes()
            assert data.endswith(body)
            assert whole.fullmatch(data.removesuffix(body)), data[:100]
    edit(vault, "1.md", loud, locks=locks)
    left = [place.name for place in vault.iterdir() if place.suffix != ".md"]
    assert all(name.startswith(".infoview-") for name in left), left


# --- A full disk -----------------------------------------------------------------------------------------------------

FULL = """
    import sys
    from pathlib import Path
    from infoview_md.disk.edits import edit
    from infoview_md.errors import FileTroubleError
    vault, locks = Path(sys.argv[1]), Path(sys.argv[2])
    note = b"Ada" * 10_000
    (vault / "Ask.md").write_bytes(note)
    (vault / "Many.md").write_bytes(note)
    (vault / "Other name.md").hardlink_to(vault / "Many.md")
    with open(vault / "filler", "wb", buffering=0) as filler:
        try:
            while filler.write(b"x" * 1024):
                pass
        except OSError:
            pass
    for name in ("Ask.md", "Many.md"):
        try:
            edit(vault, name, lambda data: data + b"!", locks=locks)
        except FileTroubleError as error:
            print(error.message)
        assert (vault / name).read_bytes() == note
    print(sorted(place.name for place in vault.iterdir()))
"""


def test_a_full_disk_keeps_the_old_note(vault: Path, locks: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux makes a small disk for one process")
    script = 'mount -t tmpfs -o size=128k none "$1" && exec "$2" -c "$3" "$1" "$4"'
    arguments = ["sh", str(vault), sys.executable, textwrap.dedent(FULL), str(locks)]
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, *arguments]
    try:
        done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("unshare is not installed, so there is no small disk")
    if "unshare" in done.stderr or "mount:" in done.stderr:
        pytest.skip(f"no small disk can be made here: {done.stderr.strip()}")
    assert done.stderr == ""
    refused = [f"{name} cannot be written: no space left on device" for name in ("Ask.md", "Many.md")]
    assert done.stdout.splitlines() == [*refused, "['Ask.md', 'Many.md', 'Other name.md', 'filler']"]
