import os
import shutil
import threading
import warnings
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from watchdog.utils import BaseThread

from infoview_md.disk.watch import Debouncer, changes
from infoview_md.errors import FileTroubleError

# --- The debouncer ---------------------------------------------------------------------------------------------------


def test_a_batch_waits_until_it_is_quiet() -> None:
    waiting = Debouncer(quiet=0.3, longest=2.0)
    waiting.add("a.md", 10.0)
    waiting.add("b.md", 10.2)
    waiting.add("a.md", 10.25)
    assert waiting.due_at() == pytest.approx(10.55)
    assert waiting.take(10.5) is None
    assert waiting.take(10.6) == frozenset({"a.md", "b.md"})


def test_a_batch_that_never_gets_quiet_waits_no_longer_than_the_longest_time() -> None:
    waiting = Debouncer(quiet=0.3, longest=1.0)
    for tick in range(10):
        waiting.add(f"{tick}.md", 5.0 + tick / 10)
    assert waiting.due_at() == 6.0
    assert waiting.take(5.99) is None
    assert waiting.take(6.0) == frozenset(f"{tick}.md" for tick in range(10))


def test_an_empty_debouncer_is_never_due() -> None:
    waiting = Debouncer(quiet=0.3, longest=1.0)
    assert waiting.due_at() is None
    assert waiting.take(1e9) is None


def test_a_taken_batch_is_not_taken_twice_and_the_next_one_waits_anew() -> None:
    waiting = Debouncer(quiet=1.0, longest=5.0)
    waiting.add("a.md", 0.0)
    assert waiting.take(1.0) == frozenset({"a.md"})
    assert waiting.due_at() is None
    waiting.add("b.md", 100.0)
    assert waiting.due_at() == 101.0


steps = st.lists(
    st.tuples(st.integers(0, 40), st.one_of(st.none(), st.sampled_from(["a.md", "b.md", "c/d.md"]))), max_size=60
)


@given(steps=steps, quiet=st.integers(0, 10), longest=st.integers(0, 30))
def test_no_path_is_lost_and_none_waits_longer_than_the_longest_time(
    steps: list[tuple[int, str | None]], quiet: int, longest: int
) -> None:
    waiting = Debouncer(quiet=quiet, longest=longest)
    now, oldest = 0, dict[str, int]()
    for pause, path in steps:
        now += pause
        if path is not None:
            waiting.add(path, now)
            oldest.setdefault(path, now)
        due = waiting.due_at()
        assert (due is None) == (not oldest)
        assert due is None or due <= min(oldest.values()) + longest
        if batch := waiting.take(now):
            assert batch == oldest.keys()
            oldest.clear()
        else:
            assert due is None or now < due
    assert (waiting.take(now + 100) or frozenset()) == oldest.keys()


# --- Watching a real folder ------------------------------------------------------------------------------------------

Watching = Generator[frozenset[str], None, None]


@contextmanager
def watching(root: Path, *, rescan_every: float = 20.0, hidden: str = "?") -> Iterator[Watching]:
    """Watch, and fail instead of waiting for ever: a test that hears nothing gets an empty batch from the rescan."""
    heard = changes(
        root, quiet=0.05, longest=0.5, rescan_every=rescan_every, is_relevant=lambda path: not path.startswith(hidden)
    )
    try:
        assert next(heard) == frozenset()
        yield heard
    finally:
        heard.close()


def until(heard: Watching, path: str) -> set[str]:
    """Gather batches until one holds the path: a slow machine may hand out in two what was done in one."""
    seen: set[str] = set()
    while path not in seen:
        batch = next(heard)
        assert batch, f"heard only of {seen}"
        seen |= batch
    return seen


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
        assert next(heard) == {"Last.md"}


def test_what_is_hidden_or_no_note_never_wakes_us(vault: Path) -> None:
    (vault / ".obsidian").mkdir()
    with watching(vault) as heard:
        write(vault, ".obsidian/workspace.json", ".obsidian/plugins/x.md", ".git/a/b.md", ".hidden.md", "photo.png")
        write(vault, "~$Ada.md", "Ada.md~", "Ada.md.tmp")
        write(vault, "Last.md")
        assert next(heard) == {"Last.md"}


def test_what_is_not_relevant_never_wakes_us(vault: Path) -> None:
    (vault / "Templates").mkdir()
    with watching(vault, hidden="Templates") as heard:
        write(vault, "Templates/request.md")
        write(vault, "Last.md")
        assert next(heard) == {"Last.md"}


def test_a_burst_loses_nothing(vault: Path) -> None:
    names = {f"{number}.md" for number in range(500)}
    with watching(vault) as heard:
        write(vault, *sorted(names))
        seen: set[str] = set()
        while not names <= seen:
            batch = next(heard)
            assert batch, "some were lost"
            seen |= batch
        assert seen == names


def test_every_so_often_everything_is_looked_at(vault: Path) -> None:
    with watching(vault, rescan_every=0.1) as heard:
        assert [next(heard), next(heard), next(heard)] == [frozenset()] * 3


@pytest.mark.skipif(os.name == "nt", reason="Windows makes plain links only for administrators")
def test_a_vault_behind_a_link_is_watched(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(vault)
    with watching(tmp_path / "link") as heard:
        write(vault, "People/Ada.md")
        assert until(heard, "People/Ada.md") == {"People", "People/Ada.md"}


def test_a_vault_that_is_deleted_and_made_again_is_watched_again(vault: Path) -> None:
    write(vault, "Ada.md")
    with watching(vault) as heard:
        shutil.rmtree(vault)
        vault.mkdir()
        while next(heard):
            pass  # the old vault's last events
        write(vault, "Bob.md")
        assert until(heard, "Bob.md") == {"Bob.md"}


def test_a_vault_that_comes_back_in_time_is_waited_for(vault: Path) -> None:
    heard = changes(vault, quiet=0.05, longest=20.0)
    next(heard)
    shutil.rmtree(vault)
    sync = threading.Timer(0.2, vault.mkdir)
    sync.start()
    assert next(heard) == frozenset()
    sync.join()
    write(vault, "Ada.md")
    assert until(heard, "Ada.md") == {"Ada.md"}
    heard.close()


def test_a_vault_that_was_swapped_for_another_is_watched_again(vault: Path, tmp_path: Path) -> None:
    with watching(vault) as heard:
        vault.rename(tmp_path / "old")
        vault.mkdir()
        assert next(heard) == frozenset()
        write(tmp_path / "old", "Old.md")
        write(vault, "Bob.md")
        assert until(heard, "Bob.md") == {"Bob.md"}


def test_a_vault_that_is_gone_ends_the_watch_in_plain_words(vault: Path, tmp_path: Path) -> None:
    with watching(vault) as heard:
        vault.rename(tmp_path / "old")
        with pytest.raises(FileTroubleError, match="is gone") as caught:
            deque(heard)
        assert str(vault) in caught.value.message


@pytest.mark.parametrize("number", range(3))
def test_a_watch_of_which_a_thread_died_begins_again(vault: Path, number: int) -> None:
    before = set(threading.enumerate())
    with watching(vault) as heard:
        threads = [thread for thread in threading.enumerate() if thread not in before]
        threads.sort(key=lambda thread: type(thread).__name__)
        victim = threads[number % len(threads)]  # Linux needs three, other systems fewer
        assert isinstance(victim, BaseThread)
        victim.stop()
        victim.join()
        assert next(heard) == frozenset()
        write(vault, "Ada.md")
        assert until(heard, "Ada.md") == {"Ada.md"}
    assert set(threading.enumerate()) == before


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
