"""`infoview export`: the vault's dates for other programs."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from infoview_md.cli.frame import Command, Request, print_json, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infoview_md.notes.findings import Finding
    from infoview_md.vault import State

__all__ = ["command"]


@click.command(
    cls=Command,
    name="export",
    examples=("infoview export --format ics -o interviews.ics",),
)
@click.option("--format", "form", type=click.Choice(["ics"]), required=True, help="ics, for calendar programs.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to FILE.")
@click.pass_obj
def command(request: Request, form: str, output: Path | None) -> int:
    """Write your interviews and what is due for a calendar program.

    Interviews have alarms, to confirm the day before and for the start; actions are all-day events. Importing again
    changes what has changed and doubles nothing. Nobody is invited. Times are right anywhere if Me.md has your
    timezone.
    """
    from infoview_md.views.shapes import output_shape

    vault = request.open_vault()
    state = vault.index()
    text = vault.calendar(state)
    written = vault.write_output(output, text) if output else None
    if request.json:
        print_json(output_shape(form, text, written))
    elif written is None:
        click.echo(text.encode(), nl=False)  # as bytes: its line ends are its own
    if written is not None:
        say(f"wrote {written}")
    doubts = tuple(_doubts(state))
    for one in doubts:
        say(f"{one.path}:{one.line or 1}: {one.severity} {one.code} {one.message}\n  {one.hint}")
    return 1 if any(one.severity == "error" for one in doubts) else 0


def _doubts(state: "State") -> "Iterator[Finding]":
    """The findings that may have put an event at another time than was meant."""
    from infoview_md.notes.reading import ME_PATH

    for one in state.findings:
        if one.code == "time-gap" or (one.code == "bad-timezone" and one.path == ME_PATH):
            yield one
