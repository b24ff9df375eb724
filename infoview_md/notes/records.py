"""Records: what one note says, typed. Nothing here reads text or knows another note.

A record is made by `infoview_md.notes.reading` and never changed. Its fields carry the names of the properties in
`infoview_md.notes.properties`; a property that the note does not have is None, or an empty tuple for lists.
"""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import total_ordering
from types import MappingProxyType
from typing import TypeAlias

from infoview_md.notes.links import Link

__all__ = [
    "ContactNote",
    "FillIn",
    "InterviewNote",
    "MeNote",
    "MessageNote",
    "Moment",
    "NoteRecord",
    "OrganizationNote",
    "PrepNote",
    "Settings",
    "Value",
]

Value: TypeAlias = "str | int | float | bool | tuple[Value, ...] | Mapping[str, Value] | None"
"""A value as YAML 1.2 core gives it; dates and times are text."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Moment:
    """A day, with or without a clock time; the time is local to the user unless it carries an offset of its own.

    Moments are in order of what the clock on the wall shows; a day without a time comes first.
    """

    day: dt.date
    clock: dt.time | None = None

    def __lt__(self, other: "Moment") -> bool:
        return self._wall() < other._wall()

    def _wall(self) -> tuple[dt.date, str]:
        """Python compares no time to None, nor one with an offset to one without."""
        return self.day, self.clock.isoformat() if self.clock else ""

    def __str__(self) -> str:
        """Write it as Obsidian does: `2026-11-22`, or `2026-11-22T14:30:00`."""
        if self.clock is None:
            return self.day.isoformat()
        return f"{self.day.isoformat()}T{self.clock.isoformat(timespec='seconds')}"


@dataclass(frozen=True, slots=True)
class FillIn:
    """A spot in a draft that only the user can write, `==✎ prompt==`; `line` is its line in the note."""

    line: int
    prompt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of `Me.md`; units and reasons stand in the table `infoview_md.notes.properties.SETTINGS`."""

    retry_after: int = 7
    second_contact_after: int = 3
    retries: int = 1
    thank_within: int = 1
    prepare_before: int = 3
    update_after: int = 14
    update_every: int = 30
    keep_in_touch: int = 90
    open_organizations: int = 5
    templates: str = "Templates/Infoview"
    contact_types: tuple[str, ...] = ()
    contact_tags: tuple[str, ...] = ()
    contact_folders: tuple[str, ...] = ()
    proofreading_off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRecord:
    """What all our notes have: where they are, their properties' lines, the rest of their properties, their links."""

    path: str
    lines: Mapping[str, int] = dataclasses.field(default_factory=lambda: MappingProxyType({}))
    """The line on which each known property stands."""
    extra: Mapping[str, Value] = dataclasses.field(default_factory=lambda: MappingProxyType({}))
    """Properties that no table knows, under the note's own spelling."""
    body_links: tuple[Link, ...] = ()
    fill_ins: tuple[FillIn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeNote(NoteRecord):
    """`Me.md`: the user, and the settings."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    linkedin: str | None = None
    location: str | None = None
    timezone: str | None = None
    resume: Link | None = None
    current_role: str | None = None
    background: str | None = None
    target_role: str | None = None
    target_field: str | None = None
    accepted: dt.date | None = None
    accepted_role: str | None = None
    accepted_organization: Link | None = None
    paused_from: dt.date | None = None
    paused_until: dt.date | None = None
    settings: Settings = Settings()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactNote(NoteRecord):
    """A note about a person. `wanted` is true for `type: contact`; other recognised persons are only known."""

    name: str
    wanted: bool = True
    aliases: tuple[str, ...] = ()
    organization: tuple[Link, ...] = ()
    """The first is the present one."""
    role: str | None = None
    field: str | None = None
    email: str | None = None
    phone: str | None = None
    linkedin: str | None = None
    website: str | None = None
    location: str | None = None
    timezone: str | None = None
    referred_by: tuple[Link, ...] = ()
    connection: str | None = None
    why: str | None = None
    last_contact: dt.date | None = None
    follow_up: dt.date | None = None
    paused_until: dt.date | None = None
    keep_in_touch: int | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageNote(NoteRecord):
    """Something the user writes to contacts; `type` is one of the message types of the table."""

    type: str
    contact: tuple[Link, ...]
    channel: str | None = None
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    subject: str | None = None
    sent: dt.date | None = None
    replied: dt.date | None = None
    reply: str | None = None
    later_on: dt.date | None = None
    interview: Link | None = None
    about: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepNote(NoteRecord):
    """A prep sheet."""

    contact: tuple[Link, ...]
    interview: Link | None = None
    date: Moment | None = None
    duration: int | None = None
    """Minutes."""
    medium: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewNote(NoteRecord):
    """The notes of a conversation."""

    contact: tuple[Link, ...]
    date: Moment | None = None
    duration: int | None = None
    """Minutes agreed."""
    medium: str | None = None
    status: str | None = None
    started: Moment | None = None
    ended: Moment | None = None
    referrals: tuple[Link, ...] = ()
    may_mention: bool | None = None
    may_follow_up: bool | None = None
    follow_up: dt.date | None = None
    leads: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    rating: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationNote(NoteRecord):
    """A note about an organization."""

    name: str
    aliases: tuple[str, ...] = ()
    website: str | None = None
    field: str | None = None
