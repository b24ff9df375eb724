"""Names in Markdown that we generate: as links that Obsidian resolves, or as text that stays text."""

import re
from collections.abc import Iterable, Sequence

from infoview_md.views.lines import one_line, shown_name

__all__ = ["escaped", "table", "wikilink"]

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~=$^%!&]")
_LIST_LIKE = re.compile(r"^(?:[-+]|\d+[.)])")
_NOT_SHOWN = re.compile(r"[\[\]|`<>\\\x00-\x1f]|%%")
_NOT_IN_A_LINK = re.compile(r"[\[\]#^|`\\\x00-\x1f]|%%")


def escaped(text: str) -> str:
    r"""A text in which nothing is markup, on one line; safe in a list and in a table cell."""
    plain = _MARKUP.sub(lambda found: "\\" + found[0], shown_name(text))
    return _LIST_LIKE.sub(lambda found: found[0][:-1] + "\\" + found[0][-1], plain)


def wikilink(path: str | None, name: str, *, in_table: bool = False) -> str:
    """A link to the note at `path` that shows `name`; the name as text when there is no note that can be linked.

    The whole path is written, so that it leads to this note whatever else carries its name. In the cell of a table, a
    bare bar would end the cell.
    """
    target = (path or "").removesuffix(".md")
    if not target or _NOT_IN_A_LINK.search(target) or one_line(target) != target:
        return escaped(name)
    if _NOT_SHOWN.search(name) or one_line(name) != name or not name.strip():
        return f"[[{target}]] ({escaped(name)})"
    bar = "\\|" if in_table else "|"
    return f"[[{name}]]" if target == name else f"[[{target}{bar}{name}]]"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already, each on one line and fit for a table."""
    lines = (heads, ["---"] * len(heads), *rows)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
