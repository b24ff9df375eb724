"""What a command loads before it does anything: starting is most of what a quick command takes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"yaml", "frontmatter", "jinja2", "watchdog", "rich", "networkx", "sqlite3"}
"""Of these, `--help` and completion need none; a warm query needs the database alone."""

RUN = """
import json, sys
from infoview_md.cli import run
try:
    run(sys.argv[1:])
except SystemExit:
    pass
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
"""


def loaded(*arguments: str, **environment: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
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
