"""`infoview email`: hands a message to the user's mail program; never sends it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from infoview_md.cli.frame import Command, Request, print_json, print_text, say
from infoview_md.errors import FileTroubleError, UsageError

if TYPE_CHECKING:
    from infoview_md.exchange.mail import Mail

__all__ = ["command"]


@click.command(
    cls=Command,
    name="email",
    examples=(
        'infoview email "Ada Lovelace"             shows it as it will go out',
        'infoview email "Ada Lovelace" --open      opens it in your mail program',
        'infoview email "Outreach/2026-11-22 Request - Ada Lovelace.md" --eml ada.eml',
        'infoview email "Ada Lovelace" --mailto --open',
    ),
)
@click.argument("what", metavar="NOTE_OR_CONTACT")
@click.option(
    "--eml", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write it to FILE, as a draft."
)
@click.option("--mailto", is_flag=True, help="Make a mailto: link of it, for web mail and short messages.")
@click.option("--open", "opens", is_flag=True, help="Open the draft, or with --mailto the link, in your mail program.")
@click.option("--html", is_flag=True, help="Give the draft an HTML form beside its text (needs markdown-it-py).")
@click.option("--again", is_flag=True, help="Also a message that was sent before.")
@click.pass_obj
def command(  # noqa: PLR0913 - one for each option
    request: Request, what: str, eml: Path | None, *, mailto: bool, opens: bool, html: bool, again: bool
) -> None:
    """Hand a message to your mail program: the note that you name, or the newest unsent one to a contact.

    Without an option it is only shown, as it will go out: as plain text, where links are their text, and comments and
    embeds stay behind. --open writes a draft (.eml) to your cache
    folder and opens it; where your mail program does not take such files, use --mailto. Nothing is ever sent: you look
    at it, you send it, and then you say `infoview mark sent`.

    Refused, with every reason: blanks left to fill in, another contact's name in the greeting, no address or an
    impossible one, an address that is not the contact's, a message that was sent already.
    """
    from infoview_md.exchange.mailto import as_mailto

    if mailto and (eml is not None or html):
        raise UsageError("a link is no file and holds no HTML", "leave out --mailto, or the other option")
    if html and not (eml or opens):
        raise UsageError("where should the HTML go?", "say --open, or --eml FILE")
    vault = request.open_vault()
    mail = vault.mail(what, again=again)
    link = as_mailto(mail) if mailto else None
    file = vault.write_eml(mail, eml, html=html) if link is None and (eml or opens) else None
    if request.json:
        _print_json(mail, file, link)
    else:
        made = link or file
        print_text([made] if made else _shown(mail))
        _tell(mail, shown_only=not made)
    _warn_of_length(link)
    if opens and click.launch(link or str(file)):
        raise FileTroubleError("there is no program here that opens it", "open what is named above by hand")


def _shown(mail: "Mail") -> list[str]:
    """The mail as it will go out."""
    fields = (
        ("From", [mail.sender] if mail.sender else []),
        ("To", mail.to),
        ("Cc", mail.cc),
        ("Subject", [mail.subject]),
    )
    head = [f"{name}: {', '.join(map(str, values))}" for name, values in fields if values]
    return [*head, "", *mail.text.split("\n")]


def _tell(mail: "Mail", *, shown_only: bool) -> None:
    from infoview_md.notes.text import in_command

    say(f"from {mail.note}")
    for one in mail.findings:
        say(f"  {f'line {one.line}: ' if one.line else ''}{one.message}")
    for name in mail.left_out:
        say(f"  left out: {name}; attach it yourself if it should go along")
    if shown_only:
        say(f"to open it in your mail program: infoview email {in_command(mail.note)} --open")
    else:
        say(f"when it is sent: {_next(mail)}")


def _next(mail: "Mail") -> str:
    from infoview_md.notes.text import in_command

    return f"infoview mark sent {in_command(mail.note)}"


def _warn_of_length(link: str | None) -> None:
    from infoview_md.exchange.mailto import SAFE_LENGTH

    if link is not None and len(link) > SAFE_LENGTH:
        say(f"the link has {len(link):,} characters; some programs cut it after {SAFE_LENGTH:,}: use --eml")


def _print_json(mail: "Mail", file: str | None, link: str | None) -> None:
    from infoview_md.views.shapes import email_shape

    shape = email_shape(
        note=mail.note,
        sender=str(mail.sender) if mail.sender else None,
        to=map(str, mail.to),
        cc=map(str, mail.cc),
        subject=mail.subject,
        text=mail.text,
        left_out=mail.left_out,
        eml=file,
        mailto=link,
        findings=mail.findings,
        command=_next(mail),
    )
    print_json(shape)
