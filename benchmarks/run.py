"""Measures how fast the index is, against limits of the machine and against other packages; `make bench` runs this.

    python benchmarks/run.py [--rounds 7] [--quick] [--without-peers] [--json FILE]

Each side does its work in a process of its own. The sides of a comparison take turns in every round, so that whatever
else the machine does falls on all of them, and only ratios of medians are compared. Prints a table, and JSON.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from vaults import make_vault

__all__ = ["main"]

HERE = Path(__file__).resolve().parent
PEERS = ("obsidian-parse", "ovault", "sqldown", "mdquery")
NOT_OURS = {
    "obsidian-parse": "links, embeds and tags of every body; graph data for D3; canvas and base files",
    "ovault": "tokens of every body, backlinks, renaming with links; written in Rust",
    "sqldown": "every section of every note in a table of SQL",
    "mdquery": "full-text search, tags and links of every note in SQL",
}
"""What the others do in the same run that we do not do."""
OLD_ENOUGH = 2.5
"""Seconds after which no note counts as just written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One side of one comparison: seconds of all rounds, and the largest memory."""

    side: str
    seconds: tuple[float, ...]
    peak_mb: float

    @property
    def median(self) -> float:
        """The middle of all rounds."""
        return median(self.seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the table: what is compared, our ratio, what it must be and what it should be."""

    what: str
    ratio: float
    wanted: str
    reached: bool
    ours: Measured
    other: Measured | None = None


class Bench:
    """The vaults, the caches and the environment of the others, in one folder that is left for the next run."""

    def __init__(self, folder: Path, rounds: int) -> None:
        self.folder = folder
        self.rounds = rounds
        self.cache = folder / "cache"
        self.cache.mkdir(parents=True, exist_ok=True)
        self.peers = folder / "peers" / ("Scripts" if os.name == "nt" else "bin") / "python"

    def vault(self, notes: int, *, all_ours: bool = False) -> Path:
        """A vault of this size, made when it is first asked for."""
        place = self.folder / f"{'ours' if all_ours else 'typical'}-{notes}"
        if not place.exists():
            making = place.with_suffix(".making")
            make_vault(making, notes=notes, all_ours=all_ours)
            making.rename(place)
            time.sleep(OLD_ENOUGH)
        return place

    def install_peers(self) -> list[str]:
        """Install the other packages into an environment of their own; return those that can be."""
        if not self.peers.exists():
            venv.create(self.folder / "peers", with_pip=True)
        pip = [str(self.peers), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        return [
            name for name in PEERS if subprocess.run([*pip, name], check=False, capture_output=True).returncode == 0
        ]

    def compare(self, vault: Path, *sides: str) -> dict[str, Measured]:
        """Let the sides take turns on one vault; the first round only warms up."""
        print(f"{vault.name}: {', '.join(sides)} ...", file=sys.stderr)
        results: dict[str, list[Mapping[str, float]]] = {side: [] for side in sides}
        for number in range(self.rounds + 1):
            for side in sides:
                if number or side not in PEERS:  # theirs is the slowest, and has nothing to warm up but the disk
                    results[side].append(self.run(side, vault))
        return {
            side: Measured(
                side=side,
                seconds=tuple(one["seconds"] for one in (all_rounds if side in PEERS else all_rounds[1:])),
                peak_mb=max(one["peak_mb"] for one in all_rounds),
            )
            for side, all_rounds in results.items()
        }

    def run(self, side: str, vault: Path) -> Mapping[str, float]:
        """Run one side once."""
        python = str(self.peers) if side in PEERS else sys.executable
        command = [python, str(HERE / "sides.py"), side, str(vault), str(self.cache)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE.parent, env=_environment())
        answer = json.loads(done.stdout.splitlines()[-1])
        assert isinstance(answer, dict)
        return answer

    def compare_commands(self, **commands: Sequence[str]) -> dict[str, Measured]:
        """Let whole processes take turns."""
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        for number in range(2 * self.rounds + 1):
            for name, command in commands.items():
                began = time.perf_counter()
                environment = _environment(INFOVIEW_CACHE=str(self.cache))
                subprocess.run(command, check=False, capture_output=True, cwd=HERE.parent, env=environment)
                if number:
                    seconds[name].append(time.perf_counter() - began)
        return {name: Measured(side=name, seconds=tuple(took), peak_mb=0) for name, took in seconds.items()}


def _environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(HERE.parent), **more}


def at_most(what: str, ours: Measured, other: Measured, limits: tuple[float, float]) -> Row:
    """A row in which less is better."""
    ratio = ours.median / other.median
    wanted = f"{limits[0]:g} x (aim {limits[1]:g})"
    return Row(what=what, ratio=ratio, wanted=wanted, reached=ratio <= limits[0], ours=ours, other=other)


def faster(what: str, ours: Measured, other: Measured, limits: tuple[float, float]) -> Row:
    """A row that says how many times faster we are."""
    ratio = other.median / ours.median
    wanted = f"{limits[0]:g} times faster (aim {limits[1]:g})"
    return Row(what=what, ratio=ratio, wanted=wanted, reached=ratio >= limits[0], ours=ours, other=other)


def rows(bench: Bench, *, small: int, large: int, peers: bool) -> list[Row]:
    """All comparisons."""
    typical, all_ours, much = bench.vault(small), bench.vault(small, all_ours=True), bench.vault(large)
    found: list[Row] = []
    of_cold = bench.compare(typical, "limit E", "cold")
    found.append(at_most("cold, typical, against E", of_cold["cold"], of_cold["limit E"], (0.9, 0.6)))
    of_ours = bench.compare(all_ours, "limit E", "cold")
    found.append(at_most("cold, all ours, against E", of_ours["cold"], of_ours["limit E"], (0.75, 0.5)))
    of_warm = bench.compare(typical, "warm", "limit A", "warm with network")
    found.append(at_most("warm, nothing changed, against A", of_warm["warm"], of_warm["limit A"], (1.4, 1.2)))
    whole = "warm, with network and findings, against A"
    found.append(at_most(whole, of_warm["warm with network"], of_warm["limit A"], (float("inf"), float("inf"))))
    bench.run("cold", much)
    of_much = bench.compare(much, "changed", "limit A")
    found.append(at_most(f"one changed of {large:,}, against A", of_much["changed"], of_much["limit A"], (1.6, 1.3)))
    bench.run("warm", typical)
    of_naive = bench.compare(typical, "warm", "naive")
    found.append(faster("warm, against the naive loop", of_naive["warm"], of_naive["naive"], (12, 15)))
    growth_warm, growth_cold = bench.compare(much, "warm"), bench.compare(much, "cold")
    bench.run("cold", typical)
    again_warm, again_cold = bench.compare(typical, "warm"), bench.compare(typical, "cold")
    found.append(at_most(f"growth to {large:,}, warm", growth_warm["warm"], again_warm["warm"], (5.5, 5)))
    found.append(at_most(f"growth to {large:,}, cold", growth_cold["cold"], again_cold["cold"], (5.5, 5)))
    peak = growth_cold["cold"].peak_mb
    found.append(
        Row(
            what=f"peak memory in MB, cold, {large:,}",
            ratio=peak,
            wanted="150 (aim 80)",
            reached=peak <= 150,
            ours=growth_cold["cold"],
        )
    )
    found += commands(bench, typical)
    return found + (against_peers(bench, typical) if peers else [])


def commands(bench: Bench, typical: Path) -> list[Row]:
    """Whole processes."""
    python, infoview = sys.executable, [sys.executable, "-m", "infoview_md"]
    check = [*infoview, "check", "--vault", str(typical)]
    a = [python, str(HERE / "sides.py"), "limit A", str(typical), ""]
    subprocess.run(
        check, check=False, capture_output=True, cwd=HERE.parent, env=_environment(INFOVIEW_CACHE=str(bench.cache))
    )
    took = bench.compare_commands(help=[*infoview, "--help"], click=[python, "-c", "import click"], check=check, a=a)
    return [
        at_most("infoview --help, against import click", took["help"], took["click"], (1.35, 1.15)),
        at_most("infoview check, against A's process", took["check"], took["a"], (3, 2)),
    ]


def against_peers(bench: Bench, typical: Path) -> list[Row]:
    """The other packages, five rounds each."""
    found = []
    rounds, bench.rounds = bench.rounds, 5
    for name in bench.install_peers():
        try:
            took = bench.compare(typical, "cold", name)
        except subprocess.CalledProcessError as error:
            print(f"{name} does not run: {error.stderr.splitlines()[-1:]}", file=sys.stderr)
            continue
        limits = (20, 35) if name in PEERS[:2] else (1, 1)
        found.append(faster(f"cold, against {name} *", took["cold"], took[name], limits))
    bench.rounds = rounds
    return found


def table(found: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    lines = [
        "| what | measured | wanted | reached | ours, ms: median (least) | other, ms: median (least) |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for row in found:
        cells = [
            row.what,
            f"{row.ratio:.2f}",
            row.wanted.replace("inf x (aim inf)", "-"),
            "yes" if row.reached else "NO",
        ]
        lines.append(f"| {' | '.join([*cells, _times(row.ours), _times(row.other)])} |")
    return "\n".join(lines)


def _times(one: Measured | None) -> str:
    return f"{one.median * 1000:,.0f} ({min(one.seconds) * 1000:,.0f})" if one else ""


def main() -> None:
    """Measure, print, and end with 1 when something is not reached."""
    parser = argparse.ArgumentParser(description="Measures how fast the index is.")
    parser.add_argument("--rounds", type=int, default=7, help="at least 5 for figures worth writing down")
    parser.add_argument("--quick", action="store_true", help="a tenth of the notes, to see that everything runs")
    parser.add_argument("--without-peers", action="store_true")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "infoview-bench")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    given = parser.parse_args()
    small, large = (1_000, 5_000) if given.quick else (10_000, 50_000)
    found = rows(Bench(given.folder, given.rounds), small=small, large=large, peers=not given.without_peers)
    print(table(found))
    if not given.without_peers:
        print("\n* In that time they also make:", *(f"  {name}: {what}" for name, what in NOT_OURS.items()), sep="\n")
    figures = json.dumps([asdict(row) for row in found], indent=1)
    if given.json:
        given.json.write_text(figures, encoding="utf-8")
    else:
        print(figures)
    sys.exit(not all(row.reached for row in found))


if __name__ == "__main__":
    main()
