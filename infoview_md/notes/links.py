"""Links as they are written: wikilinks, Markdown links and bare names. Where a link leads is the network's question.

Syntax after Obsidian's help, "Internal links": the target ends at the first `#` or `|`; in a table the bar is escaped;
Markdown destinations are percent-encoded. `[[...]]` inside code or a comment is no link.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Literal
from urllib.parse import unquote

__all__ = ["Link", "body_links", "read_link", "read_links", "without_ending"]

# What would begin another link ends a try, or a line of nothing but brackets would be read once for each bracket.
_WIKI = re.compile(r"!?\[\[((?:(?!\[\[)[^\n])*?)\]\](?!\])")
_MARKDOWN = re.compile(
    r"!?\[((?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]"
    r"\((?:<([^<>\n]*)>|((?:[^()<\s][^()\s]*(?:\([^()\s]*\)[^()\s]*)*)?))(?:[ \t]+\"[^\"\n]*\")?\)"
)
_EXTERNAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NOT_PROSE = re.compile(
    r"^[ \t>]*+(?P<fence>`{3,}+(?![^\n]*`)|~{3,}+)[^\n]*\n.*?(?:^[ \t>]*+(?P=fence)[`~]*+[ \t]*\r?$|\Z)"  # fenced code
    r"|(?<!`)(?P<ticks>`++)[^\n]{0,2000}?(?<!`)(?P=ticks)(?!`)"  # code span
    r"|%%.*?%%"  # Obsidian comment
    r"|<!--.*?(?:-->|\Z)",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a note, as somebody wrote it.

    `target` is the note's name or path (never empty, without `#heading` and without `.md`), `shown` the text to show
    instead, `line` the line it stands on (0 when it was not read from a note).
    """

    target: str
    shown: str | None = None
    heading: str | None = None
    line: int = 0
    style: Literal["wiki", "markdown", "bare"] = "wiki"

    @property
    def text(self) -> str:
        """What a reader sees: the shown text, else the last part of the target."""
        return self.shown or self.target.rsplit("/", 1)[-1]


def read_link(text: str, line: int = 0) -> Link | None:
    """Read a property's text as one link; a text without brackets is a bare name. None when there is no target."""
    stripped = text.strip()
    if wiki := _WIKI.fullmatch(stripped):
        return _wiki_link(wiki[1], line)
    if markdown := _MARKDOWN.fullmatch(stripped):
        return _markdown_link(markdown, line) or _named_only(markdown[1], line)
    return Link(target=stripped, line=line, style="bare") if stripped else None


def read_links(text: str, line: int = 0) -> tuple[Link, ...]:
    """Read a property's text as the links in it, as in `[[Ada]], [[Grace]] (by phone)`; without any, as one name."""
    whole = read_link(text, line)
    if whole is None or whole.style != "bare":
        return (whole,) if whole else ()
    return body_links(text, line) or (whole,)


def body_links(body: str, first_line: int = 1) -> tuple[Link, ...]:
    """Every link to a note in a body whose first line is `first_line`, in order, but for those in code and comments."""
    # One character is found sooner than two, and most bodies have none of these.
    if "[" not in body or ("](" not in body and "[[" not in body):
        return ()
    may_have_code = "`" in body or "~" in body or "%" in body or "<" in body
    prose = _NOT_PROSE.sub(_blank, body) if may_have_code and _has_code(body) else body
    found = [(match.start(), _wiki_link(match[1], line)) for line, match in _begun_by("[[", _WIKI, prose, first_line)]
    if "](" in prose:
        others = _begun_by("[", _MARKDOWN, prose, first_line)
        found = sorted([*found, *((match.start(), _markdown_link(match, line)) for line, match in others)], key=_START)
    return tuple([link for _, link in found if link])


def _has_code(body: str) -> bool:
    """Whether something in it may not be prose."""
    return "`" in body or "~~~" in body or "%%" in body or "<!--" in body


_START = itemgetter(0)


def _begun_by(
    bracket: str, pattern: re.Pattern[str], text: str, first_line: int
) -> Iterator[tuple[int, re.Match[str]]]:
    """All matches of a pattern that begins with a bracket, before which an `!` may stand; each with its line.

    What `text.numbered` gives, found sooner: from bracket to bracket, not from character to character.
    """
    line, counted = first_line, 0
    at = text.find(bracket)
    while at >= 0:
        match = pattern.match(text, at - 1 if at and text[at - 1] == "!" else at)
        if match is not None:
            line += text.count("\n", counted, at)
            counted = at
            yield line, match
        at = text.find(bracket, at + 1 if match is None else match.end())


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _wiki_link(inner: str, line: int) -> Link | None:
    if "|" not in inner and "#" not in inner:
        target = without_ending(inner.strip())
        return Link(target, None, None, line) if target else None
    target, _, shown = inner.replace("\\|", "|").partition("|")
    target, _, heading = target.partition("#")
    target = without_ending(target.strip())
    if not target:
        return None
    return Link(target=target, shown=shown.strip() or None, heading=heading.strip() or None, line=line)


def _markdown_link(match: re.Match[str], line: int) -> Link | None:
    destination = match[2] if match[2] is not None else match[3]
    if _EXTERNAL.match(destination):
        return None
    target, _, heading = map(unquote, destination.partition("#"))
    target = without_ending(target.strip())
    if not target:
        return None
    return Link(
        target=target, shown=match[1].strip() or None, heading=heading.strip() or None, line=line, style="markdown"
    )


def _named_only(shown: str, line: int) -> Link | None:
    """Whom a link out of the vault, or to nowhere, still names: `[Ada](https://ada.example.org)`."""
    name = shown.strip()
    return Link(target=name, line=line, style="bare") if name else None


def without_ending(target: str) -> str:
    """A path or a target without `.md`, in any case."""
    return target[:-3] if target.lower().endswith(".md") else target
