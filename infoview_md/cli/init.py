"""`infoview init`: makes a vault, or makes an existing one ready; touches nothing that exists."""

import sys
from collections.abc import Mapping

import click

from infoview_md.cli.frame import Command, Request, answers_option, pairs, print_json, print_text, say
from infoview_md.errors import ConflictError
from infoview_md.notes.text import in_command

__all__ = ["command"]

ASKED = {"name": "Your name", "email": "Your e-mail address (empty to skip)"}


@click.command(
    cls=Command,
    name="init",
    examples=('infoview init search --set name="Imogen Clough" --set email=imogen@example.org',),
)
@click.argument("folder", required=False, metavar="[DIR]")
@answers_option("given", 'A property of Me.md, like name="Ada Lovelace"; may be repeated.')
@click.option("--dashboards", is_flag=True, help="Also make the views that index and watch keep current.")
@click.pass_obj
def command(request: Request, folder: str | None, given: tuple[str, ...], *, dashboards: bool) -> None:
    """Make a vault in DIR, or make your vault ready.

    Writes Me.md, your profile, and the folders that the templates use. What exists is left as it is. Without DIR, the
    vault of --vault or this folder.
    """
    from infoview_md.vault import Vault

    properties = pairs(given)
    place = folder or request.vault or "."
    vault, made = Vault.make(place, today=request.today)
    if not vault.has_profile():
        if sys.stdin.isatty():
            properties = _answers(properties) | properties
        made = (*made, *vault.make_profile(properties))
    elif properties:
        raise ConflictError("Me.md exists already and is left as it is", "change it in your editor")
    made = (*made, *(vault.make_views() if dashboards else ()))
    if request.json:
        from infoview_md.views.shapes import init_shape

        print_json(init_shape(str(vault.root), made))
        return
    print_text([f"made {path}" for path in made] or ["everything is there already; nothing was touched"])
    where = "" if place == "." else f"--vault {in_command(place).removeprefix('-- ')} "
    say(f'next: infoview {where}new contact "Their Name"')


def _answers(known: Mapping[str, object]) -> dict[str, object]:
    """Ask for what a profile should have; an empty answer leaves it out."""
    asked = {name: question for name, question in ASKED.items() if name not in known}
    answers = {
        name: click.prompt(question, default="", show_default=False, err=True) for name, question in asked.items()
    }
    return {name: answer for name, answer in answers.items() if answer.strip()}
