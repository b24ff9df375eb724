"""What has to come before what: no thank-you without a talk, no second try without a first."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from infoview_md.errors import UsageError
from infoview_md.network.interviews import is_held
from infoview_md.network.people import Contact, Network
from infoview_md.notes.text import in_command

__all__ = ["ORDER", "refuse_too_early"]

Test = Callable[[Contact, Network, dt.datetime], bool]


@dataclass(frozen=True, slots=True)
class Before:
    """One row: what must be true, what to say when it is not, and what comes first. `{name}` is the contact's."""

    test: Test
    message: str
    first: str


def _asked(contact: Contact, _: Network, __: dt.datetime) -> bool:
    return any(one.type in {"request", "follow-up"} and one.sent for one in contact.messages)


def _has_interview(contact: Contact, _: Network, __: dt.datetime) -> bool:
    return bool(contact.interviews)


def _answered_or_met(contact: Contact, network: Network, now: dt.datetime) -> bool:
    zone = network.me.timezone if network.me else None
    declined = any(one.reply == "declined" for one in contact.messages)
    return declined or any(is_held(one, now, zone) for one in contact.interviews)


def _accepted(_: Contact, network: Network, __: dt.datetime) -> bool:
    return network.me is not None and network.me.accepted is not None


ORDER: Mapping[str, Before] = MappingProxyType(
    {
        "follow-up": Before(
            _asked, "no request to {name} was sent yet", "infoview new request {command}, and mark it as sent"
        ),
        "thank-you": Before(
            _has_interview, "there is no interview with {name}", "infoview new interview {command} --on DATE"
        ),
        "confirmation": Before(
            _has_interview, "there is no interview with {name}", "infoview new interview {command} --on DATE"
        ),
        "referral-request": Before(
            _answered_or_met, "{name} has neither said no nor talked to you yet", "infoview new request {command}"
        ),
        "announcement": Before(
            _accepted, "you have not accepted a position yet", "put the day behind accepted: in Me.md"
        ),
    }
)
"""By the type of the note that is to be made."""


def refuse_too_early(type_name: str | None, contact: Contact, network: Network, now: dt.datetime) -> None:
    """Raise UsageError when another note has to come first, with the command that makes it."""
    row = ORDER.get(type_name or "")
    if row is not None and not row.test(contact, network, now):
        words = {"name": contact.name, "command": in_command(contact.name)}
        raise UsageError(row.message.format(**words), f"first: {row.first.format(**words)}")
