"""How far the user has come: which organizations are reached, and through whom alone the user came to them."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from infoview_md.network.graph import shown_contacts
from infoview_md.network.insights import referral_forest
from infoview_md.network.people import Contact, Network, Organization
from infoview_md.network.ties import TieKind, happened

__all__ = ["Bridge", "Reach", "bridges", "organizations_reached"]

_BY_CLOSENESS: tuple[TieKind, ...] = ("met", "replied", "in-touch", "wrote")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far the user has come at an organization: the `people` in the picture who work there, by name.

    `best` is the most that has happened with one of them: `met`, `replied`, `in-touch` (by the contact's own note) or
    `wrote`; None while it is nothing.
    """

    organization: Organization
    people: tuple[Contact, ...]
    best: TieKind | None

    @property
    def reached(self) -> bool:
        """Whether somebody there has talked to the user, or answered."""
        return self.best not in (None, "wrote")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """Through `contact` alone introductions led to these `organizations`, all others than the contact's own."""

    contact: Contact
    organizations: tuple[Organization, ...]


def organizations_reached(network: Network, now: dt.datetime) -> tuple[Reach, ...]:
    """Every organization that has a note or people in the picture, by name, and how far the user has come by `now`."""
    timezone = network.me.timezone if network.me else None
    found = []
    people = _people(network)
    for place in network.organizations.values():
        if place.note is None and place.id not in people:
            continue
        here = people.get(place.id, ())
        ties = {tie.kind for one in here if (tie := happened(one, now, timezone))}
        best = next((kind for kind in _BY_CLOSENESS if kind in ties), None)
        found.append(Reach(organization=place, people=tuple(here), best=best))
    return tuple(found)


def bridges(network: Network) -> tuple[Bridge, ...]:
    """Without whom the user would not have come to some organization: all introductions to it went through them.

    Of several in a row, the one nearest to the organization; who works there themselves is no bridge to it. Those who
    led to the most organizations come first, then by name. Only referrals count: whom nobody gave, the user found.
    """
    leads: dict[str, list[Organization]] = {}
    for contact, organization in _only_ways(network):
        leads.setdefault(contact, []).append(organization)
    place = {ident: number for number, ident in enumerate(network.contacts)}
    ordered = sorted(leads, key=lambda one: (-len(leads[one]), place[one]))
    return tuple(Bridge(contact=network.contacts[one], organizations=tuple(leads[one])) for one in ordered)


def _only_ways(network: Network) -> Iterator[tuple[str, Organization]]:
    """For each organization the nearest contact elsewhere without whom no chain of referrals leads there, if any."""
    from rustworkx import PyDiGraph, immediate_dominators  # noqa: PLC0415 - loaded when somebody asks

    contacts, people = shown_contacts(network), _people(network)
    places = [one for one in network.organizations.values() if one.id in people]
    number = {ident: 1 + at for at, ident in enumerate([*(one.id for one in contacts), *(one.id for one in places)])}
    graph: PyDiGraph[int, None] = PyDiGraph()
    graph.add_nodes_from(range(1 + len(number)))
    graph.add_edges_from_no_data([(0, number[one]) for one in referral_forest(network).roots])
    graph.add_edges_from_no_data([(number[one.id], number[to]) for one in contacts for to in one.referred])
    graph.add_edges_from_no_data([(number[one.id], number[to]) for to, here in people.items() for one in here])
    before = immediate_dominators(graph, 0)
    for place in places:
        colleagues = {number[one.id] for one in people[place.id]}
        at = before[number[place.id]]
        while at in colleagues:
            at = before[at]
        if at:
            yield contacts[at - 1].id, place


def _people(network: Network) -> Mapping[str, list[Contact]]:
    """Who in the picture works at which organization, by its id."""
    people: dict[str, list[Contact]] = {}
    for one in shown_contacts(network):
        if one.organization:
            people.setdefault(one.organization, []).append(one)
    return people
