"""`infoview watch`: keeps index and views current until it is told to end, and says what changed and what it meant."""

import os
import signal
from contextlib import closing, contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from infoview_md.cli.frame import INTERRUPTED, Command, Request, is_terminal, print_json, print_lines, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infoview_md.cli.desktop import Desktop
    from infoview_md.vault import Refresh, Vault
    from infoview_md.views.changes import Turn
    from infoview_md.views.lines import Line

__all__ = ["command"]

_POLL = 10
"""Seconds from one look to the next where `--poll` names none."""
_MOST_SHOWN = 4
"""Lines that fit into a notification."""


@click.command(
    cls=Command,
    name="watch",
    examples=(
        "infoview watch",
        "infoview watch --notify",
        "infoview watch --poll 30         looks every 30 seconds, for a network drive",
        "infoview watch --status          who watches this vault",
    ),
)
@click.option(
    "--poll",
    type=click.IntRange(1, 86_400),
    is_flag=False,
    flag_value=_POLL,
    metavar="[SECONDS]",
    help=f"Look every so many seconds ({_POLL}) instead of listening: for network drives, and Windows drives in WSL.",
)
@click.option("--read-only", is_flag=True, help="Follow along and write no views, beside another watcher if need be.")
@click.option("--notify", is_flag=True, help="Also show news on your desktop (needs desktop-notifier).")
@click.option("--status", is_flag=True, help="Say who watches this vault, and end: with 1 when nobody does.")
@click.pass_obj
def command(request: Request, *, poll: int | None, read_only: bool, notify: bool, status: bool) -> int:
    """Keep index and views current while you work; Ctrl-C ends it.

    Says in a line what changed and what it meant, and at once what is wrong in a note you just saved. Quiet when
    nothing happens. With --json, one line of JSON for each change.
    """
    vault = request.open_vault()
    if status:
        return _say_status(vault, as_json=request.json)
    desktop = _desktop() if notify else None
    try:
        with _ending_in_order():
            _watch(vault, _Teller(vault, desktop, as_json=request.json, read_only=read_only), poll=poll)
    except KeyboardInterrupt as end:
        say("stopped watching")
        return 0 if isinstance(end, _Ended) else INTERRUPTED
    return 0


def _watch(vault: "Vault", teller: "_Teller", *, poll: int | None) -> None:
    with closing(vault.watch(poll=poll, read_only=teller.read_only)) as refreshes:
        for number, refresh in enumerate(refreshes):
            if number:
                teller.tell(refresh)
            else:
                teller.begin(refresh)


def _desktop() -> "Desktop":
    from infoview_md.cli.desktop import Desktop

    return Desktop()


def _say_status(vault: "Vault", *, as_json: bool) -> int:
    from infoview_md.views.changes import watcher_line
    from infoview_md.views.lines import line, one_line
    from infoview_md.views.shapes import watcher_shape

    watcher = vault.watch_status()
    root = str(vault.root)
    if as_json:
        print_json(watcher_shape(root, asdict(watcher) if watcher else None))
    elif watcher:
        print_lines([watcher_line(root, watcher.pid, watcher.since, watcher.mode, watcher.last_change)])
    else:
        print_lines([line(f"nobody watches {one_line(root)}")])
    return 0 if watcher else 1


class _Teller:
    """Says what each turn brought, on the terminal and on the desktop."""

    def __init__(self, vault: "Vault", desktop: "Desktop | None", *, as_json: bool, read_only: bool) -> None:
        self.read_only = read_only
        self._vault = vault
        self._desktop = desktop
        self._as_json = as_json
        self._said: tuple[Line, ...] = ()
        self._day = vault.now.date()

    def begin(self, refresh: "Refresh") -> None:
        """Say who watches what, and what is due."""
        from infoview_md.views.changes import due_words, first_line, stamped

        turn = self._turn(refresh)
        actions = refresh.state.agenda.due(within=0)
        if self._as_json:
            self._print_json(turn)
        else:
            notes = refresh.changes.added + refresh.changes.modified + refresh.changes.unchanged
            root = str(self._vault.root)
            begin = first_line(turn, root, pid=os.getpid(), notes=notes, actions=actions, read_only=self.read_only)
            print_lines(stamped([begin], turn.at))
            self._say_notices(turn)
            if is_terminal():
                say("Ctrl-C ends it")
        self._show(*turn.notices, due_words((one for one in actions if not one.any_day), turn.at.date()))

    def tell(self, refresh: "Refresh") -> None:
        """Say what changed and what it meant, unless it was just said."""
        from infoview_md.views.changes import day_line, news_words, stamped, turn_lines

        turn = self._turn(refresh)
        if self._as_json:
            if turn.paths or turn.news or turn.findings or turn.notices:
                self._print_json(turn)
        else:
            self._say_notices(turn)
            lines = turn_lines(turn)
            # An editor that saves every few seconds would fill the terminal with its note's name.
            if lines and lines != self._said:
                day = [day_line(turn.at)] if turn.at.date() != self._day else []
                print_lines([*day, *stamped(lines, turn.at)])
                self._said, self._day = lines, turn.at.date()
        self._show(*turn.notices, *news_words(turn.news, most=_MOST_SHOWN))

    def _turn(self, refresh: "Refresh") -> "Turn":
        from infoview_md.views.changes import Turn

        some_gone = refresh.news and refresh.changes.removed
        return Turn(
            at=self._vault.now,
            paths=refresh.paths,
            changes=asdict(refresh.changes),
            gone=frozenset(refresh.paths).difference(refresh.state.index.readings if some_gone else refresh.paths),
            news=refresh.news,
            findings=refresh.findings,
            notices=refresh.notices,
            mode=refresh.mode,
        )

    def _say_notices(self, turn: "Turn") -> None:
        for notice in turn.notices:
            say(f"{turn.at:%H:%M}  {notice}")

    def _print_json(self, turn: "Turn") -> None:
        from infoview_md.views.shapes import refresh_shape

        print_json(refresh_shape(turn), one_line=True)

    def _show(self, *lines: str) -> None:
        if self._desktop and any(lines):
            self._desktop.show("infoview", "\n".join(filter(None, lines)))


class _Ended(KeyboardInterrupt):
    """The watch was told to end, by a service manager or because its terminal was closed."""


@contextmanager
def _ending_in_order() -> "Iterator[None]":
    """Let the signals that ask a process to end do so as Ctrl-C does, unless they are ignored, as `nohup` wants it."""

    def end(*_: object) -> None:
        raise _Ended

    known = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP", "SIGBREAK")]
    before = {one: signal.getsignal(one) for one in known if one is not None}
    changed = {one: handler for one, handler in before.items() if handler is not signal.SIG_IGN}
    for one in changed:
        signal.signal(one, end)
    try:
        yield
    finally:
        for one, handler in changed.items():
            signal.signal(one, handler)
