"""A mail as a `mailto:` link (RFC 6068), for mail programs and web mail that open no `.eml`. Opens nothing."""

from collections.abc import Iterable
from urllib.parse import quote

from infoview_md.exchange.addresses import Mailbox
from infoview_md.exchange.mail import Mail

__all__ = ["SAFE_LENGTH", "as_mailto"]

SAFE_LENGTH = 1_800
"""Characters of a link that all programs take; Windows and some browsers cut it, unseen, at about 2,000."""


def as_mailto(mail: Mail) -> str:
    """Write a mail as a link: recipients without their names, subject, text. All ASCII, blanks are `%20`."""
    fields = (
        ("cc", _addresses(mail.cc)),
        ("subject", quote(mail.subject, safe="")),
        ("body", quote(mail.text.replace("\n", "\r\n"), safe="")),
    )
    query = "&".join(f"{name}={value}" for name, value in fields if value)
    return f"mailto:{_addresses(mail.to)}{'?' if query else ''}{query}"


def _addresses(mailboxes: Iterable[Mailbox]) -> str:
    return ",".join(quote(one.address, safe="@") for one in mailboxes)
