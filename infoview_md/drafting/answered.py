"""Which questions of the bank were answered before: by whom you are about to meet, and by others of the same field.

A question counts as answered in an interview note or on a prep sheet when it is a heading or a list item there and
has text under it. Looks at no file: notes come in as texts.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from infoview_md.drafting.context import LinkWriter
from infoview_md.drafting.questions import HEADING, MEMBER, numbered_prose, question_key
from infoview_md.network.people import Contact, Network
from infoview_md.notes.records import InterviewNote, PrepNote
from infoview_md.notes.text import fold

__all__ = ["Asked", "answered_in", "asked_before"]

_MOST_NAMED = 3
_NO_ANSWER = re.compile(r"==✎.*?==|%%.*?%%|<!--.*?-->")
_SAYS_SOMETHING = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was answered before, by the keys of questions; the links lead to the notes that hold the answers."""

    by_them: frozenset[str] = frozenset()
    by_others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading or list item, while lines may still stand under it: the depth of a heading, the indent of an item."""

    key: str
    heading: bool
    depth: int


def answered_in(text: str) -> frozenset[str]:
    """The keys of all headings and list items of a note that have text under them, or behind their question mark."""
    found: set[str] = set()
    waiting: list[_Open] = []
    after_blank = False
    for _, line in numbered_prose(text):
        if heading := HEADING.fullmatch(line):
            waiting = [one for one in waiting if one.heading and one.depth < len(heading[1])]
            waiting.append(_Open(question_key(heading[2]), heading=True, depth=len(heading[1])))
            continue
        said = _NO_ANSWER.sub("", line)
        indent = len(line) - len(line.lstrip())
        member = MEMBER.fullmatch(line)
        if member or (line.strip() and after_blank):
            waiting = [one for one in waiting if one.heading or one.depth < indent]
        if _SAYS_SOMETHING.search(said):
            found.update(one.key for one in waiting)
        if member:
            waiting.append(_Open(question_key(member[1]), heading=False, depth=indent))
            found.update(_answered_behind(member[1]))
        after_blank = not line.strip()
    return frozenset(found - {""})


def _answered_behind(member: str) -> Iterator[str]:
    """`How did you begin? By accident.`: the question, when there are words behind it."""
    question, mark, rest = _NO_ANSWER.sub("", member).partition("?")
    if mark and _SAYS_SOMETHING.search(question_key(rest)):
        yield question_key(question)


def asked_before(
    people: Sequence[Contact], network: Network, answers: Callable[[str], frozenset[str]], links: LinkWriter
) -> Asked:
    """What these people, each of them, have answered; and what others of a field of theirs, the last ones first.

    `answers` gives the keys of the questions that the note at a path answers.
    """
    by_each = [frozenset[str]().union(*(answers(note.path) for note in _notes_of(one))) for one in people]
    by_them = frozenset.intersection(*by_each) if by_each else frozenset[str]()
    fields = {_field(one, network) for one in people} - {""}
    ids = {one.id for one in people}
    rows = [
        (note, one.name)
        for one in network.contacts.values()
        if one.id in ids or _field(one, network) in fields
        for note in _notes_of(one)
    ]
    by_others: dict[str, dict[str, str]] = {}
    for note, name in sorted(rows, key=lambda row: (_day(row[0]), row[0].path), reverse=True):
        for key in answers(note.path) - by_them:
            by_others.setdefault(key, {}).setdefault(name, links.to(note.path, name))
    return Asked(
        by_them=by_them,
        by_others={key: tuple(named.values())[:_MOST_NAMED] for key, named in by_others.items()},
    )


def _notes_of(contact: Contact) -> tuple[InterviewNote | PrepNote, ...]:
    return (*contact.interviews, *contact.preps)


def _field(contact: Contact, network: Network) -> str:
    """A contact's field, else that of the organization; empty when nobody says."""
    own = contact.note.field if contact.note else None
    organization = network.organizations.get(contact.organization or "")
    return fold((own or (organization.note.field if organization and organization.note else None) or "").strip())


def _day(note: InterviewNote | PrepNote) -> str:
    return str(note.date.day) if note.date else ""
