import os
import shutil
import subprocess
import sys
import threading
import warnings
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest
from watchdog.utils import BaseThread

from infoview_md.disk import watch
from infoview_md.disk.watch import Hint, changes
from infoview_md.errors import FileTroubleError

DEADLINE = 20.0
"""Seconds; nothing takes that long, but a machine may be busy."""

Watching = Generator[Hint, None, None]


@contextmanager
def watching(root: Path, *, rescan_every: float = 20.0, hidden: str = "?") -> Iterator[Watching]:
    """Watch, and fail instead of waiting for ever: a test that hears nothing is told to look at everything."""
    heard = changes(
        root, quiet=0.05, longest=0.5, rescan_every=rescan_every, is_relevant=lambda path: not path.startswith(hidden)
    )
    try:
        assert next(heard) == Hint(everything=True)
        yield heard
    finally:
        heard.close()


def until(heard: Watching, path: str, *, all_is_enough: bool = False) -> set[str]:
    """Gather batches until one holds the path: a slow machine may hand out in two what was done in one."""
    seen: set[str] = set()
    deadline = monotonic() + DEADLINE
    while path not in seen:
        hint = next(heard)
        assert monotonic() < deadline, f"heard only of {seen}"
        assert all_is_enough or hint.notice is None
        seen |= hint.paths
    return seen


def notice(heard: Watching) -> str:
    """Wait for something to be said."""
    deadline = monotonic() + DEADLINE
    while not (said := next(heard).notice):
        assert monotonic() < deadline, "nothing was said"
    return said


def kill_a_thread(others: set[threading.Thread]) -> None:
    """End one of the threads that listen, as an error in it would."""
    victim = next(one for one in threading.enumerate() if one not in others)
    assert isinstance(victim, BaseThread)
    victim.stop()
    victim.join()


def write(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("text", encoding="utf-8")


def test_the_first_batch_says_look_at_everything_and_then_changes_are_heard(vault: Path) -> None:
    with watching(vault) as heard:
        write(vault, "Ada.md")
        assert until(heard, "Ada.md") == {"Ada.md"}
        write(vault, "Bob.md")
        assert until(heard, "Bob.md") == {"Bob.md"}


def test_new_folders_are_heard_and_watched_at_once(vault: Path) -> None:
    with watching(vault) as heard:
        write(vault, "People/Friends/Old/Ada.md")
        assert until(heard, "People/Friends/Old/Ada.md") >= {"People", "People/Friends", "People/Friends/Old"}
        write(vault, "People/Friends/Old/Bob.md")
        assert until(heard, "People/Friends/Old/Bob.md") == {"People/Friends/Old/Bob.md"}


def test_both_ends_of_a_move_are_heard(vault: Path) -> None:
    write(vault, "Ada.md", "Last.md")
    with watching(vault) as heard:
        (vault / "Ada.md").rename(vault / "Ada Lovelace.md")
        write(vault, "Last.md")
        assert until(heard, "Last.md") == {"Ada.md", "Ada Lovelace.md", "Last.md"}


def test_an_atomic_save_is_heard_as_one_change_of_the_note(vault: Path, tmp_path: Path) -> None:
    write(vault, "Ada.md", "Bob.md")
    write(tmp_path, "outside")
    with watching(vault) as heard:
        write(vault, ".Ada.md.tmp")
        (vault / ".Ada.md.tmp").replace(vault / "Ada.md")
        (tmp_path / "outside").replace(vault / "Bob.md")
        assert until(heard, "Bob.md") == {"Ada.md", "Bob.md"}


def test_a_save_with_a_backup_is_heard_as_the_note_only(vault: Path) -> None:
    write(vault, "Ada.md")
    with watching(vault) as heard:
        (vault / "Ada.md").rename(vault / "Ada.md~")
        write(vault, "Ada.md")
        (vault / "Ada.md~").unlink()
        write(vault, "Last.md")
        assert until(heard, "Last.md") == {"Ada.md", "Last.md"}


def test_a_deleted_note_and_a_deleted_folder_are_heard(vault: Path) -> None:
    write(vault, "Ada.md", "People/Bob.md")
    with watching(vault) as heard:
        (vault / "Ada.md").unlink()
        shutil.rmtree(vault / "People")
        assert until(heard, "People") == {"Ada.md", "People/Bob.md", "People"}


def test_a_folder_moved_out_of_the_vault_is_heard(vault: Path, tmp_path: Path) -> None:
    write(vault, "People/Ada.md")
    with watching(vault) as heard:
        (vault / "People").rename(tmp_path / "People")
        assert until(heard, "People") == {"People"}


def test_our_own_reading_never_wakes_us(vault: Path) -> None:
    write(vault, *(f"People/{number}.md" for number in range(50)))
    with watching(vault) as heard:
        for file in (vault / "People").iterdir():
            file.read_bytes()
        write(vault, "Last.md")
        assert until(heard, "Last.md") == {"Last.md"}


def test_what_is_hidden_or_no_note_never_wakes_us(vault: Path) -> None:
    (vault / ".obsidian").mkdir()
    with watching(vault) as heard:
        write(vault, ".obsidian/workspace.json", ".obsidian/plugins/x.md", ".git/a/b.md", ".hidden.md", "photo.png")
        write(vault, "~$Ada.md", "Ada.md~", "Ada.md.tmp")
        write(vault, "Last.md")
        assert until(heard, "Last.md") == {"Last.md"}


def test_what_is_not_relevant_never_wakes_us(vault: Path) -> None:
    (vault / "Templates").mkdir()
    with watching(vault, hidden="Templates") as heard:
        write(vault, "Templates/request.md")
        write(vault, "Last.md")
        assert until(heard, "Last.md") == {"Last.md"}


def test_a_burst_loses_nothing(vault: Path) -> None:
    names = {f"{number}.md" for number in range(500)}
    with watching(vault) as heard:
        write(vault, *sorted(names))
        seen: set[str] = set()
        while not names <= seen:
            hint = next(heard)
            assert not hint.everything, "some were lost"
            seen |= hint.paths
        assert seen == names


def test_every_so_often_everything_is_looked_at(vault: Path) -> None:
    with watching(vault, rescan_every=0.1) as heard:
        assert [next(heard), next(heard)] == [Hint(everything=True)] * 2


@pytest.mark.skipif(os.name == "nt", reason="Windows makes plain links only for administrators")
def test_some_seconds_after_the_last_change_everything_is_looked_at(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read while it may have changed once more is read again, and what no event told of is found."""
    monkeypatch.setattr(watch, "SETTLED", 0.1)
    with watching(vault) as heard:
        deadline = monotonic() + DEADLINE / 2
        write(vault, "Ada.md")
        told = [next(heard)]
        while not told[-1].everything:
            told.append(next(heard))
        assert len(told) > 1
        assert monotonic() < deadline, "it was the look that is due now and then"


def test_a_vault_behind_a_link_is_watched(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(vault)
    with watching(tmp_path / "link") as heard:
        write(vault, "People/Ada.md")
        assert until(heard, "People/Ada.md") == {"People", "People/Ada.md"}


def test_a_vault_that_is_deleted_and_made_again_is_waited_for_and_watched_again(vault: Path) -> None:
    write(vault, "Ada.md")
    with watching(vault) as heard:
        shutil.rmtree(vault)
        assert "is gone" in notice(heard)
        vault.mkdir()
        assert "and empty" in notice(heard)
        write(vault, "Ada.md")
        assert "is back" in notice(heard)
        write(vault, "Bob.md")
        assert until(heard, "Bob.md") == {"Bob.md"}


def test_no_note_of_a_vault_that_is_gone_is_hinted_at(vault: Path) -> None:
    write(vault, "Ada.md")
    with watching(vault) as heard:
        shutil.rmtree(vault)
        assert next(heard).paths == frozenset()


def test_a_vault_that_was_swapped_for_another_is_watched_again(vault: Path, tmp_path: Path) -> None:
    write(tmp_path / "new", "Ada.md")
    with watching(vault) as heard:
        vault.rename(tmp_path / "old")
        (tmp_path / "new").rename(vault)
        assert any(words in notice(heard) for words in ("is another folder", "is now called"))
        write(tmp_path / "old", "Old.md")
        write(vault, "Bob.md")
        assert "Bob.md" in until(heard, "Bob.md", all_is_enough=True)


def test_a_vault_that_was_renamed_is_found_beside_its_old_place(vault: Path, tmp_path: Path) -> None:
    with watching(vault) as heard:
        write(vault, "Ada.md")
        vault.rename(tmp_path / "new name")
        assert f"is now called {tmp_path / 'new name'}" in notice(heard)
        (tmp_path / "new name").rename(vault)
        assert "is back" in notice(heard)
        write(vault, "Bob.md")
        assert "Bob.md" in until(heard, "Bob.md")


def test_a_vault_that_cannot_be_read_is_waited_for(guarded: Path) -> None:
    vault = guarded / "vault"
    write(vault, "Ada.md")
    with watching(vault) as heard:
        vault.chmod(0)
        assert "cannot be read: permission denied" in notice(heard)
        vault.chmod(0o700)
        assert "is back" in notice(heard)
        write(vault, "Bob.md")
        assert until(heard, "Bob.md") == {"Bob.md"}


def test_a_folder_that_can_be_read_again_is_watched(guarded: Path) -> None:
    vault = guarded / "vault"
    write(vault, "People/Friends/Ada.md")
    (vault / "People").chmod(0)
    with watching(vault) as heard:
        (vault / "People").chmod(0o700)
        assert "People" in until(heard, "People")
        assert next(heard) == Hint(everything=True)
        write(vault, "People/Friends/Bob.md")
        assert "People/Friends/Bob.md" in until(heard, "People/Friends/Bob.md")


@pytest.mark.parametrize("number", range(3))
def test_a_watch_of_which_a_thread_died_begins_again(vault: Path, number: int) -> None:
    before = set(threading.enumerate())
    with watching(vault) as heard:
        threads = [thread for thread in threading.enumerate() if thread not in before]
        threads.sort(key=lambda thread: type(thread).__name__)
        others = set(threading.enumerate()) - {threads[number % len(threads)]}  # Linux needs three, other systems fewer
        kill_a_thread(others)
        assert "broke off" in notice(heard)
        write(vault, "Ada.md")
        assert until(heard, "Ada.md") == {"Ada.md"}
    assert set(threading.enumerate()) == before


def test_a_watch_that_breaks_off_again_and_again_is_given_up_for_polling(vault: Path) -> None:
    before = set(threading.enumerate())
    with watching(vault) as heard:
        for _ in range(3):
            kill_a_thread(before)
            assert "begun anew" in notice(heard)
        kill_a_thread(before)
        last = next(heard)
        assert (last.everything, last.mode) == (True, "polling")
        assert "every 10 seconds" in (last.notice or "")
        assert set(threading.enumerate()) == before


def test_polling_hints_at_everything_every_so_often_and_needs_no_thread(vault: Path) -> None:
    before = set(threading.enumerate())
    heard = changes(vault, poll=0.01)
    assert [next(heard) for _ in range(3)] == [Hint(everything=True, mode="polling")] * 3
    assert set(threading.enumerate()) == before
    heard.close()


def test_a_vault_that_is_polled_is_waited_for_too(vault: Path) -> None:
    write(vault, "Ada.md")
    heard = changes(vault, poll=0.1)
    next(heard)
    shutil.rmtree(vault)
    assert "is gone" in notice(heard)
    write(vault, "Ada.md")
    assert "is back" in notice(heard)
    heard.close()


def test_a_look_that_failed_is_asked_for_again_within_moments(vault: Path) -> None:
    failed = iter([True, True, False])
    heard = changes(vault, owes=lambda: next(failed, False), rescan_every=3600.0)
    assert [next(heard) for _ in range(3)] == [Hint(everything=True)] * 3
    heard.close()


LIMITED = 'echo 0 > /proc/sys/user/max_inotify_{what} && exec "$@"'
FIRST_HINT = """
import sys
from pathlib import Path
from infoview_md.disk.watch import changes
hint = next(changes(Path(sys.argv[1])))
print(hint.everything, hint.mode, hint.notice)
"""


@pytest.mark.parametrize("what", ["instances", "watches"])
def test_where_the_system_has_no_room_for_another_watch_the_vault_is_polled(vault: Path, what: str) -> None:
    limited = ("unshare", "--user", "--map-root-user", "sh", "-c", LIMITED.format(what=what), "sh")
    if not shutil.which("unshare") or subprocess.run([*limited, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system lets us set no limit of our own")
    command = [*limited, sys.executable, "-c", FIRST_HINT, str(vault)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert told.startswith("True polling the system lets ")
    assert f"sudo sysctl fs.inotify.max_user_{what}=" in told


def test_a_file_that_is_emptied_first_and_written_later_is_hinted_at_once_it_is_closed(vault: Path) -> None:
    write(vault, "Ada.md")
    done = threading.Event()
    heard = changes(vault, quiet=0.05, longest=60.0)
    next(heard)

    def save() -> None:
        with (vault / "Ada.md").open("w", encoding="utf-8") as file:
            done.wait(1.0)  # how long the writer thinks, many times the quiet time
            file.write("new text")

    writer = threading.Thread(target=save)
    writer.start()
    assert "Ada.md" in until(heard, "Ada.md")
    assert (vault / "Ada.md").read_text("utf-8") == "new text"
    writer.join()
    heard.close()


def test_a_warning_of_watchdogs_that_nobody_can_heed_is_not_shown(vault: Path) -> None:
    with watching(vault), warnings.catch_warnings(record=True) as shown:
        text = "Callback with id '1' already exists for watch 2. It will be Overwritten."
        warnings.warn_explicit(text, RuntimeWarning, "inotify.py", 1, module="watchdog.observers.inotify")
    assert shown == []


def test_what_is_no_folder_cannot_be_watched(vault: Path) -> None:
    write(vault, "Ada.md")
    for place in (vault / "missing", vault / "Ada.md"):
        with pytest.raises(FileTroubleError, match="cannot be watched"):
            next(changes(place))


def test_closing_the_generator_leaves_no_thread(vault: Path) -> None:
    before = set(threading.enumerate())
    with watching(vault) as heard:
        assert set(threading.enumerate()) > before
        write(vault, "Ada.md")
        until(heard, "Ada.md")
    assert set(threading.enumerate()) == before


def test_an_interrupt_passes_through_and_leaves_no_thread(vault: Path) -> None:
    before = set(threading.enumerate())
    heard = changes(vault)
    next(heard)
    with pytest.raises(KeyboardInterrupt):
        heard.throw(KeyboardInterrupt())
    assert set(threading.enumerate()) == before


def test_a_watch_that_cannot_begin_leaves_no_thread(vault: Path) -> None:
    before = set(threading.enumerate())
    with pytest.raises(FileTroubleError):
        next(changes(vault / "missing"))
    assert set(threading.enumerate()) == before
