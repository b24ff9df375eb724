"""The records of the contact network: contacts, organizations, referrals. Made by the index, never changed.

Ids are the path of the note, or, for whom no note is about, the name behind a word: `name:Grace Hopper`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from infoview_md.network.linking import Resolver
from infoview_md.notes.findings import Finding
from infoview_md.notes.links import read_link, without_ending
from infoview_md.notes.records import ContactNote, InterviewNote, MeNote, MessageNote, OrganizationNote, PrepNote
from infoview_md.notes.text import fold, on_one_line

__all__ = ["Contact", "Network", "Organization", "Referral", "Shape"]

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person. `note` is None for an unrecorded one; `path` may still name a note that is not about a person.

    `wanted` is true for `type: contact` and for whom a message, an interview or a referral names; others are only
    known.
    Messages, interviews and preps are those that name this contact, in order of their paths.
    """

    id: str
    name: str
    path: str | None = None
    note: ContactNote | None = None
    wanted: bool = True
    organization: str | None = None
    """The id of the present organization."""
    messages: tuple[MessageNote, ...] = ()
    interviews: tuple[InterviewNote, ...] = ()
    preps: tuple[PrepNote, ...] = ()
    referred_by: tuple[str, ...] = ()
    """Ids of those who gave you this contact."""
    referred: tuple[str, ...] = ()
    """Ids of those whom this contact gave you."""

    @property
    def recorded(self) -> bool:
        """Whether there is a note about this person."""
        return self.note is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """A place where contacts work, with or without a note of its own."""

    id: str
    name: str
    path: str | None = None
    note: OrganizationNote | None = None
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """One contact gave you another. `evidence` are the notes that say so; `may_mention` is None when nobody asked."""

    by: str
    to: str
    evidence: tuple[str, ...]
    may_mention: bool | None = None


class Shape:
    """Who there is, what they are called, who belongs to whom; networks share one while only other things change.

    Holds what follows from it, which is made once for all of them.
    """

    def __init__(self) -> None:
        self.made: dict[Callable[[Network], object], Any] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Who knows whom: an immutable picture of all notes at one time."""

    me: MeNote | None
    contacts: Mapping[str, Contact]
    organizations: Mapping[str, Organization]
    referrals: tuple[Referral, ...]
    messages: tuple[MessageNote, ...]
    interviews: tuple[InterviewNote, ...]
    preps: tuple[PrepNote, ...]
    named_in: Mapping[tuple[str, int, str], str]
    """(path of our note, line, folded target) to the id of the contact that this link names."""
    findings: tuple[Finding, ...] = ()
    resolver: Resolver = field(default=Resolver(()), compare=False, repr=False)
    """Where a link in one of our notes leads, among all notes of the vault."""
    shape: Shape = field(default_factory=Shape, init=False, compare=False, repr=False)

    def shared(self, make: "Callable[[Network], _Made]") -> "_Made":
        """What `make` makes of a network of this shape, made once; it must not follow from anything but the shape.

        That are ids, names, paths, aliases, referrals, organizations, links in texts, and the dates of interviews.
        """
        made = self.shape.made
        if make not in made:
            made[make] = make(self)
        return made[make]  # type: ignore[no-any-return]  # stored under what made it

    def referral(self, by: str, to: str) -> Referral | None:
        """The referral between two contacts, if there is one."""
        return next((one for one in self.referrals if (one.by, one.to) == (by, to)), None)

    def find(self, words: str) -> tuple[Contact, ...]:
        """The contacts that `words`, which may be a link, may mean: by path, name, e-mail or alias; else by a part.

        Exact matches win over parts; several answers mean that the words fit several people.
        """
        link = read_link(words)
        if link is None:
            return ()
        wanted = fold(link.target)
        return self.find_exactly(words) or tuple(one for one in self.contacts.values() if wanted in fold(one.name))

    def find_exactly(self, words: str) -> tuple[Contact, ...]:
        """The contacts that `words`, which may be a link, name in full: by path, else by name, e-mail or alias."""
        link = read_link(words)
        if link is None:
            return ()
        wanted = fold(link.target)
        by_path = [one for one in self.contacts.values() if one.path and wanted in _path_forms(one.path)]
        return tuple(by_path) or self.find_named(link.target)

    def find_named(self, name: str) -> tuple[Contact, ...]:
        """The contacts that answer to just this name, alias or e-mail."""
        wanted = fold(name.strip())
        return tuple(one for one in self.contacts.values() if wanted in _names(one))


def _path_forms(path: str) -> set[str]:
    """A path as it is and as our answers show it, from where it may be pasted; each also without its ending."""
    forms = {fold(path), fold(on_one_line(path))}
    return forms | {form.removesuffix(".md") for form in forms}


def _names(contact: Contact) -> set[str]:
    """All that a contact answers to, folded: the name, the file's name, aliases, the address; and what we print."""
    names = {contact.name}
    if contact.path:
        names.add(without_ending(contact.path.rpartition("/")[2]))
    if contact.note:
        names.update(contact.note.aliases)
        names.update({contact.note.email} if contact.note.email else ())
    return {fold(form) for name in names for form in (name, on_one_line(name))}
