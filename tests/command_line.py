"""Runs the command line, in this process or in one of its own, and says what a person would have seen."""

import contextlib
import io
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from infoview_md.cli import run

REPOSITORY = Path(__file__).parents[1]
TODAY = "2026-11-23"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command left behind: its exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


def infoview(*arguments: str, encoding: str = "utf-8", today: str | None = TODAY) -> Answer:
    """Run one command, on a day that is always the same."""
    given = (*arguments, "--today", today) if today and not {"--", "--today"} & set(arguments) else arguments
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="", write_through=True) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = run(given)
    return Answer(status=status, out=_written(out, encoding), err=_written(err, encoding))


def _written(stream: io.TextIOWrapper, encoding: str) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode(encoding)


@contextlib.contextmanager
def process(
    *arguments: str,
    out: int = subprocess.PIPE,
    err: int = subprocess.PIPE,
    given: int = subprocess.DEVNULL,
    around: Mapping[str, str] = os.environ,
) -> Iterator[subprocess.Popen[bytes]]:
    """A command as a process of its own, which does not outlive the test."""
    with _as_a_terminal_begins_it():
        running = subprocess.Popen(
            [sys.executable, "-m", "infoview_md", *arguments],
            stdin=given,
            stdout=out,
            stderr=err,
            env={**around, "PYTHONPATH": str(REPOSITORY)},
        )
    with running:
        try:
            yield running
        finally:
            running.kill()


@contextlib.contextmanager
def _as_a_terminal_begins_it() -> Iterator[None]:
    """Let what begins here hear of Ctrl-C and a closed terminal, even if the tests run by nohup or in the background.

    A process hands on which signals it ignores, but not its handlers (POSIX, `exec`).
    """
    ignored = [one for one in (signal.SIGINT, signal.SIGHUP) if signal.getsignal(one) is signal.SIG_IGN]
    for one in ignored:
        signal.signal(one, lambda *_: None)
    try:
        yield
    finally:
        for one in ignored:
            signal.signal(one, signal.SIG_IGN)


def read_until(descriptor: int, words: bytes) -> bytes:
    """What is said up to some words; less, when a minute passes without a word."""
    said = b""
    while words not in said and select.select([descriptor], [], [], 60)[0]:
        if not (more := os.read(descriptor, 65536)):
            break
        said += more
    return said
