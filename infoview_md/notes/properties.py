"""The tables of the note format: types, properties, synonyms, settings, and how a person's note is recognised.

These rows are the format. The reader, the commands, the docs page and the tests all read them; to add a property is to
add a row here and a field of the same name to its record.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from infoview_md.notes.whose import Recognition

__all__ = [
    "MESSAGE_TYPES",
    "PERSON_FOLDERS",
    "PERSON_WORDS",
    "PROPERTIES",
    "SETTINGS",
    "SYNONYMS",
    "TYPES",
    "TYPE_PROPERTIES",
    "TYPE_WORDS",
    "NoteType",
    "PropertyKind",
    "Recognition",
    "Setting",
    "fold_name",
    "property_names",
    "type_named",
]

Kind = Literal[
    "text", "texts", "link", "links", "date", "moment", "number", "checkbox", "choice", "email", "emails", "timezone",
    "tags",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyKind:
    """One property: how its value is read, what it means, what it may be."""

    kind: Kind
    meaning: str
    choices: tuple[str, ...] = ()
    least: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteType:
    """One type of note: what it is, its properties in the order a template writes them, and which it cannot lack."""

    meaning: str
    properties: tuple[str, ...]
    required: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting of `Me.md`: its default, its unit, and why the default is what it is."""

    default: int | str | tuple[str, ...]
    unit: str
    meaning: str
    reason: str


def _kind(kind: Kind, meaning: str, *, choices: tuple[str, ...] = (), least: int = 0) -> PropertyKind:
    return PropertyKind(kind=kind, meaning=meaning, choices=choices, least=least)


PROPERTIES: Mapping[str, PropertyKind] = MappingProxyType(
    {
        "name": _kind("text", "the name in full; without it, the file's name"),
        "first_name": _kind("text", "read from other tools' notes; with last_name it makes the name"),
        "last_name": _kind("text", "read from other tools' notes"),
        "aliases": _kind("texts", "other names to find them by"),
        "organization": _kind("links", "where they work; the first is the present one"),
        "role": _kind("text", "what they do there"),
        "field": _kind("text", "the field they work in"),
        "email": _kind("email", "their address"),
        "phone": _kind("text", "their number, in quotes"),
        "linkedin": _kind("text", "their profile"),
        "website": _kind("text", "their site"),
        "location": _kind("text", "where they are"),
        "timezone": _kind("timezone", "their time zone, like Europe/Berlin"),
        "referred_by": _kind("links", "who gave you this contact"),
        "connection": _kind("text", 'how you are linked, like "fellow alum of Leeds"'),
        "why": _kind("text", "why this person and no other"),
        "last_contact": _kind("date", "the last contact, for those who keep no message notes"),
        "follow_up": _kind("date", "nothing is due before this day"),
        "paused_from": _kind("date", "first day of a pause"),
        "paused_until": _kind("date", "last day of a pause; for a contact, of their absence"),
        "keep_in_touch": _kind("number", "days between signs of life", least=1),
        "tags": _kind("tags", "Obsidian's tags"),
        "resume": _kind("link", "your resume: a link or a path"),
        "current_role": _kind("text", "what you do now"),
        "background": _kind("text", "where you come from, in a few words"),
        "target_role": _kind("text", "what you want to do"),
        "target_field": _kind("text", "the field you want to enter"),
        "accepted": _kind("date", "the day you accepted a position"),
        "accepted_role": _kind("text", "the position"),
        "accepted_organization": _kind("link", "where it is"),
        "contact": _kind("links", "whom it is about: one, or a list"),
        "channel": _kind("choice", "how it goes out", choices=("email", "phone", "linkedin")),
        "to": _kind("emails", "the address it goes to"),
        "cc": _kind("emails", "who gets a copy"),
        "subject": _kind("text", "the subject line"),
        "sent": _kind("date", "the day you sent it"),
        "replied": _kind("date", "the day they answered"),
        "reply": _kind("choice", "what they answered", choices=("accepted", "declined", "later")),
        "later_on": _kind("date", "the day they asked you to write again"),
        "interview": _kind("link", "the interview it belongs to"),
        "about": _kind("link", "the contact or interview it reports on"),
        "date": _kind("moment", "the day, or the day and time, of the interview"),
        "duration": _kind("number", "minutes agreed", least=1),
        "medium": _kind("choice", "how you talk", choices=("video", "phone", "in-person")),
        "status": _kind(
            "choice",
            "set only when the date does not tell",
            choices=("scheduled", "held", "cancelled", "no-show"),
        ),
        "started": _kind("moment", "when it began"),
        "ended": _kind("moment", "when it ended"),
        "referrals": _kind("links", "whom they named"),
        "may_mention": _kind("checkbox", "whether you may use their name"),
        "may_follow_up": _kind("checkbox", "whether you may write again"),
        "leads": _kind("texts", "openings, events, things to look up"),
        "terms": _kind("texts", "words of the trade"),
        "rating": _kind("number", "how useful it was, as you count it"),
    }
)

_MESSAGE = ("contact", "channel", "to", "cc", "subject", "sent", "replied", "reply", "later_on")

TYPES: Mapping[str, NoteType] = MappingProxyType(
    {
        "me": NoteType(
            meaning="you: your profile and settings, in Me.md",
            properties=(
                *("name", "email", "phone", "linkedin", "location", "timezone", "resume", "current_role", "background"),
                *("target_role", "target_field", "accepted", "accepted_role", "accepted_organization"),
                *("paused_from", "paused_until"),
            ),
        ),
        "contact": NoteType(
            meaning="a person you want to talk to, or did",
            properties=(
                *("name", "aliases", "organization", "role", "field", "email", "phone", "linkedin", "website"),
                *("location", "timezone", "referred_by", "connection", "why", "last_contact", "follow_up"),
                *("paused_until", "keep_in_touch", "tags"),
            ),
        ),
        "request": NoteType(meaning="asks for an interview", properties=_MESSAGE, required=("contact",)),
        "follow-up": NoteType(meaning="a second try after silence", properties=_MESSAGE, required=("contact",)),
        "referral-request": NoteType(meaning="asks who else to talk to", properties=_MESSAGE, required=("contact",)),
        "thank-you": NoteType(
            meaning="thanks for an interview", properties=(*_MESSAGE, "interview"), required=("contact",)
        ),
        "update": NoteType(
            meaning="tells what came of their advice, or of their referral",
            properties=(*_MESSAGE, "about"),
            required=("contact",),
        ),
        "confirmation": NoteType(
            meaning="confirms an interview the day before", properties=(*_MESSAGE, "interview"), required=("contact",)
        ),
        "announcement": NoteType(meaning="you accepted a position", properties=_MESSAGE, required=("contact",)),
        "prep": NoteType(
            meaning="the prep sheet for an interview",
            properties=("contact", "interview", "date", "duration", "medium"),
            required=("contact",),
        ),
        "interview": NoteType(
            meaning="the notes of a conversation",
            properties=(
                *("contact", "date", "duration", "medium", "status", "started", "ended", "referrals"),
                *("may_mention", "may_follow_up", "follow_up", "leads", "terms", "rating"),
            ),
            required=("contact",),
        ),
        "organization": NoteType(
            meaning="a place where people work", properties=("name", "aliases", "website", "field")
        ),
    }
)

MESSAGE_TYPES = tuple(name for name, row in TYPES.items() if "sent" in row.properties)

TYPE_PROPERTIES = ("type", "categories", "category", "note_type", "record_type")
"""Where a note may say its type; Obsidian has no rule, these are the names in use."""

TYPE_WORDS: Mapping[str, str] = MappingProxyType(
    {"organisation": "organization", "company": "organization", "employer": "organization"}
)
"""Other words for a type."""
PERSON_WORDS = ("person", "people", "contact", "contacts")
"""As a type, category or tag (also `people/mentors`) these mark a note about a person."""
PERSON_FOLDERS = ("people", "contacts")

SYNONYMS: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "contact": {
            "name": ("full_name", "fn"),
            "first_name": ("given_name", "n.gn"),
            "last_name": ("family_name", "surname", "n.fn"),
            "aliases": ("alias", "nickname"),
            "organization": ("org", "company", "employer", "organisation", "organizations", "person_org"),
            "role": ("job_title", "position", "title", "person_title"),
            "email": ("emails", "mail", "email[]"),
            "phone": ("mobile", "tel", "tel[]"),
            "linkedin": ("linkedin_url", "linkedin_id", "socialprofile[linkedin]"),
            "website": ("url", "url[]"),
            "location": ("loc", "city", "where", "adr[].locality"),
            "referred_by": ("introduced_by", "met_via", "met_through", "intro_by"),
            "last_contact": ("last_contacted", "prm_last_contacted", "last", "last_chat"),
            "follow_up": ("next_contact", "follow_up_on", "followup"),
            "tags": ("tag",),
        },
        "interview": {
            "contact": ("person", "people", "attendees", "participants", "guests"),
            "date": ("interview_date", "when", "start"),
        },
        "organization": {"website": ("url",), "aliases": ("alias",), "name": ("full_name",)},
    }
)
"""Other tools' names, folded (see `fold_name`), by the type they hold for. Collected from the plugins in use."""

SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {
        "retry_after": Setting(
            default=7, unit="workdays", meaning="silence before a follow-up", reason="most guides wait a working week"
        ),
        "second_contact_after": Setting(
            default=3,
            unit="workdays",
            meaning="silence before writing to a second person there",
            reason="quick repliers tend to be the helpful ones",
        ),
        "retries": Setting(
            default=1, unit="follow-ups", meaning="how often to try again", reason="one follow-up is enough"
        ),
        "thank_within": Setting(
            default=1, unit="days", meaning="when to thank after an interview", reason="guides agree on 24 hours"
        ),
        "prepare_before": Setting(
            default=3, unit="days", meaning="when to prepare for an interview", reason="time to read three sources"
        ),
        "update_after": Setting(
            default=14, unit="days", meaning="the first progress update", reason="time to act on some advice"
        ),
        "update_every": Setting(default=30, unit="days", meaning="further updates", reason="monthly, while it is news"),
        "keep_in_touch": Setting(
            default=90, unit="days", meaning="a sign of life", reason="guides say every two to three months"
        ),
        "open_organizations": Setting(
            default=5,
            unit="organizations",
            meaning="how many requests may be open at once",
            reason="more cannot be done well",
        ),
        "templates": Setting(
            default="Templates/Infoview", unit="folder", meaning="where your own templates are", reason="out of the way"
        ),
        "contact_types": Setting(
            default=(), unit="words", meaning="further types whose notes are contacts", reason="your vault, your words"
        ),
        "contact_tags": Setting(
            default=(), unit="tags", meaning="further tags whose notes are contacts", reason="your vault, your words"
        ),
        "contact_folders": Setting(
            default=(), unit="folders", meaning="folders whose notes are contacts", reason="your vault, your words"
        ),
        "proofreading_off": Setting(
            default=(), unit="codes", meaning="findings about drafts that you do not want", reason="your letters"
        ),
    }
)


@lru_cache(maxsize=10_000)
def fold_name(name: str) -> str:
    """The form under which property names are the same: case, blanks, `-` and `_` do not matter.

    The label in `EMAIL[HOME]` (VCF Contacts plugin) does not matter either, except for social profiles.
    """
    folded = "_".join(name.strip().lower().replace("-", " ").replace("_", " ").split())
    base, bracket, rest = folded.partition("[")
    if not bracket or base == "socialprofile":
        return folded
    return f"{base}[]{rest.partition(']')[2]}"


def property_names(type_name: str) -> Mapping[str, tuple[str, int]]:
    """For one type: folded spelling to (property, rank); rank 0 is the property's own name, synonyms come after."""
    return _NAMES[type_name]


def type_named(words: Iterable[str]) -> str | None:
    """The first of our types among a note's type words, in any case, with `_` or blanks for `-`."""
    for word in words:
        folded = fold_name(word).replace("_", "-")
        folded = TYPE_WORDS.get(folded, folded)
        if folded in TYPES:
            return folded
    return None


def _names_of(type_name: str) -> Mapping[str, tuple[str, int]]:
    row = TYPES[type_name]
    own = row.properties + (("first_name", "last_name") if type_name == "contact" else ())
    own += tuple(SETTINGS) if type_name == "me" else ()
    names = {name: (name, 0) for name in own}
    for name, synonyms in SYNONYMS.get(type_name, {}).items():
        for rank, synonym in enumerate(synonyms, 1):
            names.setdefault(synonym, (name, rank))
    return MappingProxyType(names)


_NAMES: Mapping[str, Mapping[str, tuple[str, int]]] = MappingProxyType({name: _names_of(name) for name in TYPES})
