"""What all commands share: the options before or after the command's name, the vault, and how answers are printed."""

import contextlib
import datetime as dt
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from gettext import gettext
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

import click

from infoview_md.errors import UsageError

if TYPE_CHECKING:
    from infoview_md.vault import Vault
    from infoview_md.views.lines import Line, Look

__all__ = [
    "COMMANDS",
    "INTERRUPTED",
    "Command",
    "Commands",
    "Request",
    "When",
    "answers_option",
    "common_options",
    "is_terminal",
    "look",
    "pairs",
    "print_json",
    "print_lines",
    "print_text",
    "progress_bar",
    "say",
    "say_error",
]

COMMANDS = {
    "init": "make a vault, or make your vault ready",
    "new": "make a note from a template",
    "email": "hand a message to your mail program; nothing is sent",
    "mark": "note what happened: sent, replied, held and so on",
    "index": "bring the index up to date and show where you stand",
    "due": "what to do today, and why",
    "show": "all that is known about one person",
    "path": "how to reach a person or an organization, and through whom",
    "graph": "the contact network, as a tree, a diagram or data",
    "check": "what is wrong or doubtful in the notes",
    "watch": "keep index and views current while you work",
    "export": "interviews and what is due, for a calendar",
    "templates": "list the templates, print one, copy one to your vault",
}
"""Every command and what it does, in the order of use; each lives in the module of its name."""

BAR_WIDTH = 30
_PATIENCE = 0.5
"""Seconds for which nobody needs to be told that something goes on."""
INTERRUPTED = 130
"""The exit status of a command that Ctrl-C ended."""

_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])


class Request:
    """What the options that every command takes have said; filled while click reads the command line."""

    def __init__(self) -> None:
        self.vault: str | None = None
        self.today: dt.date | None = None
        self.json = False

    def open_vault(self) -> "Vault":
        """The vault of this request: `--vault`, else INFOVIEW_VAULT, else the nearest folder upwards that is one."""
        from infoview_md.vault import Vault

        return Vault.nearest(self.vault, today=self.today, progress=progress_bar("notes"), notify=say)


class When(click.ParamType[dt.date]):
    """A date, or a date and time, as Obsidian writes them."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Read `2026-11-22` or `2026-11-22T14:30`; anything else is wrong use."""
        if not isinstance(value, str):
            return value
        for pattern in ("%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"):
            try:
                moment = dt.datetime.strptime(value, pattern)
            except ValueError:
                continue
            return moment.date() if pattern == "%Y-%m-%d" else moment
        return self.fail(f"{value!r} is not a date like 2026-11-22 or 2026-11-22T14:30", param, ctx)


def _remember(name: str) -> Callable[[click.Context, click.Parameter, Any], Any]:
    def callback(context: click.Context, _: click.Parameter, value: Any) -> None:  # noqa: ANN401 - click's signature
        if value:
            setattr(context.ensure_object(Request), name, value)

    return callback


def _options() -> list[click.Option]:
    shared: dict[str, Any] = {"expose_value": False}
    return [
        click.Option(
            ["--vault"],
            metavar="DIR",
            callback=_remember("vault"),
            help="The folder of notes; else INFOVIEW_VAULT, else the nearest folder that has Me.md or .obsidian.",
            **shared,
        ),
        click.Option(
            ["--today"],
            type=When(),
            metavar="DATE",
            callback=_remember("today"),
            help="Pretend it is this day.",
            **shared,
        ),
        click.Option(["--json"], is_flag=True, callback=_remember("json"), help="Answer as JSON.", **shared),
    ]


def common_options(decorated: _Decorated) -> _Decorated:
    """Add the options that every command takes."""
    decorated.__click_params__ = [*_options(), *getattr(decorated, "__click_params__", [])]  # type: ignore[attr-defined]
    return decorated


class _Exemplary(click.Command):
    """A command whose help ends with examples."""

    def __init__(self, *arguments: Any, examples: Sequence[str] = (), **settings: Any) -> None:  # noqa: ANN401 - click's
        super().__init__(*arguments, **settings)
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the examples, each on a line of its own."""
        if self.examples:
            with formatter.section("Examples" if len(self.examples) > 1 else "Example"):
                for one in self.examples:
                    formatter.write(f"{'':>{formatter.current_indent}}{one}\n")


class Command(_Exemplary):
    """A command that also takes the common options behind its name."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401 - click's signature
        super().__init__(*arguments, **settings)
        self.params += _options()


class Commands(_Exemplary, click.Group):
    """The group of commands; a command's module is imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names, in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import the module of a command."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"infoview_md.cli.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one may have been meant."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean: infoview {near[0]}?" if near else "see: infoview --help"
            raise UsageError(f"there is no command {args[0]!r}", hint)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """List the commands without importing them."""
        with formatter.section(gettext("Commands")):
            formatter.write_dl(list(COMMANDS.items()))


def answers_option(name: str, text: str) -> Callable[[_Decorated], _Decorated]:
    """The option `--set NAME=VALUE`, which may be repeated."""
    return click.option("--set", name, multiple=True, metavar="NAME=VALUE", help=text)


def pairs(given: Iterable[str]) -> dict[str, object]:
    """Read `--set` options: the value of each name, or all of them where it is given more than once."""
    read: dict[str, list[str]] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"--set {one!r} is no NAME=VALUE", "like: --set duration=20")
        read.setdefault(name.strip(), []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in read.items()}


def print_text(lines: Iterable[str]) -> None:
    """Print an answer, all at once; characters that nobody can see, or that steer a terminal, are shown escaped."""
    from infoview_md.notes.text import visible

    if printed := [visible(line) for line in lines]:
        click.echo("\n".join(printed))


_COLOURS: dict[str, dict[str, Any]] = {
    "plain": {},
    "strong": {"bold": True},
    "heading": {"bold": True},
    "muted": {"dim": True},
    "warning": {"fg": "yellow"},
    "error": {"fg": "red"},
}


def print_lines(lines: Iterable["Line"]) -> None:
    """Print styled lines, all at once: in colour on a terminal that wants it, else plain."""
    from infoview_md.notes.text import visible

    colour = is_terminal() and not os.environ.get("NO_COLOR")
    printed = []
    for line in lines:
        pieces = ((visible(one.text), _COLOURS[one.style] if colour else {}) for one in line.segments)
        printed.append("".join(click.style(text, **style) if style else text for text, style in pieces))
    if printed:
        click.echo("\n".join(printed), color=colour)


def print_json(answer: object, *, one_line: bool = False) -> None:
    """Print an answer as JSON."""
    from infoview_md.views.shapes import to_json

    click.echo(to_json(answer, one_line=one_line))


def say(message: str) -> None:
    """Say something beside the answer, on standard error; when nobody listens there, the command goes on."""
    from infoview_md.notes.text import visible

    with contextlib.suppress(OSError):
        click.echo(visible(message), err=True)


def say_error(message: str, hint: str = "") -> None:
    """Say what went wrong and what to do, on standard error."""
    say(f"infoview: {message}")
    if hint:
        say(f"  {hint}")


def progress_bar(what: str) -> Callable[[int, int], None] | None:
    """A bar on standard error that counts `what`, for when that takes longer than half a second; gone when all is done.

    None when nobody looks at it.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        return None
    from infoview_md.disk.clock import monotonic

    shown_from: float | None = None

    def show(done: int, in_all: int) -> None:
        nonlocal shown_from
        shown_from = shown_from or monotonic() + _PATIENCE
        if monotonic() < shown_from:
            return
        filled = BAR_WIDTH * done // max(in_all, 1)
        bar = f"\r[{'#' * filled}{'-' * (BAR_WIDTH - filled)}] {done:,} of {in_all:,} {what}"
        click.echo(f"\r{'':{len(bar)}}\r" if done >= in_all else bar, nl=False, err=True)

    return show


def is_terminal() -> bool:
    """Whether a person is looking at the answer."""
    return sys.stdout is not None and sys.stdout.isatty()


def look() -> "Look":
    """How much room the answer has, and whether its letters can be drawn there."""
    from infoview_md.views.lines import Look

    ascii_only = not _can_draw(getattr(sys.stdout, "encoding", None) or "ascii")
    if not is_terminal():
        return Look(ascii_only=ascii_only)
    return Look(width=shutil.get_terminal_size().columns, ascii_only=ascii_only)


def _can_draw(encoding: str) -> bool:
    try:
        "├─└│…✎·".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
