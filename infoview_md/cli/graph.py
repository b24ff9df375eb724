"""`infoview graph`: the contact network as a picture or as data."""

import os
from pathlib import Path

import click

from infoview_md.cli.frame import Command, Request, look, print_text, say
from infoview_md.errors import UsageError

__all__ = ["command"]


@click.command(
    cls=Command,
    name="graph",
    examples=(
        "infoview graph",
        "infoview graph --format mermaid -o Network.md",
        "infoview graph --format json -o network.json",
    ),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["tree", "mermaid", "json"]),
    default=None,
    help="tree (default) for the eye, mermaid for a note, json for other programs.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to FILE.")
@click.option("--open", "opens", is_flag=True, help="Open the file when it is written.")
@click.pass_obj
def command(request: Request, form: str | None, output: Path | None, *, opens: bool) -> None:
    """Show the contact network: who led to whom.

    The JSON is node-link data; networkx reads it with node_link_graph(data, edges="edges").
    """
    if opens and output is None:
        raise UsageError("there is no file to open", "name one: infoview graph --format mermaid -o Network.md --open")
    vault = request.open_vault()
    form = form or ("json" if request.json else "tree")
    text = vault.graph(form, look=look(), as_note=output is not None and output.suffix.lower() == ".md")
    if output is None:
        print_text(text.removesuffix("\n").split("\n"))
        return
    written = vault.write_output(output, text)
    say(f"wrote {written}")
    if opens:
        click.launch(os.path.expanduser(output))  # noqa: PTH111 - Path.expanduser raises where there is no such user
