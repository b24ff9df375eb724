"""`infoview mark`: what happened, set in the right note."""

import datetime as dt
from typing import TYPE_CHECKING

import click

from infoview_md.cli.frame import Command, Request, When, print_json, print_text, say

if TYPE_CHECKING:
    from infoview_md.agenda.marking import Marked

__all__ = ["command"]


@click.command(
    cls=Command,
    name="mark",
    examples=(
        'infoview mark sent "Ada Lovelace"',
        'infoview mark accepted "Ada Lovelace" --on 2026-11-20',
        'infoview mark later "Ada Lovelace" --until 2027-01-15',
        'infoview mark held "Interviews/2026-11-19 Ada Lovelace.md"',
    ),
)
@click.argument("event")
@click.argument("what", metavar="CONTACT_OR_NOTE")
@click.option("--on", "on", type=When(), metavar="DATE", help="The day it happened; of an interview, its day.")
@click.option("--until", type=When(), metavar="DATE", help="With later: the day on which to write again.")
@click.pass_obj
def command(request: Request, event: str, what: str, on: dt.date | None, until: dt.date | None) -> None:
    """Note that EVENT happened, in the newest note of CONTACT that fits, or in the NOTE that you name.

    EVENT is sent, replied, accepted, declined or later for a message, and held, cancelled or no-show for an interview.
    Only that property changes; the rest of the note stays as it is, byte for byte.
    """
    marked = request.open_vault().mark(event, what, on=on, until=until)
    if request.json:
        from infoview_md.views.shapes import mark_shape

        print_json(mark_shape(marked))
    else:
        _tell(marked)


def _tell(marked: "Marked") -> None:
    from infoview_md.views.shapes import json_safe

    print_text([marked.path])
    for change in marked.news:
        was = "" if change.before is None else f" (was {json_safe(change.before)})"
        say(f"  {change.property}: {change.after}{was}")
    if not marked.news:
        say("  it says so already; nothing was written")
