"""`infoview watch` as a process of its own: what it says, how it ends, and how two of them get along."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from infoview_md.disk.claim import watcher_of
from tests.command_line import REPOSITORY, TODAY, infoview, process, read_until

EXAMPLE = REPOSITORY / "examples" / "vault"
FERGUS = "Outreach/2026-11-19 Request - Fergus Auchterlonie.md"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has neither such signals nor pipes to wait at")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example vault, and a folder of its own for who watches it."""
    monkeypatch.setenv("INFOVIEW_CACHE", str(tmp_path / "cache"))
    return Path(shutil.copytree(EXAMPLE, tmp_path / "vault"))


class Watching:
    """A watcher at work, and what it says."""

    def __init__(self, running: "subprocess.Popen[bytes]") -> None:
        self.running = running

    def says(self, words: str) -> str:
        """What it says on standard output, up to some words; all of it when it ends before."""
        assert self.running.stdout is not None
        said = read_until(self.running.stdout.fileno(), words.encode()).decode()
        assert words in said
        return said

    def ends(self, number: int) -> tuple[int, str]:
        """The exit status after a signal, and what it said on standard error."""
        self.running.send_signal(number)
        _, err = self.running.communicate(timeout=60)
        return self.running.returncode, err.decode()


@contextlib.contextmanager
def watching(root: Path, *options: str, today: str = f"{TODAY}T14:02") -> Iterator[Watching]:
    with process("--vault", str(root), "watch", "--today", today, *options) as running:
        yield Watching(running)


def mark(root: Path, event: str, what: str) -> None:
    assert infoview("--vault", str(root), "mark", event, what).status == 0


def test_a_watcher_says_what_changes_mean_until_ctrl_c(root: Path) -> None:
    with watching(root) as one:
        begin = one.says("\n")
        assert begin.startswith(
            f"14:02  process {one.running.pid} watches 89 notes in {root} by events; due: 4 overdue"
        )
        mark(root, "accepted", FERGUS)
        assert one.says("\n") == "14:02  Fergus Auchterlonie said yes: agree on a time by 24 November\n"
        (root / "People/Ada.md").write_text("---\ntype: contact\nfollow_up: 2026-02-30\n---\n", encoding="utf-8")
        told = one.says("ignored until then\n").splitlines()
        assert told[0] == "14:02  Ada is new among your contacts: draft a request"
        assert told[1].startswith("       People/Ada.md:3: error bad-date follow_up: 2026-02-30 is not a date")
        assert one.ends(signal.SIGINT) == (130, "stopped watching\n")
    assert watcher_of(root) is None


def test_each_line_is_json_until_a_service_manager_ends_it(root: Path) -> None:
    with watching(root, "--json") as one:
        begin = json.loads(one.says("\n"))
        assert (begin["mode"], begin["news"], begin["changes"]["added"]) == ("events", [], 89)
        mark(root, "accepted", FERGUS)
        told = json.loads(one.says("\n"))
        assert (told["at"], told["paths"], told["changes"]["modified"]) == ("2026-11-23T14:02:00", [FERGUS], 1)
        (news,) = told["news"]
        assert (news["kind"], news["contact"], news["note"]) == ("accepted", "Fergus Auchterlonie", FERGUS)
        assert news["action"]["command"] == 'infoview new interview "Fergus Auchterlonie"'
        assert one.ends(signal.SIGTERM) == (0, "stopped watching\n")


def test_a_second_watcher_is_refused_or_follows_along(root: Path) -> None:
    infoview("--vault", str(root), "init", "--dashboards")
    due = root / "Infoview/Due.md"
    with watching(root) as first:
        first.says("\n")
        second = infoview("--vault", str(root), "watch")
        assert (second.status, second.out) == (4, "")
        assert f"is being watched already, by process {first.running.pid} since" in second.err
        assert "infoview watch --read-only" in second.err
        status = infoview("--vault", str(root), "watch", "--status")
        assert status.status == 0
        assert status.out.startswith(f"process {first.running.pid} watches {root} since ")
        assert status.out.endswith(", by events; no note has changed since\n")
        since = status.out.partition(" since ")[2].partition(",")[0]
        assert f"by process {first.running.pid} since {since}\n" in second.err
        with watching(root, "--read-only") as third:
            assert "follows, read-only, 91 notes" in third.says("\n")
            assert first.ends(signal.SIGHUP) == (0, "stopped watching\n")
            before = due.read_bytes()
            mark(root, "accepted", FERGUS)
            third.says("Fergus Auchterlonie said yes")
            assert due.read_bytes() == before
            assert infoview("--vault", str(root), "watch", "--status").status == 1
            third.ends(signal.SIGTERM)


def test_a_watcher_ends_quietly_when_nobody_reads_it_any_more(root: Path) -> None:
    with watching(root) as one:
        one.says("\n")
        assert one.running.stdout is not None
        one.running.stdout.close()
        mark(root, "accepted", FERGUS)
        assert one.running.wait(timeout=60) == 0
        assert one.running.stderr is not None
        assert one.running.stderr.read() == b""
    assert watcher_of(root) is None


@pytest.mark.skipif(shutil.which("nohup") is None, reason="nohup is not installed")
def test_a_watcher_that_is_to_outlive_its_terminal_does(root: Path) -> None:
    command = ["nohup", sys.executable, "-m", "infoview_md", "--vault", str(root), "watch", "--today", TODAY]
    around = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=around
    ) as running:
        one = Watching(running)
        one.says("\n")
        running.send_signal(signal.SIGHUP)
        mark(root, "accepted", FERGUS)
        one.says("Fergus Auchterlonie said yes")
        assert one.ends(signal.SIGTERM)[0] == 0


def test_nobody_watches(root: Path) -> None:
    told = infoview("--vault", str(root), "watch", "--status")
    assert (told.status, told.out) == (1, f"nobody watches {root}\n")
    told = infoview("--vault", str(root), "watch", "--status", "--json")
    assert told.status == 1
    assert json.loads(told.out) == {
        "vault": str(root), "watching": False, "pid": None, "since": None, "mode": None, "last_change": None,
    }  # fmt: skip


def test_notifications_need_their_library(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "desktop_notifier", None)
    told = infoview("--vault", str(root), "watch", "--notify")
    assert told.status == 2
    assert (
        told.err == 'infoview: notifications need desktop-notifier\n  install it: pip install "infoview-md[notify]"\n'
    )


@pytest.mark.parametrize("seconds", ["0", "-1", "1.5", "nan", "soon", "90000"])
def test_a_pause_that_makes_no_sense_is_wrong_use(seconds: str, root: Path) -> None:
    assert infoview("--vault", str(root), "watch", f"--poll={seconds}").status == 2
