"""Text as text: when two names are the same, and what of a text is safe to show. Knows nothing of notes."""

import re
import shlex
import unicodedata
from collections.abc import Iterator

__all__ = ["fold", "in_command", "numbered", "on_one_line", "scripts_in", "visible"]

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
    "\ud800-\udfff\ufff9-\uffff\U000e0000-\U000e007f]"
)

_STEERS_A_SHELL = frozenset('"$`\\!')


def fold(text: str) -> str:
    """The form under which two names are the same: NFC, then case-folded, then NFC again."""
    if text.isascii():  # most paths are, and the whole vault's are folded
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def numbered(pattern: re.Pattern[str], text: str, first_line: int = 1) -> Iterator[tuple[int, re.Match[str]]]:
    """All matches in a text whose first line is `first_line`, each with the line it begins on."""
    line, counted = first_line, 0
    for match in pattern.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        yield line, match


def visible(text: str) -> str:
    r"""Write what nobody can see, or what steers a terminal, as `\x1b` or `\u202e`; line feeds and tabs stay."""
    return _HIDDEN.sub(lambda match: _escaped(match[0]), text)


def _escaped(char: str) -> str:
    code = ord(char)
    if code < 0x100:  # noqa: PLR2004 - Python's own borders between its escapes
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"  # noqa: PLR2004


def on_one_line(text: str) -> str:
    r"""Write a text as `visible` does, and a line feed as `\n`."""
    return visible(text).replace("\n", "\\n")


def in_command(text: str) -> str:
    """Write a text as one word of a command, for the shells of Unix and of Windows where that can be."""
    word = on_one_line(text)
    quoted = shlex.quote(word) if _STEERS_A_SHELL.intersection(word) else f'"{word}"'
    return f"-- {quoted}" if word.startswith("-") else quoted


def scripts_in(word: str) -> tuple[str, ...]:
    """Which of the look-alike alphabets (Latin, Cyrillic, Greek) the letters of a word come from, in order."""
    seen: dict[str, None] = {}
    for char in word:
        script = unicodedata.name(char, "").partition(" ")[0].capitalize()
        if script in {"Latin", "Cyrillic", "Greek"}:
            seen.setdefault(script)
    return tuple(seen)
