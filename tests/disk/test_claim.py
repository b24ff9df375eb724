"""Who watches a vault: one at a time, known to all, forgotten with its process."""

import datetime as dt
import os
import subprocess
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from infoview_md.disk.claim import Watcher, claim, watcher_of
from infoview_md.errors import ConflictError

SINCE = dt.datetime(2026, 11, 23, 14, 2)
LATER = dt.datetime(2026, 11, 23, 14, 10)
WATCHING = """
import datetime as dt, sys
from pathlib import Path
from infoview_md.disk.claim import claim
with claim(Path(sys.argv[1]), dt.datetime(2026, 11, 23), folder=Path(sys.argv[2])) as own:
    own.tell("events", None)
    print(flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def locks(tmp_path: Path) -> Path:
    return tmp_path / "locks"


def test_nobody_watches_and_asking_leaves_nothing_behind(vault: Path, locks: Path) -> None:
    assert watcher_of(vault, folder=locks) is None
    assert not locks.exists()


def test_the_watcher_says_who_it_is_and_what_it_saw(vault: Path, locks: Path) -> None:
    with claim(vault, SINCE, folder=locks) as own:
        assert watcher_of(vault, folder=locks) == Watcher()
        own.tell("events", None)
        assert watcher_of(vault, folder=locks) == Watcher(pid=os.getpid(), since=SINCE, mode="events")
        own.tell("polling", LATER)
        told = watcher_of(vault, folder=locks)
        assert told == Watcher(pid=os.getpid(), since=SINCE, mode="polling", last_change=LATER)
    assert watcher_of(vault, folder=locks) is None
    assert [one.name for one in locks.iterdir() if not one.name.endswith(".lock")] == []


def test_a_second_watcher_is_told_who_the_first_is(vault: Path, locks: Path) -> None:
    with claim(vault, SINCE, folder=locks) as own:
        own.tell("events", None)
        with pytest.raises(ConflictError) as refused, claim(vault, LATER, folder=locks):
            pass
        assert refused.value.message.endswith(f"watched already, by process {os.getpid()} since 2026-11-23 14:02")
        assert "--read-only" in refused.value.hint
        assert watcher_of(vault, folder=locks) == Watcher(pid=os.getpid(), since=SINCE, mode="events")


def test_one_process_watches_several_vaults(vault: Path, tmp_path: Path, locks: Path) -> None:
    with ExitStack() as claims:
        claims.enter_context(claim(vault, SINCE, folder=locks))
        assert watcher_of(tmp_path, folder=locks) is None
        claims.enter_context(claim(tmp_path, SINCE, folder=locks))
        assert watcher_of(tmp_path, folder=locks) == Watcher()


def test_a_vault_is_the_same_through_a_link(vault: Path, tmp_path: Path, locks: Path) -> None:
    link = tmp_path / "link"
    try:
        link.symlink_to(vault, target_is_directory=True)
    except OSError:
        pytest.skip("no links can be made here")
    with claim(vault, SINCE, folder=locks):
        assert watcher_of(link, folder=locks) == Watcher()


def test_a_watcher_that_was_killed_leaves_no_claim(vault: Path, locks: Path) -> None:
    arguments = [sys.executable, "-c", WATCHING, str(vault), str(locks)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as watching:
        assert watching.stdout is not None
        assert watching.stdout.readline()
        assert watcher_of(vault, folder=locks) == Watcher(
            pid=watching.pid, since=SINCE.replace(hour=0, minute=0), mode="events"
        )
        watching.kill()
        watching.wait()
    assert watcher_of(vault, folder=locks) is None
    with claim(vault, LATER, folder=locks) as own:
        own.tell("events", None)
        assert watcher_of(vault, folder=locks) == Watcher(pid=os.getpid(), since=LATER, mode="events")


def test_a_claim_may_be_given_up_by_another_thread(vault: Path, locks: Path) -> None:
    claims = ExitStack()
    claims.enter_context(claim(vault, SINCE, folder=locks))
    closing = threading.Thread(target=claims.close)
    closing.start()
    closing.join()
    assert watcher_of(vault, folder=locks) is None


def test_a_note_that_nobody_can_read_is_no_trouble(vault: Path, locks: Path) -> None:
    with claim(vault, SINCE, folder=locks) as own:
        own.tell("events", None)
        (note,) = locks.glob("*.json")
        for text in ("", "[]", "{}", '{"pid": "x", "since": 3}', "{"):
            note.write_text(text, encoding="utf-8")
            assert watcher_of(vault, folder=locks) == Watcher()
        with pytest.raises(ConflictError, match=r"watched already\n"), claim(vault, LATER, folder=locks):
            pass
        note.unlink()
        note.mkdir()
        own.tell("polling", None)
        assert watcher_of(vault, folder=locks) == Watcher()


def test_where_there_can_be_no_lock_anybody_may_watch(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with claim(vault, SINCE, folder=tmp_path / "file") as own:
        own.tell("events", None)
        assert watcher_of(vault, folder=tmp_path / "file") is None


def test_a_lock_file_that_is_no_database_stops_nobody(vault: Path, locks: Path) -> None:
    with claim(vault, SINCE, folder=locks):
        pass
    (lock,) = locks.glob("*.lock")
    lock.write_bytes(b"not a database" * 100)
    with claim(vault, SINCE, folder=locks):
        assert watcher_of(vault, folder=locks) is None
