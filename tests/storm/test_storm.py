"""Three processes do what people, editors, git and sync programs do to a vault, all at once, while it is watched.

In the end the watcher's index and the views must be those made from scratch. A few seconds long, or as long and as
often as INFOVIEW_STORM_SECONDS and INFOVIEW_STORM_ROUNDS say; each round has its own seed.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from infoview_md import Vault
from tests.storm.watcher import TODAY, digests

SECONDS = float(os.environ.get("INFOVIEW_STORM_SECONDS", "2"))
ROUNDS = int(os.environ.get("INFOVIEW_STORM_ROUNDS", "1"))
PATIENCE = 60.0
"""Seconds until which everything must have been noticed once the storm is over."""
HERE = Path(__file__).parent
QUEUE = Path("/proc/sys/fs/inotify/max_queued_events")
FEW_WATCHES = 'echo 4 > /proc/sys/user/max_inotify_watches && exec "$@"'


class Watcher:
    """A watcher in another process, and the last that it told."""

    def __init__(self, root: Path, *before: str) -> None:
        command = [*before, sys.executable, str(HERE / "watcher.py"), str(root)]
        environment = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert self.process.stdout
        self.notices: list[str] = []
        self.says: dict[str, str] = {}
        self.mode = ""
        self._told = threading.Condition()
        self._reader = threading.Thread(target=self._read, args=(self.process.stdout,))
        self._reader.start()

    def _read(self, answers: IO[str]) -> None:
        with answers:
            for line in answers:
                told = json.loads(line)
                with self._told:
                    self.says, self.mode = told["says"], told["mode"]
                    self.notices += told["notices"]
                    self._told.notify_all()

    def wait_for(self, condition: Callable[[], bool]) -> bool:
        """Wait until something is so, and tell whether it is in the end; looked at whenever the watcher tells news."""
        with self._told:
            return self._told.wait_for(condition, PATIENCE)

    def end(self) -> None:
        self.process.terminate()
        self.process.wait()
        self._reader.join()


@contextlib.contextmanager
def watching(root: Path, *before: str) -> Iterator[Watcher]:
    watcher = Watcher(root, *before)
    try:
        assert watcher.wait_for(lambda: bool(watcher.says)), "the watcher did not begin"
        yield watcher
    finally:
        watcher.end()


def make_vault(folder: Path) -> Path:
    vault, _ = Vault.make(folder / "vault", today=TODAY)
    vault.make_profile({"name": "Imogen Clough"})
    vault.make_views()
    return vault.root


def storm(root: Path, seed: int, meanwhile: Callable[[], None] = lambda: None) -> None:
    """Let three processes work on the vault, and do something else again and again until they have finished."""
    hands = [
        subprocess.Popen([sys.executable, str(HERE / "hand.py"), str(root), str(3 * seed + number), str(SECONDS)])
        for number in range(3)
    ]
    while any(hand.poll() is None for hand in hands):
        meanwhile()
        with contextlib.suppress(subprocess.TimeoutExpired):
            hands[0].wait(0.3)
    assert [hand.wait() for hand in hands] == [0, 0, 0]


def burst(root: Path, saves: int) -> None:
    """Save notes again and again where it is heard, and at last one in new folders that nothing else tells of."""
    for number in range(saves):
        (root / f"Burst {number % 100}.md").write_text(f"{number}\n", encoding="utf-8")
    new = root / f"Burst {time.time_ns()}" / "folder"
    new.mkdir(parents=True)
    (new / "Ada.md").write_text("---\ntype: contact\n---\n", encoding="utf-8")


def assert_all_was_noticed(root: Path, watcher: Watcher) -> None:
    vault = Vault(root, today=TODAY)
    state = vault.index()
    wanted = digests(state)
    watcher.wait_for(lambda: watcher.says == wanted)
    assert watcher.says == wanted, f"not all was noticed; it said {watcher.notices}"
    assert vault.refresh_views(state) == (), "the views were not up to date"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_vault(tmp_path)


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has these limits")
rounds = pytest.mark.parametrize("seed", range(ROUNDS))


@rounds
def test_after_a_storm_the_index_is_what_it_would_be_afresh(root: Path, seed: int) -> None:
    with watching(root) as watcher:
        storm(root, seed)
        assert_all_was_noticed(root, watcher)
        assert watcher.mode == "events"


@rounds
@pytest.mark.skipif(not hasattr(signal, "SIGUSR1"), reason="this system cannot tell a process so")
def test_after_a_storm_in_which_the_listening_threads_die(root: Path, seed: int) -> None:
    with watching(root) as watcher:
        storm(root, seed, lambda: watcher.process.send_signal(signal.SIGUSR1))
        watcher.process.send_signal(signal.SIGUSR1)
        assert_all_was_noticed(root, watcher)
        assert watcher.wait_for(lambda: any("broke off" in one for one in watcher.notices))


@rounds
@on_linux
def test_after_a_storm_in_which_the_system_lost_events(root: Path, seed: int) -> None:
    """A watcher that is held up, as by a machine that is out of memory, misses more than the system keeps for it."""

    def hold_up() -> None:
        watcher.process.send_signal(signal.SIGSTOP)
        burst(root, int(QUEUE.read_text("ascii")) * 2 // 3)  # each is two or three events
        watcher.process.send_signal(signal.SIGCONT)

    with watching(root) as watcher:
        storm(root, seed, hold_up if SECONDS > 10 else lambda: None)
        hold_up()
        # It need not say so: where folders stay unheard behind a full queue, listening is begun anew before the loss,
        # which stands at the queue's end, is read.
        assert_all_was_noticed(root, watcher)
        assert watcher.mode == "events"


@rounds
@on_linux
def test_after_a_storm_in_a_vault_with_more_folders_than_can_be_watched(root: Path, seed: int) -> None:
    limited = ("unshare", "--user", "--map-root-user", "sh", "-c", FEW_WATCHES, "sh")
    if not shutil.which("unshare") or subprocess.run([*limited, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system lets us set no limit of our own")
    with watching(root, *limited) as watcher:
        storm(root, seed)
        (root / "Left/over/by the/storm").mkdir(parents=True)  # it may have deleted all but a few
        assert_all_was_noticed(root, watcher)
        # All may be noticed by a look at everything, before a folder was met twice that tells nothing.
        assert watcher.wait_for(lambda: watcher.mode == "polling")
        assert any("max_user_watches" in one for one in watcher.notices)
