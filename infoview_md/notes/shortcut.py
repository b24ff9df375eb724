"""The short way to read a note of ours whose properties are simple, as nearly all are; the long way for any other.

Simple are lines of a name, a colon and one value without tricks, or of a list of such values. Whatever is not sure to
be read without a finding, and to the same record as `reading.read_note` reads, is left to that: a value that might be a
number, an unknown spelling, an escape, a comment, a tab. Nothing here decides anything; it only saves time.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from infoview_md.notes import reading
from infoview_md.notes.links import Link, body_links, read_links
from infoview_md.notes.nodes import NULL, Scalar, number_as_obsidian_writes_it
from infoview_md.notes.properties import (
    MESSAGE_TYPES,
    PROPERTIES,
    SETTINGS,
    TYPE_PROPERTIES,
    PropertyKind,
    Recognition,
    fold_name,
    property_names,
)
from infoview_md.notes.quick import Sieve
from infoview_md.notes.reading import AnyNote, NotOurs, Read, Reading, fill_ins_in, setting_kind
from infoview_md.notes.records import (
    ContactNote,
    InterviewNote,
    MeNote,
    MessageNote,
    Moment,
    OrganizationNote,
    PrepNote,
    Settings,
)
from infoview_md.notes.values import Spot, read_value

__all__ = ["read_note", "read_simple"]

_FENCE = b"---\n"
_LONGEST_BLOCK = 8_000
_NAME = r"[A-Za-z][A-Za-z0-9_]*(?:[ -][A-Za-z0-9_]+)*"
_DOUBLE = r'"([^"\\\n]*)"'
_SINGLE = r"'([^'\n]*)'"
# A colon only before, a cross only after something that is no blank; the first character means nothing in YAML.
_PLAIN = r"([A-Za-z0-9+(/_\u00c0-\u024f][^\n:# ]*(?:(?:[ ]+[^\n:# ]|:(?=[^\n ])|#)[^\n:# ]*)*)"
_FLOW_WORD = r"[A-Za-z][A-Za-z0-9_/-]*(?:[ ][A-Za-z][A-Za-z0-9_/-]*)*"
_FLOW_ITEM = rf'(?:{_FLOW_WORD}|"[^"\\\n,]*")'
_FLOW = rf"(\[(?:{_FLOW_ITEM}(?:,[ ]{_FLOW_ITEM})*)?\])"
_ITEM = rf"-[ ]+(?:{_DOUBLE}|{_SINGLE}|{_PLAIN})[ ]*\n"
_ANY_ITEM = _ITEM.replace("([^", "(?:[^").replace("([A", "(?:[A")
_SEVERAL = rf"(?:([ ]*){_ANY_ITEM}(?:\8{_ANY_ITEM})*)?"
_ENTRY = re.compile(rf"(({_NAME}):(?:[ ]+(?:{_DOUBLE}|{_SINGLE}|{_FLOW}|{_PLAIN})[ ]*\n|[ ]*\n({_SEVERAL})))")
_ITEMS = re.compile(_ITEM)
_WIKILINK = re.compile(r"\[\[([^\[\]|#\\\n]+)\]\]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)")
_LENGTH_OF_A_DAY = 10
_NUMBER = re.compile(r"[0-9]{1,4}")
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]]+@[^\s@<>,;:\"()\[\]]+")
_CHECKED: Mapping[str, bool] = MappingProxyType({"true": True, "yes": True, "false": False, "no": False})
_DIGITS = frozenset("0123456789+")
"""What a number without quotes begins with; other signs begin no simple value."""
_SHORT = 10
_LONGEST_NUMBER = 60
_ODD_NAMES = frozenset({"on", "off", "yes", "no", "y", "n", "true", "false", "null"})
_LONGEST_NAME = 100
_MOST_SPELLINGS = 10_000
_PURE_LATIN = "\u024f"
"""The last character of the blocks in which all letters are Latin."""


class _NotSimpleError(Exception):
    """Sends a note the long way; never leaves this module."""


def read_note(path: str, data: bytes, recognition: Recognition) -> Reading:
    """Read a note, as `reading.read_note` does."""
    return read_simple(path, data, recognition) or reading.read_note(path, data, recognition)


def read_simple(path: str, data: bytes, recognition: Recognition) -> Read | NotOurs | None:
    """Read a note that is simple throughout; None for any other."""
    if not data.startswith(_FENCE):
        return None
    try:
        return _read(path, data.decode(), recognition)
    except (UnicodeDecodeError, _NotSimpleError):
        return None


def _read(path: str, text: str, recognition: Recognition) -> Read | NotOurs:
    end = text.find("\n---", len(_FENCE) - 1) + 1
    body_start = end + len(_FENCE)
    if not len(_FENCE) < end < _LONGEST_BLOCK or text[body_start - 1 : body_start] not in ("\n", ""):
        raise _NotSimpleError
    block, body = text[len(_FENCE) : end], text[body_start:]
    if _has_tricks(block) or ("<" in body and "<<<<<<<" in body) or body.lstrip()[:3] == "---":
        raise _NotSimpleError
    is_me = path == reading.ME_PATH
    type_name = "me" if is_me else _type_in(block)
    wanted = type_name != "person"
    if not wanted and recognition == _NO_OWN_WORDS:
        type_name = "contact"
    make = _MAKERS.get(type_name)
    if make is None or (type_name == "me" and not is_me):
        return _not_ours(path, block, recognition)
    values, lines, extra = _values(_ROLES[type_name], block)
    body_line = text.count("\n", 0, body_start) + 1
    values["path"] = path
    values["lines"] = MappingProxyType(lines)
    values["extra"] = MappingProxyType(extra)
    values["body_links"] = body_links(body, body_line)
    values["fill_ins"] = fill_ins_in(body, body_line)
    return Read(make(values, type_name, wanted=wanted))


def _type_in(block: str) -> str:
    """What the property `type` says; empty when there is none, or when it says more than one thing."""
    at = 0 if block.startswith("type:") else block.find("\ntype:") + 1
    return _type_on(block[at : block.find("\n", at) + 1])


@lru_cache(maxsize=1000)
def _type_on(line: str) -> str:
    entry = _ENTRY.match(line)
    return (entry[3] or entry[4] or entry[6] or "") if entry and entry[2] == "type" else ""


def _not_ours(path: str, block: str, recognition: Recognition) -> NotOurs:
    """Make sure that no type and no tag says otherwise."""
    entries = _ENTRY.findall(block)
    names = {entry[1].lower() for entry in entries}
    if len(names) != len(entries) or sum(len(entry[0]) for entry in entries) != len(block):
        raise _NotSimpleError
    sieve = _sieve(recognition)
    if sieve.is_person_folder(path.rpartition("/")[0]):
        raise _NotSimpleError
    for entry in entries:
        if fold_name(entry[1]) in _SAY_WHOSE:
            said = entry[0].lower()
            if not said.isascii() or "](" in said or sieve.has_stem(said):
                raise _NotSimpleError
    return NotOurs(path)


_sieve = lru_cache(maxsize=4)(Sieve)
_SAY_WHOSE = frozenset({*TYPE_PROPERTIES, "tags", "tag"})
_NO_OWN_WORDS = Recognition()


def _has_tricks(block: str) -> bool:
    """Whether something stands there that cannot be seen, is an odd blank, or marks a template."""
    printable = block.replace("\n", "").isprintable() and "\ufffc" not in block and "\ufffd" not in block
    return not printable or (("{" in block or "<" in block) and _has_template(block))


def _has_template(block: str) -> bool:  # apart, because one character is found sooner than two
    return "{{" in block or "<%" in block or "{%" in block


# From the lines to values

_Value = tuple[str, bool, int]
"""What stands there, whether without quotes, and on which line of the note."""
_Plain = str | int | bool | None
_Reader = Callable[[PropertyKind, list[_Value]], Any]
_Said = tuple[str, str, str, Any, int]
"""What an entry said: whose value it is, the property's name, the same in small letters, the value, how many lines."""
_OURS, _EXTRA, _NOBODYS = "ours", "extra", ""


def _values(roles: "_Roles", block: str) -> tuple[dict[str, Any], dict[str, int], dict[str, Any]]:
    """The values of our properties, the lines they stand on, and the values of all others."""
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    extra: dict[str, Any] = {}
    names: list[str] = []
    known = roles.known
    line = 2
    for text in _split(block[:-1]):
        whose, name, folded, value, height = known.get(text) or roles.read(text, line)
        names.append(folded)
        if whose is _OURS:
            values[name] = value
            lines[name] = line
        elif whose is _EXTRA:
            extra[name] = value
        line += height
    if len(set(names)) != len(names):
        raise _NotSimpleError
    return values, lines, extra


_split = re.compile(r"\n(?![ -])").split
"""Apart into entries: a line that begins with a blank or a dash belongs to the entry above it."""


def _several(flow: str, items: str, line: int) -> list[_Value]:
    """The values in a list, in brackets or below each other."""
    if items:
        return [
            (double or single or plain, plain != "", at)
            for at, (double, single, plain) in enumerate(_ITEMS.findall(items), line + 1)
        ]
    words = flow[1:-1].split(", ") if len(flow) > len("[]") else ()
    return [(word.strip('"'), word[0] != '"', line) for word in words]


class _Role:
    """How one property is read; `reader` is None when its value is not ours."""

    __slots__ = ("is_link", "kind", "most", "reader")

    def __init__(self, reader: _Reader | None, kind: PropertyKind) -> None:
        self.reader = reader
        self.kind = kind
        # A link has a line, and is no other note's.
        self.is_link = kind.kind in {"link", "links"}
        self.most = 0 if self.is_link else _MOST_KNOWN

    def read(self, entry: tuple[str, ...], line: int) -> tuple[str, Any]:
        """Whose value the entry has, and which."""
        _, _, double, single, flow, plain, items, _ = entry
        if self.is_link and double and (link := _simple_link(double, line)):
            return _OURS, link if self.kind.kind == "link" else (link,)
        if self.reader is None:
            return (_NOBODYS, None) if self.kind is _TYPE else (_EXTRA, _extra(entry, line))
        if items or flow:
            given = _none_empty(_several(flow, items, line))
        else:
            text = double or single or plain
            is_empty = not text or text.isspace() or (plain and text in NULL)
            given = [] if is_empty else [(text, plain != "", line)]
        return (_OURS, self.reader(self.kind, given)) if given else (_NOBODYS, None)


_MOST_KNOWN = 1_000


def _none_empty(given: list[_Value]) -> list[_Value]:
    for text, plain, _ in given:
        if not text or text.isspace() or (plain and text in NULL):
            raise _NotSimpleError
    return given


def _extra(entry: tuple[str, ...], line: int) -> _Plain | tuple[_Plain, ...]:
    """The value of a property that no table knows."""
    whole, _, double, single, flow, plain, items, _ = entry
    if flow or items:
        given = _none_empty(_several(flow, items, line))
        return tuple([_plain_value(text, is_plain) for text, is_plain, _ in given])
    text = double or single or plain
    if not text:
        return "" if whole.rstrip()[-1] in "\"'" else None
    return _plain_value(text, plain != "")


def _plain_value(text: str, plain: bool) -> _Plain:  # noqa: FBT001 - half of a value
    if not plain:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _DIGITS and not _DAY.fullmatch(text):
        if len(text) < _SHORT and text.isascii() and text.isdigit() and (text[0] != "0" or text == "0"):
            return int(text)
        raise _NotSimpleError
    return text


_WORDS: Mapping[str, bool | None] = MappingProxyType(
    {
        **dict.fromkeys(NULL),
        **dict.fromkeys(("true", "True", "TRUE"), True),
        **dict.fromkeys(("false", "False", "FALSE"), False),
    }
)


# One reader for each kind of property; each knows only the clean case


def _one(given: list[_Value]) -> _Value:
    if len(given) != 1:
        raise _NotSimpleError
    return given[0]


def _clean(value: _Value) -> str:
    text, plain, _ = value
    if text[0] == " " or text[-1] == " " or text.isspace():
        raise _NotSimpleError
    if plain and text[0] in _DIGITS and _is_odd_number(text):
        raise _NotSimpleError
    return text


def _is_odd_number(text: str) -> bool:
    return len(text) > _LONGEST_NUMBER or number_as_obsidian_writes_it(text) not in (None, text)


def _text(_: PropertyKind, given: list[_Value]) -> str:
    return _clean(_one(given))


def _texts(_: PropertyKind, given: list[_Value]) -> tuple[str, ...]:
    return tuple([_clean(one) for one in given])


def _links(_: PropertyKind, given: list[_Value]) -> tuple[Link, ...]:
    if len(given) == 1:
        return _links_in(given[0])
    return tuple([link for one in given for link in _links_in(one)])


def _links_in(value: _Value) -> tuple[Link, ...]:
    text = _clean(value)
    simple = _simple_link(text, value[2])
    return (simple,) if simple else read_links(text, value[2])


def _simple_link(text: str, line: int) -> Link | None:
    simple = _WIKILINK.fullmatch(text)
    target = simple[1].strip() if simple else ""
    return Link(target, None, None, line) if target and target[-3:].lower() != ".md" else None


def _link(_: PropertyKind, given: list[_Value]) -> Link | None:
    links = _links_in(_one(given))
    if len(links) > 1:
        raise _NotSimpleError
    return links[0] if links else None


def _date(_: PropertyKind, given: list[_Value]) -> dt.date:
    return _day(_one(given)[0])


def _moment(_: PropertyKind, given: list[_Value]) -> Moment:
    text = _one(given)[0]
    if len(text) == _LENGTH_OF_A_DAY:
        return Moment(_day(text))
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise _NotSimpleError
    try:
        return Moment(_day(match[1]), dt.time.fromisoformat(match[2]))
    except ValueError:
        raise _NotSimpleError from None


def _day(text: str) -> dt.date:
    if not _DAY.fullmatch(text) or not "1000" <= text[:4] <= "8999":
        raise _NotSimpleError
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise _NotSimpleError from None


def _number(kind: PropertyKind, given: list[_Value]) -> int:
    text = _one(given)[0]
    if not _NUMBER.fullmatch(text) or int(text) < kind.least:
        raise _NotSimpleError
    return int(text)


def _checkbox(_: PropertyKind, given: list[_Value]) -> bool:
    checked = _CHECKED.get(_one(given)[0])
    if checked is None:
        raise _NotSimpleError
    return checked


def _choice(kind: PropertyKind, given: list[_Value]) -> str:
    text = _one(given)[0]
    if text not in kind.choices:
        raise _NotSimpleError
    return text


def _emails(_: PropertyKind, given: list[_Value]) -> tuple[str, ...]:
    if not all(_ADDRESS.fullmatch(text) for text, _, _ in given):
        raise _NotSimpleError
    return tuple([_clean(one) for one in given])


def _email(kind: PropertyKind, given: list[_Value]) -> str:
    return _emails(kind, [_one(given)])[0]


def _timezone(kind: PropertyKind, given: list[_Value]) -> str:
    text = _one(given)[0]
    if not _is_zone(kind, text):
        raise _NotSimpleError
    return text


@lru_cache(maxsize=1000)
def _is_zone(kind: PropertyKind, name: str) -> bool:
    return read_value(kind, Scalar(name, 0, plain=False, span=(0, 0)), Spot("", "", [])) == name


def _tags(kind: PropertyKind, given: list[_Value]) -> tuple[str, ...]:
    texts = _texts(kind, given)
    if any("," in text for text in texts):
        raise _NotSimpleError
    return tuple([tag for text in texts for word in text.split() if (tag := word.removeprefix("#"))])


_READERS: Mapping[str, _Reader] = {
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
_TYPE = PropertyKind(kind="text", meaning="the type")
_OTHER = PropertyKind(kind="text", meaning="a property that no table knows")


class _Roles(dict[str, _Role]):
    """How each spelling of a property is read in the notes of one type; found out when one is first met.

    `known` is what entries said that were read before, since most notes say the same.
    """

    def __init__(self, type_name: str) -> None:
        super().__init__()
        self.known: dict[str, _Said] = {}
        self._names = property_names(type_name)

    def read(self, text: str, line: int) -> _Said:
        """Read one entry, which begins on this line of its note."""
        match = _ENTRY.match(text + "\n")
        if match is None or match.end() <= len(text):
            raise _NotSimpleError
        entry = match.groups("")
        name = entry[1]
        role = self[name]
        whose, value = role.read(entry, line)
        said = whose, name, name.lower(), value, text.count("\n") + 1
        if role.most:
            role.most -= 1
            self.known[text] = said
        return said

    def __missing__(self, name: str) -> _Role:
        folded = fold_name(name)
        own, _ = self._names.get(folded, (None, 0))
        if name == "type":
            role = _Role(None, _TYPE)
        elif len(name) > _LONGEST_NAME or folded in TYPE_PROPERTIES or name.lower() in _ODD_NAMES:
            raise _NotSimpleError
        elif own is None:
            role = _Role(None, _OTHER)
        elif own != name or name in {"first_name", "last_name"}:
            raise _NotSimpleError
        else:
            kind = PROPERTIES.get(name) or setting_kind(name)
            role = _Role(_READERS[kind.kind], kind)
        if len(self) < _MOST_SPELLINGS:
            self[name] = role
        return role


# From values to a record


def _contact(values: dict[str, Any], _: str, *, wanted: bool) -> ContactNote:
    name = values.setdefault("name", _name_from_file(values["path"]))
    if (not name.isascii() and max(name) > _PURE_LATIN) or not any(map(str.isalnum, name)):
        raise _NotSimpleError
    return ContactNote(**values, wanted=wanted)


def _me(values: dict[str, Any], _: str, **__: bool) -> MeNote:
    settings = {name: values.pop(name) for name in tuple(values) if name in SETTINGS}
    return MeNote(**values, settings=Settings(**{name: value for name, value in settings.items() if value != ()}))


def _organization(values: dict[str, Any], _: str, **__: bool) -> OrganizationNote:
    values.setdefault("name", _name_from_file(values["path"]))
    return OrganizationNote(**values)


def _name_from_file(path: str) -> str:
    return path.rsplit("/", 1)[-1][:-3].strip()


def _message(values: dict[str, Any], type_name: str, **__: bool) -> MessageNote:
    if not values.get("contact") or (values.get("reply") == "later" and "later_on" not in values):
        raise _NotSimpleError
    return MessageNote(**values, type=type_name)


def _prep(values: dict[str, Any], _: str, **__: bool) -> PrepNote:
    if not values.get("contact"):
        raise _NotSimpleError
    return PrepNote(**values)


def _interview(values: dict[str, Any], _: str, **__: bool) -> InterviewNote:
    if not values.get("contact"):
        raise _NotSimpleError
    return InterviewNote(**values)


_MAKERS: Mapping[str, Callable[..., AnyNote]] = {
    "me": _me,
    "contact": _contact,
    "organization": _organization,
    "prep": _prep,
    "interview": _interview,
    **dict.fromkeys(MESSAGE_TYPES, _message),
}
_ROLES = {name: _Roles(name) for name in _MAKERS}
