"""One property of one note set, and every other byte left as it is. Takes bytes and gives bytes; touches no disk.

The properties are never written anew: the new value is put into the text in the place of the old one, and the result is
read again. Unless it then says exactly the new value, and of all else exactly what was said before, nothing is changed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from infoview_md.errors import ConflictError
from infoview_md.notes import fences
from infoview_md.notes.decoding import decode
from infoview_md.notes.findings import Finding
from infoview_md.notes.frontmatter import read_block
from infoview_md.notes.nodes import Block, Keyed, Node, Property, Scalar, Sequence, plain_value
from infoview_md.notes.properties import fold_name
from infoview_md.notes.records import Value
from infoview_md.notes.writing import Single, block_value, write_block

__all__ = ["Edit", "set_property"]

_FIRST_LINE = 2
"""Of the properties, in the note."""
_BOM = "\ufeff".encode()
_FLOW_ROOT = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*[{\[]")
_COMMENT_IN_HEADER = re.compile(r"[|>][^\n]*#")
_MARKED = ("&", "*", "!")
"""How an anchor, an alias and a tag begin; a value without quotes cannot begin so."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A note with one property set: all its bytes, and the value that stood there before (None: nothing)."""

    data: bytes
    before: Value


@dataclass(frozen=True, slots=True)
class _Note:
    """A note taken apart for editing."""

    path: str
    bom: bytes
    text: str
    parts: fences.Split
    block: Block

    @property
    def source(self) -> str:
        """The text of the properties."""
        return self.parts.block or ""

    def line_at(self, line: int) -> int:
        """Where in the properties a line of the note begins."""
        starts = [0, *(match.end() for match in re.finditer("\n", self.source))]
        return starts[line - _FIRST_LINE]

    def with_block(self, start: int, end: int, new: str) -> str:
        """The whole text, with a piece of the properties replaced."""
        offset = self.parts.block_start
        return self.text[: offset + start] + new + self.text[offset + end :]


def set_property(data: bytes, name: str, value: Single, *, path: str = "the note") -> Edit:
    """Set a property, in the spelling of its name that the note has, or as its last one; nothing else changes a byte.

    Gives the same bytes when the value is there already. Raises ConflictError when the note cannot be edited safely:
    its properties cannot be read, stand twice, or are written in a way of which only a part could be kept. Raises
    ValueError for a value that no property can hold.
    """
    note = _open(data, path)
    wanted = read_block(write_block({name: value})).properties[0].value
    old = _property(note, name)
    if old is None:
        text = _appended(note, name, value)
    elif _means(old.value) == _means(wanted):
        return Edit(data, plain_value(old.value))
    else:
        text = _replaced(note, old, value)
    edited = note.bom + text.encode()
    _verify(note, name, old, wanted, edited)
    return Edit(edited, plain_value(old.value) if old else None)


# --- What can be edited ----------------------------------------------------------------------------------------------


def _open(data: bytes, path: str) -> _Note:
    decoded = decode(data, path)
    if decoded.text is None:
        raise _unfit(decoded.findings[-1])
    parts = fences.split(decoded.text, path)
    if parts.block is None:
        if parts.findings:
            raise _unfit(parts.findings[0])
        raise ConflictError(f"{path} has no properties, so none of them can be set", "put --- above and below them")
    block = read_block(parts.block, path, _FIRST_LINE)
    if obstacle := next(_obstacles(parts, block, path), None):
        raise _unfit(obstacle)
    return _Note(path, _BOM if data.startswith(_BOM) else b"", decoded.text, parts, block)


def _obstacles(parts: fences.Split, block: Block, path: str) -> Iterator[Finding]:
    """What keeps Obsidian, too, from reading the properties as they are meant."""
    if not block.readable:
        yield block.findings[-1]
    yield from (one for one in block.findings if one.code == "dup-key")
    yield from (one for one in fences.body_findings(parts, path) if one.code == "fm-double")


def _unfit(found: Finding) -> ConflictError:
    place = f"{found.path}:{found.line}" if found.line else found.path
    return ConflictError(f"{place}: {found.message}; the note is left as it is", found.hint)


def _by_hand(note: _Note, name: str, line: int, why: str) -> ConflictError:
    return ConflictError(f"{note.path}:{line}: {name} {why}; the note is left as it is", "change this property by hand")


def _property(note: _Note, name: str) -> Property | None:
    """The property that the reader takes for `name`, however it is spelt."""
    found = [one for one in note.block.properties if fold_name(one.name) == fold_name(name)]
    if len(found) > 1:
        raise _by_hand(note, found[1].name, found[1].line, f"stands on line {found[0].line} already")
    return found[0] if found else None


# --- The text --------------------------------------------------------------------------------------------------------


def _appended(note: _Note, name: str, value: Single) -> str:
    """Put the property just before the closing fence, indented as the others are."""
    block, indent = note.source, ""
    if _FLOW_ROOT.match(block):
        raise _by_hand(note, name, _FIRST_LINE, "cannot be added to properties between brackets")
    if note.block.properties:
        first = block[note.line_at(note.block.properties[0].line) :]
        indent = first[: len(first) - len(first.lstrip(" "))]
    lines = write_block({name: value}).splitlines()
    return note.with_block(len(block), len(block), "".join(f"{indent}{line}{_line_end(note)}" for line in lines))


def _replaced(note: _Note, old: Property, value: Single) -> str:
    """Put the value where the old one stands."""
    block, (start, _) = note.source, old.value.span
    head = re.fullmatch(
        rf"[ ]*([\"']?){re.escape(old.name)}\1[ \t]*:(?P<gap>(?:\s|#[^\n]*\n)*)", block[note.line_at(old.line) : start]
    )
    if head is None or _FLOW_ROOT.match(block):
        raise _by_hand(note, old.name, old.line, "is written in an unusual way")
    if _has_marks(old.value, block):
        raise _by_hand(note, old.name, old.line, "has an anchor (&), an alias (*) or a tag (!)")
    end = _end(old.value, block)
    if _has_comment(old.value, block, end):
        raise _by_hand(note, old.name, old.line, "has a comment among its values")
    written, gap = block_value(value).replace("\n", _line_end(note)), head["gap"]
    if start == end and block.startswith(" ", start) and not block.startswith("#", start + 1):
        start = end = start + 1
    elif not gap.strip() and (not written or ("\n" in gap and not isinstance(old.value, Scalar))):
        start -= len(gap)  # a list below its name: the one value that takes its place stands beside the name
    blank = " " if written and block.startswith(":", start - 1) else ""
    return note.with_block(start, end, blank + written)


def _line_end(note: _Note) -> str:
    return "\r\n" if note.text[: note.parts.block_start + len(note.source)].endswith("\r\n") else "\n"


def _end(node: Node, block: str) -> int:
    """Where a value ends; the parser counts what follows a list or a text of several lines as a part of it."""
    start, end = node.span
    match node:
        case Sequence(members=(*_, last)) if block[start] == "-":
            end = _end(last, block)
        case Keyed(entries=(*_, (_, last))) if block[start] != "{":
            end = _end(last, block)
    return start + len(block[start:end].rstrip())


def _inner(node: Node) -> Iterator[Node]:
    match node:
        case Sequence(members=members):
            yield from members
        case Keyed(entries=entries):
            yield from (value for _, value in entries)


def _has_marks(node: Node, block: str) -> bool:
    return block.startswith(_MARKED, node.span[0]) or any(_has_marks(one, block) for one in _inner(node))


def _has_comment(node: Node, block: str, end: int) -> bool:
    """Whether a comment stands within a value, where it would go with it."""
    if isinstance(node, Scalar):
        return _COMMENT_IN_HEADER.match(block, node.span[0]) is not None
    at, between = node.span[0], []
    for one in _inner(node):
        between.append(block[at : one.span[0]])
        at = _end(one, block)
        if _has_comment(one, block, at):
            return True
    return "#" in "".join((*between, block[at:end]))


# --- What must hold --------------------------------------------------------------------------------------------------


def _verify(note: _Note, name: str, old: Property | None, wanted: Node, edited: bytes) -> None:
    """Read the edited note again: only this property may say something else."""
    line = old.line if old else note.parts.body_line - 1
    try:
        after = _open(edited, note.path)
    except ConflictError as error:
        raise _by_hand(note, name, line, "cannot be set in the midst of what stands around it") from error
    expected = [(one.name, wanted if one is old else one.value) for one in note.block.properties]
    expected += [] if old else [(name, wanted)]
    found = [(one.name, one.value) for one in after.block.properties]
    same = len(found) == len(expected) and all(
        one == other and _is_same(value, another)
        for (one, value), (other, another) in zip(found, expected, strict=True)
    )
    if not same or after.parts.body != note.parts.body:
        raise _by_hand(note, name, line, "cannot be set without changing something else")


def _is_same(one: Node, other: Node) -> bool:
    """Whether two values say the same, wherever they stand."""
    match one, other:
        case Scalar(), Scalar():
            return (one.text, one.plain) == (other.text, other.plain)
        case Sequence(members=members), Sequence(members=others):
            return len(members) == len(others) and all(map(_is_same, members, others))
        case Keyed(entries=entries), Keyed(entries=others):
            return [key for key, _ in entries] == [key for key, _ in others] and all(
                _is_same(value, another) for (_, value), (_, another) in zip(entries, others, strict=True)
            )
        case _:
            return False


def _means(node: Node) -> tuple[bool, Value]:
    """What a value is to the reader: quotes make no difference to a text, and only to Python `1` is `true`."""
    value = plain_value(node)
    return isinstance(value, bool), value
