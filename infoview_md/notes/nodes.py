"""What stands behind a property's colon, and the value it has under the YAML 1.2 core schema. Reads no YAML itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from infoview_md.notes.findings import Finding
from infoview_md.notes.records import Value

__all__ = [
    "NULL",
    "Block",
    "Keyed",
    "Node",
    "Property",
    "Scalar",
    "Sequence",
    "is_number",
    "is_too_long_number",
    "number_as_obsidian_writes_it",
    "plain_value",
]

NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = ("true", "True", "TRUE")
_FALSE = ("false", "False", "FALSE")
_WORDS: Mapping[str, bool | None] = MappingProxyType(
    {**dict.fromkeys(NULL), **dict.fromkeys(_TRUE, True), **dict.fromkeys(_FALSE, False)}
)
_INT = re.compile(r"[-+]?[0-9]+")
_BASED_INT = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NUMBERLIKE = re.compile(r"[-+]?[0-9][0-9:._eE+-]*")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+")
_LONGEST_NUMBER = 64
_LARGEST_IN_DIGITS = 1e21
"""From here on JavaScript writes a number with an exponent."""
_SMALLEST_IN_DIGITS = 1e-6


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value as it is written: `plain` means without quotes, so that the core schema may see more than text in it."""

    text: str
    line: int
    plain: bool
    span: tuple[int, int]
    """Offsets in the block's text, quotes included."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of values."""

    members: "tuple[Node, ...]"
    line: int
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Keyed:
    """A mapping inside a property, which Obsidian shows but cannot edit."""

    entries: "tuple[tuple[str, Node], ...]"
    line: int
    span: tuple[int, int]


Node = Scalar | Sequence | Keyed


@dataclass(frozen=True, slots=True)
class Property:
    """One property: its name as spelt, its line in the note, its value."""

    name: str
    line: int
    value: Node


@dataclass(frozen=True, slots=True)
class Block:
    """The properties of one note, in order; `readable` is false when the block as a whole could not be read."""

    properties: tuple[Property, ...] = ()
    findings: tuple[Finding, ...] = ()
    readable: bool = True


def plain_value(node: Node) -> Value:
    """The value of a node under the YAML 1.2 core schema, as Obsidian has it.

    One exception: digits with a leading zero stay text (`01234`), because they are postcodes and phone numbers; so do
    numbers that JSON cannot hold.
    """
    match node:
        case Scalar(text=text, plain=True):
            return _core_value(text)
        case Scalar(text=text):
            return text
        case Sequence(members=members):
            return tuple(plain_value(member) for member in members)
        case Keyed(entries=entries):
            return {key: plain_value(value) for key, value in entries}


def is_number(text: str) -> bool:
    """Whether a plain scalar is a number to Obsidian."""
    return bool(_INT.fullmatch(text) or _BASED_INT.fullmatch(text) or _FLOAT.fullmatch(text))


def is_too_long_number(text: str) -> bool:
    """Whether a plain scalar looks like a number that no program can hold."""
    return len(text) > _LONGEST_NUMBER and _NUMBERLIKE.fullmatch(text) is not None


def number_as_obsidian_writes_it(text: str) -> str | None:
    """What becomes of a plain scalar that is a number when Obsidian next writes the note; None for any other text."""
    if not is_number(text) or len(text) > _LONGEST_NUMBER:
        return None
    number = float(int(text, 0)) if _BASED_INT.fullmatch(text) else float(text)
    if abs(number) == float("inf"):
        return ".inf" if number > 0 else "-.inf"
    shortest = repr(number)
    if number and not _SMALLEST_IN_DIGITS <= abs(number) < _LARGEST_IN_DIGITS:
        return shortest.replace("e-0", "e-")
    return f"{Decimal(shortest):f}".removesuffix(".0").replace("-0", "0", number == 0)


def _core_value(text: str) -> Value:
    if text in _WORDS:
        return _WORDS[text]
    if len(text) > _LONGEST_NUMBER or _LEADING_ZERO.fullmatch(text):
        return text
    if _INT.fullmatch(text):
        return int(text)
    if _BASED_INT.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text) and abs(number := float(text)) < float("inf"):
        return number
    return text
