"""Whom somebody means: a contact by name, alias, e-mail or path; all in some stages, or at an organization."""

from collections.abc import Mapping
from difflib import get_close_matches

from infoview_md.agenda.stages import STAGES
from infoview_md.errors import AmbiguousError, UnknownError, UsageError
from infoview_md.network.people import Contact, Network, Organization
from infoview_md.notes.filenames import is_name
from infoview_md.notes.text import fold, in_command

__all__ = ["contact_named", "contacts_where", "refuse_unknown"]

LONGEST_GUESSED = 100
"""Characters; nobody misspells a longer name, and guessing takes its time."""
_WHO_IS_WHERE = "see who is where: infoview index"


def contact_named(words: str, network: Network) -> Contact:
    """The contact that `words` mean: a name, alias, e-mail, path, or part of a name.

    Raises UnknownError with the nearest names, AmbiguousError with all that fit.
    """
    found = network.find(words)
    if len(found) == 1:
        return found[0]
    if found:
        shown = "\n  ".join(f"{one.name} ({one.path or 'no note yet'})" for one in found[:10])
        raise AmbiguousError(f"{words} fits {len(found)} contacts", f"name one of them, by path:\n  {shown}")
    raise _unknown_contact(words, network)


def contacts_where(
    network: Network, stages: Mapping[str, str], *, stage: str | None = None, organization: str | None = None
) -> tuple[str, ...]:
    """The paths or names of all contacts in some stages (parted by commas), or at an organization."""
    refuse_unknown(network, stage=stage, organization=organization)
    wanted = _stages(stage)
    found = [
        one.path or one.name
        for one in network.contacts.values()
        if (not wanted or stages[one.id] in wanted) and _works_at(one, organization, network)
    ]
    if not found:
        raise UnknownError("no contact fits", _WHO_IS_WHERE)
    return tuple(found)


def refuse_unknown(network: Network, *, stage: str | None, organization: str | None) -> None:
    """Raise UsageError for a stage, UnknownError for an organization, that does not exist."""
    if unknown := sorted(_stages(stage) - set(STAGES)):
        raise UsageError(f"there is no stage {unknown[0]}", f"the stages are {', '.join(STAGES)}")
    if organization is None:
        return
    places = network.organizations.values()
    by_name = {fold(name): name for one in places for name in _names_of(one)}
    if fold(organization.strip()) not in by_name:
        near = get_close_matches(fold(organization[:LONGEST_GUESSED]), by_name, n=3)
        guess = f"did you mean {' or '.join(by_name[one] for one in near)}?"
        raise UnknownError(f"there is no organization {organization}", guess if near else _WHO_IS_WHERE)


def _stages(words: str | None) -> frozenset[str]:
    return frozenset(one.strip() for one in (words or "").split(",") if one.strip())


def _unknown_contact(words: str, network: Network) -> UnknownError:
    """Nobody is called so: the nearest names, and the command that records a new contact."""
    words = words.strip().removeprefix("[[").removesuffix("]]").strip()
    if not is_name(words):
        return UnknownError("no name was given" if not words else f"{words} is no name", "say who: infoview show Ada")
    by_name = {fold(name): name for one in network.contacts.values() for name in _names_of(one)}
    guessed = fold(words[:LONGEST_GUESSED])
    close = get_close_matches(guessed, by_name, n=3, cutoff=0.75) or get_close_matches(guessed, by_name, cutoff=0.5)
    near = [by_name[name] for name in close]
    record = f"record them: infoview new contact {in_command(words)}"
    return UnknownError(
        f"there is no contact {words}", f"did you mean {' or '.join(near)}?\n  {record}" if near else record
    )


def _works_at(contact: Contact, organization: str | None, network: Network) -> bool:
    if organization is None:
        return contact.wanted
    place = network.organizations.get(contact.organization or "")
    return place is not None and fold(organization.strip()) in {fold(name) for name in _names_of(place)}


def _names_of(one: Contact | Organization) -> tuple[str, ...]:
    return (one.name, *(one.note.aliases if one.note else ()))
