"""`infoview new`: makes a note from a template."""

import datetime as dt
from typing import TYPE_CHECKING

import click

from infoview_md.cli.frame import Command, Request, When, answers_option, pairs, print_json, print_text, say, say_error
from infoview_md.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infoview_md.drafting.drafts import Draft
    from infoview_md.vault import Vault
    from infoview_md.vault.desk import Outcome
    from infoview_md.views.shapes import Json

__all__ = ["command"]


@click.command(
    cls=Command,
    name="new",
    examples=(
        'infoview new contact "Ada Lovelace" --set organization="Analytical Engines"',
        'infoview new request "Ada Lovelace"',
        'infoview new prep "Ada Lovelace" --on 2026-12-01T14:30 --set duration=25',
        "infoview new announcement --stage met,thanked,in-touch --dry-run",
        "infoview templates            lists what there is",
    ),
)
@click.argument("template")
@click.argument("contacts", nargs=-1, metavar="CONTACT...")
@answers_option("given", "A property, or the answer to a fill-in, like duration=20; may be repeated.")
@click.option("--on", "on", type=When(), metavar="WHEN", help="The day, or day and time, of the interview.")
@click.option("--about", metavar="CONTACT", help="The person that an update reports on.")
@click.option("--topic", metavar="TOPIC", help="Of a prep sheet: only questions on this topic.")
@click.option("--questions", type=click.IntRange(0), metavar="NUMBER", help="Of a prep sheet: so many questions.")
@click.option("--stage", metavar="STAGES", help="Instead of contacts: one note for each in these stages.")
@click.option("--organization", metavar="NAME", help="Instead of contacts: one note for each who works there.")
@click.option("--dry-run", is_flag=True, help="Show what would be made, and make nothing.")
@click.option("--open", "opens", is_flag=True, help="Open the note when it is made.")
@click.pass_obj
def command(  # noqa: PLR0913, PLR0917 - one for each option
    request: Request,
    template: str,
    contacts: tuple[str, ...],
    given: tuple[str, ...],
    on: dt.date | None,
    about: str | None,
    topic: str | None,
    questions: int | None,
    stage: str | None,
    organization: str | None,
    *,
    dry_run: bool,
    opens: bool,
) -> int:
    """Make a note from TEMPLATE for CONTACT.

    A contact is found by name, alias, e-mail or path. Several contacts share one prep sheet, interview or thank-you, as
    for a panel; of other templates each gets a note. What only you can write is marked ==✎ like this==.

    With --stage (several, parted by commas) or --organization each contact gets a note of their own. Who has one
    already is passed over, with the reason; what goes wrong with one stops none of the others.
    """
    vault = request.open_vault()
    answers = pairs(given) | {key: one for key, one in (("topic", topic), ("count", questions)) if one is not None}
    if contacts and (stage or organization):
        raise UsageError("name contacts, or a stage, or an organization, not both")
    if stage or organization:
        many = vault.contacts_where(stage=stage, organization=organization)
        outcomes = vault.one_each(template, many, on=on, about=about, answers=answers, dry_run=dry_run)
        return _tell_of_many(request, vault, outcomes, dry_run=dry_run, opens=opens)
    drafts = vault.drafts(template, *contacts, on=on, about=about, answers=answers)
    made: list[Draft] = []
    try:
        for draft in drafts:
            made.append(draft if dry_run else vault.create(draft))  # noqa: PERF401 - those made are told of in any case
    finally:
        _tell_of_all(request, vault, made, dry_run=dry_run, several=len(drafts) > 1)
    if opens and not dry_run:
        _open(vault, made)
    return 0


def _tell_of_all(request: Request, vault: "Vault", made: "list[Draft]", *, dry_run: bool, several: bool) -> None:
    from infoview_md.views.shapes import new_shape

    if not request.json:
        for draft in made:
            _tell(vault, draft, dry_run=dry_run)
        return
    shapes = [new_shape(one.path, one.fill_ins, vault.findings_in(one)) for one in made]
    if several or shapes:
        print_json(shapes if several else shapes[0])


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


def _tell_of_many(
    request: Request, vault: "Vault", outcomes: "Iterable[Outcome]", *, dry_run: bool, opens: bool
) -> int:
    """Tell of each contact as soon as it is done, so that whatever ends the command, what was made is known."""
    done: list[Outcome] = []
    try:
        for one in outcomes:
            done.append(one)
            if not request.json:
                _tell_one(vault, one)
    finally:
        if request.json:
            print_json([_shape(vault, one) for one in done])
    made = [one.draft for one in done if one.draft]
    failed = [one.error for one in done if one.error]
    if not request.json:
        skipped = len(done) - len(made) - len(failed)
        counts = [f"{len(made)} {'would be ' if dry_run else ''}made"]
        counts += [f"{skipped} passed over"] if skipped else []
        counts += [f"{len(failed)} failed"] if failed else []
        say(", ".join(counts))
    if opens and not dry_run:
        _open(vault, made)
    return failed[0].exit_status if failed else 0


def _tell_one(vault: "Vault", one: "Outcome") -> None:
    if one.draft:
        print_text([one.draft.path])
        if one.draft.fill_ins:
            say(f"  {len(one.draft.fill_ins)} to fill in: {'; '.join(each.prompt for each in one.draft.fill_ins)}")
        for found in vault.findings_in(one.draft):
            say(f"  {f'line {found.line}: ' if found.line else ''}{found.message}")
    elif one.error:
        say_error(f"{one.contact.name}: {one.error.message}", one.error.hint)
    else:
        say(f"passed over {one.contact.name}: {one.skipped}")


def _shape(vault: "Vault", one: "Outcome") -> "dict[str, Json]":
    from infoview_md.views.shapes import each_shape

    draft = one.draft
    return each_shape(
        contact=one.contact.name,
        path=draft.path if draft else None,
        fill_ins=draft.fill_ins if draft else (),
        findings=vault.findings_in(draft) if draft else (),
        skipped=one.skipped or None,
        error=one.error.message if one.error else None,
    )


def _open(vault: "Vault", made: "Iterable[Draft]") -> None:
    for draft in made:
        click.launch(str(vault.root / draft.path))
