"""From one note's bytes to what it says: a record, "not ours", or "cannot be read", each with findings.

Never raises on any bytes, never looks at another note or at the disk.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from infoview_md.notes import fences
from infoview_md.notes.decoding import decode
from infoview_md.notes.findings import Finding, Severity, finding
from infoview_md.notes.links import body_links
from infoview_md.notes.nodes import Block, Node, Property, Scalar, number_as_obsidian_writes_it, plain_value
from infoview_md.notes.properties import (
    MESSAGE_TYPES,
    PROPERTIES,
    SETTINGS,
    TYPE_PROPERTIES,
    TYPES,
    PropertyKind,
    Recognition,
    fold_name,
    property_names,
)
from infoview_md.notes.recognizing import ME_PATH, in_person_folder, looks_like_ours, types_of
from infoview_md.notes.records import (
    ContactNote,
    FillIn,
    InterviewNote,
    MeNote,
    MessageNote,
    OrganizationNote,
    PrepNote,
    Settings,
    Value,
)
from infoview_md.notes.text import numbered, scripts_in
from infoview_md.notes.values import Spot, doubt_text, is_empty, read_value, texts_in

__all__ = ["ME_PATH", "AnyNote", "NotOurs", "Read", "Reading", "Unreadable", "fill_ins_in", "read_note", "setting_kind"]

AnyNote = MeNote | ContactNote | MessageNote | PrepNote | InterviewNote | OrganizationNote

FILL_IN = re.compile(r"==✎[ ]?([^\n]*?)==")


@dataclass(frozen=True, slots=True)
class NotOurs:
    """A note of the user's that is none of ours; it can still be linked to."""

    path: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """One of our notes, read; findings are about its lines."""

    record: AnyNote
    findings: tuple[Finding, ...] = ()

    @property
    def path(self) -> str:
        """The note's path in the vault."""
        return self.record.path


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A note that is probably ours and cannot be read; never the same as a deleted one."""

    path: str
    findings: tuple[Finding, ...]


Reading = NotOurs | Read | Unreadable


def read_note(path: str, data: bytes, recognition: Recognition | None = None) -> Reading:
    """Read the note at `path` (in the vault, with `/`) from its bytes."""
    recognition = recognition or Recognition()
    decoded = decode(data, path)
    if decoded.text is None:
        parts = fences.split(decoded.guess, path)
        return _unreadable(path, _meant_as_properties(decoded.guess, parts), decoded.findings, recognition)
    parts = fences.split(decoded.text, path)
    block = _block(parts.block, path) if parts.block is not None else Block()
    findings = [*decoded.findings, *parts.findings, *block.findings]
    if not block.readable or any(map(_hides_properties, parts.findings)):
        return _unreadable(path, _meant_as_properties(decoded.text, parts), tuple(findings), recognition)
    for type_name in types_of(path, block, recognition):
        reading = _OpenNote(path, type_name, block, parts, list(findings)).read()
        if reading is not None:
            return reading
    if any(one.code == "dup-key" and _says_whose(one.property) for one in block.findings):
        return _unreadable(path, _meant_as_properties(decoded.text, parts), tuple(findings), recognition)
    return NotOurs(path)


def _block(text: str, path: str) -> Block:
    from infoview_md.notes.frontmatter import read_block  # noqa: PLC0415 - YAML is slow to load, and seldom needed

    return read_block(text, path)


def fill_ins_in(text: str, first_line: int = 1) -> tuple[FillIn, ...]:
    """The fill-ins that are left in a text whose first line is `first_line`."""
    if "==✎" not in text:
        return ()
    return tuple(FillIn(line, match[1].strip()) for line, match in numbered(FILL_IN, text, first_line))


def _hides_properties(found: Finding) -> bool:
    """Whether a finding about the fences means that properties stand there which nobody sees."""
    if found.code == "fence-unclosed":
        return found.severity is Severity.ERROR
    return found.code in {"fence-odd", "fence-late", "cr-only", "fm-json"}


def _meant_as_properties(text: str, parts: fences.Split) -> str:
    """Where properties that cannot be read may stand: in their block, or anywhere when there is none but should be."""
    if parts.block is not None:
        return parts.block
    return text if any(map(_hides_properties, parts.findings)) else ""


def _says_whose(name: str | None) -> bool:
    return name is not None and fold_name(name) in {*TYPE_PROPERTIES, "tags", "tag", "contact"}


def _unreadable(path: str, text: str, findings: tuple[Finding, ...], recognition: Recognition) -> Reading:
    """Tell of a note that cannot be read only when it shows a sign of being ours."""
    if path == ME_PATH or in_person_folder(path, recognition) or looks_like_ours(text, recognition):
        return Unreadable(path, findings)
    return NotOurs(path)


# From properties to a record


class _OpenNote:
    """One of our notes while it is read. Lives for one call of `read_note`."""

    def __init__(self, path: str, type_name: str, block: Block, parts: fences.Split, findings: list[Finding]) -> None:
        self.path = path
        self.type = "contact" if type_name == "person" else type_name
        self.wanted = type_name != "person"
        self.block = block
        self.parts = parts
        self.findings = findings

    def read(self) -> Reading | None:
        """What the note says; None when it only happens to use one of our words for its type."""
        known, unknown = self._sorted_properties()
        if TYPES[self.type].required and "contact" not in known:
            return self._without_contact(known)
        values = {name: self._value(name, one) for name, one in known.items()}
        if TYPES[self.type].required and not values["contact"]:
            return self._without_contact(known)
        self.findings += fences.body_findings(self.parts, self.path)
        common: dict[str, Any] = {
            "path": self.path,
            "lines": MappingProxyType({name: one.line for name, one in known.items()}),
            "extra": MappingProxyType({one.name: self._extra(one) for one in unknown}),
            "body_links": body_links(self.parts.body, self.parts.body_line),
            "fill_ins": fill_ins_in(self.parts.body, self.parts.body_line),
        }
        record = _RECORDS[self.type](self, values, common)
        return Read(record, tuple(self.findings))

    def name_from_file(self) -> str:
        return self.path.rsplit("/", 1)[-1][:-3].strip()

    def _sorted_properties(self) -> tuple[dict[str, Property], list[Property]]:
        """Our properties by name, and the rest. The best spelling wins; of two alike in all but case, the first."""
        names = property_names(self.type)
        best: dict[str, tuple[int, Property]] = {}
        unknown: list[Property] = []
        spelt: dict[str, Property] = {}
        for one in self.block.properties:
            self._doubt_case(one, spelt)
            folded = fold_name(one.name)
            name, rank = names.get(folded, ("", 0))
            if rank and PROPERTIES[name].kind in {"date", "moment"} and not _has_digit(one.value):
                name = ""  # other tools' words for a date mean other things elsewhere: `last: Lovelace`
            if folded == "type" or (name and is_empty(one.value)):
                continue
            if name and (name not in best or rank < best[name][0]):
                unknown += [best[name][1]] if name in best else []
                best[name] = (rank, one)
            else:
                unknown.append(one)
        return {name: one for name, (_, one) in best.items()}, unknown

    def _doubt_case(self, one: Property, spelt: dict[str, Property]) -> None:
        before = spelt.setdefault(one.name.casefold(), one)
        if before is one:
            return
        used = one if is_empty(before.value) else before
        self._report("dup-key-case", one, name=one.name, other=before.name, first=before.line, used=used.line)
        spelt[one.name.casefold()] = used

    def _value(self, name: str, one: Property) -> object:
        kind = PROPERTIES.get(name) or setting_kind(name)
        return read_value(kind, one.value, Spot(self.path, one.name, self.findings))

    def _extra(self, one: Property) -> Value:
        value = plain_value(one.value)
        spot = Spot(self.path, one.name, self.findings)
        for scalar in texts_in(one.value, Spot("", one.name, [])):
            doubt_text(scalar, spot)
        kept_as_text = isinstance(one.value, Scalar) and one.value.plain and isinstance(value, str)
        if kept_as_text and (number := number_as_obsidian_writes_it(str(value))):
            self._report("yaml-octal", one, value=value, number=number)
        return value

    def _without_contact(self, known: Mapping[str, Property]) -> Reading | None:
        """Somebody else's note with one of our words for its type; doubtful only when it carries our properties too."""
        if any(one.code == "dup-key" and one.property == "contact" for one in self.findings):
            return Unreadable(self.path, tuple(self.findings))
        own = [one for name, one in known.items() if fold_name(one.name) == name]
        if not own:
            return None
        line = next((one.line for one in self.block.properties if fold_name(one.name) in TYPE_PROPERTIES), 1)
        self.findings.append(finding("no-contact", self.path, line, type=self.type, carried=own[0].name))
        return NotOurs(self.path, tuple(self.findings))

    def _report(self, code: str, one: Property, **words: object) -> None:
        found = finding(code, self.path, one.line, severity=None, property_name=one.name, **words)
        self.findings.append(found)

    def doubt_name(self, name: str, line: int | None) -> None:
        if not any(char.isalnum() for char in name):
            self.findings.append(finding("bad-name", self.path, line, property_name="name"))
        for word in name.split():
            if len(scripts := scripts_in(word)) > 1:
                first = "Latin" if "Latin" in scripts else scripts[0]
                words = {"value": word, "scripts": " and ".join(scripts), "first": first}
                doubt = finding("mixed-script", self.path, line, severity=None, property_name="name", **words)
                self.findings.append(doubt)


def _has_digit(node: Node) -> bool:
    return any(char.isdigit() for scalar in texts_in(node, Spot("", "", [])) for char in scalar.text)


def setting_kind(name: str) -> PropertyKind:
    """How the value of a setting is read."""
    match SETTINGS[name].default:
        case int():
            least = 0 if name in {"retries", "thank_within", "prepare_before"} else 1
            return PropertyKind(kind="number", meaning=SETTINGS[name].meaning, least=least)
        case str():
            return PropertyKind(kind="text", meaning=SETTINGS[name].meaning)
        case _:
            return PropertyKind(kind="texts", meaning=SETTINGS[name].meaning)


Values = dict[str, Any]


def _me(_: _OpenNote, values: Values, common: Values) -> MeNote:
    settings = {name: values.pop(name) for name in tuple(values) if name in SETTINGS}
    return MeNote(**common, **values, settings=Settings(**{k: v for k, v in settings.items() if v not in (None, ())}))


def _contact(note: _OpenNote, values: Values, common: Values) -> ContactNote:
    first, last = values.pop("first_name", None), values.pop("last_name", None)
    name = values.pop("name", None) or " ".join(filter(None, (first, last))) or note.name_from_file()
    note.doubt_name(name, common["lines"].get("name"))
    return ContactNote(**common, **values, name=name, wanted=note.wanted)


def _organization(note: _OpenNote, values: Values, common: Values) -> OrganizationNote:
    return OrganizationNote(**common, name=values.pop("name", None) or note.name_from_file(), **values)


def _message(note: _OpenNote, values: Values, common: Values) -> MessageNote:
    message = MessageNote(**common, **values, type=note.type)
    if message.reply == "later" and message.later_on is None:
        note.findings.append(finding("later-without-date", note.path, message.lines["reply"], property_name="reply"))
    return message


_RECORDS: Mapping[str, Callable[[_OpenNote, Values, Values], AnyNote]] = MappingProxyType(
    {
        "me": _me,
        "contact": _contact,
        "organization": _organization,
        "prep": lambda _, values, common: PrepNote(**common, **values),
        "interview": lambda _, values, common: InterviewNote(**common, **values),
        **dict.fromkeys(MESSAGE_TYPES, _message),
    }
)
