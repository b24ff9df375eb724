"""The names that a template can use, as a table; and how data from notes is made fit for a template.

What the notes do not say is None, so that only a misspelt name is an error. Whatever is not plain data is refused.
"""

import datetime as dt
import re
from collections.abc import Mapping
from types import MappingProxyType

from infoview_md.drafting.filters import first_name, link_to
from infoview_md.drafting.guards import harmless
from infoview_md.errors import UsageError
from infoview_md.notes.filenames import is_name
from infoview_md.notes.links import Link
from infoview_md.notes.properties import PROPERTIES, SETTINGS
from infoview_md.notes.records import Moment
from infoview_md.notes.text import visible
from infoview_md.notes.writing import PropertyValue, Single

__all__ = ["FIXED", "FUNCTIONS", "NAMES", "complete_context", "property_answer"]

_PERSON = (
    *(
        "name",
        "first_name",
        "last_name",
        "aliases",
        "link",
        "path",
        "organization",
        "organization_link",
        "role",
        "field",
    ),
    *("email", "phone", "linkedin", "website", "location", "timezone", "referred_by", "connection", "why"),
    *("last_contact", "follow_up", "tags", "may_mention"),
)

NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "me": (
            *("name", "first_name", "email", "phone", "linkedin", "location", "timezone", "resume", "current_role"),
            *("background", "target_role", "target_field", "accepted", "accepted_role", "accepted_organization"),
        ),
        "contact": _PERSON,
        "contacts": _PERSON,
        "referrer": _PERSON,
        "organization": ("name", "link", "website", "field", "path"),
        "interview": (
            *("date", "duration", "medium", "status", "link", "path", "started", "ended", "referrals", "may_mention"),
            *("may_follow_up", "follow_up", "leads", "terms", "rating", "their_date"),
        ),
        "prep": ("questions", "date", "duration", "medium", "link", "path"),
        "request": ("subject", "channel", "to", "sent", "replied", "reply", "link", "path"),
        "about": (*_PERSON, "talked"),
        "today": (),
        "now": (),
    }
)
"""Each name with the parts that it always has; the contact's own further properties come besides.

`contact` and `me` are always there; `contacts` is the list of all of them, the first being `contact`. `referrer`,
`organization`, `interview` (the next one, else the last), `prep` (its prep sheet) and `request` (the last one) are
nothing when there is none. Links are texts like `[[Ada Lovelace]]`; `today` is a date, `now` a date-time.
"""

FUNCTIONS: Mapping[str, str] = MappingProxyType(
    {
        "fill": 'a fill-in: `fill("what you admire in their work", key="admire")`, answered by `--set admire="..."`',
        "questions": "questions from the bank: `questions(minutes=20, topic=None, count=None, phase=None)`",
        "question_groups": "the same as a list of groups, each with `phase` and `questions`",
        "asked_before": "links to where others of the same field answered a question: `asked_before(question)`",
        "timing": "how the minutes agreed are spent: `small_talk`, `questions`, `closing`, `count`",
        "range": "numbers from 0 up to, but without, the one given",
        "namespace": "a box for a value that a loop changes",
    }
)
"""The functions that a template can call."""

FIXED = frozenset(
    (
        *("me", "contact", "contacts", "referrer", "prep", "request", "today", "now", "type", *FUNCTIONS),
        *("loop", "self", "super", "caller", "varargs", "kwargs", "true", "false", "none"),
    )
)
"""Names that an answer cannot take."""

_PEOPLE = ("contact", "referrer", "about", "me")
_PERHAPS = frozenset({"referrer", "about"})
_LISTS = frozenset({"aliases", "tags", "referred_by", "referrals", "leads", "terms", "contacts"})
_ONE_LINE = frozenset((*_PERSON, *NAMES["me"], *NAMES["organization"], "subject")) - {"why", "background"}
_DEPTH = 8
_DIGITS = re.compile(r"[0-9]{1,6}")
_COMMENT = re.compile("%%+")


def complete_context(context: Mapping[str, object]) -> dict[str, object]:
    """A context with every name of `NAMES` in it, as plain data.

    Raises UsageError for a contact without a name, or with a text that is no text; TypeError for what is no data.
    """
    made: dict[str, object] = {}
    for key, value in context.items():
        made[key] = _plain(value, key)
    people = _people(made.get("contacts"))
    made["contact"] = made.get("contact") or (people[0] if people else None)
    made["contacts"] = people or ([made["contact"]] if made["contact"] else [])
    for name, parts in NAMES.items():
        made[name] = _completed(name, made.get(name), parts)
    for one in (made["contact"], *_people(made["contacts"])):
        if isinstance(one, dict) and one.get("name") is not None and not is_name(str(one["name"])):
            raise UsageError(f"bad name: {visible(str(one['name'])).strip() or 'a blank'}", "give the name in letters")
    return made


def plain_answers(answers: Mapping[str, object]) -> dict[str, object]:
    """What the user gave, as plain data."""
    return {key: _plain(value, key) for key, value in answers.items()}


def property_answer(name: str, value: object) -> PropertyValue:
    """An answer as the value of the property `name`: texts become numbers and checkboxes where the format has them."""
    kind = PROPERTIES[name].kind if name in PROPERTIES else None
    if name in SETTINGS and isinstance(SETTINGS[name].default, int):
        kind = "number"
    if value == "" or value is None:
        return None
    if isinstance(value, str) and kind == "number":
        if not _DIGITS.fullmatch(value.strip()):
            raise UsageError(f"{name}: {visible(value)} is not a whole number", "write digits only")
        return int(value)
    if isinstance(value, str) and kind == "checkbox":
        if value.strip().lower() not in {"true", "false", "yes", "no"}:
            raise UsageError(f"{name}: {visible(value)} is neither true nor false", "write true or false")
        return value.strip().lower() in {"true", "yes"}
    return property_value(value)


def property_value(value: object) -> PropertyValue:
    """A value as a property can hold it; a list loses its empty members. Raises ValueError for a group of values."""
    if isinstance(value, list | tuple):
        return tuple(_single(member) for member in value if member not in (None, ""))
    return _single(value)


def _single(value: object) -> Single:
    if isinstance(value, str):
        return harmless(value)
    if value is None or isinstance(value, int | float | dt.date):
        return value
    raise ValueError("this is no single value")


def _completed(name: str, value: object, parts: tuple[str, ...]) -> object:
    if name == "contacts":
        return [_person(one) for one in _people(value)]
    if name in _PEOPLE:
        return _person(value, parts) if value is not None or name not in _PERHAPS else None
    if not parts or not isinstance(value, dict):
        return value
    return {part: [] if part in _LISTS else None for part in parts} | value


def _people(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _person(value: object, parts: tuple[str, ...] = _PERSON) -> object:
    """A first name is needed to greet somebody, and a link to name them; where there is none, the name gives it."""
    known: dict[str, object] = {part: [] if part in _LISTS else None for part in parts}
    known |= value if isinstance(value, dict) else {}
    if is_name(str(known["name"] or "")):
        known["first_name"] = known["first_name"] or first_name(known["name"])
        if "link" in known:
            known["link"] = known["link"] or link_to(known["name"])
    return known


def _plain(value: object, where: str, depth: int = 0) -> object:
    match value:
        case None | bool() | int() | float() | dt.date():
            return value
        case Moment(day=day, clock=clock):
            return day if clock is None else dt.datetime.combine(day, clock)
        case Link(target=target, shown=shown):
            return _plain_text(f"[[{target}|{shown}]]" if shown else f"[[{target}]]", where)
        case str():
            return _plain_text(value, where)
        case Mapping() if depth < _DEPTH:
            return {str(key): _plain(part, f"{where}.{key}", depth + 1) for key, part in value.items()}
        case list() | tuple() if depth < _DEPTH:
            return [_plain(part, where, depth + 1) for part in value]
    raise TypeError(f"{where} is no data that a template may have: {type(value).__name__}")


def _plain_text(text: str, where: str) -> str:
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise UsageError(f"{where} is not UTF-8 text: {visible(text)}", "type it again, in UTF-8")
    owner, dot, part = where.rpartition(".")
    if dot and owner in NAMES and part in _ONE_LINE:
        return _COMMENT.sub("%", " ".join(text.split()))  # a comment that begins in a name would hide the rest
    return text
