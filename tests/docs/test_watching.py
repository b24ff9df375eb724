"""What docs/watching.md shows is tried: the script runs, systemd takes the service file, and the plist is one."""

import inspect
import os
import plistlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from infoview_md.disk import narrowing, supervising, watch
from infoview_md.disk.hearing import deafnesses
from infoview_md.disk.supervising import TROUBLES
from infoview_md.vault import watching
from infoview_md.views.changes import Turn
from infoview_md.views.shapes import refresh_shape, watcher_shape
from tests.agenda.vaults import moment
from tests.command_line import REPOSITORY, TODAY, infoview, read_until

PAGE = (REPOSITORY / "docs" / "watching.md").read_text("utf-8")
COMMANDS = (REPOSITORY / "docs" / "commands.md").read_text("utf-8")


def block(language: str) -> str:
    """The one block of code in a language that the page has."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert isinstance(found, str)
    return found


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot wait at pipes like that")
def test_the_script_begins_a_thank_you_when_an_interview_is_over(tmp_path: Path) -> None:
    vault = Path(shutil.copytree(REPOSITORY / "examples" / "vault", tmp_path / "vault"))
    script = block("python").replace(
        "Vault(sys.argv[1])", f"Vault(sys.argv[1], today=dt.date.fromisoformat('{TODAY}'))"
    )
    script = f"import datetime as dt\n{script}".replace(
        "watch(read_only=True):", "watch(read_only=True):\n    print('at work', flush=True)"
    )
    around = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen([sys.executable, "-c", script, str(vault)], stdout=subprocess.PIPE, env=around) as running:
        try:
            assert running.stdout is not None
            read_until(running.stdout.fileno(), b"at work\n")
            held = infoview("--vault", str(vault), "mark", "held", "Interviews/2026-11-24 Joost van der Meulen.md")
            assert held.status == 0
            told = read_until(running.stdout.fileno(), b".md\n").decode()
        finally:
            running.kill()
    note = "Outreach/2026-11-23 Thank-you - Joost van der Meulen.md"
    assert note in told
    assert "type: thank-you" in (vault / note).read_text("utf-8")


def test_the_script_has_ten_lines() -> None:
    assert len([line for line in block("python").splitlines() if line]) <= 10


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_takes_the_service_file(tmp_path: Path) -> None:
    unit = tmp_path / "infoview.service"
    text = block("ini")
    assert "%h/.local/bin/infoview --vault %h/notes watch\n" in text
    unit.write_text(text.replace("%h/.local/bin/infoview", sys.executable), encoding="utf-8")
    command = ["systemd-analyze", "verify", "--user", str(unit)]
    around = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, text=True, env=around, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_launch_agent_is_a_property_list_that_watches() -> None:
    agent = plistlib.loads(block("xml").encode())
    program, *arguments = agent["ProgramArguments"]
    assert (Path(program).name, arguments[0], arguments[-1]) == ("infoview", "--vault", "watch")
    assert agent["Label"] == "infoview"
    assert agent["KeepAlive"] == {"SuccessfulExit": False}
    assert all("~" not in one for one in (program, *arguments, agent["StandardOutPath"]))


@pytest.mark.parametrize(
    ("answer", "keys"),
    [
        ("watch", [*refresh_shape(Turn(at=moment(TODAY), changes={}))]),
        ("watch --status", [*watcher_shape("vault", None)]),
    ],
)
def test_every_key_of_what_watch_answers_is_documented(answer: str, keys: list[str]) -> None:
    row = next(line for line in COMMANDS.splitlines() if line.startswith(f"| `{answer}` |"))
    assert keys
    assert [key for key in keys if f'"{key}"' not in row] == []


def test_every_sentence_about_the_watch_has_its_row() -> None:
    sentences = [row.says.partition("}")[2] or row.says for row in TROUBLES.values()]
    sentences = [re.split(r"\{\w+\}", one)[0] for one in sentences]
    reasons = [row.because for row in deafnesses("‹kind›", "‹reason›")]
    assert [one for one in (*sentences, *reasons) if not re.search(rf"^\|.*{re.escape(one)}", PAGE, re.MULTILINE)] == []


def test_every_sentence_about_notes_and_dashboards_has_its_row() -> None:
    source = Path(watching.__file__).read_text("utf-8")
    said = re.findall(r'(?:trouble = f|notices\.append\()"([^"{:]+)', source)
    assert len(said) == 3
    assert [one for one in said if f"| {one}" not in PAGE] == []


def test_the_times_that_the_page_names_are_those_of_the_code() -> None:
    defaults = {name: one.default for name, one in inspect.signature(watch.changes).parameters.items()}
    assert (defaults["quiet"], defaults["longest"], defaults["rescan_every"]) == (0.3, 2.0, 300.0)
    assert (watch.SETTLED, watch.RESTLESS, supervising.POLL, supervising.LISTEN_AGAIN) == (5.0, 60.0, 10.0, 300.0)
    assert narrowing.MOST == 500
