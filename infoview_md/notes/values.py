"""Typed readers: from what stands behind a property's colon to a value, or a finding on that line.

One reader for each kind in the table of properties. Missing, empty, `null`, `""` and `[]` mean the same: None, or an
empty tuple. A scalar where a list is expected is a list of one.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from infoview_md.notes.findings import Finding, finding
from infoview_md.notes.links import Link, read_link, read_links
from infoview_md.notes.nodes import Keyed, Node, Scalar, Sequence, number_as_obsidian_writes_it, plain_value
from infoview_md.notes.properties import PropertyKind, fold_name
from infoview_md.notes.records import Moment
from infoview_md.notes.text import visible

__all__ = ["Spot", "doubt_text", "is_empty", "read_value", "texts_in"]

_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?[ ]?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_FIRST_YEAR, _LAST_YEAR = 1000, 8999
"""Python's calendar ends with the years 1 and 9999; so many years from either end, days can be added and taken away."""
_DATE_WANTED = "year-month-day, like 2026-11-22"
_MOMENT_WANTED = "2026-11-22 or 2026-11-22T14:30"
_DIGITS = re.compile(r"[0-9]{1,4}")
_ADDRESS = r"[^\s@<>,;:\"()\[\]]+@[^\s@<>,;:\"()\[\]]+"
_EMAIL = re.compile(rf"{_ADDRESS}|[^<>@]*<{_ADDRESS}>")
_YES = frozenset({"true", "yes"})
_NO = frozenset({"false", "no"})


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value stands: the note, the property as spelt, and the list that takes its findings."""

    path: str
    name: str
    findings: list[Finding]

    def report(self, code: str, line: int, **words: object) -> None:
        """Add a finding about this property; long texts are cut."""
        shown = {key: _short(word) if isinstance(word, str) else word for key, word in words.items()}
        self.findings.append(finding(code, self.path, line, severity=None, property_name=self.name, **shown))


def read_value(kind: PropertyKind, node: Node, spot: Spot) -> object:
    """Read one property's value by its row: a value of the kind's type, or None or `()` where there is none."""
    return _READERS[kind.kind](kind, node, spot)


def is_empty(node: Node) -> bool:
    """Whether a value says nothing: empty, `null`, or a list or mapping of nothing."""
    match node:
        case Scalar():
            return not node.text.strip() or plain_value(node) is None
        case Sequence(members=members):
            return all(map(is_empty, members))
        case Keyed(entries=entries):
            return not entries


def texts_in(node: Node, spot: Spot, wanted: str = "text") -> list[Scalar]:
    """The scalars of a value that is one, or a list of them; what is deeper is reported and left out."""
    if isinstance(node, Scalar):
        return [] if is_empty(node) else [node]
    if isinstance(node, Keyed):
        if not is_empty(node):
            spot.report("bad-shape", node.line, what="keys and values stand", wanted=wanted)
        return []
    scalars: list[Scalar] = []
    for member in node.members:
        if isinstance(member, Scalar):
            scalars += [] if is_empty(member) else [member]
        elif not is_empty(member):
            spot.report("bad-shape", member.line, what="a list in a list stands", wanted=wanted)
    return scalars


def _short(text: str, width: int = 100) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _one(node: Node, spot: Spot, wanted: str) -> Scalar | None:
    scalars = texts_in(node, spot, wanted)
    if len(scalars) > 1:
        spot.report("bad-shape", scalars[1].line, what=f"{len(scalars)} values stand", wanted=wanted)
        return None
    return scalars[0] if scalars else None


def _clean(scalar: Scalar, spot: Spot) -> str:
    """The text on one line; says what a person cannot see in it, and what Obsidian would make of a bare number."""
    text = " ".join(scalar.text.split()) if "\n" in scalar.text else scalar.text.strip(" \t\r")
    doubt_text(scalar, spot)
    if scalar.plain and (number := number_as_obsidian_writes_it(text)) not in (None, text):
        spot.report(
            "yaml-octal" if plain_value(scalar) == text else "number-lost", scalar.line, value=text, number=number
        )
    return text


def doubt_text(scalar: Scalar, spot: Spot) -> None:
    """Report the first character of a text that cannot be seen."""
    if visible(scalar.text) == scalar.text:
        return
    hidden = next((char for char in scalar.text if visible(char) != char and char != "\r"), None)
    if hidden is not None:
        spot.report("suspicious-unicode", scalar.line, value=scalar.text, char=visible(hidden))


def _text(_: PropertyKind, node: Node, spot: Spot) -> str | None:
    scalar = _one(node, spot, "one text")
    return (_clean(scalar, spot) or None) if scalar else None


def _texts(_: PropertyKind, node: Node, spot: Spot) -> tuple[str, ...]:
    return tuple(text for scalar in texts_in(node, spot, "a list of texts") if (text := _clean(scalar, spot)))


def _links(_: PropertyKind, node: Node, spot: Spot) -> tuple[Link, ...]:
    scalars = texts_in(_links_restored(node, spot), spot, 'a link, like "[[Ada Lovelace]]"')
    return tuple(link for scalar in scalars for link in read_links(_clean(scalar, spot), scalar.line))


def _links_restored(node: Node, spot: Spot) -> Node:
    """Obsidian writes an unquoted `[[Ada]]` as a list in a list, `- - Ada`: the link it was is read again."""
    if not isinstance(node, Sequence):
        return node
    members: list[Node] = []
    for member in node.members:
        match member:
            case Sequence(members=(Scalar(text=text) as inner,)) if text.strip() and "[" not in text:
                spot.report("link-unquoted", member.line, value=f"[[{text}]]")
                members.append(replace(inner, text=f"[[{text}]]", plain=False))
            case _:
                members.append(member)
    return replace(node, members=tuple(members))


def _link(kind: PropertyKind, node: Node, spot: Spot) -> Link | None:
    links = _links(kind, node, spot)
    if len(links) > 1:
        spot.report("bad-shape", links[1].line, what=f"{len(links)} links stand", wanted="one link")
        return None
    return links[0] if links else None


def _moment(_: PropertyKind, node: Node, spot: Spot) -> Moment | None:
    scalar = _one(node, spot, "one date")
    return _read_moment(scalar, spot, _MOMENT_WANTED) if scalar else None


def _date(_: PropertyKind, node: Node, spot: Spot) -> dt.date | None:
    scalar = _one(node, spot, "one date")
    moment = _read_moment(scalar, spot, _DATE_WANTED) if scalar else None
    return moment.day if moment else None


def _read_moment(scalar: Scalar, spot: Spot, wanted: str) -> Moment | None:
    """A link to a daily note, `[[2026-11-22]]`, is a date too."""
    text = scalar.text.strip()
    linked = read_link(text) if text.startswith("[[") else None
    match = _MOMENT.fullmatch(linked.target.rpartition("/")[2] if linked else text)
    if match is None:
        spot.report("bad-date", scalar.line, value=text, why=_why_no_date(text), wanted=wanted)
        return None
    try:
        return _moment_of(*match.groups())
    except ValueError as error:
        spot.report("bad-date", scalar.line, value=text, why=f"; {error}", wanted=wanted)
        return None


def _moment_of(day: str, hour: str | None, minute: str, second: str | None, offset: str | None) -> Moment:
    """The moment with these parts. Raises ValueError, with the reason in words, when there is none such."""
    try:
        date = dt.date.fromisoformat(day)
    except ValueError:
        raise ValueError("the calendar has no such day") from None
    if not _FIRST_YEAR <= date.year <= _LAST_YEAR:
        raise ValueError(f"years go from {_FIRST_YEAR} to {_LAST_YEAR} here")
    if hour is None:
        return Moment(date)
    try:
        return Moment(date, dt.time(int(hour), int(minute), int(second or 0), tzinfo=_offset(offset)))
    except ValueError:
        raise ValueError("no clock shows this time") from None


def _offset(text: str | None) -> dt.tzinfo | None:
    if text is None:
        return None
    if text == "Z":
        return dt.UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return dt.timezone(dt.timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _why_no_date(text: str) -> str:
    if re.fullmatch(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}", text):
        return "; day and month cannot be told apart"
    if re.fullmatch(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", text):
        return "; month and day want two digits"
    return ""


def _number(kind: PropertyKind, node: Node, spot: Spot) -> int | None:
    scalar = _one(node, spot, "one number")
    if scalar is None:
        return None
    text = scalar.text.strip()
    if _DIGITS.fullmatch(text) and int(text) >= kind.least:
        return int(text)
    wanted = f"a whole number from {kind.least} to 9999"
    spot.report("bad-number", scalar.line, value=text, wanted=wanted)
    return None


def _checkbox(_: PropertyKind, node: Node, spot: Spot) -> bool | None:
    scalar = _one(node, spot, "true or false")
    if scalar is None:
        return None
    word = scalar.text.strip().lower()
    if word in _YES or word in _NO:
        return word in _YES
    spot.report("bad-checkbox", scalar.line, value=scalar.text)
    return None


def _choice(kind: PropertyKind, node: Node, spot: Spot) -> str | None:
    scalar = _one(node, spot, "one word")
    if scalar is None:
        return None
    word = fold_name(scalar.text).replace("_", "-")
    if word in kind.choices:
        return word
    nearest = _did_you_mean(word, kind.choices)
    spot.report("bad-choice", scalar.line, value=scalar.text, allowed=", ".join(kind.choices), nearest=nearest)
    return None


def _email(kind: PropertyKind, node: Node, spot: Spot) -> str | None:
    addresses = _emails(kind, node, spot)
    if len(addresses) > 1:
        spot.report("bad-email", node.line, value=", ".join(addresses))
        return None
    return addresses[0] if addresses else None


def _emails(_: PropertyKind, node: Node, spot: Spot) -> tuple[str, ...]:
    addresses = []
    for scalar in texts_in(node, spot, "an e-mail address"):
        text = _clean(scalar, spot).removeprefix("mailto:")
        if not _EMAIL.fullmatch(text):
            spot.report("bad-email", scalar.line, value=text)
        addresses.append(text)
    return tuple(addresses)


def _timezone(_: PropertyKind, node: Node, spot: Spot) -> str | None:
    scalar = _one(node, spot, "one time zone")
    if scalar is None:
        return None
    name = scalar.text.strip()
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        nearest = _did_you_mean(name, _timezones())
        spot.report("bad-timezone", scalar.line, value=name, nearest=nearest)
        return None
    return name


@cache
def _timezones() -> tuple[str, ...]:
    """All time zones there are, in order; looking for them takes a while."""
    return tuple(sorted(available_timezones()))


def _tags(kind: PropertyKind, node: Node, spot: Spot) -> tuple[str, ...]:
    """A single text may hold several, as in notes from before Obsidian 1.9."""
    words = (word for text in _texts(kind, node, spot) for word in re.split(r"[,\s]+", text))
    return tuple(tag for word in words if (tag := word.removeprefix("#")))


def _did_you_mean(word: str, known: tuple[str, ...]) -> str:
    nearest = get_close_matches(word[:100], known, n=1)
    return f"; did you mean {nearest[0]}?" if nearest else ""


_READERS: Mapping[str, Callable[[PropertyKind, Node, Spot], object]] = MappingProxyType(
    {
        "text": _text,
        "texts": _texts,
        "link": _link,
        "links": _links,
        "date": _date,
        "moment": _moment,
        "number": _number,
        "checkbox": _checkbox,
        "choice": _choice,
        "email": _email,
        "emails": _emails,
        "timezone": _timezone,
        "tags": _tags,
    }
)
