"""`infoview graph`: the contact network as a picture or as data."""

import dataclasses
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from infoview_md.cli.frame import (
    Command,
    Request,
    is_terminal,
    look,
    print_json,
    print_lines,
    print_text,
    progress_bar,
    say,
)
from infoview_md.errors import UsageError
from infoview_md.views.formats import Format

if TYPE_CHECKING:
    from infoview_md.vault import State

__all__ = ["command"]


@click.command(
    cls=Command,
    name="graph",
    examples=(
        "infoview graph",
        "infoview graph --format html -o network.html --open",
        "infoview graph --format mermaid -o Network.md",
        "infoview graph --format canvas -o Network.canvas",
        "infoview graph --format json -o network.json",
    ),
)
@click.option(
    "--format",
    "form",
    type=click.Choice([*map(str, Format)]),
    default=None,
    help="tree (default) for the eye, html for a browser, svg for a picture, mermaid and canvas for Obsidian, "
    "the rest for other programs.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to FILE.")
@click.option("--open", "opens", is_flag=True, help="Open the file when it is written.")
@click.option("--depth", type=click.IntRange(min=1), metavar="N", help="Show N levels of the tree.")
@click.option("--all", "whole", is_flag=True, help="Show the whole tree, however long it is.")
@click.pass_obj
def command(  # noqa: PLR0913 - one for each option
    request: Request, form: str | None, output: Path | None, depth: int | None, *, opens: bool, whole: bool
) -> None:
    """Show the contact network: who led to whom.

    On a terminal, the tree is folded to one screen; those who led to the most people are kept. Without --format, the
    ending of FILE says which it is. In a canvas that exists, what you moved, coloured or wrote stays.

    The JSON is node-link data; networkx reads it with node_link_graph(data, edges="edges"). With --json, any other
    format is a text in the answer, and for a file the answer has its path.
    """
    from infoview_md.views.lines import Look

    if opens and output is None:
        raise UsageError("there is no file to open", "name one: infoview graph --format mermaid -o Network.md --open")
    vault = request.open_vault()
    form = form or _form_of(output, usual=Format.JSON if request.json else Format.TREE)
    if output is None and form == Format.TREE and not request.json:
        _print_tree(vault.index(), depth, whole=whole)
        return
    as_note = output is not None and output.suffix.lower() == ".md"
    text = vault.graph(form, look=Look(width=None, depth=depth), as_note=as_note, progress=progress_bar("contacts"))
    written = vault.write_output(output, text) if output else None
    if request.json and (written or form != Format.JSON):
        from infoview_md.views.shapes import output_shape

        print_json(output_shape(form, text, written))
    elif written is None:
        print_text(text.removesuffix("\n").split("\n"))
    if output:
        say(f"wrote {written}")
    if opens and output:
        click.launch(os.path.expanduser(output))  # noqa: PTH111 - Path.expanduser raises where there is no such user


def _form_of(output: Path | None, *, usual: Format) -> Format:
    """The format that the ending of a file says; the usual one where there is none."""
    ending = output.suffix.lower() if output else ""
    if not ending:
        return usual
    if ending not in _ENDINGS:
        raise UsageError(
            f"{ending} says no format of the network", f"choose one of {', '.join(_ENDINGS)}, or name it with --format"
        )
    return _ENDINGS[ending]


_ENDINGS = {ending: one for one in Format for ending in one.endings}
_BESIDE = 3
"""Lines of a screen for what stands below the tree."""


def _print_tree(state: "State", depth: int | None, *, whole: bool) -> None:
    """Print the tree, folded to one screen where there is one, unless so many levels of it were asked for."""
    from infoview_md.network.graph import shown_contacts
    from infoview_md.views.tree import referral_tree

    folds = is_terminal() and not whole and depth is None
    height = max(shutil.get_terminal_size().lines - _BESIDE, _BESIDE) if folds else None
    lines = referral_tree(state.network, state.stages, dataclasses.replace(look(), depth=depth, height=height))
    print_lines(lines)
    if folds and len(lines) <= len(shown_contacts(state.network)):
        say("folded to fit the screen; everybody: infoview graph --all")
