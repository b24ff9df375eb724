"""Which notes name each other in their text: a link in a note about one person to a note about another.

The weakest of all ties: it says that two have something to do with each other, and the note must be read to know what.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from infoview_md.network.people import Network
from infoview_md.notes.links import Link
from infoview_md.notes.records import NoteRecord
from infoview_md.notes.text import fold

__all__ = ["Mention", "mentions"]

_CIRCULAR = 5
"""People. A letter to more is a circular, and what it names has nothing to do with any one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Notes about `source` link to notes about `target`, both contacts or organizations by id: the `evidence`."""

    source: str
    target: str
    evidence: tuple[str, ...]


def mentions(network: Network) -> tuple[Mention, ...]:
    """Every mention between two contacts or organizations, in order of their ids.

    A note is about its contact or organization; a message, a prep sheet and an interview are about those they name.
    The profile is about nobody else, and mentions nobody here. No mention is given where something stronger says
    already that two belong together: a referral between them, in either direction, or that one works at the other.
    """
    about = _about(network)
    leads = _Leads(network, about)
    said = _said(network)
    found: dict[tuple[str, str], set[str]] = {}
    for note in _notes(network):
        sources = about.get(note.path, ())
        if not note.body_links or len(sources) > _CIRCULAR:
            continue
        for pair in product(sources, leads.of(note)):
            if pair[0] != pair[1] and pair not in said:
                found.setdefault(pair, set()).add(note.path)
    return tuple(
        Mention(source=source, target=target, evidence=tuple(sorted(evidence)))
        for (source, target), evidence in sorted(found.items())
    )


class _Leads:
    """Where links in the text of notes lead: to whom the note there is about, else to who goes by that name."""

    def __init__(self, network: Network, about: Mapping[str, tuple[str, ...]]) -> None:
        self._resolver = network.resolver
        self._about = about
        self._noteless = {fold(one.id): one.id for one in network.contacts.values() if one.path is None}
        self._noteless |= {fold(one.id): one.id for one in network.organizations.values() if one.path is None}
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}

    def of(self, note: NoteRecord) -> Iterable[str]:
        """The ids that the text of a note links to, each once."""
        folder = note.path.rpartition("/")[0]
        led: dict[str, None] = {}
        for link in note.body_links:
            key = (folder, link.target)
            if key not in self._known:
                self._known[key] = self._lead(link, note.path)
            led.update(dict.fromkeys(self._known[key]))
        return led

    def _lead(self, link: Link, source: str) -> tuple[str, ...]:
        path = self._resolver.resolve(link, source).path
        if path is not None:
            led = self._about.get(path, ())
            return led if len(led) <= _CIRCULAR else ()
        name = fold(link.target.rpartition("/")[2])
        return tuple(self._noteless[one] for one in (f"name:{name}", f"organization:{name}") if one in self._noteless)


def _notes(network: Network) -> Iterator[NoteRecord]:
    """All of our notes but the profile."""
    yield from (one.note for one in network.contacts.values() if one.note)
    yield from (one.note for one in network.organizations.values() if one.note)
    yield from network.messages
    yield from network.interviews
    yield from network.preps


def _about(network: Network) -> Mapping[str, tuple[str, ...]]:
    """By the path of a note, the ids of those it is about."""
    about: dict[str, list[str]] = {}
    for contact in network.contacts.values():
        if contact.path is not None:
            about.setdefault(contact.path, []).append(contact.id)
        for note in (*contact.messages, *contact.interviews, *contact.preps):
            about.setdefault(note.path, []).append(contact.id)
    for organization in network.organizations.values():
        if organization.path is not None:
            about.setdefault(organization.path, []).append(organization.id)
    return {path: tuple(ids) for path, ids in about.items()}


def _said(network: Network) -> set[tuple[str, str]]:
    """The pairs, in both directions, of which something stronger is known."""
    pairs = {(one.by, one.to) for one in network.referrals}
    pairs |= {(one.id, one.organization) for one in network.contacts.values() if one.organization}
    return pairs | {(to, by) for by, to in pairs}
