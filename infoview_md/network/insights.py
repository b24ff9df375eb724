"""What the referrals add up to: the forest they form, and who led the user to the most people.

Everything is linear and iterative: a chain of five thousand introductions, or a ring of them, is an ordinary network.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from infoview_md.network.graph import shown_contacts
from infoview_md.network.people import Contact, Network
from infoview_md.notes.text import fold

__all__ = ["Connector", "Forest", "connectors", "referral_forest", "referrers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Connector:
    """Somebody who gave the user others: `direct` are these, `in_all` counts them and all who came through them."""

    contact: Contact
    direct: tuple[Contact, ...]
    in_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """The referrals as trees in which everybody appears once, below the first who gave them. All are ids, by name.

    `roots` are those whom nobody gave, and of a ring the first by name; `also_from` are the further referrers, for a
    root in a ring all of them; `below` counts who hangs below each, at any depth.
    """

    roots: tuple[str, ...]
    children: Mapping[str, tuple[str, ...]]
    also_from: Mapping[str, tuple[str, ...]]
    below: Mapping[str, int]
    walk: tuple[str, ...]
    """Everybody, each before those who hang below, who follow at once."""


def referrers(network: Network) -> Mapping[str, tuple[str, ...]]:
    """For each contact that was given: the ids of who gave it, the first first.

    The order in the contact's own note counts, then the earlier interview, then the name.
    """
    own = _own_order(network)
    days = {one.path: one.date.day for one in network.interviews if one.date}
    place = _places(network.contacts)
    ranked: dict[str, list[tuple[int, dt.date, int, str]]] = {}
    for one in network.referrals:
        first_day = min((days[path] for path in one.evidence if path in days), default=dt.date.max)
        rank = (own.get((one.by, one.to), len(own)), first_day, place[one.by], one.by)
        ranked.setdefault(one.to, []).append(rank)
    return MappingProxyType({to: tuple(by for *_, by in sorted(found)) for to, found in ranked.items()})


def referral_forest(network: Network) -> Forest:
    """The forest of all contacts that belong in a picture of the network."""
    return network.shared(_forest)


def _forest(network: Network) -> Forest:
    order = [one.id for one in shown_contacts(network)]
    given_by = referrers(network)
    parents = _parents(order, given_by)
    children: dict[str, list[str]] = {}
    for one in order:
        if parent := parents[one]:
            children.setdefault(parent, []).append(one)
    roots = tuple(one for one in order if parents[one] is None)
    walk = _walk(roots, children)
    others = {one: tuple(by for by in given_by.get(one, ()) if by != parents[one]) for one in order}
    return Forest(
        roots=roots,
        children=MappingProxyType({one: tuple(found) for one, found in children.items()}),
        also_from=MappingProxyType({to: found for to, found in others.items() if found}),
        below=MappingProxyType(_count_below(walk, parents)),
        walk=walk,
    )


def connectors(network: Network, forest: Forest | None = None) -> tuple[Connector, ...]:
    """Everybody who gave the user others, the best first: by people in all, by people given directly, by name.

    Whoever hangs below somebody else, because that one gave them first, counts for the giver without those below.
    """
    forest = forest or referral_forest(network)
    by_name, walked = _places(network.contacts), _places(forest.walk)
    found = []
    for contact in map(network.contacts.__getitem__, forest.walk):
        if contact.referred:
            start, end = walked[contact.id], walked[contact.id] + forest.below[contact.id]
            elsewhere = sum(not start < walked[one] <= end for one in contact.referred)
            direct = tuple(network.contacts[one] for one in sorted(contact.referred, key=by_name.__getitem__))
            found.append(Connector(contact=contact, direct=direct, in_all=forest.below[contact.id] + elsewhere))
    return tuple(sorted(found, key=lambda one: (-one.in_all, -len(one.direct), by_name[one.contact.id])))


def _places(ids: Sequence[str] | Mapping[str, Contact]) -> dict[str, int]:
    return {one: number for number, one in enumerate(ids)}


def _own_order(network: Network) -> dict[tuple[str, str], int]:
    """(referrer, contact) to the place that the contact's own note gives the referrer."""
    places: dict[tuple[str, str], int] = {}
    for contact in network.contacts.values():
        for number, link in enumerate(contact.note.referred_by if contact.note else ()):
            by = network.named_in.get((contact.note.path if contact.note else "", link.line, fold(link.target)))
            if by is not None:
                places.setdefault((by, contact.id), number)
    return places


def _parents(order: Sequence[str], given_by: Mapping[str, tuple[str, ...]]) -> dict[str, str | None]:
    """Under whom each contact hangs: the first who gave them, but nobody for the first by name in a ring."""
    parents: dict[str, str | None] = {one: given_by[one][0] if one in given_by else None for one in order}
    place = _places(order)
    settled: set[str] = set()
    for start in order:
        trail: dict[str, None] = {}
        at: str | None = start
        while at is not None and at not in settled and at not in trail:
            trail[at] = None
            at = parents[at]
        if at is not None and at in trail:
            steps = list(trail)
            parents[min(steps[steps.index(at) :], key=place.__getitem__)] = None
        settled.update(trail)
    return parents


def _walk(roots: Sequence[str], children: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    walk: list[str] = []
    waiting = list(reversed(roots))
    while waiting:
        one = waiting.pop()
        walk.append(one)
        waiting.extend(reversed(children.get(one, ())))
    return tuple(walk)


def _count_below(walk: Sequence[str], parents: Mapping[str, str | None]) -> dict[str, int]:
    below = dict.fromkeys(walk, 0)
    for one in reversed(walk):
        if parent := parents[one]:
            below[parent] += below[one] + 1
    return below
