import gc
import logging
import threading
import tracemalloc
from pathlib import Path

from watchdog.utils import BaseThread

from infoview_md.disk.lookout import Heard, Lookout, Pile


def watchdogs() -> list[BaseThread]:
    return [one for one in threading.enumerate() if isinstance(one, BaseThread)]


def test_a_pile_holds_each_path_once_and_the_latest_counts() -> None:
    pile = Pile()
    pile.put(Heard(path="a.md", unfinished=True))
    pile.put(Heard(path="b.md"))
    pile.put(Heard(path="a.md"))
    assert set(pile.take(0.0)) == {Heard(path="a.md"), Heard(path="b.md")}
    assert pile.take(0.0) == ()


def test_a_pile_that_grows_too_large_says_only_that_there_was_too_much() -> None:
    pile = Pile(most=3)
    for number in range(10):
        pile.put(Heard(path=f"{number}.md"))
    taken = pile.take(0.0)
    assert Heard(path="") in taken
    assert len(taken) <= 4
    assert pile.take(0.0) == ()


def test_who_waits_at_a_pile_is_woken() -> None:
    pile = Pile()
    putter = threading.Thread(target=pile.put, args=(Heard(path="a.md"),))
    putter.start()
    taken: tuple[Heard, ...] = ()
    while not taken:
        taken = pile.take(20.0)
    putter.join()
    assert taken == (Heard(path="a.md"),)


def test_a_hundred_thousand_events_that_nobody_takes_need_little_memory() -> None:
    pile = Pile()
    tracemalloc.start()
    try:
        for number in range(100_000):
            pile.put(Heard(path=f"/vault/People/Somebody with a name {number}.md"))
        gc.collect()
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


def test_a_lookout_tells_paths_in_the_vault_and_of_folders_that_they_are(vault: Path) -> None:
    with Lookout(vault) as lookout:
        lookout.begin()
        (vault / "People").mkdir()
        (vault / "People/Ada.md").write_text("text", encoding="utf-8")
        (vault / ".hidden.md").write_text("text", encoding="utf-8")
        (vault / "photo.png").write_text("text", encoding="utf-8")
        heard: set[Heard] = set()
        while Heard(path="People/Ada.md") not in heard:
            heard |= set(lookout.hear(20.0))
        assert {(one.path, one.is_folder) for one in heard} == {("People", True), ("People/Ada.md", False)}


def test_a_lookout_sees_the_vault_and_itself(vault: Path) -> None:
    with Lookout(vault) as lookout:
        assert not lookout.look().is_alive
        lookout.begin()
        seen = lookout.look()
        assert seen.identity == (vault.stat().st_dev, vault.stat().st_ino)
        assert (seen.refusal, seen.is_empty, seen.is_alive, seen.is_lossy) == (None, True, True, False)
        vault.rename(vault.parent / "elsewhere")
        assert lookout.look().now_at == str(vault.parent / "elsewhere")
        (vault.parent / "elsewhere").rmdir()
        assert (lookout.look().identity, lookout.look().now_at) == (None, None)


def test_a_lookout_sees_that_a_thread_was_told_to_stop_though_it_waits_for_ever(vault: Path) -> None:
    with Lookout(vault) as lookout:
        lookout.begin()
        for thread in watchdogs():
            thread.stopped_event.set()
            assert not lookout.look().is_alive
            thread.stopped_event.clear()
            assert thread.is_alive()
            assert lookout.look().is_alive


def test_a_lookout_misses_a_thread_that_died_while_it_began(vault: Path) -> None:
    for number in range(2_000):  # so that to begin takes a while
        (vault / str(number)).mkdir()

    def kill_the_first() -> None:
        while not has_begun.is_set():
            for thread in watchdogs():
                thread.stopped_event.set()
                while thread.is_alive() and not has_begun.is_set():
                    (vault / "a.md").touch()  # at which it wakes, and ends
                return

    has_begun = threading.Event()
    killer = threading.Thread(target=kill_the_first)
    with Lookout(vault) as lookout:
        killer.start()
        lookout.begin()
        has_begun.set()
        killer.join()
        assert not lookout.look().is_alive


def test_a_lookout_takes_watchdogs_word_for_it_that_events_were_lost(vault: Path) -> None:
    with Lookout(vault) as lookout:
        lookout.begin()
        logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed; events were lost")
        assert [one.path for one in lookout.hear(20.0)] == [""]
        assert lookout.look().is_lossy
        lookout.begin()
        assert not lookout.look().is_lossy


def test_a_lookout_that_has_ended_leaves_nothing_behind(vault: Path) -> None:
    threads, handlers = set(threading.enumerate()), list(logging.getLogger("watchdog").handlers)
    with Lookout(vault) as lookout:
        for _ in range(3):
            lookout.begin()
    assert set(threading.enumerate()) == threads
    left = [one for one in logging.getLogger("watchdog").handlers if one not in handlers]
    assert all(isinstance(one, logging.NullHandler) for one in left)
