"""A network after notes changed that name nobody else than before: the same people, with what their notes say now.

Most saves are like that, and building a network takes long. Whether a note is such a one is decided here.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from types import MappingProxyType
from typing import TypeVar

from infoview_md.network.people import Contact, Network
from infoview_md.notes.reading import AnyNote
from infoview_md.notes.records import (
    ContactNote,
    InterviewNote,
    MeNote,
    MessageNote,
    NoteRecord,
    OrganizationNote,
    PrepNote,
)

__all__ = ["has_same_shape", "renewed_network"]

_FREE: Mapping[type[NoteRecord], frozenset[str]] = MappingProxyType(
    {
        MeNote: frozenset(
            {
                *("email", "phone", "linkedin", "location", "timezone", "resume", "current_role", "background"),
                *("target_role", "target_field", "accepted", "accepted_role", "accepted_organization"),
                *("paused_from", "paused_until", "settings"),
            }
        ),
        ContactNote: frozenset(
            {
                *("role", "field", "phone", "linkedin", "website", "location", "timezone", "connection", "why"),
                *("last_contact", "follow_up", "paused_until", "keep_in_touch", "tags"),
            }
        ),
        MessageNote: frozenset({"channel", "to", "cc", "subject", "sent", "replied", "reply", "later_on"}),
        PrepNote: frozenset({"date", "duration", "medium"}),
        InterviewNote: frozenset(
            {"duration", "medium", "status", "may_follow_up", "follow_up", "leads", "terms", "rating"}
        ),
        OrganizationNote: frozenset({"website", "field"}),
    }
)
"""What a note may say anew without saying anything about who there is, or who belongs to whom."""

_COMPARED_OTHERWISE = frozenset({"lines", "body_links", "extra", "fill_ins"})
_SHAPING: Mapping[type[NoteRecord], tuple[str, ...]] = MappingProxyType(
    {
        kind: tuple(one.name for one in fields(kind) if one.name not in free | _COMPARED_OTHERWISE)
        for kind, free in _FREE.items()
    }
)
"""What else a note may say: a property that no row above names counts."""
_TELLING_LINES = ("name", "contact", "referred_by", "referrals", "interview", "about")
"""Properties to whose lines the findings of a network lead."""

_Note = TypeVar("_Note", bound=NoteRecord)


def has_same_shape(before: AnyNote, now: AnyNote) -> bool:
    """Whether a note says the same as before about who there is, who belongs to whom, and whom its text names."""
    return type(before) is type(now) and (
        all(getattr(before, name) == getattr(now, name) for name in _SHAPING[type(now)])
        and all(before.lines.get(name) == now.lines.get(name) for name in _TELLING_LINES)
        and [one.target for one in before.body_links] == [one.target for one in now.body_links]
    )


def renewed_network(before: Network, notes: Mapping[str, AnyNote]) -> Network:
    """The network with `notes`, by path, in the place of those of the same shape that stood there before."""

    def now(one: _Note) -> _Note:
        return notes.get(one.path, one)  # type: ignore[return-value]  # of the same shape, so of the same kind

    def all_now(many: tuple[_Note, ...]) -> tuple[_Note, ...]:
        return tuple([now(one) for one in many]) if any(one.path in notes for one in many) else many

    about = {path for path, one in notes.items() if isinstance(one, MessageNote | InterviewNote | PrepNote)}

    def person(one: Contact) -> Contact:
        outreach = (one.messages, one.interviews, one.preps) if about else ()
        if one.path not in notes and not any(note.path in about for many in outreach for note in many):
            return one
        return replace(
            one,
            note=one.note and now(one.note),
            messages=all_now(one.messages),
            interviews=all_now(one.interviews),
            preps=all_now(one.preps),
        )

    network = replace(
        before,
        me=before.me and now(before.me),
        contacts=MappingProxyType({ident: person(one) for ident, one in before.contacts.items()}),
        organizations=MappingProxyType(
            {
                ident: replace(one, note=now(one.note)) if one.note and one.note.path in notes else one
                for ident, one in before.organizations.items()
            }
        ),
        messages=all_now(before.messages),
        interviews=all_now(before.interviews),
        preps=all_now(before.preps),
    )
    object.__setattr__(network, "shape", before.shape)
    return network
