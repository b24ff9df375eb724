"""The docs say what the code does: everything a user may need to know is in them, and what they show runs."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from infoview_md.agenda.stages import STAGES
from infoview_md.cli.frame import COMMANDS
from infoview_md.drafting.filters import FILTERS
from infoview_md.drafting.names import FUNCTIONS, NAMES
from infoview_md.notes.findings import CODES
from infoview_md.notes.properties import PROPERTIES, SETTINGS, TYPES

ROOT = Path(__file__).parent.parent.parent
PAGES = {path.name: path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md")}
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("format.md", [*TYPES, *PROPERTIES, *STAGES, *SETTINGS]),
        ("findings.md", list(CODES)),
        ("templates.md", [*NAMES, *FUNCTIONS, *FILTERS]),
    ],
)
def test_a_page_has_a_row_for_each_of_its_names(page: str, names: list[str]) -> None:
    assert [name for name in names if f"| `{name}` |" not in PAGES[page]] == []


def test_every_command_is_documented() -> None:
    assert [name for name in COMMANDS if f"\n## {name}\n" not in PAGES["commands.md"]] == []


def test_every_link_between_the_pages_leads_somewhere() -> None:
    pages = {ROOT / "README.md": README, ROOT / "CONTRIBUTING.md": (ROOT / "CONTRIBUTING.md").read_text("utf-8")}
    pages |= {ROOT / "docs" / name: text for name, text in PAGES.items()}
    broken = [
        f"{page.name}: {target}"
        for page, text in pages.items()
        for target in re.findall(
            r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
        )
        if not (page.parent / target).exists()
    ]
    assert broken == []


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
