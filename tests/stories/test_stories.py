"""Runs the transcripts beside this file: what people type, and what they read.

In a story, a block ```` ```console ```` holds commands behind `$ ` with their answers: standard output as it is,
standard error behind `2> `, another exit status than 0 as `[4]`. A block ```` ```markdown PATH ```` puts a note there
first. Commands are
`infoview ...`, `cat PATH` and `ls`; all of it happens in one new folder, or, with `vault: example` in the story's
properties, in a copy of the example vault, on 2026-11-23. `make stories` writes what was answered into the stories.
"""

import contextlib
import io
import os
import re
import shlex
import shutil
from pathlib import Path

import pytest

from infoview_md.cli import run

HERE = Path(__file__).parent
EXAMPLE = HERE.parent.parent / "examples" / "vault"
STORIES = sorted(HERE.glob("*.md"))
BLOCK = re.compile(r"^```(?P<kind>console|markdown (?P<path>[^\n]+))\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_story(story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = story.read_text("utf-8")
    if "\nvault: example\n" in told:
        shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "90")
    happened = BLOCK.sub(_happen, told)
    if os.environ.get("STORIES") == "rewrite":
        story.write_text(happened, "utf-8")
    assert happened == told


def _happen(block: re.Match[str]) -> str:
    if block["path"]:
        path = Path(block["path"])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block["text"], "utf-8")
        return block[0]
    commands = re.findall(r"^\$ (.*)$", block["text"], re.MULTILINE)
    return "```console\n" + "".join(f"$ {one}\n{_answer(one)}" for one in commands) + "```"


def _answer(command: str) -> str:
    program, *arguments = shlex.split(command)
    if program == "cat":
        return Path(arguments[0]).read_text("utf-8")
    if program == "ls":
        found = sorted(path.as_posix() for path in Path(*arguments).rglob("*") if path.is_file())
        return "".join(f"{path}\n" for path in found)
    assert program == "infoview", f"a story cannot run {program}"
    return _infoview(arguments)


def _infoview(arguments: list[str]) -> str:
    if "--today" not in arguments and not {"--help", "--version"} & set(arguments):
        arguments = [*arguments, "--today", "2026-11-23"]
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = run(arguments)
    beside = "".join(f"2> {line}\n" for line in _written(err).splitlines())
    return _written(out) + beside + (f"[{status}]\n" if status else "")


def _written(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")
