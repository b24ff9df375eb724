"""Runs the command line in this process, and says what a person would have seen."""

import contextlib
import io
from dataclasses import dataclass

from infoview_md.cli import run

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
