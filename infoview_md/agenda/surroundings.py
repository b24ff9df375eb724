"""All contacts at one moment: their histories, their stages, who gave whom and when. Built once for an agenda.

The rules look here for what one contact's notes alone do not say.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from infoview_md.agenda.agenda import Standing
from infoview_md.agenda.gathering import history_of
from infoview_md.agenda.history import History, Today
from infoview_md.agenda.openings import Opening, openings
from infoview_md.agenda.stages import standing_of
from infoview_md.network.interviews import local
from infoview_md.network.people import Contact, Network

__all__ = ["Given", "Surroundings", "surroundings_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A referral as the rules see it: who gave the contact, on which day (None: nobody noted it), and the note."""

    by: str
    name: str
    day: dt.date | None
    note: str
    may_mention: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The network as of today. Mappings are by a contact's id; `partners` is by an interview's path."""

    network: Network
    today: Today
    histories: Mapping[str, History]
    standings: Mapping[str, Standing]
    openings: Mapping[str, Opening]
    given: Mapping[str, tuple[Given, ...]]
    """For each contact, those who gave it, the earliest first."""
    given_on: Mapping[tuple[str, str], dt.date]
    """The day of a referral, by who gave whom, where it is noted."""
    partners: Mapping[str, tuple[str, ...]]
    """For each interview, whom it is with."""


def surroundings_of(network: Network, today: Today, before: Surroundings | None = None) -> Surroundings:
    """Look at every contact once; at those only of whom the notes say something else than `before`, if it is given."""
    earlier = before.histories if before else {}
    histories = {
        one.id: earlier[one.id] if _is_as_before(one, earlier, network) else history_of(one, network, today)
        for one in network.contacts.values()
    }
    standings = {
        ident: before.standings[ident] if before and earlier.get(ident) is one else standing_of(one, today)
        for ident, one in histories.items()
    }
    if before and before.network.shape is network.shape:
        given, given_on, partners = before.given, before.given_on, before.partners
    else:
        given = MappingProxyType(_given(network, today))
        given_on = MappingProxyType({(one.by, to): one.day for to, all_ in given.items() for one in all_ if one.day})
        partners = MappingProxyType(_partners(histories.values()))
    return Surroundings(
        network=network,
        today=today,
        histories=MappingProxyType(histories),
        standings=MappingProxyType(standings),
        openings=MappingProxyType(openings(histories, standings, today)),
        given=given,
        given_on=given_on,
        partners=partners,
    )


def _is_as_before(contact: Contact, earlier: Mapping[str, History], network: Network) -> bool:
    history = earlier.get(contact.id)
    return (
        history is not None
        and history.contact == contact
        and history.given_by == tuple([network.contacts[one].name for one in contact.referred_by])
    )


def _given(network: Network, today: Today) -> dict[str, tuple[Given, ...]]:
    days: dict[str, dt.date | None] = {}
    for interview in network.interviews:
        moment = interview.started or interview.date
        days[interview.path] = local(moment, today.timezone).date() if moment else None
    found: dict[str, list[Given]] = {}
    for one in network.referrals:
        dated = sorted((day, path) for path in one.evidence if (day := days.get(path)) is not None)
        day, note = dated[0] if dated else (None, one.evidence[0])
        by = network.contacts[one.by]
        given = Given(by=one.by, name=by.name, day=day, note=note, may_mention=one.may_mention)
        found.setdefault(one.to, []).append(given)
    return {to: tuple(sorted(given, key=_earliest)) for to, given in found.items()}


def _earliest(given: Given) -> tuple[dt.date, str, str]:
    return given.day or dt.date.max, given.name, given.by


def _partners(histories: Iterable[History]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for one in histories:
        for note in one.contact.interviews:
            found.setdefault(note.path, []).append(one.contact.id)
    return {path: tuple(ids) for path, ids in found.items()}
