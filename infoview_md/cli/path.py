"""`infoview path`: how to reach a person or an organization."""

import click

from infoview_md.cli.frame import Command, Request, look, print_json, print_lines

__all__ = ["command"]


@click.command(
    cls=Command,
    name="path",
    examples=(
        'infoview path "Ada Lovelace"',
        'infoview path "Analytical Engines"',
    ),
)
@click.argument("target")
@click.pass_obj
def command(request: Request, target: str) -> None:
    """Say how to reach TARGET, a person or an organization.

    The warmest chain of introductions from you, with the reason for each step, other ways, and what to do first. Found
    by name, alias, e-mail, path, or a part of the name.
    """
    from infoview_md.views.path import path_lines

    route = request.open_vault().path(target)
    if request.json:
        from infoview_md.views.shapes import path_shape

        print_json(path_shape(route))
    else:
        print_lines(path_lines(route, look()))
