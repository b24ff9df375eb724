"""`infoview graph` without a format: the tree, folded to the screen that there is; and what a file's ending says."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command_line import infoview, process

pty = pytest.importorskip("pty", reason="Windows has no such terminals")
termios = pytest.importorskip("termios", reason="Windows has no such terminals")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A vault of 40 people, of whom the first gave the next ten."""
    monkeypatch.setenv("INFOVIEW_CACHE", str(tmp_path / "caches"))
    people = tmp_path / "vault" / "People"
    people.mkdir(parents=True)
    (tmp_path / "vault" / "Me.md").write_text("---\ntype: me\nname: Imogen Clough\n---\n", encoding="utf-8")
    for number in range(40):
        given = 'referred_by: "[[P00]]"\n' if 0 < number <= 10 else ""
        (people / f"P{number:02}.md").write_text(f"---\ntype: contact\n{given}---\n", encoding="utf-8")
    return tmp_path / "vault"


def on_a_terminal(*arguments: str, rows: int, columns: int) -> list[str]:
    """The lines that somebody sees on a terminal of this size."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (rows, columns))
    around = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}} | {"NO_COLOR": "1"}
    with process(*arguments, "--today", "2026-11-23", out=theirs, err=theirs, around=around):
        os.close(theirs)
        said = b"".join(_said(ours))
    os.close(ours)
    return said.decode().replace("\r", "").splitlines()


def _said(descriptor: int) -> Iterator[bytes]:
    try:
        while more := os.read(descriptor, 65536):
            yield more
    except OSError:  # the other end is closed
        return


def test_on_a_terminal_it_is_folded_to_one_screen(root: Path) -> None:
    lines = on_a_terminal("--vault", str(root), "graph", rows=12, columns=60)
    assert lines == [
        "Imogen Clough (you)",
        "├─ P00 [identified]",
        *(f"│  ├─ P{number:02} [identified]" for number in range(1, 6)),
        "│  └─ … and 5 more",
        "└─ … and 29 more",
        "folded to fit the screen; everybody: infoview graph --all",
    ]


@pytest.mark.parametrize("arguments", [["--all"], ["--depth", "9"]])
def test_on_a_terminal_everybody_is_shown_to_who_asks(root: Path, arguments: list[str]) -> None:
    assert len(on_a_terminal("--vault", str(root), "graph", *arguments, rows=12, columns=60)) == 41


def test_elsewhere_it_is_never_folded_unless_levels_are_asked_for(root: Path) -> None:
    assert len(infoview("--vault", str(root), "graph").lines) == 41
    assert len(infoview("--vault", str(root), "graph", "--depth", "1").lines) == 31
    assert infoview("--vault", str(root), "graph", "--depth", "0").status == 2


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.canvas", "{\n\t"),
        ("a.dot", "digraph"),
        ("a.gv", "digraph"),
        ("a.graphml", "<?xml"),
        ("a.html", "<!DOCTYPE html>"),
        ("a.json", "{\n  "),
        ("a.md", "---\ngenerated_by"),
        ("a.mmd", "flowchart"),
        ("a.SVG", "<svg"),
        ("a.txt", "Imogen"),
        ("a", "Imogen"),
    ],
)
def test_the_ending_of_a_file_says_which_format_it_is(root: Path, name: str, begins: str) -> None:
    assert infoview("--vault", str(root), "graph", "-o", str(root / name)).status == 0
    assert (root / name).read_text("utf-8").lower().startswith(begins.lower())


def test_a_format_that_is_asked_for_wins_over_the_ending(root: Path) -> None:
    assert infoview("--vault", str(root), "graph", "--format", "json", "-o", str(root / "a.dot")).status == 0
    assert json.loads((root / "a.dot").read_text("utf-8"))["directed"] is True
