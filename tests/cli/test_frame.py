"""What all commands share: how they are called, how they end, and where their words go."""

import contextlib
import io
import json
import os
import re
import shlex
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Self

import click
import pytest

from infoview_md import Vault
from infoview_md.cli import frame, run
from infoview_md.cli import infoview as program
from infoview_md.cli.frame import COMMANDS, progress_bar
from tests.command_line import TODAY, infoview, process, read_until

if TYPE_CHECKING:
    from _typeshed import TraceFunction

needs_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has neither such terminals nor such signals")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    assert infoview("init", str(root), "--set", "name=Imogen Clough").status == 0
    assert infoview("--vault", str(root), "new", "contact", "Ada Lovelace").status == 0
    return root


# --- Options ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["index", "due", "graph", "check", "templates"])
def test_the_shared_options_stand_before_or_behind_the_commands_name(command: str, root: Path) -> None:
    shared = ["--vault", str(root), "--today", "2026-11-25", "--json"]
    before = infoview(*shared, command, today=None)
    behind = infoview(command, *shared, today=None)
    between = infoview(*shared[:2], command, *shared[2:], today=None)
    assert before == behind == between
    assert before.status == 0
    json.loads(before.out)


def test_the_option_behind_the_name_wins(root: Path, tmp_path: Path) -> None:
    answer = infoview("--vault", str(tmp_path / "nowhere"), "index", "--vault", str(root), "--json")
    assert json.loads(answer.out)["vault"] == str(root)


def test_the_vault_is_named_or_in_the_surroundings_or_upwards(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def vault_of(*arguments: str) -> str:
        return str(json.loads(infoview(*arguments, "index", "--json").out)["vault"])

    other = root.parent / "other"
    other.mkdir()
    assert vault_of("--vault", str(root)) == str(root)
    monkeypatch.chdir(root / "People")
    assert vault_of() == str(root)
    monkeypatch.setenv("INFOVIEW_VAULT", str(other))
    assert vault_of() == str(other)
    assert vault_of("--vault", "..") == str(root)


def test_today_may_be_a_time_of_day(root: Path) -> None:
    vault = ("--vault", str(root))
    infoview(*vault, "new", "interview", "Ada", "--on", "2026-11-25T14:00", today="2026-11-20")
    stages = [
        json.loads(infoview(*vault, "show", "Ada", "--json", today=today).out)["stage"]
        for today in ("2026-11-25", "2026-11-25T13:59", "2026-11-25T16:00")
    ]
    assert stages == ["scheduled", "scheduled", "met"]


# --- How a command ends ----------------------------------------------------------------------------------------------


def test_done_is_0(root: Path) -> None:
    assert infoview("--vault", str(root), "index").status == 0


def test_errors_in_the_notes_are_1(root: Path) -> None:
    (root / "Me.md").write_text("---\naccepted: 2026-02-30\n---\n", encoding="utf-8")
    assert infoview("--vault", str(root), "check").status == 1
    assert infoview("--vault", str(root), "index").status == 0


def test_something_due_is_1_for_who_asks_so(root: Path) -> None:
    vault = ("--vault", str(root))
    assert infoview(*vault, "due").status == 0
    assert infoview(*vault, "due", "--exit-code").status == 1
    assert infoview(*vault, "due", "--exit-code", "--within", "0", "--stage", "resting").status == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["nosuch"],
        ["show"],
        ["show", "Nobody"],
        ["show", ""],
        ["graph", "--format", "pdf"],
        ["graph", "--open"],
        ["due", "--today", "2026-02-30"],
        ["new", "request", "Ada", "--set", "nonsense"],
        ["new", "request", "Ada", "--stage", "waiting"],
        ["new", "request", "--stage", "nosuch"],
        ["templates", "--copy"],
        ["index", "--vault", "/nowhere"],
        ["index", "--vault", "~nobody-is-called-so/notes"],
    ],
)
def test_wrong_use_is_2(arguments: list[str], root: Path) -> None:
    answer = infoview("--vault", str(root), *arguments)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err
    assert "Traceback" not in answer.err


def test_trouble_with_files_is_3(root: Path, tmp_path: Path) -> None:
    answer = infoview("--vault", str(root), "graph", "-o", str(tmp_path / "missing" / "graph.txt"))
    assert (answer.status, answer.out) == (3, "")
    assert answer.err.endswith("make the folder first\n")


@needs_posix
def test_a_working_folder_that_is_gone_is_3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    answer = infoview("index")
    assert (answer.status, answer.err) == (
        3,
        "infoview: the folder that you are in is gone\n  go to another one, with cd\n",
    )
    assert infoview("index", "--vault", ".").status == 3


def test_a_conflict_is_4(root: Path) -> None:
    assert infoview("--vault", str(root), "new", "contact", "ada lovelace").status == 4
    assert infoview("init", str(root), "--set", "name=Ada").status == 4
    assert infoview("--vault", str(root), "graph", "-o", str(root / "Me.md")).status == 4


def test_a_fault_of_ours_is_70_and_says_what_to_report(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "infoview_md.views.report", None)  # an installation in which a file is missing
    answer = infoview("--vault", str(root), "index")
    assert (answer.status, answer.out) == (70, "")
    first, second = answer.err.splitlines()
    assert first.startswith("infoview: this is a fault of infoview, not of your notes: ModuleNotFoundError: ")
    assert re.fullmatch(r"  please report it, with this: command in .cli.index\.py:\d+", second)


@needs_posix
def test_ctrl_c_at_a_question_is_130_and_makes_no_profile(tmp_path: Path) -> None:
    with terminal() as (ours, theirs), process("init", str(tmp_path / "v"), given=theirs, out=theirs) as asking:
        assert asking.stderr is not None
        assert read_until(asking.stderr.fileno(), b"name: ") == b"Your name: "
        asking.send_signal(signal.SIGINT)
        os.write(ours, b"\n")  # a signal that comes just before Python waits is only seen behind the wait
        _, err = asking.communicate(timeout=60)
    assert (asking.returncode, err) == (130, b"infoview: interrupted; nothing is left half-done\n")
    assert not (tmp_path / "v/Me.md").exists()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # nobody closes the file then
def test_ctrl_c_at_any_moment_leaves_a_new_note_whole_or_not_there(root: Path) -> None:
    """Interrupted on each line of the writer in turn, until it is not reached any more."""
    vault = Vault(root)
    draft = vault.draft("contact", "Grace Hopper")
    made = root / draft.path
    line, interrupted = 0, True
    while interrupted:
        line += 1
        with interrupted_on(line, of="files.py") as ctrl_c, contextlib.suppress(KeyboardInterrupt):
            vault.create(draft)
        interrupted = ctrl_c.came
        assert made.exists() or interrupted
        assert not made.exists() or made.read_text(encoding="utf-8") == draft.text
        for left in {*made.parent.iterdir()} - {made, root / "People/Ada Lovelace.md"}:
            assert re.fullmatch(r"\.infoview-\w+\.tmp", left.name), "hidden, and cleared away another time"
            left.unlink()
        assert [one.name for one in vault.index().network.contacts.values() if one.name != "Grace Hopper"] == [
            "Ada Lovelace"
        ]
        made.unlink(missing_ok=True)
    assert 30 < line < 1000


def test_ctrl_c_while_a_note_is_written_is_130(root: Path) -> None:
    with interrupted_on(40, of="files.py"):
        answer = infoview("--vault", str(root), "new", "contact", "Grace Hopper")
    assert (answer.status, answer.out) == (130, "")
    assert answer.err.endswith("infoview: interrupted; nothing is left half-done\n")
    assert [one.name for one in (root / "People").iterdir()] == ["Ada Lovelace.md"]


class interrupted_on:  # noqa: N801 - reads as the statement that it is
    """Raises KeyboardInterrupt, as Ctrl-C does, when so many lines of one file have been run; `came` says whether."""

    def __init__(self, line: int, *, of: str) -> None:
        self.left = line
        self.file = os.sep + of
        self.came = False

    def __enter__(self) -> Self:
        self.before = sys.gettrace()
        sys.settrace(self.trace)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(self.before)

    def trace(self, frame: FrameType, event: str, _: object) -> "TraceFunction | None":
        if not frame.f_code.co_filename.endswith(self.file):
            return None
        if event == "line":
            self.left -= 1
            if self.left == 0:
                self.came = True
                sys.settrace(None)
                raise KeyboardInterrupt
        return self.trace


# --- Where the words go ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["index"], ["--help"], ["graph", "--format", "json"], ["due"]])
def test_a_reader_that_has_gone_ends_nothing_badly(arguments: list[str], root: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with process("--vault", str(root), *arguments, out=writing) as told:
        os.close(writing)
        _, err = told.communicate(timeout=60)
    assert (told.returncode, err) == (0, b"")


def test_nobody_listening_on_standard_error_changes_nothing(root: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    statuses = []
    for arguments in (["index"], ["nosuch"], ["show", "Nobody"], ["new"], ["new", "prep", "Ada"]):
        with process("--vault", str(root), *arguments, err=writing) as told:
            told.communicate(timeout=60)
        statuses.append(told.returncode)
    os.close(writing)
    assert statuses == [0, 2, 2, 2, 0]


def test_a_closed_standard_output_is_no_fault_of_ours(root: Path) -> None:
    err = io.StringIO()
    with contextlib.redirect_stdout(None), contextlib.redirect_stderr(err):
        statuses = [run(["--vault", str(root), *arguments]) for arguments in (["index"], ["check"], ["graph"], ["due"])]
    assert (statuses, err.getvalue()) == ([0, 0, 0, 0], "nothing is wrong\n")


def test_the_answer_is_alone_on_standard_output(root: Path) -> None:
    answer = infoview("--vault", str(root), "check")
    assert (answer.out, answer.err) == ("", "nothing is wrong\n")
    answer = infoview("--vault", str(root), "new", "request", "Ada")
    assert answer.lines == [f"Outreach/{TODAY} Request - Ada Lovelace.md"]
    assert "how you came across them" in answer.err


@needs_posix
@pytest.mark.parametrize(
    ("around", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True)], ids=str
)
def test_a_terminal_gets_colours_unless_it_wants_none(around: dict[str, str], root: Path, *, coloured: bool) -> None:
    (root / "Me.md").write_text("---\naccepted: 2026-02-30\n---\n", encoding="utf-8")
    without = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    with (
        terminal() as (ours, theirs),
        process("--vault", str(root), "check", out=theirs, around=without | around) as told,
    ):
        shown = read_until(ours, b"ignored until then")
        told.communicate(timeout=60)
    assert told.returncode == 1
    assert (b"\x1b[" in shown) is coloured


@pytest.mark.parametrize("command", ["index", "check", "due", "graph"])
def test_a_file_or_a_pipe_gets_none(command: str, root: Path) -> None:
    (root / "Me.md").write_text("---\naccepted: 2026-02-30\n---\n", encoding="utf-8")
    assert "\x1b" not in infoview("--vault", str(root), command).out


@contextlib.contextmanager
def terminal() -> Iterator[tuple[int, int]]:
    """A terminal: our end of it and theirs."""
    ours, theirs = os.openpty()
    try:
        yield ours, theirs
    finally:
        os.close(ours)
        os.close(theirs)


@needs_posix
@pytest.mark.parametrize(("patience", "is_shown"), [(0.0, True), (3600.0, False)])
def test_a_bar_shows_how_far_a_long_wait_is_and_goes_away(
    patience: float, *, is_shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame, "_PATIENCE", patience)
    with terminal() as (ours, theirs), open(theirs, "w", encoding="utf-8", closefd=False) as screen:
        monkeypatch.setattr(sys, "stderr", screen)
        show = progress_bar("contacts")
        assert show is not None
        for done in (0, 1200, 5000):
            show(done, 5000)
        print("done", end="", file=screen, flush=True)
        *bars, after = read_until(ours, b"done").decode().split("\r")
    assert after == "done"
    assert ("[#######-----------------------] 1,200 of 5,000 contacts" in bars) is is_shown
    assert not is_shown or bars[-1].isspace()


def test_nobody_is_shown_a_bar_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "log.txt").open("w", encoding="utf-8") as log:
        monkeypatch.setattr(sys, "stderr", log)
        assert progress_bar("notes") is None


# --- Help ------------------------------------------------------------------------------------------------------------


def command_named(name: str) -> click.Command:
    found = program.get_command(click.Context(program), name)
    assert found is not None
    return found


def test_the_program_tells_its_purpose_all_commands_and_examples() -> None:
    answer = infoview("--help", today=None)
    assert (answer.status, answer.err) == (0, "")
    lines = answer.lines
    assert lines[2] == "  Informational interviews in your own Markdown notes."
    listed = lines[lines.index("Commands:") + 1 :]
    assert [line.split()[0] for line in listed[: len(COMMANDS)]] == list(COMMANDS)
    assert [line.split(maxsplit=1)[1] for line in listed[: len(COMMANDS)]] == list(COMMANDS.values())
    assert "Examples:" in lines


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_tells_its_purpose_in_a_line_and_gives_an_example(name: str) -> None:
    answer = infoview(name, "--help", today=None)
    assert (answer.status, answer.err) == (0, "")
    usage, blank, purpose, *_ = answer.lines
    assert usage.startswith(f"Usage: infoview {name} ")
    assert blank == ""
    assert re.match(r"  [A-Z]", purpose)
    assert re.search(rf"^Examples?:\n  infoview {name}", answer.out, re.MULTILINE)
    assert max(map(len, answer.lines)) <= 90


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_is_told_twice_and_each_says_what_it_does(name: str) -> None:
    out = infoview(name, "--help", today=None).out
    told = re.findall(
        r"^  (?:-\w, )?(--[a-z-]+)", out.partition("Options:\n")[2].partition("\nExample")[0], re.MULTILINE
    )
    assert sorted(told) == sorted(set(told))
    assert {"--vault", "--today", "--json", "--help"} <= set(told)
    for one in command_named(name).params:
        assert not isinstance(one, click.Option) or one.help, one.name


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_the_examples_are_commands_that_there_are(name: str) -> None:
    examples = getattr(command_named(name) if name else program, "examples")  # noqa: B009 - of a class of our own
    for example in examples:
        called, *words = shlex.split(example.split("   ")[0])
        assert called == "infoview"
        while words[0].startswith("--"):
            words = words[2:]
        command_named(words[0]).make_context(words[0], words[1:])
