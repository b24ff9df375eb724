"""A mail as an `.eml` draft, which a mail program opens for the user to look at and send. Writes no file.

The addresses are encoded and folded here, one to a line: some releases of Python, left to themselves, lose recipients
whose names hold commas, or are long, beside letters outside of ASCII. The rest is `email.policy.SMTP`.
"""

from collections.abc import Sequence
from email import policy
from email.header import Header
from email.message import EmailMessage

from infoview_md.exchange.addresses import Mailbox
from infoview_md.exchange.mail import Mail

__all__ = ["as_eml"]

_POLICY = policy.SMTP.clone(max_line_length=76)
"""Quoted-printable lines have up to 76 characters, two fewer than lines of the head may."""
_LONGEST_NAME = 40
"""Characters that fit on a line beside nearly every address."""
_BOUNDARY = "=_infoview"
"""Always the same, so that the same note gives the same file; no quoted-printable line can hold it."""


def as_eml(mail: Mail, *, html: str | None = None) -> str:
    """Write a mail as an unsent draft: ASCII, lines end in CRLF; `html` stands for the text where it can be."""
    message = EmailMessage(policy=_POLICY)
    message["X-Unsent"] = "1"
    message["X-Uniform-Type-Identifier"] = "com.apple.mail-draft"
    if mail.sender:
        message.set_raw("From", _in_the_head([mail.sender]))
    message.set_raw("To", _in_the_head(mail.to))
    if mail.cc:
        message.set_raw("Cc", _in_the_head(mail.cc))
    message["Subject"] = mail.subject
    message.set_content(f"{mail.text}\n", cte="quoted-printable")
    if html is not None:
        message.add_alternative(html, subtype="html", cte="quoted-printable")
        message.set_boundary(_BOUNDARY)
    return message.as_bytes().decode("ascii")


def _in_the_head(mailboxes: Sequence[Mailbox]) -> str:
    return ",\r\n ".join(map(_encoded, mailboxes))


def _encoded(mailbox: Mailbox) -> str:
    name = mailbox.name
    if name.isascii() and len(name) <= _LONGEST_NAME and "=?" not in name:
        return str(mailbox)
    words = Header(name, "utf-8", maxlinelen=64, header_name="Cc").encode(linesep="\r\n")
    return f"{words}\r\n <{mailbox.address}>"
