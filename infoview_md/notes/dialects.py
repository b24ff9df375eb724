"""Where YAML 1.1, which PyYAML speaks, differs from YAML 1.2: swapped before a block is read, and back after.

What is put in is as long as what it stands for, so that every offset stays true. Reads no YAML itself.
"""

import re
from dataclasses import dataclass

__all__ = ["Swapped", "swap"]

# Tabs that YAML 1.2 takes for blanks, and PyYAML for mistakes: behind a property's colon, behind a dash, and alone.
_HARMLESS_TABS = re.compile(r"^([^\s#\"'][^:\n]*:|[ ]*-|)[ ]*\t[ \t]*(?=(\r?$)?)", re.MULTILINE)
# A lone dash for "none", which Obsidian takes for a list of nothing.
_LONE_DASH = re.compile(r"^([^\s#\"'-][^:\n]*:[ \t]+)-(?=[ \t]*\r?$)", re.MULTILINE)
# YAML 1.1 breaks lines at these three, YAML 1.2 and editors do not. They become private characters.
_BREAKS = {0x85: "\uf8f1", 0x2028: "\uf8f2", 0x2029: "\uf8f3"}
_BREAKS_BACK = {ord(private): chr(code) for code, private in _BREAKS.items()}
_ANY_BREAK = re.compile("[\x85\u2028\u2029]")
_PRIVATE_BREAK = re.compile("[\uf8f1-\uf8f3]")
# JSON writes an emoji as two escapes, which libyaml refuses. `\ud83d` becomes the private `\ue83d`.
_ESCAPED_PAIR = re.compile(r"\\u([dD])([89abAB][0-9a-fA-F]{2})\\u([dD])([c-fC-F][0-9a-fA-F]{2})")
_SWAPPED_PAIR = re.compile(r"\\u([eE])([89abAB][0-9a-fA-F]{2})\\u([eE])([c-fC-F][0-9a-fA-F]{2})")
_PRIVATE_PAIR = re.compile("([\ue800-\uebff])([\uec00-\uefff])")
_PRIVATE = re.compile(r"[\ue800-\uefff]|\\u[eE][89a-fA-F]")


@dataclass(frozen=True, slots=True)
class Swapped:
    """A block for PyYAML to read. One with private characters of its own keeps what they would stand for, too."""

    text: str
    breaks: bool
    pairs: bool

    def back(self, value: str, style: str | None) -> str:
        """What the text of a scalar really is; `style` is the quote it stands in, if any."""
        if self.breaks:
            value = value.translate(_BREAKS_BACK)
        if self.pairs:
            if style == '"':
                return _PRIVATE_PAIR.sub(_joined, value)
            value = _SWAPPED_PAIR.sub(lambda pair: _with_letters(pair, -1), value)
        return value


def swap(block: str) -> Swapped:
    """Make a block ready for PyYAML."""
    text = _HARMLESS_TABS.sub(_with_blanks, block) if "\t" in block else block
    text = _LONE_DASH.sub(r"\1~", text)
    breaks = bool(_ANY_BREAK.search(text)) and not _PRIVATE_BREAK.search(text)
    if breaks:
        text = text.translate(_BREAKS)
    pairs = bool(_ESCAPED_PAIR.search(text)) and not _PRIVATE.search(text)
    if pairs:
        text = _ESCAPED_PAIR.sub(lambda pair: _with_letters(pair, 1), text)
    return Swapped(text, breaks, pairs)


def _with_blanks(match: re.Match[str]) -> str:
    """A tab that indents something stays: there YAML 1.2 refuses it too."""
    return match[1].ljust(len(match[0])) if match[1] or match[2] is not None else match[0]


def _with_letters(pair: re.Match[str], step: int) -> str:
    """The pair of escapes with d made e, or e made d."""
    first, second = (chr(ord(pair[group]) + step) for group in (1, 3))
    return f"\\u{first}{pair[2]}\\u{second}{pair[4]}"


def _joined(pair: re.Match[str]) -> str:
    """The one character that a pair of surrogates stands for."""
    return chr(0x10000 + ((ord(pair[1]) - 0xE800) << 10) + ord(pair[2]) - 0xEC00)
