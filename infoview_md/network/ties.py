"""What ties the user to each contact: talks, letters, names given, acquaintance. Looks back and never ahead.

Only what has happened by now counts: a date in the future is a plan.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from infoview_md.network.interviews import is_held, local
from infoview_md.network.people import Contact, Network
from infoview_md.notes.records import InterviewNote, MessageNote

__all__ = ["Tie", "TieKind", "happened", "ties", "went_out"]

TieKind = Literal["met", "replied", "in-touch", "gave", "wrote", "connection", "profile", "known"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """The closest tie to one contact; `evidence` are the paths that say so, `day` when it was last so, if noted."""

    kind: TieKind
    evidence: tuple[str, ...]
    day: dt.date | None = None


def happened(contact: Contact, now: dt.datetime, timezone: str | None) -> Tie | None:
    """What has passed between the user and a contact by `now` (local, without offset).

    They met, the contact replied, they were in touch by the contact's own note (`last_contact`), or the user wrote;
    the closest of these. `timezone` is the user's.
    """
    if met := [one for one in contact.interviews if is_held(one, now, timezone)]:
        return Tie(kind="met", evidence=_paths(met), day=_last_talk(met, now, timezone))
    today = now.date()
    sent = [one for one in contact.messages if went_out(one, today)]
    if replies := [one for one in sent if one.reply or (one.replied and one.replied <= today)]:
        days = [one.replied for one in replies if one.replied]
        return Tie(kind="replied", evidence=_paths(replies), day=max(days, default=None))
    by_hand = contact.note.last_contact if contact.note else None
    if contact.note and by_hand and by_hand <= today:
        return Tie(kind="in-touch", evidence=(contact.note.path,), day=by_hand)
    if sent:
        days = [one.sent for one in sent if one.sent]
        return Tie(kind="wrote", evidence=_paths(sent), day=max(days, default=None))
    return None


def went_out(message: MessageNote, today: dt.date) -> bool:
    """Whether a message was sent by `today`; what was answered, or sent on an unreadable day, was."""
    if message.sent is not None and message.sent <= today:
        return True
    if message.replied is not None:
        return message.replied <= today
    return bool(message.reply) or (message.sent is None and "sent" in message.lines)


def ties(network: Network, now: dt.datetime) -> Mapping[str, Tie]:
    """The closest tie to each contact to whom there is one, by the contact's id.

    Beyond what happened: who gave you a name has talked to you; a `connection` in their note, a link in your profile
    and a note about somebody whom you never meant to ask say that you may know them.
    """
    timezone = network.me.timezone if network.me else None
    gave: dict[str, set[str]] = {}
    for one in network.referrals:
        gave.setdefault(one.by, set()).update(one.evidence)
    in_profile = _in_profile(network)
    found: dict[str, Tie] = {}
    for contact in network.contacts.values():
        tie = happened(contact, now, timezone)
        if (tie is None or tie.kind == "wrote") and contact.id in gave:
            tie = Tie(kind="gave", evidence=tuple(sorted(gave[contact.id])))
        tie = tie or _acquaintance(contact, network, in_profile)
        if tie:
            found[contact.id] = tie
    return MappingProxyType(found)


def _acquaintance(contact: Contact, network: Network, in_profile: frozenset[str]) -> Tie | None:
    if contact.note and contact.note.connection:
        return Tie(kind="connection", evidence=(contact.note.path,))
    if network.me and contact.path in in_profile:
        return Tie(kind="profile", evidence=(network.me.path,))
    if contact.note and not contact.wanted:
        return Tie(kind="known", evidence=(contact.note.path,))
    return None


def _in_profile(network: Network) -> frozenset[str]:
    """The paths of the notes that the profile links to."""
    if network.me is None:
        return frozenset()
    led = (network.resolver.resolve(link, network.me.path).path for link in network.me.body_links)
    return frozenset(path for path in led if path is not None)


def _paths(notes: Iterable[InterviewNote | MessageNote]) -> tuple[str, ...]:
    return tuple(sorted(one.path for one in notes))


def _last_talk(held: Iterable[InterviewNote], now: dt.datetime, timezone: str | None) -> dt.date | None:
    """The day of the last talk; one that is held before its time was held today."""
    moments = (one.started or one.date or one.ended for one in held)
    return max((min(local(moment, timezone).date(), now.date()) for moment in moments if moment), default=None)
