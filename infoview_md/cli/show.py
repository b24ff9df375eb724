"""`infoview show`: all that is known about one person, or what came of all your requests."""

import click

from infoview_md.cli.frame import Command, Request, look, print_json, print_lines
from infoview_md.errors import UsageError

__all__ = ["command"]


@click.command(
    cls=Command,
    name="show",
    examples=(
        'infoview show "Ada Lovelace"',
        "infoview show --me",
    ),
)
@click.argument("contact", required=False)
@click.option("--me", is_flag=True, help="Instead of a contact: how many you asked, who answered, what came of it.")
@click.pass_obj
def command(request: Request, contact: str | None, *, me: bool) -> None:
    """Show all that is known about CONTACT, on one screen.

    Found by name, alias, e-mail, path, or a part of the name: the stage and why, what happened when, who introduced
    whom, and what comes next.
    """
    from infoview_md.views.card import card_lines

    if me == bool(contact):
        raise UsageError("show a contact or --me, one of them", 'like: infoview show "Ada Lovelace"')
    if contact is None:
        _show_funnel(request)
        return
    card = request.open_vault().card(contact)
    if request.json:
        from infoview_md.views.shapes import show_shape

        print_json(show_shape(card))
    else:
        print_lines(card_lines(card, look()))


def _show_funnel(request: Request) -> None:
    from infoview_md.views.funnel import funnel_lines

    funnel = request.open_vault().index().funnel
    if request.json:
        from infoview_md.views.shapes import funnel_shape

        print_json(funnel_shape(funnel))
    else:
        print_lines(funnel_lines(funnel))
