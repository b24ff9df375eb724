"""The catalogue's `watch` cases: what befalls a watched vault, and that the watch goes on and knows all in the end."""

import contextlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from types import MappingProxyType

import pytest
from watchdog.utils import BaseThread

from infoview_md import Refresh, Vault
from infoview_md.disk import watch
from tests.bad_inputs.catalogue import check_rows

PATIENCE = 30.0
CONTACT = "---\ntype: contact\nwhy: {why}\n---\n"
FEW_WATCHES = 'echo 20 > /proc/sys/user/max_inotify_watches && exec "$@"'
TWO_TURNS = """
import sys
from infoview_md import Vault
refreshes = Vault(sys.argv[1]).watch()
next(refreshes)
told = next(refreshes)
print(told.mode, *told.notices)
"""


@contextlib.contextmanager
def watched(root: Path) -> Iterator[Iterator[Refresh]]:
    """Watch, from a time on at which all notes have been read."""
    with contextlib.closing(Vault(root).watch()) as refreshes:
        next(refreshes)
        yield refreshes


def save(root: Path, path: str, why: str = "her talk") -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(CONTACT.format(why=why), encoding="utf-8")


def until(refreshes: Iterator[Refresh], condition: Callable[[Refresh], bool]) -> Refresh:
    """Go on until something is so; a watcher that hears nothing at all looks at everything in time."""
    deadline = monotonic() + PATIENCE
    while not condition(told := next(refreshes)):
        assert monotonic() < deadline
    return told


def names(told: Refresh) -> set[str]:
    return {one.name for one in told.state.network.contacts.values()}


def goes_on(root: Path, refreshes: Iterator[Refresh]) -> None:
    """The watch still hears."""
    save(root, "People/Last.md")
    until(refreshes, lambda told: "Last" in names(told))


def an_unreadable_note_stops_nothing(root: Path) -> None:
    with watched(root) as refreshes:
        (root / "People/Pipe.md").mkdir(parents=True)
        (root / "People/Dangling.md").symlink_to("nowhere")
        (root / "People/Binary.md").write_bytes(b"---\ntype: \xff\xfe\n")
        goes_on(root, refreshes)


def too_few_watches_are_said_and_made_up_for(root: Path) -> None:
    for number in range(41):
        (root / f"Folder {number}").mkdir()
    limited = ("unshare", "--user", "--map-root-user", "sh", "-c", FEW_WATCHES, "sh")
    if not shutil.which("unshare") or subprocess.run([*limited, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system lets us set no limit of our own")
    done = subprocess.run(
        [*limited, sys.executable, "-c", TWO_TURNS, str(root)], check=True, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.startswith("polling the system lets programs listen to too few folders for this vault")


def a_vault_made_again_is_watched_again(root: Path) -> None:
    save(root, "People/Ada.md")
    with watched(root) as refreshes:
        shutil.rmtree(root)
        until(refreshes, lambda told: any("is gone" in one for one in told.notices))
        save(root, "People/Grace.md")
        told = until(refreshes, lambda told: "Grace" in names(told))
        assert "Ada" not in names(told)
        goes_on(root, refreshes)


def a_folder_that_moved_out_is_forgotten(root: Path) -> None:
    save(root, "Away/Ada.md")
    save(root, "People/Grace.md")
    outside = root.parent / "elsewhere"
    with watched(root) as refreshes:
        (root / "Away").rename(outside)
        until(refreshes, lambda told: "Ada" not in names(told))
        save(outside, "Ada.md")
        save(outside, "Eve.md")
        save(root, "People/Last.md")
        assert names(until(refreshes, lambda told: "Last" in names(told))) == {"Grace", "Last"}


def a_note_that_came_from_outside_is_one_update(root: Path) -> None:
    save(root, "People/Ada.md")
    save(root.parent, "outside.md", "another")
    with watched(root) as refreshes:
        (root.parent / "outside.md").replace(root / "People/Ada.md")
        assert next(refreshes).paths == ("People/Ada.md",)


def a_save_with_a_backup_is_one_update(root: Path) -> None:
    save(root, "People/Ada.md")
    note, backup = root / "People/Ada.md", root / "People/Ada.md~"
    with watched(root) as refreshes:
        note.rename(backup)
        save(root, "People/Ada.md", "another")
        backup.unlink()
        told = next(refreshes)
        assert (told.paths, told.changes.removed, names(told)) == (("People/Ada.md",), 0, {"Ada"})


def reading_wakes_nothing(root: Path) -> None:
    for number in range(1_000):
        save(root, f"People/{number}.md")
    hints = watch.changes(root, quiet=0.05)
    next(hints)
    assert len(Vault(root).index().network.contacts) == 1_000
    save(root, "People/Last.md")
    hint = next(hints)
    hints.close()
    assert hint.paths == {"People/Last.md"}


def an_empty_moment_is_not_indexed(root: Path) -> None:
    """The watcher's quiet time is over long before the text comes."""
    save(root, "People/Ada.md")
    pause = threading.Event()

    def write() -> None:
        with (root / "People/Ada.md").open("w", encoding="utf-8") as file:
            pause.wait(1.0)
            file.write(CONTACT.format(why="another"))

    with watched(root) as refreshes:
        writer = threading.Thread(target=write)
        writer.start()
        told = next(refreshes)
        writer.join()
        assert (told.paths, names(told)) == (("People/Ada.md",), {"Ada"})


def nobody_follows_a_link_to_a_folder(root: Path) -> None:
    shared = root.parent / "shared"
    save(shared, "Ada.md")
    (root / "shared").symlink_to(shared)
    with watched(root) as refreshes:
        save(shared, "Ada.md", "another")
        save(root, "People/Last.md")
        told = until(refreshes, lambda told: "Last" in names(told))
        assert names(told) == {"Last"} == {one.name for one in Vault(root).index().network.contacts.values()}


def everything_is_looked_at_now_and_then(root: Path) -> None:
    hints = watch.changes(root, rescan_every=0.1)
    assert [next(hints).everything for _ in range(3)] == [True] * 3
    hints.close()


def whoever_listens_can_stop(root: Path) -> None:
    before = set(threading.enumerate())
    with watched(root) as refreshes:
        save(root, "People/Ada.md")
        for _ in refreshes:
            break
    assert not [one for one in set(threading.enumerate()) - before if isinstance(one, BaseThread)]


def a_note_that_overflows_a_parser_is_survived(root: Path) -> None:
    with watched(root) as refreshes:
        (root / "People").mkdir()
        (root / "People/Deep.md").write_text(f"---\ntype: contact\na: {'[' * 60_000}\n---\n", encoding="utf-8")
        until(refreshes, lambda told: "People/Deep.md" in told.paths)
        goes_on(root, refreshes)


CHECKS = MappingProxyType(
    {
        "WATCH-01": an_unreadable_note_stops_nothing,
        "WATCH-03": too_few_watches_are_said_and_made_up_for,
        "WATCH-05": a_vault_made_again_is_watched_again,
        "WATCH-07": a_folder_that_moved_out_is_forgotten,
        "WATCH-09": a_note_that_came_from_outside_is_one_update,
        "WATCH-11": a_save_with_a_backup_is_one_update,
        "WATCH-13": reading_wakes_nothing,
        "WATCH-15": an_empty_moment_is_not_indexed,
        "WATCH-17": nobody_follows_a_link_to_a_folder,
        "WATCH-19": everything_is_looked_at_now_and_then,
        "WATCH-21": whoever_listens_can_stop,
        "WATCH-23": a_note_that_overflows_a_parser_is_survived,
    }
)


def test_every_case_is_checked() -> None:
    check_rows("watch", CHECKS)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no plain links")
@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_watching(check: Callable[[Path], None], tmp_path: Path) -> None:
    root = tmp_path / "vault"
    root.mkdir()
    (root / "Me.md").write_text("---\nname: Imogen Clough\n---\n", encoding="utf-8")
    check(root)
