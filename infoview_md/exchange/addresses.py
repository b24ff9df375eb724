"""Mail addresses: from how people write them to how they may stand in a mail. Refuses what no server would deliver."""

import re
import unicodedata
from dataclasses import dataclass
from email.headerregistry import Address

from infoview_md.notes.text import visible

__all__ = ["BadAddressError", "Mailbox", "is_broken", "read_mailbox", "same_address"]

_MAILBOX = re.compile(r"(?:(?P<name>[^<>]*)<(?P<angled>[^<>]*)>|(?P<bare>[^<>]*))")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL_PART = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_READ_OTHERWISE = frozenset("\u00df\u03c2\u200c\u200d")
"""Python's IDNA is that of 2003, in which these letters become others: that would be somebody else's domain."""
_LONGEST_LOCAL_PART, _LONGEST_DOMAIN = 64, 253


class BadAddressError(ValueError):
    """No mail can be addressed like this; the text says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address as a mail has it, all ASCII, and the name before it, in any script, or nothing."""

    address: str
    name: str = ""

    def __str__(self) -> str:
        """Write it for the eye: `"Lovelace, Ada" <ada@example.org>`."""
        return str(Address(display_name=self.name, addr_spec=self.address))


def read_mailbox(text: str) -> Mailbox:
    """Read `ada@example.org`, `Ada <ada@example.org>`, or `Lovelace, Ada <ada@example.org>`, with or without quotes.

    Domains of other scripts are written as mail servers want them (`xn--...`). Raises BadAddressError.
    """
    match = _MAILBOX.fullmatch(text.strip())
    if match is None:
        raise BadAddressError("is not one address")
    if is_broken(text):
        raise BadAddressError("holds a line break or a control character")
    address = (match["angled"] if match["angled"] is not None else match["bare"]).strip()
    if visible(address) != address:
        raise BadAddressError("holds a character that cannot be seen")
    local_part, at, domain = address.removeprefix("mailto:").rpartition("@")
    if not at or not local_part or "@" in local_part or re.search(r"[\s,;]", address):
        raise BadAddressError("is not one address, like ada@example.org")
    if not local_part.isascii():
        raise BadAddressError("has letters before the @ that most mail servers refuse; ask for another address")
    if not _LOCAL_PART.fullmatch(local_part) or len(local_part) > _LONGEST_LOCAL_PART:
        raise BadAddressError("has signs before the @ that an address cannot have")
    return Mailbox(f"{local_part}@{_ascii_domain(domain)}", _unquoted(match["name"] or ""))


def _ascii_domain(domain: str) -> str:
    """A domain in lower case and ASCII: `b\u00fccher.example` is `xn--bcher-kva.example`. Raises BadAddressError."""
    if _READ_OTHERWISE.intersection(domain):
        raise BadAddressError("has a domain that can be read in two ways; write the domain as xn--...")
    try:
        encoded = domain[: _LONGEST_DOMAIN + 1].encode("idna").decode().lower().removesuffix(".")
    except UnicodeError:
        encoded = ""
    labels = encoded.split(".")
    if len(encoded) > _LONGEST_DOMAIN or len(labels) == 1 or not all(map(_LABEL.fullmatch, labels)):
        raise BadAddressError("has no possible domain behind the @")
    return encoded


def same_address(one: str, other: str) -> bool:
    """Whether mail to both reaches the same person: case does not matter, nor does how the domain is written."""
    try:
        return read_mailbox(one).address.lower() == read_mailbox(other).address.lower()
    except BadAddressError:
        return False


def is_broken(text: str) -> bool:
    """Whether a text cannot stand on one line of a mail's head: it holds a line break, or what steers a terminal."""
    return any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in text)


def _unquoted(name: str) -> str:
    name = " ".join(name.split())
    if len(name) > 1 and name[0] == name[-1] == '"':
        return re.sub(r"\\(.)", r"\1", name[1:-1]).strip()
    return name
