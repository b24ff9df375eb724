"""The docs say what the code does: everything a user may need to know is in them, and what they show runs."""

import datetime as dt
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args

import click
import pytest
from cogapp import Cog

from infoview_md import Vault
from infoview_md.agenda.news import KINDS
from infoview_md.agenda.stages import STAGES
from infoview_md.cli import infoview as program
from infoview_md.cli.frame import COMMANDS, INTERRUPTED
from infoview_md.drafting.filters import FILTERS
from infoview_md.drafting.names import FUNCTIONS, NAMES
from infoview_md.errors import InfoviewError, UsageError
from infoview_md.network.graph import EdgeKind
from infoview_md.network.warmth import WARMTH
from infoview_md.notes.findings import CODES
from infoview_md.notes.properties import PROPERTIES, SETTINGS, TYPES
from infoview_md.views.formats import Format
from tests.command_line import infoview

ROOT = Path(__file__).parent.parent.parent
PAGES = {path.name: path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md")}
README = (ROOT / "README.md").read_text("utf-8")
ALL_PAGES = {
    path: path.read_text("utf-8")
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "examples/README.md")
}
CODE = r"```.*?```|`[^`\n]*`"


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("format.md", [*TYPES, *PROPERTIES, *STAGES, *SETTINGS]),
        ("findings.md", list(CODES)),
        ("templates.md", [*NAMES, *FUNCTIONS, *FILTERS]),
        ("watching.md", list(KINDS)),
        ("network.md", [*get_args(EdgeKind), *WARMTH]),
    ],
)
def test_a_page_has_a_row_for_each_of_its_names(page: str, names: list[str]) -> None:
    assert [name for name in names if f"| `{name}` |" not in PAGES[page]] == []


def test_every_format_has_its_row_with_its_endings() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]*)\|", PAGES["pictures.md"], re.MULTILINE))
    assert {one: tuple(rows[one].replace(",", " ").split()) for one in Format} == {one: one.endings for one in Format}


def test_every_command_is_documented() -> None:
    assert [name for name in COMMANDS if f"\n## {name}\n" not in PAGES["commands.md"]] == []


def test_each_name_of_a_template_has_its_parts_in_its_row() -> None:
    rows = {line.split("`")[1]: line for line in PAGES["templates.md"].splitlines() if line.startswith("| `")}
    assert [(name, part) for name, parts in NAMES.items() for part in parts if f"`{part}`" not in rows[name]] == []


def test_every_question_to_the_network_has_an_answer() -> None:
    state = Vault(ROOT / "examples/vault", today=dt.date(2026, 11, 23)).index()
    methods = re.findall(r"\? \| `(\w+)\(\)` \|", PAGES["network.md"])
    assert len(methods) == 8
    assert all(isinstance(getattr(state, one)(), tuple) for one in methods)


def test_every_exit_status_is_documented() -> None:
    kinds: list[type[InfoviewError]] = [InfoviewError, *InfoviewError.__subclasses__(), *UsageError.__subclasses__()]
    statuses = {0, 1, INTERRUPTED, *(kind.exit_status for kind in kinds)}
    assert set(map(int, re.findall(r"^\| (\d+) \|", PAGES["commands.md"], re.MULTILINE))) == statuses


def test_the_parts_that_come_from_the_code_are_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    """`make docs` writes them."""
    pages = sorted(map(str, (ROOT / "docs").glob("*.md")))
    assert Cog().main(["cog", "--check", "-P", "-I", str(ROOT / "docs"), *pages]) == 0, capsys.readouterr().out


JSON_ANSWERS = {
    "index": ["index"],
    "due": ["due"],
    "show": ["show", "Priya"],
    "show --me": ["show", "--me"],
    "path": ["path", "Callum"],
    "export": ["export", "--format", "ics"],
    "graph --format json": ["graph", "--format", "json"],
    "graph --format svg": ["graph", "--format", "svg"],
    "check": ["check"],
    "new": ["new", "request", "Callum", "--dry-run"],
    "mark": ["mark", "replied", "Fergus Auchterlonie"],
    "email": ["email", "Outreach/2026-10-26 Update - Priya Venkataraman.md", "--again"],
    "init": ["init"],
    "templates": ["templates"],
}


def test_every_json_answer_has_its_row() -> None:
    rows = re.findall(r"^\| `([^`]+)` \|", PAGES["commands.md"].partition("\n## JSON\n")[2], re.MULTILINE)
    assert sorted(rows) == sorted([*JSON_ANSWERS, "watch", "watch --status"])


@pytest.mark.parametrize("answer", JSON_ANSWERS)
def test_every_key_of_a_json_answer_is_documented(answer: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples/vault", tmp_path / "vault")
    told = infoview("--vault", str(tmp_path / "vault"), *JSON_ANSWERS[answer], "--json")
    json_rows = PAGES["commands.md"].partition("\n## JSON\n")[2]
    row = next(line for line in json_rows.splitlines() if line.startswith(f"| `{answer}` |"))
    assert told.status == 0, told.err
    shown = set(re.findall(r'"(\w+)"', row))
    for word, other in (("[as in check]", "check"), ("[as in due]", "due")):
        if word in row:
            shown |= set(re.findall(r'"(\w+)"', next(one for one in json_rows.splitlines() if f"| `{other}` |" in one)))
    if answer == "graph --format json":
        shown |= {"directed", "multigraph", "graph", "nodes", "edges"}  # networkx's own
    read = json.loads(told.out)
    keys = set().union(*map(keys_in, read)) if isinstance(read, list) else keys_in(read)
    assert keys, "an answer without a key tells nothing"
    assert keys - shown == set()


def keys_in(value: object) -> set[str]:
    """The keys of an answer, but for those that are data: names of types, properties, channels."""
    if isinstance(value, list):
        return set().union(*map(keys_in, value))
    if not isinstance(value, dict):
        return set()
    data = {"notes", "properties", "by_channel", "by_source"}
    return set(value) | set().union(*(keys_in(part) for key, part in value.items() if key not in data))


def test_every_command_that_the_docs_show_is_one_that_there_is() -> None:
    shown = [
        line for text in ALL_PAGES.values() for line in re.findall(r"^(?:\$ )?(infoview [a-z-].*)$", text, re.MULTILINE)
    ]
    assert len(shown) > 20
    for line in shown:
        words = shlex.split(re.split(r"\s{2,}", line)[0])[1:]
        while words[0].startswith("--"):
            words = words[2:]
        command = program.get_command(click.Context(program), words[0])
        assert command is not None, line
        command.make_context(words[0], words[1:])


def test_every_link_between_the_pages_leads_somewhere() -> None:
    broken = [
        f"{page.name}: {target}{anchor}"
        for page, text in ALL_PAGES.items()
        for target, anchor in re.findall(r"\]\(([^)#:\s]*)(#[^)]*)?\)", re.sub(CODE, "", text, flags=re.DOTALL))
        if not leads_somewhere(page.parent / target if target else page, anchor)
    ]
    assert broken == []


def leads_somewhere(target: Path, anchor: str) -> bool:
    if not anchor:
        return target.exists()
    headings = re.findall(r"^#+ (.*)$", target.read_text("utf-8"), re.MULTILINE)
    return anchor[1:] in {re.sub(r"[^\w\s-]", "", one.lower()).replace(" ", "-") for one in headings}


def test_what_the_readme_shows_runs_from_top_to_bottom(tmp_path: Path) -> None:
    blocks = re.findall(r"```(console|python)\n(.*?)```", README, re.DOTALL)
    commands = [
        re.split(r"\s{2,}#", line.removeprefix("$ "))[0]
        for kind, block in blocks
        for line in block.splitlines()
        if kind == "console" and line.startswith("$ ") and "pipx" not in line
    ]
    script = next(block for kind, block in blocks if kind == "python").replace('Vault("search"', 'Vault("."')
    folder = tmp_path
    for command in commands:
        program, *arguments = shlex.split(command)
        if program == "cd":
            folder /= arguments[0]
        elif arguments[0] != "watch":
            draft = folder / "Outreach"
            if arguments[0] == "email":
                arguments.remove("--open")
                for note in draft.glob("*.md"):
                    note.write_text(re.sub(r"==✎.*?==", "something of mine", note.read_text("utf-8")), "utf-8")
            _run(folder, "-m", "infoview_md", *arguments)
    _run(folder, "-c", script + "    break\n")


def _run(folder: Path, *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, (arguments, done.stdout, done.stderr)
