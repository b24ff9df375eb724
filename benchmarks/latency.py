"""How long it takes from the end of a save until views and index are as new, beyond the quiet time.

    python benchmarks/latency.py [--notes 10000] [--saves 30] [--idle 60] [--events 100000]

A watcher runs in a process of its own, as `infoview watch` does; both sides read the same clock. Also measures what the
watcher costs when nothing happens, and its memory over many events.
"""

import argparse
import contextlib
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import IO

from vaults import make_vault

__all__ = ["measured_latencies"]

HERE = Path(__file__).resolve().parent
QUIET = 0.3
"""Seconds that the watcher waits for more after each save, which are left out."""
REST = 1.0
"""Seconds between two saves, so that each is a turn of its own."""
WATCHER = """
import sys, time
from infoview_md import Vault
for refresh in Vault(sys.argv[1]).watch():
    print(time.monotonic(), *refresh.paths, sep="\\t", flush=True)
"""

Save = Callable[[Path, int], None]


def _append(note: Path, number: int) -> None:
    with note.open("a", encoding="utf-8") as file:
        file.write(f"\nOne more thought, {number}.\n")


def _change_property(note: Path, number: int) -> None:
    text = note.read_text(encoding="utf-8")
    note.write_text(re.sub(r"field: .*", f"field: tides {number}", text, count=1), encoding="utf-8")


def _answer(note: Path, number: int) -> None:
    """As `mark` does; what is answered anew is another answer."""
    text = note.read_text(encoding="utf-8")
    answer = ("accepted", "declined", "later")[number % 3]
    text = re.sub(r"^replied:.*", f"replied: 2026-11-{number % 20 + 1:02}", text, count=1, flags=re.MULTILINE)
    note.write_text(re.sub(r"^reply:.*", f"reply: {answer}", text, count=1, flags=re.MULTILINE), encoding="utf-8")


def _saves(root: Path) -> dict[str, tuple[list[Path], Save]]:
    """What is saved, and how: any note of the vault, and notes of ours of which the network and the agenda are made."""
    notes = sorted(one for one in root.rglob("*.md") if "Infoview" not in one.parts)
    contacts = sorted((root / "People").iterdir())
    requests = sorted((root / "Outreach").glob("* Request - *.md"))
    return {
        "any note, a line more": (notes, _append),
        "a contact, a line more": (contacts, _append),
        "a contact, another property": (contacts, _change_property),
        "a request, answered": (requests, _answer),
    }


@contextlib.contextmanager
def _watcher(root: Path) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent), "INFOVIEW_CACHE": str(root.parent / "cache")}
    command = [sys.executable, "-c", WATCHER, str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        process.stdout.readline()
        try:
            yield process
        finally:
            process.terminate()


def _vault(folder: Path, notes: int) -> Path:
    from infoview_md import Vault

    root = folder / "vault"
    make_vault(root, notes=notes)
    Vault(root).make_views()
    return root


def measured_latencies(notes: int, saves: int) -> dict[str, list[float]]:
    """Seconds from save to view in a vault of so many notes, made for this alone."""
    with tempfile.TemporaryDirectory() as folder:
        return latencies(_vault(Path(folder), notes), saves)


def latencies(root: Path, saves: int) -> dict[str, list[float]]:
    """Seconds beyond the quiet time, for each kind of save."""
    chance = random.Random(7)
    took: dict[str, list[float]] = {}
    with _watcher(root) as watcher:
        assert watcher.stdout
        for what, (notes, save) in _saves(root).items():
            for number in range(saves):
                note = chance.choice(notes)
                save(note, number)
                ended = time.monotonic()
                took.setdefault(what, []).append(_told(watcher.stdout, note.relative_to(root).as_posix()) - ended)
                time.sleep(REST)
    return {what: [one - QUIET for one in all_of_it] for what, all_of_it in took.items()}


def _told(lines: IO[str], path: str) -> float:
    """When the watcher told of a path."""
    while path not in (told := lines.readline().rstrip("\n").split("\t")):
        pass
    return float(told[0])


def idle_share(root: Path, seconds: float) -> float:
    """The share of a processor that the watcher takes while nothing happens."""
    with _watcher(root) as watcher:
        time.sleep(10)  # until all has settled
        before = _processor_seconds(watcher.pid)
        time.sleep(seconds)
        return (_processor_seconds(watcher.pid) - before) / seconds


def memory(root: Path, events: int) -> tuple[float, float]:
    """Megabytes that the watcher holds before and after so many events, when it has had a fifth as many already."""
    with _watcher(root) as watcher:
        assert watcher.stdout
        held = []
        for number, burst in enumerate((events // 5, events)):
            _save_often(root / "People", burst)
            last = root / f"People/Last {number}.md"
            last.write_text("---\ntype: contact\n---\n", encoding="utf-8")
            _told(watcher.stdout, last.relative_to(root).as_posix())
            held.append(_resident(watcher.pid))
        return held[0], held[1]


def _save_often(folder: Path, events: int) -> None:
    """As editors do, with a temporary file: about five events each."""
    text = min(folder.iterdir()).read_text(encoding="utf-8")
    for number in range(events // 5):
        new = folder / f".{number}.tmp"
        new.write_text(text, encoding="utf-8")
        new.replace(folder / f"Somebody {number % 500}.md")


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measures how fast and how frugal the watcher is.")
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--saves", type=int, default=30)
    parser.add_argument("--idle", type=float, default=60.0, help="seconds")
    parser.add_argument("--events", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = _vault(Path(folder), given.notes)
        took = latencies(root, given.saves)
        for what, all_of_it in took.items():
            print(f"{what}: median {median(all_of_it) * 1000:.0f} ms, least {min(all_of_it) * 1000:.0f} ms")
        figures: dict[str, object] = {"ms": {what: median(all_of_it) * 1000 for what, all_of_it in took.items()}}
        if Path("/proc/self/stat").exists():
            figures["idle"] = idle_share(root, given.idle)
            figures["memory"] = memory(root, given.events)
            print(f"idle: {figures['idle']:.2%} of a processor; memory before and after: {figures['memory']} MB")
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
