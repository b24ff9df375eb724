"""`infoview due`: what to do, by when, and why."""

from pathlib import Path

import click

from infoview_md.cli.frame import Command, Request, look, print_json, print_lines, say

__all__ = ["command"]


@click.command(
    cls=Command,
    name="due",
    examples=(
        "infoview due",
        "infoview due --within 0        today only",
        "infoview due --ics due.ics     for a calendar",
    ),
)
@click.option(
    "--within",
    type=click.IntRange(0, 3650),
    default=7,
    show_default=True,
    metavar="DAYS",
    help="How far to look ahead.",
)
@click.option("--stage", metavar="STAGE", help="Only contacts in this stage.")
@click.option("--organization", metavar="NAME", help="Only contacts who work there.")
@click.option(
    "--ics",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Also write the list to FILE, for a calendar.",
)
@click.option("--exit-code", is_flag=True, help="End with 1 when something is due, for scripts.")
@click.pass_obj
def command(  # noqa: PLR0913 - one for each option
    request: Request,
    within: int,
    stage: str | None,
    organization: str | None,
    ics: Path | None,
    *,
    exit_code: bool,
) -> int:
    """Say what to do in the next DAYS, and why.

    What is overdue comes first, always. Each tells the reason and the command that does it.
    """
    vault = request.open_vault()
    actions = vault.due(within=within, stage=stage, organization=organization)
    today = vault.now.date()
    if request.json:
        from infoview_md.views.shapes import due_shape

        print_json(due_shape(actions, today))
    else:
        from infoview_md.views.due import due_lines

        print_lines(due_lines(actions, today, look()))
    if ics is not None:
        say(f"wrote {vault.write_output(ics, vault.calendar_of(actions))}")
    return 1 if exit_code and actions else 0
