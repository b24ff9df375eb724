"""One side of a comparison, run once in a process of its own: prints seconds (imports left out) and peak memory.

    python benchmarks/sides.py SIDE VAULT CACHE

`processor_seconds` are those of all threads: on a busy machine, the least of them says more than the clock.
The sides of other packages run under the Python of their own environment, so this file imports them, and ours, late.
"""

import contextlib
import datetime as dt
import io
import json
import os
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from infoview_md import Vault

__all__ = ["SIDES"]

Work = Callable[[], int]
_OURS = ("People/", "Outreach/", "Interviews/", "Me.md")
_BLOCK = re.compile(r"---\n(.*?)^---$", re.DOTALL | re.MULTILINE)


def limit_a(vault: str, _: str) -> Work:
    """`os.scandir` and stat, and nothing else."""

    def work() -> int:
        count, folders = 0, [vault]
        while folders:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    else:
                        entry.stat(follow_symlinks=False)
                        count += 1
        return count

    return work


def limit_e(vault: str, _: str) -> Work:
    """The same walk; every note read; PyYAML's C loader on the properties of ours, known by their folders."""
    import yaml

    def work() -> int:
        count, folders = 0, [vault]
        while folders:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                        continue
                    entry.stat(follow_symlinks=False)
                    with open(entry.path, encoding="utf-8") as file:  # noqa: PTH123 - the quickest way
                        text = file.read()
                    count += 1
                    if entry.path[len(vault) + 1 :].startswith(_OURS) and (block := _BLOCK.match(text)):
                        yaml.load(block[1], Loader=yaml.CSafeLoader)
        return count

    return work


def naive(vault: str, _: str) -> Work:
    """What one writes in five minutes: `frontmatter.load` over `rglob`."""
    import frontmatter

    def work() -> int:
        notes = []
        for path in Path(vault).rglob("*.md"):
            with contextlib.suppress(Exception):
                notes.append(frontmatter.load(str(path)))
        return len(notes)

    return work


def cold(vault: str, cache: str) -> Work:
    """Our index without a cache; writes one."""
    for file in Path(cache).glob("*"):
        file.unlink()
    return warm(vault, cache)


def warm(vault: str, cache: str) -> Work:
    """Our index with a cache; nothing changed."""
    import infoview_md.disk.look  # noqa: F401 - otherwise loaded while the clock runs
    import infoview_md.network.index  # noqa: F401 - as well
    from infoview_md.disk.upkeep import Upkeep

    def work() -> int:
        upkept = Upkeep(Path(vault), cache=Path(cache)).bring_up_to_date()
        assert upkept.notice is None
        return upkept.changes.added + upkept.changes.modified + upkept.changes.unchanged

    return work


def changed(vault: str, cache: str) -> Work:
    """Our index with a cache, after an edit of one of our notes; writes the cache."""
    note = min(Path(vault, "People").iterdir())
    text = note.read_text(encoding="utf-8")
    note.write_text(re.sub(r"why: .*", f"why: {time.time_ns()}x", text), encoding="utf-8")
    return warm(vault, cache)


def warm_with_network(vault: str, cache: str) -> Work:
    """Our index with a cache, unpacked, and the network and all findings made from it."""
    import infoview_md.network.index  # noqa: F401 - otherwise loaded while the clock runs
    from infoview_md.disk.upkeep import Upkeep

    def work() -> int:
        upkept = Upkeep(Path(vault), cache=Path(cache)).bring_up_to_date()
        assert upkept.index.findings is not None
        return upkept.changes.unchanged

    return work


def due(vault: str, cache: str) -> Work:
    """What is due, with a cache that knows it from an earlier command."""
    return _of_vault(vault, cache, lambda one: len(one.due()))


def due_first(vault: str, cache: str) -> Work:
    """What is due on a day for which no command asked before."""
    day = dt.date(2030, 1, 1) + dt.timedelta(days=time.time_ns() // 1_000_000 % 100_000)
    return _of_vault(vault, cache, lambda one: len(one.due()), today=day)


def graph_json(vault: str, cache: str) -> Work:
    """The network as JSON."""
    return _of_vault(vault, cache, lambda one: len(one.graph("json")))


def graph_html(vault: str, cache: str) -> Work:
    """The network as a page."""
    return _of_vault(vault, cache, lambda one: len(one.graph("html")))


def connectors(vault: str, cache: str) -> Work:
    """Who led to the most people."""
    return _of_vault(vault, cache, lambda one: len(one.index().connectors()))


def _of_vault(vault: str, cache: str, ask: "Callable[[Vault], int]", *, today: dt.date | None = None) -> Work:
    """A question to the library, asked once before, of another vault, so that all is loaded that it needs."""
    os.environ["INFOVIEW_CACHE"] = "off"
    from infoview_md import Vault

    with tempfile.TemporaryDirectory() as folder:
        small, _ = Vault.make(Path(folder, "vault"))
        small.make_profile({"name": "Imogen"})
        small.create(small.draft("contact", "Ada Lovelace"))
        ask(small)
        ask(small)
    os.environ["INFOVIEW_CACHE"] = cache
    return lambda: ask(Vault(vault, today=today))


def obsidian_parse(vault: str, _: str) -> Work:
    """obsidian-parse: `parse`."""
    import obsidian_parse as peer

    return lambda: len(peer.parse([vault]))


def ovault(vault: str, _: str) -> Work:
    """OVault: open a vault."""
    import ovault as peer

    return lambda: len(peer.Vault(vault).notes())


def sqldown(vault: str, _: str) -> Work:
    """SQLDown: `load_markdown` into a new database."""
    from sqldown.core import load_markdown

    folder = tempfile.mkdtemp()
    return lambda: load_markdown(Path(vault), Path(folder, "docs.db"))


def mdquery(vault: str, _: str) -> Work:
    """mdquery: index a folder into a new database."""
    from mdquery.database import DatabaseManager
    from mdquery.indexer import Indexer

    database = DatabaseManager(Path(tempfile.mkdtemp(), "mdquery.db"))
    database.initialize_database()
    return lambda: Indexer(database).index_directory(Path(vault))["files_processed"]


SIDES: dict[str, Callable[[str, str], Work]] = {
    "limit A": limit_a,
    "limit E": limit_e,
    "naive": naive,
    "cold": cold,
    "warm": warm,
    "changed": changed,
    "warm with network": warm_with_network,
    "due": due,
    "due, first of the day": due_first,
    "graph json": graph_json,
    "graph html": graph_html,
    "connectors": connectors,
    "obsidian-parse": obsidian_parse,
    "ovault": ovault,
    "sqldown": sqldown,
    "mdquery": mdquery,
}


def main() -> None:
    """Do the work of one side and print what it took, as one line of JSON."""
    side, vault, cache = sys.argv[1:]
    with contextlib.redirect_stdout(io.StringIO()):
        work = SIDES[side](vault, cache)
        began, processor_began = time.perf_counter(), time.process_time()
        count = work()
        seconds, processor_seconds = time.perf_counter() - began, time.process_time() - processor_began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        json.dumps(
            {
                "seconds": seconds,
                "processor_seconds": processor_seconds,
                "notes": count,
                "peak_mb": peak / (1024 * 1024 if sys.platform == "darwin" else 1024),
            }
        )
    )


if __name__ == "__main__":
    main()
