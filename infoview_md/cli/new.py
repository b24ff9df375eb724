"""`infoview new`: makes a note from a template."""

import datetime as dt
from typing import TYPE_CHECKING

import click

from infoview_md.cli.frame import Command, Request, When, answers_option, pairs, print_json, print_text, say
from infoview_md.errors import UsageError

if TYPE_CHECKING:
    from infoview_md.drafting.drafts import Draft
    from infoview_md.vault import Vault

__all__ = ["command"]


@click.command(
    cls=Command,
    name="new",
    examples=(
        'infoview new contact "Ada Lovelace" --set organization="Analytical Engines"',
        'infoview new request "Ada Lovelace"',
        'infoview new prep "Ada Lovelace" --on 2026-12-01T14:30 --set duration=25',
        "infoview templates            lists what there is",
    ),
)
@click.argument("template")
@click.argument("contacts", nargs=-1, metavar="CONTACT...")
@answers_option("given", "A property, or the answer to a fill-in, like duration=20; may be repeated.")
@click.option("--on", "on", type=When(), metavar="WHEN", help="The day, or day and time, of the interview.")
@click.option("--about", metavar="CONTACT", help="The person that an update reports on.")
@click.option("--stage", metavar="STAGE", help="Instead of contacts: one note for each in this stage.")
@click.option("--organization", metavar="NAME", help="Instead of contacts: one note for each who works there.")
@click.option("--dry-run", is_flag=True, help="Print the note instead of making it.")
@click.option("--open", "opens", is_flag=True, help="Open the note when it is made.")
@click.pass_obj
def command(  # noqa: PLR0913, PLR0917 - one for each option
    request: Request,
    template: str,
    contacts: tuple[str, ...],
    given: tuple[str, ...],
    on: dt.date | None,
    about: str | None,
    stage: str | None,
    organization: str | None,
    *,
    dry_run: bool,
    opens: bool,
) -> None:
    """Make a note from TEMPLATE for CONTACT.

    A contact is found by name, alias, e-mail or path. Several contacts share one prep sheet, interview or thank-you, as
    for a panel; of other templates each gets a note. What only you can write is marked ==✎ like this==.
    """
    from infoview_md.views.shapes import new_shape

    vault = request.open_vault()
    answers = pairs(given)
    if contacts and (stage or organization):
        raise UsageError("name contacts, or a stage, or an organization, not both")
    if stage or organization:
        contacts = vault.contacts_where(stage=stage, organization=organization)
    drafts = vault.drafts(template, *contacts, on=on, about=about, answers=answers)
    made = [draft if dry_run else vault.create(draft) for draft in drafts]
    several = bool(stage or organization) or len(made) > 1
    if request.json:
        shapes = [new_shape(one.path, one.fill_ins, vault.findings_in(one)) for one in made]
        print_json(shapes if several else shapes[0])
    else:
        for draft in made:
            _tell(vault, draft, dry_run=dry_run)
    if opens and not dry_run:
        for draft in made:
            click.launch(str(vault.root / draft.path))


def _tell(vault: "Vault", draft: "Draft", *, dry_run: bool) -> None:
    if dry_run:
        print_text(draft.text.removesuffix("\n").split("\n"))
        say(f"(not written: {draft.path})")
        return
    print_text([draft.path])
    for one in draft.fill_ins:
        say(f"  line {one.line}: {one.prompt}")
    for found in vault.findings_in(draft):
        say(f"  {f'line {found.line}: ' if found.line else ''}{found.message}")
