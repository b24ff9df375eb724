"""A message note made ready for a mail program, or refused with every reason. Reads no file and sends nothing."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from infoview_md.errors import NotReadyError
from infoview_md.exchange.addresses import BadAddressError, Mailbox, is_broken, read_mailbox, same_address
from infoview_md.exchange.plain_text import open_comment, plain_text, portable
from infoview_md.network.people import Contact
from infoview_md.notes import fences
from infoview_md.notes.findings import Finding
from infoview_md.notes.frontmatter import read_block
from infoview_md.notes.nodes import Scalar
from infoview_md.notes.properties import fold_name
from infoview_md.notes.records import MeNote, MessageNote
from infoview_md.notes.text import visible
from infoview_md.notes.values import Spot, texts_in

__all__ = ["REFUSED", "Mail", "mail_from"]

REFUSED = frozenset({"fill-in-left", "template-mark-left", "greeting-other"})
"""The findings of proofreading that are no matter of taste: a blank, or somebody else's name."""
_LONGEST = 100_000
"""Characters. Nobody reads a longer mail, and patterns stay fast."""
_IN_THE_HEAD = ("subject", "to", "cc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What a mail program is given. `note` is the path of the message note, `markdown` the same text as `text`.

    `left_out` are the embeds that the note has and the mail has not, `findings` what is doubtful but no reason to
    refuse. Raises NotReadyError when the subject or a name would break out of its line, so there is no mail that could.
    """

    note: str
    to: tuple[Mailbox, ...]
    subject: str
    text: str
    markdown: str = ""
    sender: Mailbox | None = None
    cc: tuple[Mailbox, ...] = ()
    left_out: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        """See that every part of the head is one line."""
        head = (self.subject, *(one.name + one.address for one in (*self.to, *self.cc, self.sender) if one))
        if any(map(is_broken, head)):
            raise NotReadyError(f"{self.note} is not ready to go out", "a line break or control character in its head")


def mail_from(  # noqa: PLR0913 - the note, and the facts that decide about it
    note: MessageNote,
    parts: fences.Split,
    addressees: Sequence[Contact],
    me: MeNote | None,
    today: dt.date,
    *,
    again: bool = False,
    findings: Sequence[Finding] = (),
) -> Mail:
    """Make a mail from a message to `addressees`; `parts` is its note, taken apart.

    `again` allows what was sent before; `findings` are those of proofreading. Raises NotReadyError with all reasons
    that there are against sending it.
    """
    reasons = [*([] if again else _went_out(note, today)), *_wrong_channel(note), *_broken(parts)]
    reasons += [f"line {one.line}: {one.message}" for one in findings if one.code in REFUSED]
    body = portable(parts.body) if len(parts.body) <= _LONGEST else portable("")
    reasons += _wrong_text(parts, body.markdown)
    to = _recipients(note, addressees, reasons)
    cc = tuple(_read_all(note.cc, "cc", reasons))
    if reasons:
        raise NotReadyError(f"{note.path} is not ready to go out", "\n  ".join(map(visible, dict.fromkeys(reasons))))
    return Mail(
        note=note.path,
        sender=_sender(me),
        to=to,
        cc=cc,
        subject=note.subject or "",
        text=plain_text(body.markdown),
        markdown=body.markdown,
        left_out=body.left_out,
        findings=tuple(one for one in findings if one.code not in REFUSED),
    )


def _went_out(note: MessageNote, today: dt.date) -> Iterator[str]:
    if note.sent is not None and note.sent <= today:
        yield f"it was sent on {note.sent}; say --again to write it once more"
    elif note.sent is None and "sent" in note.lines:
        yield f"line {note.lines['sent']}: sent says something that is no date; say --again if it was not sent"
    elif note.replied is not None or note.reply is not None:
        yield "they answered it, so it was sent; say --again to write it once more"


def _wrong_channel(note: MessageNote) -> Iterator[str]:
    if note.channel not in (None, "email"):
        yield f"its channel is {note.channel}; make it email if that is how it goes out"


def _broken(parts: fences.Split) -> Iterator[str]:
    """A line break in a property of the head, which the reader of notes makes a blank, may hide another recipient."""
    for one in read_block(parts.block or "").properties:
        name = fold_name(one.name)
        texts = texts_in(one.value, Spot("", name, [])) if name in _IN_THE_HEAD else list[Scalar]()
        if any(is_broken(scalar.text.strip()) for scalar in texts):
            yield f"line {one.line}: {name} holds a line break or a control character (header-injection)"


def _wrong_text(parts: fences.Split, markdown: str) -> Iterator[str]:
    if len(parts.body) > _LONGEST:
        yield f"it has {len(parts.body):,} characters; a mail has up to {_LONGEST:,} here"
        return
    for found in fences.body_findings(parts, ""):
        yield f"line {found.line}: {found.message}"
    if (line := open_comment(parts.body, parts.body_line)) is not None:
        yield f"line {line}: a comment begins here and never ends, so that it hides the rest; close it"
    elif not plain_text(markdown).strip():
        yield "it has no text"


def _recipients(note: MessageNote, addressees: Sequence[Contact], reasons: list[str]) -> tuple[Mailbox, ...]:
    """Whom it goes to: `to`, which must be the contacts' own addresses where these are known; else these."""
    known = [(one, one.note.email) for one in addressees if one.note and one.note.email]
    if not note.to:
        nowhere = [one.name for one in addressees if not (one.note and one.note.email)]
        if nowhere or not addressees:
            reasons.append(f"there is no address for {' and '.join(nowhere) or 'it'}: write one into to")
    written = list(_read_all(note.to or [email for _, email in known], "to", reasons))
    named = []
    for one in written:
        owner = next((contact for contact, email in known if same_address(email, one.address)), None)
        if owner is None and known and len(known) == len(addressees):
            theirs = " or ".join(f"{email} ({contact.path})" for contact, email in known)
            reasons.append(f"it goes to {one.address}, but the address of its contact is {theirs}: mend one of them")
        named.append(Mailbox(one.address, one.name or (owner.name if owner else "")))
    return tuple({one.address.lower(): one for one in reversed(named)}.values())[::-1]


def _read_all(texts: Iterable[str], name: str, reasons: list[str]) -> Iterator[Mailbox]:
    for text in texts:
        try:
            yield read_mailbox(text)
        except BadAddressError as error:
            reasons.append(f"{name}: {text} {error}")


def _sender(me: MeNote | None) -> Mailbox | None:
    """From whom: the mail program knows better, so an address that is none is left out and not refused."""
    if me is None or me.email is None:
        return None
    try:
        mailbox = read_mailbox(me.email)
    except BadAddressError:
        return None
    return Mailbox(mailbox.address, mailbox.name or ("" if is_broken(me.name or "") else me.name or ""))
