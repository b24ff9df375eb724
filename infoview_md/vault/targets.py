"""Whom or what `path` is to lead to: a contact or an organization, by name, alias, e-mail or path."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TypeAlias

from infoview_md.agenda.wording import unreadable_words
from infoview_md.errors import AmbiguousError, UnknownError
from infoview_md.network.index import Index
from infoview_md.network.people import Contact, Organization
from infoview_md.notes.links import read_link
from infoview_md.notes.text import fold, in_command, on_one_line
from infoview_md.vault.people import LONGEST_GUESSED, file_names, unreadable_named, unreadable_names

__all__ = ["Target", "target_named"]

Target: TypeAlias = Contact | Organization

_SHOWN = 10
"""Of those that fit, so many are listed."""


def target_named(words: str, index: Index) -> Target:
    """The contact or organization that `words`, which may be a link, mean; whole names win over parts of names.

    Raises UnknownError with the nearest names, or with what is wrong in the note of that name; AmbiguousError with all
    that fit.
    """
    network = index.network
    link = read_link(words)
    wanted = fold(link.target) if link else ""
    if not wanted:
        raise UnknownError("no name was given", 'say whom to reach: infoview path "Ada Lovelace"')
    places = {one.id: _names(one) for one in network.organizations.values()}
    exact = [network.organizations[ident] for ident, names in places.items() if wanted in names]
    parts = [network.organizations[ident] for ident, names in places.items() if any(wanted in one for one in names)]
    found: tuple[Target, ...] = (*network.find_exactly(words), *exact) or (*network.find(words), *parts)
    if len(found) == 1:
        return found[0]
    if found:
        shown = [f"{on_one_line(one.name)} ({on_one_line(_where(one))})" for one in found[:_SHOWN]]
        shown += [f"and {len(found) - _SHOWN:,} more"] if len(found) > _SHOWN else []
        hint = "\n  ".join(["name one of them:", *shown])
        raise AmbiguousError(f"{words} fits {len(found)} people and organizations", hint)
    if broken := unreadable_named(words, index):
        raise UnknownError(*unreadable_words(broken))
    raise _unknown(words.strip(), index)


def _names(organization: Organization) -> frozenset[str]:
    """All that an organization answers to, folded: name, aliases, path, the file's name, and what we print."""
    names = {organization.name, organization.id, *(organization.note.aliases if organization.note else ())}
    said = frozenset(fold(form) for name in names for form in (name, on_one_line(name)))
    return said | file_names(organization.path) if organization.path else said


def _where(one: Target) -> str:
    """What names one of several in a command."""
    if one.path:
        return one.path
    return "no note yet" if isinstance(one, Contact) else one.id


def _unknown(words: str, index: Index) -> UnknownError:
    by_name = {fold(name): name for name in _all_names(index)}
    near = [on_one_line(by_name[one]) for one in get_close_matches(fold(words[:LONGEST_GUESSED]), by_name, n=3)]
    record = f"note down whom to reach: infoview new contact {in_command(words)}"
    hint = f"did you mean {' or '.join(near)}?\n  {record}" if near else record
    return UnknownError(f"there is no contact or organization {words}", hint)


def _all_names(index: Index) -> Iterable[str]:
    yield from unreadable_names(index)
    network = index.network
    for contact in network.contacts.values():
        yield from (contact.name, *(contact.note.aliases if contact.note else ()))
    for organization in network.organizations.values():
        yield from (organization.name, *(organization.note.aliases if organization.note else ()))
