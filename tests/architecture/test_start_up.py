"""What a command loads before it does anything: starting is most of what a quick command takes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"yaml", "frontmatter", "jinja2", "watchdog", "rich", "networkx", "rustworkx", "numpy", "sqlite3"}
"""Of these, `--help` and completion need none; a warm query needs the database alone."""

RUN = """
import json, sys
from infoview_md.cli import run
try:
    run(sys.argv[1:])
except SystemExit:
    pass
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""

NOTHING_IS_DOUBTFUL = """
from infoview_md.disk import look
look._TICK_NS = -(10**18)
"""
"""Otherwise what was written just now would be read again by the next command."""


def loaded(*arguments: str, **environment: str) -> set[str]:
    """The packages that a command loads."""
    return {name.partition(".")[0] for name in loaded_modules(*arguments, **environment)}


def loaded_modules(*arguments: str, before: str = "", **environment: str) -> set[str]:
    """The modules that a command loads; `before` is run first."""
    done = subprocess.run(
        [sys.executable, "-c", before + RUN, *arguments],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )
    names = json.loads(done.stderr.splitlines()[-1])
    assert isinstance(names, list)
    return set(names)


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("index", "--help")])
def test_help_and_version_load_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert loaded(*arguments) & HEAVY == set()


def test_completion_loads_nothing_heavy() -> None:
    asked = {"_INFOVIEW_COMPLETE": "bash_complete", "COMP_WORDS": "infoview in", "COMP_CWORD": "1"}
    assert loaded(**asked) & HEAVY == set()


@pytest.mark.parametrize("command", [("index",), ("check",), ("due",), ("--json", "index")])
def test_a_warm_query_loads_only_what_it_needs(command: tuple[str, ...], tmp_path: Path) -> None:
    vault, cache = tmp_path / "vault", tmp_path / "cache"
    (vault / "People").mkdir(parents=True)
    (vault / "People/Bob.md").write_text("---\ntype: contact\n---\n", encoding="utf-8")
    arguments = (*command, "--vault", str(vault))
    loaded(*arguments, INFOVIEW_CACHE=str(cache))
    assert loaded(*arguments, INFOVIEW_CACHE=str(cache)) & HEAVY <= {"sqlite3"}


def test_the_way_to_somebody_loads_the_graph_library_and_not_what_that_could_load(tmp_path: Path) -> None:
    (tmp_path / "Bob.md").write_text("---\ntype: contact\n---\n", encoding="utf-8")
    arguments = ("path", "Bob", "--vault", str(tmp_path))
    environment = {"INFOVIEW_CACHE": str(tmp_path / "cache")}
    loaded(*arguments, **environment)
    assert loaded(*arguments, **environment) & HEAVY <= {"sqlite3", "rustworkx"}


def test_a_warm_check_of_notes_that_have_not_changed_builds_nothing(tmp_path: Path) -> None:
    vault, cache = tmp_path / "vault", tmp_path / "cache"
    (vault / "People").mkdir(parents=True)
    (vault / "People/Bob.md").write_text("---\ntype: contact\n---\n", encoding="utf-8")
    (vault / "Me.md").write_text("---\nname: Imogen\n---\n", encoding="utf-8")
    arguments = ("check", "--vault", str(vault))
    loaded_modules(*arguments, before=NOTHING_IS_DOUBTFUL, INFOVIEW_CACHE=str(cache))
    names = loaded_modules(*arguments, INFOVIEW_CACHE=str(cache))
    rooms = {name for name in names if name.startswith("infoview_md.")}
    assert "infoview_md.disk.upkeep" in rooms
    assert not {name for name in rooms if name.split(".")[1] in {"network", "agenda", "drafting", "exchange"}}
    assert not rooms & {"infoview_md.disk.look", "infoview_md.notes.reading", "infoview_md.notes.records"}


def test_a_warm_list_of_what_is_due_builds_no_network(tmp_path: Path) -> None:
    vault, cache = tmp_path / "vault", tmp_path / "cache"
    (vault / "People").mkdir(parents=True)
    (vault / "People/Bob.md").write_text("---\ntype: contact\n---\n", encoding="utf-8")
    (vault / "Me.md").write_text("---\nname: Imogen\n---\n", encoding="utf-8")
    arguments = ("due", "--today", "2026-11-23", "--vault", str(vault))
    loaded_modules(*arguments, before=NOTHING_IS_DOUBTFUL, INFOVIEW_CACHE=str(cache))
    names = loaded_modules(*arguments, INFOVIEW_CACHE=str(cache))
    assert "infoview_md.agenda.agenda" in names
    assert "infoview_md.network.building" not in names
    assert not names & {"infoview_md.agenda.rules", "infoview_md.agenda.making", "infoview_md.views.shapes"}
