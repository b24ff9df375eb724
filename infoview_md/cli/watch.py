"""`infoview watch`: keeps index and views current until interrupted."""

from dataclasses import asdict

import click

from infoview_md.cli.frame import INTERRUPTED, Command, Request, print_json, print_lines, say

__all__ = ["command"]


@click.command(
    cls=Command,
    name="watch",
    examples=("infoview watch",),
)
@click.pass_obj
def command(request: Request) -> int:
    """Keep index and views current while you work; Ctrl-C ends it.

    Says in a line what changed, and at once what is wrong in a note you just saved. With --json, one line of JSON for
    each change.
    """
    from infoview_md.views.changes import refresh_lines
    from infoview_md.views.shapes import refresh_shape

    vault = request.open_vault()
    try:
        for number, refresh in enumerate(vault.watch()):
            if request.json:
                print_json(refresh_shape(refresh.paths, asdict(refresh.changes), refresh.findings), one_line=True)
                continue
            if number == 0:
                say(f"watching {vault.root}; Ctrl-C ends it")
            notes = len(refresh.state.index.readings)
            print_lines(refresh_lines(refresh.paths, refresh.findings, in_all=None if number else notes))
    except KeyboardInterrupt:
        say("stopped watching")
        return INTERRUPTED
    return 0
