"""Whom somebody means: a contact by name, alias, e-mail or path; all in some stages, or at an organization."""

from collections.abc import Mapping
from difflib import get_close_matches

from infoview_md.agenda.stages import STAGES
from infoview_md.errors import AmbiguousError, UnknownError, UsageError
from infoview_md.network.people import Contact, Network
from infoview_md.notes.filenames import is_name
from infoview_md.notes.text import fold, in_command

__all__ = ["contact_named", "contacts_where"]

LONGEST_GUESSED = 100
"""Characters; nobody misspells a longer name, and guessing takes its time."""


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
    wanted = {one.strip() for one in (stage or "").split(",") if one.strip()}
    if unknown := sorted(wanted - set(STAGES)):
        raise UsageError(f"there is no stage {unknown[0]}", f"the stages are {', '.join(STAGES)}")
    found = [
        one.path or one.name
        for one in network.contacts.values()
        if (not wanted or stages[one.id] in wanted) and _works_at(one, organization, network)
    ]
    if not found:
        raise UnknownError("no contact fits", "see who is where: infoview index")
    return tuple(found)


def _unknown_contact(words: str, network: Network) -> UnknownError:
    """Nobody is called so: the nearest names, and the command that records a new contact."""
    words = words.strip().removeprefix("[[").removesuffix("]]").strip()
    if not is_name(words):
        return UnknownError("no name was given" if not words else f"{words} is no name", "say who: infoview show Ada")
    by_name = {fold(name): name for one in network.contacts.values() for name in (one.name, *_aliases(one))}
    guessed = fold(words[:LONGEST_GUESSED])
    close = get_close_matches(guessed, by_name, n=3, cutoff=0.75) or get_close_matches(guessed, by_name, cutoff=0.5)
    near = [by_name[name] for name in close]
    record = f"record them: infoview new contact {in_command(words)}"
    return UnknownError(
        f"there is no contact {words}", f"did you mean {' or '.join(near)}?\n  {record}" if near else record
    )


def _aliases(contact: Contact) -> tuple[str, ...]:
    return contact.note.aliases if contact.note else ()


def _works_at(contact: Contact, organization: str | None, network: Network) -> bool:
    if organization is None:
        return contact.wanted
    place = network.organizations.get(contact.organization or "")
    return place is not None and fold(place.name) == fold(organization)
