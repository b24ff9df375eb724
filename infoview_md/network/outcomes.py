"""What became of the names that were given: met, written to, or nothing yet; and who was never asked for one.

Plain answers from the notes as they are now; what to do about them is the agenda's business.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from infoview_md.network.graph import shown_contacts, shown_referrals
from infoview_md.network.interviews import local
from infoview_md.network.people import Contact, Network
from infoview_md.network.rings import rings
from infoview_md.network.ties import TieKind, happened, went_out

__all__ = ["MissingLink", "Outcome", "loops", "missing_links", "not_asked", "open_referrals", "referral_outcomes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one referral: `by` gave you `to`, on `day` where an interview says so.

    `became` is `met`, `replied`, `in-touch` (by the contact's own note) or `wrote`; None while it is nothing.
    `evidence` are the notes that show it; while it is nothing, those that tell of the referral.
    """

    by: Contact
    to: Contact
    day: dt.date | None
    became: TieKind | None
    evidence: tuple[str, ...]
    may_mention: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingLink:
    """Somebody who gave you others and is only a name: whom they gave, and who gave them, each by name."""

    contact: Contact
    gave: tuple[Contact, ...]
    given_by: tuple[Contact, ...]


def referral_outcomes(network: Network, now: dt.datetime) -> tuple[Outcome, ...]:
    """Every referral in the picture and what became of it by `now` (local): the earliest first, then by name."""
    timezone = network.me.timezone if network.me else None
    days = {
        one.path: local(moment, timezone).date() for one in network.interviews if (moment := one.started or one.date)
    }
    place = _places(network)
    found = []
    for one in shown_referrals(network):
        to = network.contacts[one.to]
        tie = happened(to, now, timezone)
        outcome = Outcome(
            by=network.contacts[one.by],
            to=to,
            day=min((days[path] for path in one.evidence if path in days), default=None),
            became=tie.kind if tie else None,
            evidence=tie.evidence if tie else one.evidence,
            may_mention=one.may_mention,
        )
        found.append(outcome)
    return tuple(sorted(found, key=lambda one: (one.day or dt.date.max, place[one.by.id], place[one.to.id])))


def open_referrals(network: Network, now: dt.datetime) -> tuple[Outcome, ...]:
    """The referrals of which nothing has become yet: nobody has written to them, nor met them. The earliest first."""
    return tuple(one for one in referral_outcomes(network, now) if one.became is None)


def missing_links(network: Network) -> tuple[MissingLink, ...]:
    """Where a chain of introductions leads through somebody who is only a name; by name."""
    place = _places(network)
    return tuple(
        MissingLink(
            contact=one,
            gave=_by_name(network, one.referred, place),
            given_by=_by_name(network, one.referred_by, place),
        )
        for one in shown_contacts(network)
        if one.referred and not one.recorded
    )


def loops(network: Network) -> tuple[tuple[Contact, ...], ...]:
    """Groups of people who all lead to each other, each group by name: some note must have a referral the wrong way."""
    # Not the library's own search: the index tells of loops too, and is to start without the library.
    found = rings((one.by, one.to) for one in shown_referrals(network))
    place = _places(network)
    return tuple(_by_name(network, one, place) for one in found)


def not_asked(network: Network, now: dt.datetime) -> tuple[Contact, ...]:
    """Whom you met, who gave you nobody, and whom no message has asked for names; by name."""
    timezone = network.me.timezone if network.me else None
    today = now.date()
    found = []
    for one in shown_contacts(network):
        tie = happened(one, now, timezone)
        asked = any(note.type == "referral-request" and went_out(note, today) for note in one.messages)
        if tie and tie.kind == "met" and not one.referred and not asked:
            found.append(one)
    return tuple(found)


def _places(network: Network) -> Mapping[str, int]:
    """The place of each contact in the order of names."""
    return {ident: number for number, ident in enumerate(network.contacts)}


def _by_name(network: Network, ids: Iterable[str], place: Mapping[str, int]) -> tuple[Contact, ...]:
    return tuple(network.contacts[one] for one in sorted(ids, key=place.__getitem__))
