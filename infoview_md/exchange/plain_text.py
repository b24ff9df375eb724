"""From an Obsidian note's body to what a mail can carry: standard Markdown, or plain text without any marks.

What only Obsidian understands goes: wikilinks become their text, comments and block ids are dropped, embeds are left
out and named to the caller. Code is never touched. Every pattern here takes time in proportion to the text.
"""

import html
import re
from dataclasses import dataclass

from infoview_md.notes.links import read_link
from infoview_md.notes.text import numbered

__all__ = ["Portable", "open_comment", "plain_text", "portable"]

_CODE_OR_COMMENT = re.compile(
    r"^[ \t>]*+(?P<fence>`{3,}+(?![^\n]*`)|~{3,}+)[^\n]*\n(?P<lines>.*?)(?:^[ \t>]*+(?P=fence)[`~]*+[ \t]*$|\Z)"
    r"|(?<!`)(?P<ticks>`++)(?P<code>[^\n]{0,2000}?)(?<!`)(?P=ticks)(?!`)"
    r"|^[ \t]*(?P<alone>(?>%%.*?(?:%%|\Z)|<!--.*?(?:-->|\Z)))[ \t]*(?:\n|\Z)"
    r"|(?P<comment>[ \t]?(?:%%.*?(?:%%|\Z)|<!--.*?(?:-->|\Z)))",
    re.DOTALL | re.MULTILINE,
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{}~])")
_EMBED = re.compile(r"!\[\[([^\[\]\n]+)\]\]")
_WIKILINK = re.compile(r"\[\[((?:(?!\[\[)[^\n])*?)\]\](?!\])")
_LINK = re.compile(
    r"(?P<image>!?)\[(?P<shown>(?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]"
    r"\((?:<(?P<angled>[^<>\n]*)>|(?P<bare>[^()<\s][^()\s]*(?:\([^()\s]*\)[^()\s]*)*)?)(?:[ \t]+\"[^\"\n]*\")?\)"
)
_ABROAD = re.compile(r"(?:https?|mailto|tel|ftp):", re.IGNORECASE)
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^<>\s]+|[^<>\s@]+@[^<>\s@]+)>|https?://[^\s<>\x00*]+", re.IGNORECASE)
_HIGHLIGHT = re.compile(r"==(?=\S)([^\n=]+(?:=[^\n=]+)*)(?<=\S)==")
_BLOCK_ID = re.compile(r"(?:^|[ \t]+)\^[A-Za-z0-9-]+[ \t]*$", re.MULTILINE)
_TAG = r"#(?=[^\s#]*[^\s#\d])[^\s#]+"
_TAG_LINE = re.compile(rf"^[ \t]*{_TAG}(?:[ \t]+{_TAG})*[ \t]*$\n?", re.MULTILINE)
_QUOTED = re.compile(r"[ \t]*>[ ]?")
_CALLOUT = re.compile(r"[ \t]*>[ ]?\[!([^\]\n]+)\][+-]?[ \t]*")
_TASK = re.compile(r"^([ \t>]*(?:[-*+]|[0-9]+[.)])[ \t]+)\[[^\]\n]\][ \t]+", re.MULTILINE)
_HEADING = re.compile(r"^([ \t>]*)#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)
_HARD_BREAK = re.compile(r"(?:\\|[ \t]+)$", re.MULTILINE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ON_A_PARAGRAPH = r"(?:[^{0}\n]|\n(?![ \t]*\n))+"
_EMPHASIS = tuple(
    re.compile(rf"{left}{mark}(?=\S)({_ON_A_PARAGRAPH.format(char)})(?<=\S){mark}{right}")
    for char, mark, left, right in (
        ("*", r"\*", r"(?<!\*)", r"(?!\*)"),
        ("*", r"\*\*", r"", r""),
        ("*", r"\*", r"(?<!\*)", r"(?!\*)"),
        ("_", r"_", r"(?<![\w_])", r"(?![\w_])"),
        ("_", r"__", r"(?<!\w)", r"(?!\w)"),
        ("_", r"_", r"(?<![\w_])", r"(?![\w_])"),
        ("~", r"~~", r"", r""),
    )
)
_KEPT = re.compile("\x00([0-9]+)\x00")


@dataclass(frozen=True, slots=True)
class Portable:
    """A body in standard Markdown, and the embeds that it had: files that a mail does not carry by itself."""

    markdown: str
    left_out: tuple[str, ...] = ()


def portable(body: str) -> Portable:
    """A body without what only Obsidian understands, in standard Markdown."""
    text = body.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    kept = _Kept()
    text = _CODE_OR_COMMENT.sub(lambda match: kept.put(match[0]) if match["fence"] or match["ticks"] else "", text)
    text = _ESCAPED.sub(lambda match: kept.put(match[0]), text)
    embeds = [match[1].partition("|")[0].strip() for match in _EMBED.finditer(text)]
    text = _dropped(_EMBED, text)
    text = _WIKILINK.sub(lambda match: _escape(_shown(match[1].replace("\\|", "|"))), text)
    text = _LINK.sub(lambda match: _at_home(match, embeds), text)
    text = _TAG_LINE.sub("", text)
    text = _BLOCK_ID.sub("", text)
    text = _without_callouts(text)
    text = _TASK.sub(r"\1", text)
    text = _HIGHLIGHT.sub(r"\1", text)
    return Portable(kept.back_in(_tidy(text)), tuple(embeds))


def plain_text(markdown: str) -> str:
    """Standard Markdown as plain text: links keep their address, lists and quotes their marks, the rest loses them."""
    kept = _Kept()
    text = _CODE_OR_COMMENT.sub(lambda match: kept.put(_code(match)), markdown.replace("\x00", ""))
    text = _ESCAPED.sub(lambda match: kept.put(match[1]), text)
    text = _LINK.sub(lambda match: _with_address(match, kept), text)
    text = _ADDRESS.sub(lambda match: kept.put((match[1] or match[0]).removeprefix("mailto:")), text)
    text = _HEADING.sub(r"\1\2", text)
    for pattern in _EMPHASIS:
        text = pattern.sub(r"\1", text)
    text = _HARD_BREAK.sub("", text)
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return kept.back_in(_tidy(text.replace("\\|", "|")))


def open_comment(body: str, first_line: int = 1) -> int | None:
    """The line of a comment that is opened and never closed, so that Obsidian hides all that follows; or None."""
    for line, match in numbered(_CODE_OR_COMMENT, body, first_line):
        comment = match["alone"] or match["comment"]
        if comment and not re.fullmatch("%%.*%%|<!--.*-->", comment.strip(), re.DOTALL):
            return line
    return None


class _Kept:
    """Pieces of a text that nothing may change, while a number stands in their place."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def put(self, piece: str) -> str:
        self._pieces.append(piece)
        return f"\x00{len(self._pieces) - 1}\x00"

    def back_in(self, text: str) -> str:
        """Put them back; a piece may itself hold pieces that were put away before it."""
        while (text_before := text) != (text := _KEPT.sub(lambda match: self._pieces[int(match[1])], text_before)):
            pass
        return text


def _code(match: re.Match[str]) -> str:
    """What stands in a piece of code; of a comment, nothing."""
    if match["fence"] is not None:
        return match["lines"].removesuffix("\n")
    return match["code"].strip() if match["ticks"] is not None else ""


def _dropped(pattern: re.Pattern[str], text: str) -> str:
    """The text without what the pattern finds; a line that held nothing else goes too."""
    alone = re.compile(rf"^[ \t]*(?:{pattern.pattern}[ \t]*)+$\n?", re.MULTILINE)
    return pattern.sub("", alone.sub("", text))


def _shown(inner: str) -> str:
    """What a reader sees of a wikilink; of one to a heading in the same note, the heading."""
    link = read_link(f"[[{inner}]]")
    if link is not None and link.style == "wiki":
        return link.text
    target, _, shown = inner.partition("|")
    return shown.strip() or target.strip(" #")


def _escape(text: str) -> str:
    """A text that Markdown would read as marks, so that it does not."""
    return re.sub(r"([\\`*_\[\]<>~=])", r"\\\1", text)


def _at_home(match: re.Match[str], embeds: list[str]) -> str:
    """A Markdown link as it may leave the vault: one to a note becomes its text, a picture in the vault is left out."""
    address = match["angled"] or match["bare"] or ""
    if _ABROAD.match(address):
        return match[0].removeprefix("!")
    if match["image"]:
        embeds.append(address)
        return ""
    return match["shown"]


def _with_address(match: re.Match[str], kept: _Kept) -> str:
    address = match["angled"] or match["bare"] or ""
    shown = match["shown"].strip()
    bare = address.removeprefix("mailto:").removeprefix("tel:")
    if not shown or shown in {address, bare}:
        return kept.put(bare)
    return f"{shown} ({kept.put(bare)})"


def _without_callouts(text: str) -> str:
    """Callouts become ordinary text under their title: a frame is nothing that a mail can have."""
    if "[!" not in text:
        return text
    lines: list[str] = []
    depth = 0
    for line in text.split("\n"):
        rest, left = line, depth
        while left and (mark := _QUOTED.match(rest)):
            rest, left = rest[mark.end() :], left - 1
        depth -= left
        if opening := _CALLOUT.match(rest):
            rest, depth = rest[opening.end() :], depth + 1
        lines.append(rest)
    return "\n".join(lines)


def _tidy(text: str) -> str:
    """No blanks at the ends of lines, no two empty lines together, nothing empty around the whole."""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n")
