"""The cards of many people at once. Each says what the card of that one person says, without a walk over the network.

A card looks through all referrals and interviews; for five thousand people that would be twenty-five million looks.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from infoview_md.agenda.agenda import Action, Standing
from infoview_md.network.people import Contact, Network, Referral
from infoview_md.views.card import Card

__all__ = ["cards_of"]


def cards_of(
    network: Network,
    people: Iterable[Contact],
    now: dt.datetime,
    *,
    standings: Mapping[str, Standing],
    actions: Iterable[Action],
) -> Iterator[Card]:
    """The cards of `people` at `now` (local time), in their order and without findings; `standings` are by id."""
    around = _Surroundings(network)
    waiting: dict[str, list[Action]] = {}
    for action in actions:
        waiting.setdefault(action.contact.id, []).append(action)
    for contact in people:
        standing = standings[contact.id]
        yield Card(
            network=around.network(contact),
            contact=contact,
            now=now,
            stage=standing.stage,
            because=standing.because,
            actions=tuple(waiting.get(contact.id, ())),
        )


class _Surroundings:
    """For each contact, the part of a network that its card looks at."""

    def __init__(self, network: Network) -> None:
        self.whole = network
        self.place = {one: number for number, one in enumerate(network.contacts)}
        self.interviews = {one.path: one for one in network.interviews}
        self.referrals: dict[str, list[Referral]] = {}
        for one in network.referrals:
            for ident in {one.by, one.to}:
                self.referrals.setdefault(ident, []).append(one)

    def network(self, contact: Contact) -> Network:
        """The contact, whom referrals tie to them, and the interviews that say so, in the order of the network."""
        referrals = tuple(self.referrals.get(contact.id, ()))
        people = {contact.id, *(end for one in referrals for end in (one.by, one.to))}
        told = dict.fromkeys(path for one in referrals for path in one.evidence if path in self.interviews)
        return replace(
            self.whole,
            contacts={one: self.whole.contacts[one] for one in sorted(people, key=self.place.__getitem__)},
            referrals=referrals,
            interviews=tuple(self.interviews[path] for path in told),
            messages=(),
            preps=(),
        )
