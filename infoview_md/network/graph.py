"""The network as nodes and edges, for whoever draws or exports it. Each edge names the notes that say so.

Who is shown: every wanted contact, and of the people who are only known those whom referrals connect with a wanted one;
somebody who merely has a note would make five hundred authors and friends part of the picture. Organizations where
nobody shown works are left out too.
"""

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from infoview_md.network.interviews import is_held
from infoview_md.network.mentions import mentions
from infoview_md.network.people import Contact, Network, Organization, Referral
from infoview_md.network.ties import went_out

__all__ = ["ME", "Edge", "EdgeKind", "Graph", "Node", "NodeKind", "graph_of", "shown_contacts", "shown_referrals"]

NodeKind = Literal["me", "contact", "organization"]
EdgeKind = Literal["referred", "met", "wrote", "works_at", "mentions"]

ME = "me"
"""The id of the user's own node; every other id is that of the contact or the organization."""
_KINDS: tuple[EdgeKind, ...] = ("referred", "met", "wrote", "works_at", "mentions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """The user, a contact or an organization; `path` is the note about it, if there is one."""

    id: str
    name: str
    kind: NodeKind
    path: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """Who referred whom, whom the user met or wrote to, who works where, whose notes name whom in their text.

    `evidence` are the paths that say so.
    """

    source: str
    target: str
    kind: EdgeKind
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes: me, contacts and organizations, each by name. Edges: by kind, then in the order of their nodes."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def shown_contacts(network: Network) -> tuple[Contact, ...]:
    """The contacts that belong in a picture of the network, by name: the wanted, and whom referrals tie to them."""
    shown = network.shared(_shown)
    return tuple([one for one in network.contacts.values() if one.id in shown])


def _shown(network: Network) -> frozenset[str]:
    shown = {one.id for one in network.contacts.values() if one.wanted}
    waiting = list(shown)
    while waiting:
        one = network.contacts[waiting.pop()]
        new = {*one.referred, *one.referred_by} - shown
        shown |= new
        waiting += new
    return frozenset(shown)


def shown_referrals(network: Network) -> tuple[Referral, ...]:
    """The referrals between shown contacts."""
    shown = network.shared(_shown)
    return tuple(one for one in network.referrals if one.by in shown)


def graph_of(network: Network, now: dt.datetime) -> Graph:
    """The graph of a network at `now` (local time without offset), which decides which interviews were held."""
    others, edges = network.shared(_lasting)
    met, wrote = _from_me(shown_contacts(network), now, network.me.timezone if network.me else None)
    by_kind = {**edges, "met": met, "wrote": wrote}
    return Graph((_me(network), *others), tuple(edge for kind in _KINDS for edge in by_kind[kind]))


def _lasting(network: Network) -> tuple[tuple[Node, ...], Mapping[EdgeKind, tuple[Edge, ...]]]:
    """The nodes but for the user, and the edges between them, which neither time nor messages change."""
    contacts = shown_contacts(network)
    nodes = (*map(_contact, contacts), *map(_organization, _workplaces(network, contacts)))
    place = {node.id: number for number, node in enumerate(nodes)}

    def in_order(edges: Iterable[Edge]) -> tuple[Edge, ...]:
        return tuple(sorted(edges, key=lambda one: (place[one.source], place[one.target])))

    return nodes, {
        "referred": in_order(_referred(network, place)),
        "works_at": in_order(_works_at(contacts)),
        "mentions": in_order(_mentions(network, place)),
    }


def _me(network: Network) -> Node:
    if network.me is None:
        return Node(id=ME, name="Me", kind="me")
    return Node(id=ME, name=network.me.name or "Me", kind="me", path=network.me.path)


def _contact(contact: Contact) -> Node:
    return Node(id=contact.id, name=contact.name, kind="contact", path=contact.path)


def _organization(organization: Organization) -> Node:
    return Node(id=organization.id, name=organization.name, kind="organization", path=organization.path)


def _workplaces(network: Network, contacts: Iterable[Contact]) -> Iterator[Organization]:
    used = {one.organization for one in contacts}
    return (one for one in network.organizations.values() if one.id in used)


def _referred(network: Network, shown: Container[str]) -> Iterator[Edge]:
    for one in network.referrals:
        if one.by in shown:
            yield Edge(source=one.by, target=one.to, kind="referred", evidence=one.evidence)


def _from_me(
    contacts: Iterable[Contact], now: dt.datetime, timezone: str | None
) -> tuple[tuple[Edge, ...], tuple[Edge, ...]]:
    """Whom the user met, and to whom the user wrote."""
    met, wrote, today = [], [], now.date()
    for contact in contacts:
        if held := tuple([one.path for one in contact.interviews if is_held(one, now, timezone)]):
            met.append(Edge(source=ME, target=contact.id, kind="met", evidence=held))
        if sent := tuple([one.path for one in contact.messages if went_out(one, today)]):
            wrote.append(Edge(source=ME, target=contact.id, kind="wrote", evidence=sent))
    return tuple(met), tuple(wrote)


def _works_at(contacts: Iterable[Contact]) -> Iterator[Edge]:
    for contact in contacts:
        if contact.organization and contact.note:
            yield Edge(source=contact.id, target=contact.organization, kind="works_at", evidence=(contact.note.path,))


def _mentions(network: Network, shown: Container[str]) -> Iterator[Edge]:
    for one in network.shared(mentions):
        if one.source in shown and one.target in shown:
            yield Edge(source=one.source, target=one.target, kind="mentions", evidence=one.evidence)
