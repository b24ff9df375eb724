"""The catalogue's `cli` cases: any terminal, any pipe, any number; the answer apart from what went wrong."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.bad_inputs.catalogue import cases, check_rows, digests, write_files
from tests.command_line import infoview

CASES = cases("cli")
STEERING = "Ada\x1b[2J\x1b]0;pwn\x07\u202e\u009b"
CONTROL = {chr(code) for code in (*range(32), *range(0x7F, 0xA0))} - {"\n"} | {"\u202e"}
ON_ALL_NAMES = ("index", "due", "check", "graph", "templates")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "Me.md": '---\ntype: me\nname: "Zoë Łukasiewicz"\n---\n',
        "People/日本 太郎.md": "---\ntype: contact\norganization: Ångström ✎ 工場\n---\n",
        "People/Łukasz.md": '---\ntype: contact\nreferred_by: "[[日本 太郎]]"\nlast_contact: 2026-02-30\n---\n',
    }
    root = tmp_path / "vault"
    write_files(root, {path: {"text": text} for path, text in files.items()})
    return root


def command(
    root: Path, *arguments: str, out: int = subprocess.PIPE, **around: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "infoview_md", "--vault", str(root), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **around},
        timeout=120,
        check=False,
    )


def a_console_of_another_alphabet(root: Path) -> None:
    for encoding in ("cp1252", "cp437"):
        for name in ON_ALL_NAMES:
            answer = infoview("--vault", str(root), name, encoding=encoding)
            assert answer.status == (1 if name == "check" else 0), (name, encoding, answer.err)
            assert "Traceback" not in answer.err
    told = command(root, "index", PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert (told.returncode, told.stderr) == (0, b"")
    assert "Zoë ?ukasiewicz (you)\n`- ?? ??, Ångström ? ?? [identified]".encode("cp1252") in told.stdout.replace(
        b"\r", b""
    )


def a_full_disk(root: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    for arguments in (("index",), ("check", "--json"), ("--help",)):
        with Path("/dev/full").open("wb") as full:
            told = command(root, *arguments, out=full.fileno())
        assert (told.returncode, told.stderr) == (
            3,
            b"infoview: the answer could not be written: No space left on device\n",
        )


def nothing_steers_the_terminal(root: Path) -> None:
    note = f"---\ntype: contact\nname: {json.dumps(STEERING)}\norganization: {json.dumps(STEERING)}\n---\n"
    write_files(root, {"People/x.md": {"text": note}, "People/\x1b[2J.md": {"text": "---\ntype: contact\n---\n"}})
    asked: tuple[tuple[str, ...], ...] = (
        *((name,) for name in ON_ALL_NAMES),
        *(("graph", "--format", form) for form in ("mermaid", "dot", "graphml", "json")),
        ("check", "--json"),
        ("due", "--json"),
        ("show", "People/x.md"),
        ("show", STEERING + "?"),
        ("new", "request", "People/x.md", "--dry-run"),
        ("new", "request", "People/x.md"),
        ("new", "contact", STEERING),
        ("new", STEERING, "Ada"),
        (STEERING,),
        ("show", "Ada", "--today", STEERING),
        ("new", "contact", "Eve", "--set", STEERING),
    )
    for arguments in asked:
        answer = infoview("--vault", str(root), *arguments)
        assert CONTROL.isdisjoint(answer.out + answer.err), arguments
    canvas = infoview("--vault", str(root), "graph", "--format", "canvas").out
    assert CONTROL.isdisjoint(canvas.replace("\t", ""))  # a canvas is indented by tabs, as Obsidian writes it
    assert r"Ada\x1b[2J\x1b]0;pwn\x07\u202e\x9b" in infoview("--vault", str(root), "graph").out


def an_output_file_is_only_replaced_by_a_whole_answer(root: Path) -> None:
    keep = root.parent / "keep.json"
    keep.write_text("kept", encoding="utf-8")
    there, nowhere = ("--vault", str(root)), ("--vault", str(root / "nowhere"))
    for arguments in ((*nowhere, "graph", "--format", "json"), (*there, "graph", "--format", "pdf")):
        assert infoview(*arguments, "-o", str(keep)).status == 2
        assert keep.read_text(encoding="utf-8") == "kept"
    unwritable = root.parent / "missing" / "keep.json"
    assert infoview(*there, "graph", "--format", "json", "-o", str(unwritable)).status == 3
    done = infoview(*there, "graph", "--format", "json", "-o", str(keep))
    assert (done.status, done.out) == (0, "")
    assert json.loads(keep.read_text(encoding="utf-8"))["directed"] is True
    assert sorted(path.name for path in root.parent.iterdir()) == ["keep.json", "vault"]


def a_command_that_does_not_exist(root: Path) -> None:
    unknown = infoview("--vault", str(root), "nosuch")
    assert (unknown.status, unknown.out) == (2, "")
    assert unknown.err == "infoview: there is no command 'nosuch'\n  see: infoview --help\n"
    assert "did you mean: infoview index?" in infoview("--vault", str(root), "indxe").err
    none = infoview(today=None)
    assert (none.status, none.out) == (2, "")
    assert "\n  index " in none.err


def any_number(root: Path) -> None:
    for number in ("9" * 5000, "-1", "1e3", "", "٣x", "3651"):
        answer = infoview("--vault", str(root), "due", "--within", number)
        assert (answer.status, answer.out) == (2, ""), number
    three, arabic = (infoview("--vault", str(root), "due", "--within", number) for number in ("3", "٣"))
    assert (three.status, three) == (0, arabic)
    answer = infoview("--vault", str(root), "new", "prep", "Łukasz", "--set", f"duration={'9' * 5000}")
    assert (answer.status, answer.out) == (2, "")
    assert "duration: 999" in answer.err


def json_alone_on_standard_output(root: Path) -> None:
    bad = {f"People/Bad {n}.md": {"text": "---\ntype: contact\nlast_contact: soon\n---\n"} for n in range(3)}
    write_files(root, bad)
    before = digests(root)
    told = command(root, "check", "--json")
    assert (told.returncode, told.stderr) == (1, b"")
    assert [one["path"] for one in json.loads(told.stdout)] == [*bad, "People/Łukasz.md"]
    assert digests(root) == before


OUTCOMES: MappingProxyType[str, Callable[[Path], None]] = MappingProxyType(
    {
        "CLI-01": a_console_of_another_alphabet,
        "CLI-03": a_full_disk,
        "CLI-05": nothing_steers_the_terminal,
        "CLI-07": an_output_file_is_only_replaced_by_a_whole_answer,
        "CLI-09": a_command_that_does_not_exist,
        "CLI-11": any_number,
        "CLI-13": json_alone_on_standard_output,
    }
)


def test_every_case_has_a_row() -> None:
    check_rows("cli", OUTCOMES)


@pytest.mark.parametrize("case", CASES)
def test_cli(case: str, root: Path) -> None:
    OUTCOMES[case](root)
