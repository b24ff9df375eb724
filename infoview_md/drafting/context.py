"""What a template may name: the user, the contacts, who referred them, the interview, the last request.

Everything is plain data made for this one draft, texts, dates, numbers, lists and mappings of these, so that a template
cannot reach anything else. What the notes do not say is None.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote
from zoneinfo import ZoneInfo

from infoview_md.network.insights import referrers
from infoview_md.network.interviews import local, status_at
from infoview_md.network.people import Contact, Network
from infoview_md.notes.links import Link
from infoview_md.notes.records import InterviewNote, MeNote, Moment, NoteRecord, PrepNote
from infoview_md.notes.text import fold

__all__ = ["ONE_FOR_ALL", "LinkWriter", "template_context"]

ONE_FOR_ALL = frozenset({"prep", "interview", "thank-you", "confirmation"})
"""Types of which several contacts share one note, as for a panel; of the others each gets one."""
_LOOKING_BACK = frozenset({"thank-you", "update", "referral-request"})
"""Types that speak of the last interview, and not of the next."""
_LOOKING_AHEAD = frozenset({"prep", "confirmation"})
"""Types that speak of the next interview, and never of one that is over."""

Data = dict[str, object]

_ME = (
    *("name", "email", "phone", "linkedin", "location", "timezone", "current_role", "background", "target_role"),
    *("target_field", "accepted", "accepted_role"),
)
_CONTACT = (
    *("role", "field", "email", "phone", "linkedin", "website", "location", "timezone", "connection", "why"),
    *("last_contact", "follow_up", "aliases", "tags"),
)
_INTERVIEW = ("date", "duration", "medium", "status", "may_mention", "may_follow_up", "follow_up", "leads", "terms")
_PREP = ("date", "duration", "medium")
_REQUESTS = frozenset({"request", "follow-up"})
_ENDS_A_WIKILINK = re.compile(r"[\[\]|#^\n\r]")
"""Obsidian makes no file with such a name, but other programs do."""
_BRACKETS = re.compile(r"[\[\]]")
_Note = TypeVar("_Note", InterviewNote, PrepNote)


class LinkWriter:
    """Writes links that Obsidian resolves: by the file's name where it is the only one, else by the path."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._count: dict[str, int] = {}
        for path in paths:
            name = fold(_stem(path))
            self._count[name] = self._count.get(name, 0) + 1

    def to(self, path: str | None, name: str) -> str:
        """A wikilink to the note at `path` that shows `name`; without a path, a link that names who has no note yet."""
        target = name if path is None else _stem(path)
        if path is not None and self._count.get(fold(target), 0) > 1:
            target = path.removesuffix(".md")
        if path is not None and _ENDS_A_WIKILINK.search(target):
            return f"[{_BRACKETS.sub('', ' '.join(name.split()))}]({quote(path)})"
        if path is not None and target.lower().endswith(".md"):
            target += ".md"  # what reads the link takes one ending off
        shown = "" if target == name or any(char in name for char in "[]|\n") else f"|{name}"
        return f"[[{target}{shown}]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What the parts of a context are made from."""

    network: Network
    links: LinkWriter
    now: dt.datetime

    @property
    def zone(self) -> str | None:
        return self.network.me.timezone if self.network.me else None


def template_context(  # noqa: PLR0913 - what a draft is about
    network: Network,
    contacts: Sequence[Contact],
    *,
    paths: Iterable[str],
    now: dt.datetime,
    on: Moment | None = None,
    about: Contact | None = None,
    type_name: str | None = None,
) -> Data:
    """The names for a draft to `contacts`; `on` is the interview's date where the user gives one.

    `about` is the person that an update reports on; `type_name`, the type of the draft, says whether the next or the
    last interview is meant. `paths` are those of all notes, because a link must say more where two notes have one name.
    """
    facts = _Facts(network=network, links=LinkWriter(paths), now=now)
    people = [_contact(facts, one) for one in contacts]
    first = contacts[0] if contacts else None
    interview = _interview(facts, contacts, on, type_name)
    return {
        "me": _me(facts),
        "contact": people[0] if people else None,
        "contacts": people,
        "referrer": _referrer(facts, first),
        "about": _contact(facts, about) | {"talked": _talked(facts, about)} if about else None,
        "organization": _organization(facts, first),
        "interview": interview,
        "prep": _prep(facts, contacts, interview),
        "request": _last_request(facts, first),
        "today": now.date(),
        "now": now,
    }


def _me(facts: _Facts) -> Data:
    me = facts.network.me or MeNote(path="Me.md")
    data: Data = {name: getattr(me, name) for name in _ME}
    return data | {
        "resume": _written(me.resume),
        "accepted_organization": me.accepted_organization.text if me.accepted_organization else None,
    }


def _contact(facts: _Facts, contact: Contact) -> Data:
    note = contact.note
    data: Data = dict(note.extra) if note else {}
    data |= {name: getattr(note, name) for name in _CONTACT} if note else {}
    organization = facts.network.organizations.get(contact.organization or "")
    return data | {
        "name": contact.name,
        "link": facts.links.to(contact.path, contact.name),
        "path": contact.path,
        "organization": organization.name if organization else None,
        "organization_link": _organization_link(facts, contact),
        "referred_by": [_link_to(facts, by) for by in referrers(facts.network).get(contact.id, ())],
    }


def _link_to(facts: _Facts, ident: str) -> str:
    contact = facts.network.contacts[ident]
    return facts.links.to(contact.path, contact.name)


def _organization_link(facts: _Facts, contact: Contact) -> str | None:
    organization = facts.network.organizations.get(contact.organization or "")
    if organization is None:
        return None
    return facts.links.to(organization.path, organization.name) if organization.path else organization.name


def _organization(facts: _Facts, contact: Contact | None) -> Data | None:
    organization = facts.network.organizations.get(contact.organization or "") if contact else None
    if organization is None or contact is None:
        return None
    note = organization.note
    return {
        "name": organization.name,
        "link": _organization_link(facts, contact),
        "website": note.website if note else None,
        "field": note.field if note else None,
        "path": organization.path,
    }


def _referrer(facts: _Facts, contact: Contact | None) -> Data | None:
    """Who gave you this contact and may be named; None when nobody did, or may not be."""
    for by in referrers(facts.network).get(contact.id, ()) if contact else ():
        referral = facts.network.referral(by, contact.id) if contact else None
        if referral is not None and referral.may_mention is not False:
            return _contact(facts, facts.network.contacts[by])
    return None


def _interview(facts: _Facts, contacts: Sequence[Contact], on: Moment | None, type_name: str | None) -> Data | None:
    """The interview a draft is about: the next one with these contacts, else the last one; `on` overrules its date.

    A prep sheet for a day to come stands in for an interview that has no note yet.
    """
    notes: list[InterviewNote] = _shared([one.interviews for one in contacts])
    planned = [one for one in notes if status_at(one, facts.now, facts.zone) in ("scheduled", None)]
    held = [one for one in notes if status_at(one, facts.now, facts.zone) == "held"]
    prepared = [
        one
        for one in _shared([one.preps for one in contacts])
        if one.date and (one.date.day == on.day if on else one.date.day >= facts.now.date())
    ]
    if type_name in _LOOKING_BACK and held:
        data = _interview_data(facts, max(held, key=lambda one: _when(one, facts)))
    elif planned:
        data = _interview_data(facts, min(planned, key=lambda one: _when(one, facts)))
    elif prepared:
        next_one = min(prepared, key=lambda one: _when(one, facts))
        data = {name: getattr(next_one, name) for name in _PREP}
    elif held and on is None and type_name not in _LOOKING_AHEAD:
        data = _interview_data(facts, max(held, key=lambda one: _when(one, facts)))
    elif on is not None:
        data = {}
    else:
        return None
    data |= {"date": on} if on else {}
    return data | {"their_date": _their_date(data.get("date"), facts, contacts)}


def _their_date(date: object, facts: _Facts, contacts: Sequence[Contact]) -> dt.datetime | None:
    """The hour of an interview where the first contact is, when that is another time zone than the user's."""
    theirs = contacts[0].note.timezone if contacts and contacts[0].note else None
    if not isinstance(date, Moment) or date.clock is None or theirs is None or facts.zone in (None, theirs):
        return None
    return (
        local(date, facts.zone)
        .replace(tzinfo=ZoneInfo(str(facts.zone)))
        .astimezone(ZoneInfo(theirs))
        .replace(tzinfo=None)
    )


def _interview_data(facts: _Facts, interview: InterviewNote) -> Data:
    data: Data = {name: getattr(interview, name) for name in _INTERVIEW}
    referrals = (
        facts.network.named_in.get((interview.path, link.line, fold(link.target))) for link in interview.referrals
    )
    return data | {
        "link": _link_to_note(facts, interview),
        "path": interview.path,
        "referrals": [_link_to(facts, ident) for ident in referrals if ident],
    }


def _prep(facts: _Facts, contacts: Sequence[Contact], interview: Data | None) -> Data | None:
    """The prep sheet for the hour of the interview, else the last; the vault adds the questions that stand in it."""
    preps: list[PrepNote] = _shared([one.preps for one in contacts])
    if not preps:
        return None
    hour = interview["date"] if interview else None
    last = max(preps, key=lambda one: (one.date is not None and one.date == hour, _when(one, facts), one.path))
    return {name: getattr(last, name) for name in _PREP} | {"path": last.path, "link": _link_to_note(facts, last)}


def _talked(facts: _Facts, contact: Contact) -> Moment | None:
    """When you last talked to somebody."""
    held = [one for one in contact.interviews if one.date and status_at(one, facts.now, facts.zone) == "held"]
    return max(held, key=lambda one: _when(one, facts)).date if held else None


def _last_request(facts: _Facts, contact: Contact | None) -> Data | None:
    requests = [one for one in contact.messages if one.type in _REQUESTS] if contact else []
    if not requests:
        return None
    last = max(requests, key=lambda one: (one.sent or dt.date.max, one.path))
    return {
        "subject": last.subject,
        "channel": last.channel,
        "to": list(last.to),
        "sent": last.sent,
        "replied": last.replied,
        "reply": last.reply,
        "link": _link_to_note(facts, last),
        "path": last.path,
    }


def _link_to_note(facts: _Facts, note: NoteRecord) -> str:
    return facts.links.to(note.path, _stem(note.path))


def _shared(notes: Sequence[Sequence[_Note]]) -> list[_Note]:
    """The notes that are about all of the contacts at once."""
    paths = [{one.path for one in of_one} for of_one in notes]
    return [one for one in notes[0] if all(one.path in of_one for of_one in paths)] if notes else []


def _when(note: InterviewNote | PrepNote, facts: _Facts) -> dt.datetime:
    return local(note.date, facts.zone) if note.date else dt.datetime.combine(dt.date.max, dt.time())


def _written(link: Link | None) -> str | None:
    if link is None:
        return None
    return link.target if link.style == "bare" else f"[[{link.target}]]"


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")
