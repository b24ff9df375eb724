"""Whom somebody means: a contact by name, alias, e-mail or path; all in some stages, or at an organization."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from infoview_md.agenda.stages import STAGES
from infoview_md.agenda.wording import unreadable_words
from infoview_md.errors import AmbiguousError, UnknownError, UsageError
from infoview_md.network.index import Index
from infoview_md.network.people import Contact, Network, Organization
from infoview_md.notes.filenames import is_name
from infoview_md.notes.links import read_link, without_ending
from infoview_md.notes.reading import Unreadable
from infoview_md.notes.text import fold, in_command, on_one_line

__all__ = ["contact_named", "contacts_where", "file_names", "refuse_unknown", "unreadable_named", "unreadable_names"]

LONGEST_GUESSED = 100
"""Characters; nobody misspells a longer name, and guessing takes its time."""
_WHO_IS_WHERE = "see who is where: infoview index"


def contact_named(words: str, index: Index) -> Contact:
    """The contact that `words` mean: a name, alias, e-mail, path, or part of a name.

    Raises UnknownError with the nearest names, or with what is wrong in the note of that name; AmbiguousError with all
    that fit.
    """
    found = index.network.find(words)
    if len(found) == 1:
        return found[0]
    if found:
        shown = "\n  ".join(f"{one.name} ({one.path or 'no note yet'})" for one in found[:10])
        raise AmbiguousError(f"{words} fits {len(found)} contacts", f"name one of them, by path:\n  {shown}")
    if broken := unreadable_named(words, index):
        raise UnknownError(*unreadable_words(broken))
    raise _unknown_contact(words, index)


def unreadable_named(words: str, index: Index) -> Unreadable | None:
    """The note at this path, or of this name, that cannot be read, so that nobody knows whom it is about."""
    link = read_link(words)
    wanted = fold(link.target) if link else ""
    return next((one for one in _unreadable(index) if wanted in file_names(one.path)), None)


def unreadable_names(index: Index) -> Iterator[str]:
    """What the notes that cannot be read are called."""
    return (_file_name(one.path) for one in _unreadable(index))


def _unreadable(index: Index) -> Iterator[Unreadable]:
    return (one for one in index.readings.values() if isinstance(one, Unreadable))


def file_names(path: str) -> frozenset[str]:
    """What a note may be called by the file that it stands in, folded: its path, its name, and as we print them."""
    names = (path, without_ending(path), _file_name(path))
    return frozenset(fold(form) for name in names for form in (name, on_one_line(name)))


def _file_name(path: str) -> str:
    return without_ending(path.rpartition("/")[2])


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


def _unknown_contact(words: str, index: Index) -> UnknownError:
    """Nobody is called so: the nearest names, and the command that records a new contact."""
    words = words.strip().removeprefix("[[").removesuffix("]]").strip()
    if not is_name(words):
        return UnknownError("no name was given" if not words else f"{words} is no name", "say who: infoview show Ada")
    names = (name for one in index.network.contacts.values() for name in _names_of(one))
    by_name = {fold(name): name for name in (*unreadable_names(index), *names)}
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
