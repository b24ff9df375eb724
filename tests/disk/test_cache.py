import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from infoview_md.disk import cache as cache_module
from infoview_md.disk import clock
from infoview_md.disk.cache import Cache, Remembered, cache_file, cache_folder
from infoview_md.disk.known import Known
from infoview_md.disk.states import States
from infoview_md.disk.upkeep import ChangeCounts, Upkeep, Upkept
from infoview_md.notes.properties import Recognition

HOUR_NS = 3_600_000_000_000
HISTORIES = int(os.environ.get("INFOVIEW_HISTORIES", "20"))

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals, links or permissions")


@pytest.fixture
def filled(vault: Path) -> Path:
    """A vault of some notes, with a cache beside it."""
    for number in range(30):
        (vault / f"f{number % 3}").mkdir(exist_ok=True)
        text = f"---\ntype: contact\nname: Ada {number}\n---\n" + "x" * 300
        (vault / f"f{number % 3}/n{number}.md").write_text(text, encoding="utf-8")
    assert look(vault).changes == ChangeCounts(added=30)
    return vault


def look(root: Path, cache: Path | None = None) -> Upkept:
    return Upkeep(root, cache=cache or root.parent / "cache", now=lambda: clock.stamp() + HOUR_NS).bring_up_to_date()


def file_of(root: Path) -> Path:
    return cache_file(root, root.parent / "cache")


def is_right(root: Path, upkept: Upkept) -> bool:
    return upkept.index.readings == Upkeep(root, cache=None).bring_up_to_date().index.readings


KNOWN = ChangeCounts(unchanged=30)
AFRESH = ChangeCounts(added=30)


# --- Where it is -----------------------------------------------------------------------------------------------------


def test_the_cache_is_in_the_users_folder_for_caches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INFOVIEW_CACHE")
    folder = cache_folder()
    assert folder is not None
    assert folder.is_absolute()
    assert "infoview-md" in folder.parts


def test_the_folder_can_be_named_and_the_cache_turned_off(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("INFOVIEW_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    for nowhere in ("off", "", "relative/folder", "~/x"):
        monkeypatch.setenv("INFOVIEW_CACHE", nowhere)
        assert cache_folder() is None


@posix
def test_one_vault_has_one_cache_however_it_is_named(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (filled.parent / "link").symlink_to(filled)
    monkeypatch.chdir(filled.parent)
    for root in (Path("vault"), Path("./vault/../vault"), filled.parent / "link", Path("link")):
        assert cache_file(root, filled.parent / "cache") == file_of(filled)
        assert look(root, filled.parent / "cache").changes == KNOWN


def test_a_cache_folder_inside_of_the_vault_is_not_used(filled: Path) -> None:
    upkept = look(filled, filled / "cache")
    assert not (filled / "cache").exists()
    assert upkept.notice
    assert "inside of the vault" in upkept.notice
    assert is_right(filled, upkept)


@posix
def test_only_the_user_can_look_into_the_cache(filled: Path) -> None:
    assert (filled.parent / "cache").stat().st_mode & 0o077 == 0


# --- What is wrong with it -------------------------------------------------------------------------------------------


def test_a_cache_of_zero_bytes_is_built_again(filled: Path) -> None:
    os.truncate(file_of(filled), 0)
    upkept = look(filled)
    assert (upkept.changes, upkept.notice) == (AFRESH, None)
    assert look(filled).changes == KNOWN


def test_a_cache_that_is_no_database_is_built_again(filled: Path) -> None:
    for junk in (b"hello", b"\0" * 5000, b"SQLite format 3\0" + b"x" * 5000):
        file_of(filled).write_bytes(junk)
        upkept = look(filled)
        assert (upkept.changes, upkept.notice) == (AFRESH, None)
        assert look(filled).changes == KNOWN


@pytest.mark.parametrize("seed", range(HISTORIES * 3))
def test_a_cache_with_damaged_bytes_never_gives_a_wrong_index(filled: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(file_of(filled).read_bytes())
    at, length = chance.randrange(len(data)), chance.choice([1, 1, 16, 400, 5000])
    data[at : at + length] = chance.randbytes(len(data[at : at + length]))
    file_of(filled).write_bytes(data[: chance.choice([len(data), len(data), chance.randrange(len(data))])])
    upkept = look(filled)
    assert is_right(filled, upkept)
    assert look(filled).changes.added == 0 or upkept.notice


def test_a_cache_whose_damage_has_no_name_that_can_be_read_is_built_again(filled: Path) -> None:
    with closing(sqlite3.connect(file_of(filled))) as database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute("UPDATE sqlite_master SET sql = CAST(x'43524541544520b2ff' AS TEXT) WHERE name = 'about'")
        database.commit()
    upkept = look(filled)
    assert (upkept.changes, upkept.notice) == (AFRESH, None)
    assert look(filled).changes == KNOWN


def test_a_cache_of_a_newer_version_is_neither_read_nor_changed(filled: Path) -> None:
    with closing(sqlite3.connect(file_of(filled))) as database:
        database.execute("PRAGMA user_version = 99")
    before = file_of(filled).read_bytes()
    upkept = look(filled)
    assert upkept.changes == AFRESH
    assert upkept.notice
    assert "newer" in upkept.notice
    assert "\n" not in upkept.notice
    assert file_of(filled).read_bytes() == before


def test_a_cache_of_an_older_version_is_built_again(filled: Path) -> None:
    with closing(sqlite3.connect(file_of(filled))) as database:
        database.execute("PRAGMA user_version = 0")
        database.execute("DROP TABLE folders")
        database.execute("CREATE TABLE folders (something TEXT)")
        database.commit()
    upkept = look(filled)
    assert (upkept.changes, upkept.notice) == (AFRESH, None)
    assert look(filled).changes == KNOWN


def test_a_cache_of_another_vault_is_not_believed(filled: Path) -> None:
    other = filled.parent / "other"
    (other / "f0").mkdir(parents=True)
    (other / "f0/n0.md").write_text("---\ntype: contact\n---\n", encoding="utf-8")
    look(other)
    file_of(filled).replace(file_of(other))
    upkept = look(other)
    assert upkept.changes == ChangeCounts(added=1)
    assert is_right(other, upkept)


def test_a_vault_that_was_deleted_and_made_again_is_another(filled: Path) -> None:
    filled.rename(filled.parent / "old")
    filled.mkdir()
    (filled / "f0").mkdir()
    upkept = look(filled)
    assert dict(upkept.index.readings) == {}


def test_other_code_does_not_believe_what_this_code_read(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version", "4.0")
    assert look(filled).changes == AFRESH
    assert look(filled).changes == KNOWN


def test_another_command_that_writes_is_waited_for_and_then_done_without(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_module, "_WAIT", 0.05)
    (filled / "f0/new.md").write_text("text", encoding="utf-8")
    with closing(sqlite3.connect(file_of(filled), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        upkept = look(filled)
        assert upkept.changes == ChangeCounts(added=1, unchanged=30)
        assert upkept.notice
        assert "another command" in upkept.notice
        other.execute("ROLLBACK")
        other.execute("BEGIN EXCLUSIVE")
        upkept = look(filled)
        assert upkept.changes == ChangeCounts(added=31)
        assert upkept.notice
    assert look(filled).changes == ChangeCounts(added=1, unchanged=30)
    assert look(filled).notice is None


def test_when_nothing_changed_nothing_is_written(filled: Path) -> None:
    before = file_of(filled).stat()
    with closing(sqlite3.connect(file_of(filled), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        upkept = look(filled)
    assert (upkept.changes, upkept.notice) == (KNOWN, None)
    assert file_of(filled).stat().st_mtime_ns == before.st_mtime_ns


def test_a_folder_that_cannot_be_written_is_said_once_and_done_without(guarded: Path) -> None:
    root = guarded / "vault"
    root.mkdir()
    (root / "x.md").write_text("---\ntype: contact\n---\n", encoding="utf-8")
    (guarded / "cache").mkdir(mode=0o500)
    upkept = look(root)
    assert upkept.notice
    assert "\n" not in upkept.notice
    assert is_right(root, upkept)


def test_a_cache_that_can_only_be_read_is_read(guarded: Path) -> None:
    root = guarded / "vault"
    root.mkdir()
    (root / "x.md").write_text("---\ntype: contact\n---\n", encoding="utf-8")
    look(root)
    file_of(root).chmod(0o400)
    (guarded / "cache").chmod(0o500)
    upkept = look(root)
    assert (upkept.changes, upkept.notice) == (ChangeCounts(unchanged=1), None)
    (root / "y.md").write_text("text", encoding="utf-8")
    upkept = look(root)
    assert upkept.changes == ChangeCounts(added=1, unchanged=1)
    assert upkept.notice


def test_a_file_where_the_cache_folder_should_be_is_done_without(filled: Path) -> None:
    (filled.parent / "file").write_text("x", encoding="utf-8")
    upkept = look(filled, filled.parent / "file")
    assert upkept.notice
    assert is_right(filled, upkept)


# --- What is kept ----------------------------------------------------------------------------------------------------


def test_odd_names_and_numbers_come_back(tmp_path: Path) -> None:
    rows = [
        ("A\udce4.md", 1, -5, 2**62, 2**64 - 1, False),
        ("a\nb.md", 2**40, 0, 0, 0, True),
        ("\ud83d.md", 0, 0, 0, 0, False),
    ]
    known = Known("\udce4/é", States.of(rows), {"a\nb.md": "[0,[]]"}, frozenset({"A\udce4.md"}))
    cache = Cache(tmp_path, tmp_path.parent / "odd-cache")
    assert cache.save(Remembered(), [known], [], afresh=True)
    remembered, raw = Cache(tmp_path, tmp_path.parent / "odd-cache").load()
    assert remembered == Remembered()
    (back,) = cache.folders(raw, Recognition()).values()
    assert back == known


def test_rows_under_other_settings_are_not_believed(tmp_path: Path) -> None:
    known = Known("", States.of([("a.md", 1, 2, 3, 4, False)]), {})
    cache = Cache(tmp_path, tmp_path.parent / "settings-cache")
    mentors = Recognition(types=("mentor",))
    cache.save(Remembered(recognition=mentors), [known], [], afresh=True)
    remembered, rows = cache.load()
    assert remembered == Remembered(recognition=mentors)
    assert cache.folders(rows, mentors) == {"": known}
    assert cache.folders(rows, Recognition()) == {}


# --- Several at once, and the sudden end -----------------------------------------------------------------------------

INDEX = """
import sys, json
from pathlib import Path
from infoview_md.disk.upkeep import Upkeep
while True:
    upkept = Upkeep(Path(sys.argv[1]), cache=Path(sys.argv[2])).bring_up_to_date()
    print(json.dumps([upkept.notice, len(upkept.index.readings)]), flush=True)
"""


def indexing(root: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", INDEX, str(root), str(root.parent / "cache")]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@posix
def test_two_commands_index_while_a_third_edits(filled: Path) -> None:
    seconds = HISTORIES / 20
    chance = random.Random(1)
    both = [indexing(filled), indexing(filled)]
    ends = time.monotonic() + seconds
    try:
        for one in both:
            assert one.stdout is not None
            one.stdout.readline()
        while time.monotonic() < ends:
            note = filled / f"f{chance.randrange(4)}/n{chance.randrange(60)}.md"
            note.parent.mkdir(exist_ok=True)
            if chance.random() < 0.2:
                note.unlink(missing_ok=True)
            else:
                note.write_text(f"---\ntype: contact\nname: {chance.randrange(10)}\n---\n", encoding="utf-8")
    finally:
        for one in both:
            one.send_signal(signal.SIGTERM)
        told = [json.loads(line) for one in both for line in one.communicate()[0].splitlines() if line.endswith("]")]
    assert told
    assert {notice for notice, _ in told} <= {None}
    assert is_right(filled, look(filled))


@posix
@pytest.mark.parametrize("seed", range(HISTORIES // 4))
def test_a_command_that_is_killed_while_it_writes_leaves_no_wrong_cache(filled: Path, seed: int) -> None:
    chance = random.Random(seed)
    one = indexing(filled)
    assert one.stdout is not None
    one.stdout.readline()
    ends = time.monotonic() + chance.random() * 0.1
    while time.monotonic() < ends:  # so that it has something to write
        for number in range(30):
            (filled / f"f{number % 3}/n{number}.md").write_text(f"---\ntype: contact\nname: {chance.random()}\n---\n")
    one.kill()
    one.communicate()
    upkept = look(filled)
    assert upkept.notice is None
    assert is_right(filled, upkept)
    assert is_right(filled, look(filled))
