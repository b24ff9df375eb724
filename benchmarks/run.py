"""Measures how fast the index is, against limits of the machine and against other packages; `make bench` runs this.

    python benchmarks/run.py [--rounds 7] [--quick] [--without-peers] [--only WORD] [--markdown] [--json FILE]

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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from latency import measured_latencies
from vaults import make_vault

__all__ = ["main"]

HERE = Path(__file__).resolve().parent
PEERS = ("obsidian-parse", "ovault", "sqldown", "mdquery")
SLOW = ("sqldown", "mdquery")
"""They need a minute or more: once is enough to see it."""
PATIENCE = 180
"""Seconds after which another package is stopped."""
NOT_OURS = {
    "obsidian-parse": "links, embeds and tags of every body; graph data for D3; canvas and base files",
    "ovault": "tokens of every body, backlinks, renaming with links; written in Rust",
    "sqldown": "every section of every note in a table of SQL",
    "mdquery": "full-text search, tags and links of every note in SQL",
}
"""What the others do in the same run that we do not do."""
OLD_ENOUGH = 2.5
"""Seconds after which no note counts as just written."""

Turn = Callable[[], Mapping[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One side of one comparison: seconds of all rounds, and the largest memory."""

    side: str
    seconds: tuple[float, ...]
    peak_mb: float = 0

    @property
    def median(self) -> float:
        """The middle of all rounds."""
        return median(self.seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the table: what is compared, the figure, what it must be and what it should be.

    `limit` is None where nothing is asked for. Of most figures less is better; of `speedup`, how many times faster we
    are, more is. `unit` belongs to the figure and both bounds.
    """

    what: str
    figure: float
    limit: float | None = None
    aim: float | None = None
    speedup: bool = False
    unit: str = " x"
    ours: Measured
    other: Measured | None = None

    @property
    def reached(self) -> bool:
        """Whether the figure is within its limit."""
        if self.limit is None:
            return True
        return self.figure >= self.limit if self.speedup else self.figure <= self.limit


class Bench:
    """The vaults, the caches and the environment of the others, in one folder that is left for the next run."""

    def __init__(self, folder: Path, rounds: int) -> None:
        self.folder = folder
        self.rounds = rounds
        self.cache = folder / "cache"
        self.cache.mkdir(parents=True, exist_ok=True)
        self.peers = folder / "peers" / ("Scripts" if os.name == "nt" else "bin") / "python"

    def vault(self, notes: int, *, ours: int | None = None) -> Path:
        """A vault of this size, made when it is first asked for; `ours` of the notes, else a tenth, are ours."""
        kind = "typical" if ours is None else "ours" if ours == notes else f"{ours}-ours-of"
        place = self.folder / f"{kind}-{notes}"
        if not place.exists():
            print(f"making {place.name} ...", file=sys.stderr)
            making = place.with_suffix(".making")
            make_vault(making, notes=notes, ours=ours)
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

    def compare(self, vault: Path, *sides: str, times: int = 1) -> dict[str, Measured]:
        """Let the sides take turns on one vault; `times` as many rounds where they take little and differ little."""
        print(f"{vault.name}: {', '.join(sides)} ...", file=sys.stderr)
        turns = {side: lambda side=side: self.run(side, vault) for side in sides}  # type: ignore[misc]
        return self.take_turns(turns, times=times)

    def take_turns(self, turns: Mapping[str, Turn], *, times: int = 1) -> dict[str, Measured]:
        """Run each once in every round; the first round only warms up."""
        results: dict[str, list[Mapping[str, float]]] = {name: [] for name in turns}
        for number in range(times * self.rounds + 1):
            for name, turn in turns.items():
                answer = turn()
                if number:
                    results[name].append(answer)
        return {
            name: Measured(
                side=name,
                seconds=tuple(one["seconds"] for one in answers),
                peak_mb=max(one.get("peak_mb", 0) for one in answers),
            )
            for name, answers in results.items()
        }

    def run(self, side: str, vault: Path) -> Mapping[str, float]:
        """Run one side once."""
        python = str(self.peers) if side in PEERS else sys.executable
        command = [python, str(HERE / "sides.py"), side, str(vault), str(self.cache)]
        done = subprocess.run(
            command,
            check=True,
            capture_output=True,
            text=True,
            cwd=HERE.parent,
            env=self.environment(),
            timeout=PATIENCE if side in PEERS else None,
        )
        answer = json.loads(done.stdout.splitlines()[-1])
        assert isinstance(answer, dict)
        return answer

    def command(self, *words: str) -> Turn:
        """A whole process, from its start to its end."""

        def turn() -> Mapping[str, float]:
            began = time.perf_counter()
            subprocess.run(words, check=False, capture_output=True, cwd=HERE.parent, env=self.environment())
            return {"seconds": time.perf_counter() - began}

        return turn

    def environment(self) -> dict[str, str]:
        """Compiled code is kept, as for everything that is installed, but not in the checkout."""
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        ours = {"PYTHONPATH": str(HERE.parent), "PYTHONPYCACHEPREFIX": str(self.folder / "compiled")}
        return {**kept, **ours, "INFOVIEW_CACHE": str(self.cache)}


def at_most(what: str, ours: Measured, other: Measured, limit: float | None = None, aim: float | None = None) -> Row:
    """A row in which less is better."""
    return Row(what=what, figure=ours.median / other.median, limit=limit, aim=aim, ours=ours, other=other)


def faster(what: str, ours: Measured, other: Measured, limit: float | None = None, aim: float | None = None) -> Row:
    """A row that says how many times faster we are."""
    figure = other.median / ours.median
    return Row(
        what=what, figure=figure, limit=limit, aim=aim, speedup=True, unit=" times faster", ours=ours, other=other
    )


# What is compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How many notes the vaults have."""

    small: int
    large: int
    contacts: int


def of_the_index(bench: Bench, sizes: Sizes) -> Iterator[Row]:
    """Cold and warm, against the limits of the machine and the naive loop."""
    typical, all_ours = bench.vault(sizes.small), bench.vault(sizes.small, ours=sizes.small)
    took = bench.compare(typical, "limit E", "cold")
    yield at_most("cold, typical, cache written, against E", took["cold"], took["limit E"], 0.9, 0.6)
    took = bench.compare(all_ours, "limit E", "cold")
    yield at_most("cold, all ours, cache written, against E", took["cold"], took["limit E"], 0.75, 0.5)
    bench.run("cold", typical)
    took = bench.compare(typical, "warm", "limit A", "warm with network", times=3)
    yield at_most("warm, nothing changed, against A", took["warm"], took["limit A"], 1.4, 1.2)
    yield at_most("warm, with network and findings, against A", took["warm with network"], took["limit A"])
    took = bench.compare(typical, "warm", "naive")
    yield faster("warm, against the naive loop", took["warm"], took["naive"], 12, 15)


def of_size(bench: Bench, sizes: Sizes) -> Iterator[Row]:
    """How time and memory grow; the small and the large vault take turns."""
    small, large = bench.vault(sizes.small), bench.vault(sizes.large)
    bench.run("cold", large)
    took = bench.compare(large, "changed", "limit A")
    yield at_most(f"one note changed of {sizes.large:,}, against A", took["changed"], took["limit A"], 1.6, 1.3)
    print(f"{small.name}, {large.name}: growth ...", file=sys.stderr)
    took = bench.take_turns(
        {
            "cold, small": lambda: bench.run("cold", small),
            "warm, small": lambda: bench.run("warm", small),
            "cold, large": lambda: bench.run("cold", large),
            "warm, large": lambda: bench.run("warm", large),
        }
    )
    sizes_in_words = f"growth from {sizes.small:,} to {sizes.large:,}"
    yield at_most(f"{sizes_in_words}, warm", took["warm, large"], took["warm, small"], 5.5, 5)
    yield at_most(f"{sizes_in_words}, cold", took["cold, large"], took["cold, small"], 5.5, 5)
    cold = took["cold, large"]
    what = f"peak memory, {sizes.large:,} notes, cold"
    yield Row(what=what, figure=cold.peak_mb, limit=150, aim=80, unit=" MB", ours=cold)


def of_commands(bench: Bench, sizes: Sizes) -> Iterator[Row]:
    """Whole processes."""
    typical = bench.vault(sizes.small)
    script = Path(sys.executable).with_name("infoview")
    infoview = [str(script)] if script.exists() else [sys.executable, "-m", "infoview_md"]
    print("whole processes ...", file=sys.stderr)
    turns = {
        "help": bench.command(*infoview, "--help"),
        "click": bench.command(sys.executable, "-c", "import click"),
        "check": bench.command(*infoview, "check", "--vault", str(typical)),
        "due": bench.command(*infoview, "due", "--vault", str(typical)),
        "a": bench.command(sys.executable, str(HERE / "sides.py"), "limit A", str(typical), ""),
    }
    took = bench.take_turns(turns, times=2)
    yield at_most('`infoview --help`, against `python -c "import click"`', took["help"], took["click"], 1.35, 1.15)
    yield at_most("`infoview check`, warm, against A's whole process", took["check"], took["a"], 3, 2)
    yield at_most("`infoview due`, warm, against A's whole process", took["due"], took["a"])


def of_the_agenda(bench: Bench, sizes: Sizes) -> Iterator[Row]:
    """What `due` takes beyond the warm index, where two fifths of 2,500 notes of ours are contacts."""
    vault = bench.vault(sizes.small, ours=sizes.small // 4)
    bench.run("due", vault)
    took = bench.compare(vault, "warm", "due", times=3)
    what = f"`due`, {sizes.small // 10:,} contacts, against the warm index"
    yield at_most(what, took["due"], took["warm"], 1.25)
    took = bench.compare(vault, "warm with network", "due, first of the day")
    what = f"`due`, first of the day, {sizes.small // 10:,} contacts, against the warm index with network"
    yield at_most(what, took["due, first of the day"], took["warm with network"])


def of_the_network(bench: Bench, sizes: Sizes) -> Iterator[Row]:
    """What the pictures of a large network take beyond the warm index with the network."""
    notes = sizes.contacts * 5 // 2
    vault = bench.vault(notes, ours=notes)
    took = bench.compare(vault, "warm with network", "graph json", "connectors", "graph html")
    beside = took["warm with network"]
    words = f"{sizes.contacts:,} contacts, against the warm index with network"
    yield at_most(f"`graph --format json`, {words}", took["graph json"], beside, 3)
    yield at_most(f"connectors, {words}", took["connectors"], beside, 3)
    html = took["graph html"]
    what = f"`graph --format html`, {sizes.contacts:,} contacts"
    yield Row(what=what, figure=html.median, limit=5, unit=" s", ours=html)


def of_the_watcher(bench: Bench, sizes: Sizes) -> Iterator[Row]:
    """From the end of a save to the refreshed views, in a vault of its own; beside it what a walk alone takes."""
    limit_a = bench.compare(bench.vault(sizes.small), "limit A")["limit A"]
    print("watching ...", file=sys.stderr)
    for what, seconds in measured_latencies(sizes.small, saves=max(10, 4 * bench.rounds)).items():
        ours = Measured(side=what, seconds=tuple(seconds))
        what_is_saved = f"from save to view: {what}"
        yield Row(what=what_is_saved, figure=ours.median * 1000, limit=50, unit=" ms", ours=ours, other=limit_a)


def of_peers(bench: Bench, sizes: Sizes) -> Iterator[Row]:
    """The other packages, each on the closest thing it does."""
    typical = bench.vault(sizes.small)
    rounds = bench.rounds
    for name in bench.install_peers():
        bench.rounds = 1 if name in SLOW else rounds
        limits = (None, None) if name in SLOW else (20, 35)
        try:
            took = bench.compare(typical, "cold", name) if name not in SLOW else _once(bench, typical, name)
        except subprocess.TimeoutExpired:
            took = bench.compare(typical, "cold") | {name: Measured(side=name, seconds=(PATIENCE,))}
            yield faster(f"cold, against {name}, stopped after {PATIENCE} s \\*", took["cold"], took[name], *limits)
            continue
        except subprocess.CalledProcessError as error:
            print(f"{name} does not run: {error.stderr.splitlines()[-1:]}", file=sys.stderr)
            continue
        yield faster(f"cold, against {name} \\*", took["cold"], took[name], *limits)
    bench.rounds = rounds


def _once(bench: Bench, vault: Path, name: str) -> dict[str, Measured]:
    """One run of a slow package, after one of ours."""
    took = bench.compare(vault, "cold")
    print(f"{vault.name}: {name}, once ...", file=sys.stderr)
    return took | {name: Measured(side=name, seconds=(bench.run(name, vault)["seconds"],))}


PARTS: Mapping[str, Callable[[Bench, Sizes], Iterator[Row]]] = {
    "index": of_the_index,
    "size": of_size,
    "commands": of_commands,
    "agenda": of_the_agenda,
    "network": of_the_network,
    "watcher": of_the_watcher,
    "peers": of_peers,
}


# What is printed


def table(found: Iterable[Row]) -> str:
    """The rows as a Markdown table, with times."""
    lines = [
        "| what | measured | at most | aim | reached | ours, ms: median (least) | other, ms: median (least) |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += [f"| {' | '.join([*_cells(row), _times(row.ours), _times(row.other)])} |" for row in found]
    return "\n".join(lines)


def table_for_docs(found: Iterable[Row]) -> str:
    """The rows as `docs/performance.md` has them."""
    lines = ["| on 10,000 notes unless said | measured | at most | aim | reached |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([*lines, *(f"| {' | '.join(_cells(row))} |" for row in found)])


def _cells(row: Row) -> list[str]:
    bound = "" if row.speedup else row.unit.replace(" x", "")
    bounds = ["-" if one is None else f"{one:g}{bound}" for one in (row.limit, row.aim)]
    digits = 0 if row.speedup or row.unit in {" MB", " ms"} else 2
    figure = f"{row.figure:.{digits}f}{'' if row.unit == ' x' else row.unit}"
    return [row.what, figure, *bounds, "-" if row.limit is None else "yes" if row.reached else "no"]


def _times(one: Measured | None) -> str:
    return f"{one.median * 1000:,.0f} ({min(one.seconds) * 1000:,.0f})" if one else ""


def main() -> None:
    """Measure, print, and end with 1 when something is not reached."""
    parser = argparse.ArgumentParser(description="Measures how fast the index is.")
    parser.add_argument("--rounds", type=int, default=7, help="at least 5 for figures worth writing down")
    parser.add_argument("--quick", action="store_true", help="a tenth of the notes, to see that everything runs")
    parser.add_argument("--without-peers", action="store_true")
    parser.add_argument("--only", choices=PARTS, help="one part of it")
    parser.add_argument("--markdown", action="store_true", help="print the table of docs/performance.md, and no JSON")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "infoview-bench")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    given = parser.parse_args()
    bench = Bench(given.folder, given.rounds)
    parts = [given.only] if given.only else [one for one in PARTS if one != "peers" or not given.without_peers]
    found = [row for part in parts for row in PARTS[part](bench, _sizes(quick=given.quick))]
    print((table_for_docs if given.markdown else table)(found))
    if "peers" in parts:
        print("\n\\* In that time they also make:", *(f"  {name}: {what}" for name, what in NOT_OURS.items()), sep="\n")
    _write([{**asdict(row), "reached": row.reached} for row in found], given.json, printed=not given.markdown)
    sys.exit(not all(row.reached for row in found))


def _sizes(*, quick: bool) -> Sizes:
    return Sizes(small=1_000, large=5_000, contacts=500) if quick else Sizes(small=10_000, large=50_000, contacts=5_000)


def _write(figures: Sequence[Mapping[str, object]], file: Path | None, *, printed: bool) -> None:
    text = json.dumps(figures, indent=1)
    if file:
        file.write_text(text, encoding="utf-8")
    elif printed:
        print(text)


if __name__ == "__main__":
    main()
