"""`infoview check`: what is wrong or doubtful in the notes."""

import click

from infoview_md.cli.frame import Command, Request, print_json, print_lines, say

__all__ = ["command"]


@click.command(
    cls=Command,
    name="check",
    examples=("infoview check",),
)
@click.pass_obj
def command(request: Request) -> int:
    """List what is wrong or doubtful in the notes, with file, line and what to do.

    Reads only; ends with 1 when there is an error, with 0 when there are but warnings or hints.
    """
    from infoview_md.notes.findings import Severity
    from infoview_md.views.findings import finding_line, hint_line

    findings = request.open_vault().check()
    if request.json:
        from infoview_md.views.shapes import check_shape

        print_json(check_shape(findings))
    else:
        print_lines(line for one in findings for line in (finding_line(one), hint_line(one)))
    if not findings:
        say("nothing is wrong")
    return 1 if any(one.severity is Severity.ERROR for one in findings) else 0
