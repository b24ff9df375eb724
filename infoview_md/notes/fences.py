"""Where the properties of a note begin and end, and what hides them. Does not read the properties themselves.

The rule is Obsidian's: the very first line is `---`, the block ends at the next line that is `---`; blanks behind the
dashes are tolerated. A byte order mark has been taken off before.
"""

import re
from dataclasses import dataclass

from infoview_md.notes.findings import Finding, Severity, finding

__all__ = ["Split", "body_findings", "split"]

OPENING = re.compile(r"---[ \t]*\r?\n")
CLOSING = re.compile(r"^---[ \t]*(?:\r?\n|\r?\Z)", re.MULTILINE)
_ODD_CLOSING = re.compile(r"^(-{4,}|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_LATE = re.compile(r"\s+---[ \t]*\r?\n(?=[^\n]*:)")
_OTHER_FORMS = {
    "fm-json": re.compile(r"\{[ \t]*\r?\n"),
    "fm-toml": re.compile(r"\+\+\+[ \t]*\r?\n(?:[^\n]*\n)*?\+\+\+[ \t]*(?:\r?\n|\Z)"),
}
_PROPERTY_LINE = re.compile(r"[\w\"'][^:\n]*:(?:\s|$)")
_BLOCK_LINE = re.compile(r"[\w\"'][^:\n]*:(?:[ \t].*)?\r?$|[ \t]+\S|- |#|\s*$")
_SECOND = re.compile(r"\s*^---[ \t]*\r?\n(?P<block>.*?)^---[ \t]*\r?$", re.MULTILINE | re.DOTALL)
_CONFLICT_LINE = re.compile(r"^(?:<{7} |={7}\r?$|>{7} )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Split:
    """A note taken apart. `block` is None when the note has no properties that Obsidian would see.

    `block_start` and `body_start` are offsets into the text; `body_line` is the number of the body's first line.
    """

    block: str | None
    block_start: int
    body: str
    body_start: int
    body_line: int
    findings: tuple[Finding, ...] = ()


def split(text: str, path: str = "") -> Split:
    """Take a note apart. Findings say why a block that was meant as properties is not one."""
    opening = OPENING.match(text)
    if opening is None:
        return Split(None, 0, text, 0, 1, _why_none(text, path))
    closing = CLOSING.search(text, opening.end())
    if closing is None:
        return Split(None, 0, text, 0, 1, (_unclosed(text, opening.end(), path),))
    start, end = opening.end(), closing.start()
    body_line = text.count("\n", 0, closing.end()) + 1
    return Split(text[start:end], start, text[closing.end() :], closing.end(), body_line)


def body_findings(parts: Split, path: str) -> tuple[Finding, ...]:
    """What in the body belongs, or once belonged, to the properties: a second block, conflict markers."""
    found: list[Finding] = []
    if parts.block is not None and (second := _SECOND.match(parts.body)) and _reads_like_properties(second["block"]):
        line = parts.body_line + parts.body.count("\n", 0, second.start("block")) - 1
        found.append(finding("fm-double", path, line))
    if (marker := _conflict(parts.body)) is not None:
        found.append(finding("conflict-markers", path, parts.body_line + parts.body.count("\n", 0, marker)))
    return tuple(found)


def _conflict(body: str) -> int | None:
    """Where a conflict that git left begins: its three kinds of lines, in order; one alone may be a heading's rule."""
    opened = split = None
    for line in _CONFLICT_LINE.finditer(body):
        match line[0][0]:
            case "<":
                opened, split = line.start(), None
            case "=":
                split = opened
            case _ if split is not None:
                return split
    return None


def _reads_like_properties(block: str) -> bool:
    lines = block.rstrip("\n").split("\n")
    return any(map(_PROPERTY_LINE.match, lines)) and all(map(_BLOCK_LINE.match, lines))


def _why_none(text: str, path: str) -> tuple[Finding, ...]:
    if not text.strip():
        return (finding("empty-note", path),)
    if text.startswith("---\r"):
        return (finding("cr-only", path, 1),)
    if text.rstrip() == "---":
        return (finding("fence-unclosed", path, 1, severity=Severity.WARNING),)
    if (late := _LATE.match(text)) and CLOSING.search(text, late.end()):
        return (finding("fence-late", path, text.count("\n", 0, late.end() - 1) + 1),)
    return tuple(finding(code, path, 1) for code, form in _OTHER_FORMS.items() if form.match(text))


def _unclosed(text: str, start: int, path: str) -> Finding:
    odd = _ODD_CLOSING.search(text, start)
    if odd and _reads_like_properties(text[start : odd.start()]):
        return finding("fence-odd", path, text.count("\n", 0, odd.start()) + 1, fence=odd[1])
    if _PROPERTY_LINE.match(text, start):
        return finding("fence-unclosed", path, 1)
    return finding("fence-unclosed", path, 1, severity=Severity.WARNING)
