"""File names made from people's names: portable, linkable, never hidden, never outside the vault.

The rules are those of Obsidian's own importer plus Windows'. Touches no disk: whether a name is taken is the writer's
question.
"""

import re
import unicodedata

from infoview_md.errors import UsageError
from infoview_md.notes.text import fold, visible

__all__ = ["MAX_BYTES", "file_name", "is_name", "numbered", "same_file", "vault_path", "without_slashes"]

MAX_BYTES = 240
"""UTF-8 bytes of one name with its `.md`. File systems take 255; the writer's temporary names need the rest."""

_SUFFIX = ".md"
_SLASH = re.compile(r"[/\\\u2044\u2215]")
_FORBIDDEN = re.compile(r'[?<>:*|"\[\]#^]')  # Windows and Android, then what ends a wikilink
# A joiner holds an emoji or a Persian word together; every other invisible character only misleads.
_JOINERS = "\u200c\u200d"
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])", re.IGNORECASE)
_SHORTEST_CUT = 0.6


def is_name(text: str) -> bool:
    """Whether a text can name somebody: it holds at least one letter, digit or picture."""
    return any(unicodedata.category(char)[0] in "LN" or unicodedata.category(char) == "So" for char in text)


def file_name(name: str) -> str:
    """The file name, without `.md`, for a person's name or any other text. Raises UsageError when nothing is left."""
    stem = _portable(without_slashes(unicodedata.normalize("NFC", name)))
    if not is_name(stem):
        shown = visible(name.strip()) or "a blank"
        raise UsageError(f"bad name: {shown} has no letter in it to make a file name from", "give the name in letters")
    return _shortened(stem, MAX_BYTES - len(_SUFFIX))


def without_slashes(text: str) -> str:
    """A text as one part of a path: `AC/DC` gives `AC-DC`, `/etc/passwd` gives `etc-passwd`."""
    parts = _SLASH.split(text)
    return text if len(parts) == 1 else "-".join(part.strip() for part in parts if part.strip(". "))


def vault_path(path: str) -> str:
    """A note's path in the vault, made portable folder by folder; ends in `.md`.

    Raises UsageError for a path that leaves the vault or has a part without a letter in it.
    """
    parts = [part for part in path.replace("\\", "/").split("/") if part.strip() not in {"", "."}]
    if ".." in (part.strip() for part in parts):
        raise UsageError(f"the path {visible(path)} leaves the vault", "write it without ..")
    if not parts:
        raise UsageError("bad name: the path is empty", "give the note a name")
    last = parts[-1][: -len(_SUFFIX)] if parts[-1].lower().endswith(_SUFFIX) else parts[-1]
    return "/".join([*map(file_name, parts[:-1]), file_name(last)]) + _SUFFIX


def numbered(path: str, number: int) -> str:
    """The path to try when `path` is taken: `People/Ada.md` with number 2 gives `People/Ada 2.md`."""
    folder, slash, name = path.rpartition("/")
    stem = name[: -len(_SUFFIX)] if name.lower().endswith(_SUFFIX) else name
    tail = f" {number}"
    return f"{folder}{slash}{_shortened(stem, MAX_BYTES - len(_SUFFIX) - len(tail))}{tail}{_SUFFIX}"


def same_file(one: str, other: str) -> bool:
    """Whether two paths would be one file on some system: case and Unicode form do not matter."""
    return fold(one) == fold(other)


def _portable(text: str) -> str:
    text = re.sub("%%+", "%", _FORBIDDEN.sub("", text))  # %% begins a comment in Obsidian
    text = "".join(" " if char.isspace() else char for char in text if char.isspace() or _shows(char))
    text = " ".join(text.split()).rstrip(". ").lstrip(". ~" + _JOINERS)  # ~$ marks an office program's lock file
    stem, dot, rest = text.partition(".")
    return f"{stem.rstrip()}_{dot}{rest}" if _RESERVED.fullmatch(stem.rstrip()) else text


def _shows(char: str) -> bool:
    return char in _JOINERS or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _shortened(stem: str, limit: int) -> str:
    """Cut to so many bytes, at a blank if one is near, never inside a letter with its marks or a joined emoji."""
    if len(stem.encode()) <= limit:
        return stem
    cut = stem.encode()[:limit].decode(errors="ignore")
    while cut and _continues(stem[len(cut)], cut[-1]):
        cut = cut[:-1]
    blank = cut.rfind(" ")
    if stem[len(cut)] != " " and blank > len(cut) * _SHORTEST_CUT:
        cut = cut[:blank]
    return cut.rstrip(". " + _JOINERS)


def _continues(char: str, before: str) -> bool:
    return unicodedata.category(char)[0] == "M" or char in _JOINERS or before in _JOINERS
