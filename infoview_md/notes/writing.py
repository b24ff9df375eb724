r"""Properties to text: the only room that writes YAML, and only the flat kind that Obsidian can edit.

A text comes back as the same text in the npm package `yaml` 2.7.0 (YAML 1.2 core, Obsidian's), in our own reader and,
short of YAML 1.1's own ideas of `yes` and `14:30`, anywhere else; and `yaml` 2.7.0 re-emits it unchanged, so that a
property edited in Obsidian makes no further difference. So quotes stand only where that package puts them (single ones
around a text with `"` in it), and a text of several lines is a `|-` block. The exceptions are characters that cannot be
seen or that break lines in YAML 1.1: those are always written as escapes in double quotes.
"""

import datetime as dt
import math
import re
from collections.abc import Mapping
from typing import TypeAlias

from infoview_md.notes.records import Moment

__all__ = ["PropertyValue", "block_value", "write_block"]

Single: TypeAlias = "str | int | float | bool | dt.date | Moment | None"
PropertyValue: TypeAlias = "Single | list[Single] | tuple[Single, ...]"
"""What a property can hold; a `datetime` is a `date`. Nothing else can be edited in Obsidian."""

_SAFE_INTEGER = 2**53
_EXPONENT_BELOW = 1e-6  # where JavaScript begins to write 1e-7

# The rules of yaml 2.7.0, stringify/stringifyString and the core schema, in our own order.
_NOT_PLAIN = re.compile(
    r"[\n\t ,\[\]{}#&*!|>'\"%@`]"  # begins with something that means something
    r"|[?-](?:[ \t]|\Z)"
    r"|.*?(?:[\n:][ \t]|[ \t]\n|[\n\t ]#)"  # would begin a value or a comment inside
    r"|.*[\n\t :]\Z",
    re.DOTALL,
)
_ANOTHER_TYPE = re.compile(
    r"~|[Nn]ull|NULL|[Tt]rue|TRUE|[Ff]alse|FALSE"
    r"|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+"
    r"|[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN"
)
_DOCUMENT_MARK = re.compile(r"%|---|\.\.\.")
# Control characters; a tab and the breaks of YAML 1.1, where readers differ; what may not stand in YAML at all.
_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_ESCAPES = {
    '"': r"\"", "\\": r"\\", "\n": r"\n", "\t": r"\t", "\r": r"\r", "\b": r"\b", "\f": r"\f",
    "\0": r"\0", "\a": r"\a", "\v": r"\v", "\x1b": r"\e", "\x85": r"\N", "\u2028": r"\L", "\u2029": r"\P",
}  # fmt: skip
_ONLY_BLANKS_LAST = re.compile(r"\n[\t ]+\Z")
_KEY = re.compile("[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]{1,200}")
_LONGEST_BARE_NUMBER = 64


def write_block(properties: Mapping[str, PropertyValue]) -> str:
    """Write the lines that stand between the fences, each ended by a line feed.

    Raises ValueError for a name or a value that no property can have: nested values, half a surrogate pair, infinity.
    """
    return "".join(f"{_key(name)}:{_after_colon(name, value)}\n" for name, value in properties.items())


def block_value(value: Single, *, depth: int = 1) -> str:
    """Write one value as it stands behind a colon (depth 1) or behind a `- ` in a list (depth 2); nothing for None."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return _number(value)
        case dt.datetime():
            return value.isoformat(timespec="seconds")
        case dt.date() | Moment():
            return str(value)
        case str():
            return _text(value, "  " * depth)
    raise ValueError(f"a property cannot hold {type(value).__name__}")


def _key(name: str) -> str:
    if not _KEY.fullmatch(name) or name != name.strip():
        raise ValueError(f"{name!r} cannot be the name of a property")
    if _NOT_PLAIN.match(name) or _ANOTHER_TYPE.fullmatch(name) or _DOCUMENT_MARK.match(name):
        return _quoted(name)
    return name


def _after_colon(name: str, value: PropertyValue) -> str:
    if isinstance(value, list | tuple):
        if any(member is None for member in value):
            raise ValueError(f"{name}: a list cannot hold nothing")
        return "".join(f"\n  - {block_value(member, depth=2)}" for member in value) or " []"
    written = block_value(value)
    return f" {written}" if written else ""


def _text(text: str, indent: str) -> str:
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise ValueError("the text holds half a character (a lone surrogate)")
    if _UNSEEN.search(text):
        return _double_quoted(text)
    if "\n" in text:
        awkward = text[0] == "\n" or not text.strip() or _ONLY_BLANKS_LAST.search(text)
        return _double_quoted(text) if awkward else _lines(text, indent)
    if not text or _NOT_PLAIN.match(text) or _ANOTHER_TYPE.fullmatch(text) or _long_number(text):
        return _quoted(text)
    return text


def _long_number(text: str) -> bool:
    """Other readers take a long row of digits with colons or dots for a number, and may not survive it."""
    return len(text) > _LONGEST_BARE_NUMBER and re.fullmatch(r"[-+]?[0-9][0-9:._eE+-]*", text) is not None


def _quoted(text: str) -> str:
    if '"' in text and "'" not in text:
        return f"'{text}'"
    return _double_quoted(text)


def _double_quoted(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(char) or (_escape(char) if _UNSEEN.match(char) else char) for char in text) + '"'


def _escape(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"  # noqa: PLR2004 - YAML's border between its escapes


def _lines(text: str, indent: str) -> str:
    """A literal block; its header says whether the first line is indented and what ends it."""
    body = text.rstrip("\n")
    feeds = len(text) - len(body)
    lead = "2" if body.startswith(" ") else ""
    chomp = "-" if feeds == 0 else "" if feeds == 1 else "+"
    shown = body if feeds <= 1 else text[:-1]
    return f"|{lead}{chomp}\n" + "\n".join(indent + line if line else "" for line in shown.split("\n"))


def _number(number: float) -> str:
    """As JavaScript writes it, because that is what Obsidian will do."""
    if not math.isfinite(number) or abs(number) > _SAFE_INTEGER:
        raise ValueError(f"{number} is no number that every program can hold")
    if number == int(number):
        return str(int(number))
    mantissa, _, exponent = repr(float(number)).partition("e")
    if not exponent:
        return mantissa
    if abs(number) < _EXPONENT_BELOW:
        return f"{mantissa}e{int(exponent)}"
    return f"{number:.{len(mantissa.replace('.', '').lstrip('-')) - 1 - int(exponent)}f}"
