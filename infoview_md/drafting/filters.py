"""What a template may do with a value behind a `|`: a table of small functions from values to values.

The rows are all the filters there are; the sandbox, the docs page and the tests read them. None of them can act on
anything, and none makes much more text than it is given.
"""
# ruff: noqa: ANN401 - a template may put any kind of value before a filter

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2.runtime import Undefined

from infoview_md.drafting.limits import MAX_TEXT, RefusedError
from infoview_md.notes.filenames import file_name
from infoview_md.notes.links import read_link
from infoview_md.notes.text import fold

__all__ = ["FILTERS", "Filter", "as_list", "as_text", "first_name", "link_to"]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?")
_DIRECTIVE = re.compile(r"%(-?[A-Za-z%])")
_TITLES = frozenset(
    (
        "dr",
        "prof",
        "professor",
        "mr",
        "mrs",
        "ms",
        "mx",
        "miss",
        "sir",
        "dame",
        "lady",
        "lord",
        "rev",
        "hon",
        "ir",
        "mag",
    )
)
_BEHIND_NAMES = re.compile(
    r"(?:,?\s+(?:Ph\.?D|D\.?Phil|Ed\.?D|M\.?D|J\.?D|LL\.?M|MBA|MPH|M\.?Sc|B\.?Sc|M\.?A|B\.?A|R\.?N|P\.?E|CPA|Esq|[JS]r|III?|IV)\.?)+$"
)
"""Degrees and the like, which are no names: without them, a comma says that the family name comes first."""
_WORD = re.compile(r"(?:\[\[[^\[\]\n]*\]\]|\S)+")
_DIGITS = re.compile(r"\s*[-+]?[0-9]{1,18}\s*")
_MOST_DAYS = 40_000
_MOST_PLACES = 10
_WIDEST = 1000
_NOON = 12


@dataclass(frozen=True, slots=True)
class Filter:
    """One row: the function, what it does in a line, and whether it also takes what is empty or not there."""

    apply: Callable[..., Any]
    meaning: str
    takes_nothing: bool = False


def as_text(value: object) -> str:  # noqa: PLR0911 - one return a kind
    """A value as it is printed: dates as `2026-11-22`, truth as yes or no, lists as `a, b`."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value == int(value):
            return str(int(value))
        case dt.datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case list() | tuple():
            return _join(value)
        case str() | int() | float() | dt.date():
            return str(value)
        case dt.timedelta():
            return f"{value.days} days"
    raise RefusedError("this cannot be printed", "print one of its parts")


def as_list(value: object) -> list[Any]:
    """A value where a list is expected: nothing is an empty list, a single value a list of one."""
    if value is None or value == "":
        return []
    if isinstance(value, list | tuple | range):
        return list(value)
    return list(value) if isinstance(value, Mapping) else [value]


def first_name(value: object) -> str | None:
    """The name to greet somebody by: `Dr. Ada Lovelace, PhD` and `Lovelace, Ada` give `Ada`."""
    if isinstance(value, Mapping):
        return value.get("first_name") or first_name(value.get("name"))
    family, comma, given = _BEHIND_NAMES.sub("", as_text(value).strip()).partition(",")
    words = (given if comma and given.strip() else family).split()
    while len(words) > 1 and words[0].rstrip(".").lower() in _TITLES:
        words = words[1:]
    return words[0] if words else None


def link_to(value: object) -> str | None:
    """A wikilink to a person or note: its own link if it has one, else made from its path or name."""
    if isinstance(value, Mapping):
        return value.get("link") or link_to(value.get("path") or value.get("name"))
    text = as_text(value).strip()
    link = read_link(text)
    if link is None:
        return None
    if link.style != "bare":
        return text
    if text.endswith(".md"):
        return f"[[{text[:-3]}]]"
    target = file_name(text)
    return f"[[{target}]]" if target == text else f"[[{target}|{_unbracketed(text)}]]"


def _unbracketed(text: str) -> str:
    return " ".join(re.sub(r"[\[\]|]", " ", text).split())


def _moment(value: object) -> dt.date:
    """A `datetime` is a `date` too."""
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str) and _ISO.fullmatch(value.strip()):
        text = value.strip()
        return dt.datetime.fromisoformat(text) if len(text) > len("2026-11-22") else dt.date.fromisoformat(text)
    raise RefusedError("this is not a date", "a date is written like 2026-11-22, or 2026-11-22T14:30")


def _day(value: object) -> dt.date:
    moment = _moment(value)
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _date(value: object, form: str = "%-d %B %Y") -> str:
    moment = _moment(value)
    clock = moment.time() if isinstance(moment, dt.datetime) else dt.time()
    hour = clock.hour % _NOON or _NOON
    parts = {
        "Y": f"{moment.year:04}", "y": f"{moment.year % 100:02}", "m": f"{moment.month:02}", "-m": str(moment.month),
        "B": _MONTHS[moment.month - 1], "b": _MONTHS[moment.month - 1][:3], "d": f"{moment.day:02}",
        "-d": str(moment.day), "A": _WEEKDAYS[moment.weekday()], "a": _WEEKDAYS[moment.weekday()][:3],
        "H": f"{clock.hour:02}", "-H": str(clock.hour), "I": f"{hour:02}", "-I": str(hour), "M": f"{clock.minute:02}",
        "p": "AM" if clock.hour < _NOON else "PM", "V": f"{moment.isocalendar().week:02}", "%": "%",
    }  # fmt: skip

    def part(match: re.Match[str]) -> str:
        if match[1] not in parts:
            raise RefusedError(f"%{match[1]} means nothing in a date", "use " + " ".join(f"%{key}" for key in parts))
        return parts[match[1]]

    return _DIRECTIVE.sub(part, form)


def _time(value: object) -> str | None:
    moment = _moment(value)
    return f"{moment:%H:%M}" if isinstance(moment, dt.datetime) else None


def _days_later(value: object, days: int) -> dt.date:
    return _moment(value) + dt.timedelta(days=_small(days, _MOST_DAYS))


def _minutes_later(value: object, minutes: int) -> dt.date:
    moment = _moment(value)
    if not isinstance(moment, dt.datetime):
        raise RefusedError("this date has no time of day", "write it like 2026-11-22T14:30")
    return moment + dt.timedelta(minutes=_small(minutes, _MOST_DAYS))


def _small(number: object, most: int) -> int:
    if not isinstance(number, int) or abs(number) > most:
        raise RefusedError(f"a whole number up to {most:,} is wanted here", "")
    return number


def _sentence(value: object) -> str:
    text = as_text(value).strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "…")) or not text else ".")


def _upper_first(value: object) -> str:
    return (text := as_text(value))[:1].upper() + text[1:]


def _lower_first(value: object) -> str:
    """A word in capitals (`NASA`) and the `I` of the writer stay as they are."""
    text = as_text(value)
    first = text.split(maxsplit=1)[0] if text.split() else ""
    return text if first.isupper() or first.startswith("I'") else text[:1].lower() + text[1:]


def _quote(value: object) -> str:
    return "\n".join(f"> {line}".rstrip() for line in as_text(value).split("\n"))


def _default(value: object, other: object = "") -> object:
    return other if isinstance(value, Undefined) or value in (None, "", []) else value


def _texts(value: object, between: str = "") -> list[str]:
    """The members that are not empty, as texts; counted one by one, since a member may stand there many times."""
    texts: list[str] = []
    left = MAX_TEXT
    for member in as_list(value):
        if text := as_text(member):
            left -= len(text) + len(between)
            if left < 0:
                raise RefusedError("this makes far too much text", "take fewer")
            texts.append(text)
    return texts


def _join(value: object, between: str = ", ") -> str:
    return between.join(_texts(value, between))


def _listed(value: object, word: str = "and") -> str:
    texts = _texts(value, ", ")
    return f"{', '.join(texts[:-1])} {word} {texts[-1]}" if len(texts) > 1 else "".join(texts)


def _length(value: object) -> int:
    return len(value) if isinstance(value, str | Mapping) else len(as_list(value))


def _part_of(value: object, attribute: str) -> Any:
    if not isinstance(value, Mapping) or attribute not in value:
        raise RefusedError(f"there is no {attribute} in one of these", "check the spelling")
    return value[attribute]


def _map(value: object, *, attribute: str) -> list[Any]:
    return [_part_of(member, attribute) for member in as_list(value)]


def _select(value: object) -> list[Any]:
    return [member for member in as_list(value) if member not in (None, "", [])]


def _orders(members: Sequence[object]) -> list[Any]:
    """What the members are compared by: texts without regard to case."""
    if sum(len(one) for one in members if isinstance(one, str)) > MAX_TEXT:
        raise RefusedError("these texts are far too long to compare", "take fewer")
    return [fold(one) if isinstance(one, str) else one for one in members]


def _sort(value: object, *, attribute: str | None = None, reverse: bool = False) -> list[Any]:
    members = as_list(value)
    orders = _orders(members if attribute is None else [_part_of(member, attribute) for member in members])
    places = sorted(range(len(members)), key=orders.__getitem__, reverse=reverse)
    return [members[place] for place in places]


def _unique(value: object) -> list[Any]:
    members = as_list(value)
    kept: dict[object, Any] = {}
    for member, order in zip(members, _orders(members), strict=True):
        kept.setdefault(order, member)
    return list(kept.values())


def _round(value: object, places: int = 0) -> float:
    if not isinstance(value, int | float):
        raise RefusedError("this is not a number")
    rounded = round(value, _small(places, _MOST_PLACES))
    return int(rounded) if places <= 0 else rounded


def _int(value: object) -> int:
    if isinstance(value, int | float):
        return int(value)
    if not isinstance(value, str) or not _DIGITS.fullmatch(value) or not value.isascii():
        raise RefusedError("this is not a whole number", "write digits only")
    return int(value)


def _replace(value: object, old: str, new: str) -> str:
    text = as_text(value)
    if len(text) + text.count(old) * len(new) > MAX_TEXT:
        raise RefusedError("this makes far too much text", "replace by something shorter")
    return text.replace(old, new)


def _truncate(value: object, length: int = 80) -> str:
    text = as_text(value)
    if len(text) <= _small(length, MAX_TEXT):
        return text
    return text[: max(length - 1, 0)].rsplit(" ", 1)[0].rstrip(" ,;:.-") + "…"


def _wordwrap(value: object, width: int = 79) -> str:
    """Between words only, and never inside a link."""
    _small(width, _WIDEST)
    lines = [""]
    for word in _WORD.findall(as_text(value)):
        fits = len(lines[-1]) + 1 + len(word) <= width
        lines[-1:] = [f"{lines[-1]} {word}" if lines[-1] else word] if fits or not lines[-1] else [lines[-1], word]
    return "\n".join(lines)


def _plain(value: object) -> str | list[str]:
    if isinstance(value, list | tuple):
        return [_shown(text) for text in _texts(value)]
    return _shown(as_text(value))


def _shown(text: str) -> str:
    link = read_link(text)
    return link.text if link else text


def _ends(value: object, which: int) -> object:
    found: Sequence[object] = value if isinstance(value, str) else as_list(value)
    return found[which] if found else None


FILTERS: Mapping[str, Filter] = {
    # Dates
    "date": Filter(_date, 'a date in words, in English: `|date`, `|date("%A %-d %B")`'),
    "day": Filter(_day, "the day of a date-time, to compare it with another day"),
    "weekday": Filter(lambda value: _WEEKDAYS[_moment(value).weekday()], "the name of the day, `Sunday`"),
    "time": Filter(_time, "the time of day, `14:30`; nothing for a date without one"),
    "days_later": Filter(_days_later, "so many days later, or earlier for a negative number"),
    "minutes_later": Filter(_minutes_later, "so many minutes later"),
    # People and links
    "first_name": Filter(first_name, "the name to greet somebody by"),
    "link": Filter(link_to, "a link to a note or a person, `[[Ada Lovelace]]`"),
    "plain": Filter(_plain, "what a reader sees of a link: `[[People/Ada|Ada]]` gives `Ada`"),
    # Text
    "upper": Filter(lambda value: as_text(value).upper(), "all in capitals"),
    "lower": Filter(lambda value: as_text(value).lower(), "all in small letters"),
    "title": Filter(lambda value: as_text(value).title(), "each word with a capital"),
    "capitalize": Filter(lambda value: as_text(value).capitalize(), "the first letter a capital, the others small"),
    "upper_first": Filter(_upper_first, "the first letter a capital, the others untouched"),
    "lower_first": Filter(_lower_first, "the first letter small, the others untouched"),
    "sentence": Filter(_sentence, "with a capital in front and a full stop behind"),
    "quote": Filter(_quote, "as a quotation: each line begins with `> `"),
    "trim": Filter(lambda value: as_text(value).strip(), "without blanks at the ends"),
    "replace": Filter(_replace, 'one text for another: `|replace("old", "new")`'),
    "truncate": Filter(_truncate, "cut at a word after so many characters"),
    "wordwrap": Filter(_wordwrap, "broken into lines of so many characters, never inside a link"),
    "string": Filter(as_text, "as text"),
    # Lists
    "join": Filter(_join, 'the members as one text: `|join(", ")`', takes_nothing=True),
    "listed": Filter(_listed, "the members as one says them: `Ada, Grace and Bob`", takes_nothing=True),
    "length": Filter(_length, "how many", takes_nothing=True),
    "count": Filter(_length, "how many", takes_nothing=True),
    "first": Filter(lambda value: _ends(value, 0), "the first of a list, or nothing", takes_nothing=True),
    "last": Filter(lambda value: _ends(value, -1), "the last of a list, or nothing", takes_nothing=True),
    "list": Filter(as_list, "as a list; a single value becomes a list of one", takes_nothing=True),
    "map": Filter(_map, 'one part of each member: `|map(attribute="name")`', takes_nothing=True),
    "select": Filter(_select, "without the members that are empty", takes_nothing=True),
    "sort": Filter(_sort, "in order, texts without regard to case", takes_nothing=True),
    "unique": Filter(_unique, "each member once", takes_nothing=True),
    "reverse": Filter(lambda value: as_list(value)[::-1], "the last first", takes_nothing=True),
    # Numbers and the rest
    "round": Filter(_round, "rounded, to so many places"),
    "int": Filter(_int, "as a whole number"),
    "abs": Filter(abs, "without its sign"),
    "default": Filter(_default, "something else where there is nothing: `|default(20)`", takes_nothing=True),
}
