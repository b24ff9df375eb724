"""Whose note is it, judged from its first bytes: most notes of a vault are not ours, and need no more than that.

A sieve never keeps back a note of which `reading.read_note` has anything to say. It reads the first `START` bytes, of
which only the fence on the first line and the properties below it. No YAML is read, only asked whether one of the words
that make a note ours stands there at all; where YAML could hide such a word (an escape, a rare letter that folds to a
plain one, a percent-encoded link, properties that do not end in these bytes), the note passes.
"""

import re

from infoview_md.notes.properties import PERSON_FOLDERS, PERSON_WORDS, TYPE_WORDS, TYPES, Recognition
from infoview_md.notes.text import fold

__all__ = ["START", "Sieve"]

START = 8192
"""Bytes. Nearly all properties end far before, and most notes do."""

_OPENING = re.compile(rb"---[ \t]*\r?\n")
_CLOSING = re.compile(rb"^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_CLOSING_BEFORE_END = re.compile(rb"^---[ \t]*\r?\n", re.MULTILINE)
_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BLANKS = frozenset(b"\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \xc2\xe1\xe2\xe3")
"""What a blank may begin with in UTF-8, the no-break and the ideographic space among them."""
_ODD_STARTS = frozenset(bytes([one]) for one in (*_BLANKS, *b"{\xff\xfe"))
_FOLDING = "ß\u0130ŉ\u017f\u037eẚẞ\u1fef\u212a\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06"
"""All characters beyond ASCII in whose folded form a plain one stands."""
_MAY_FOLD = re.compile("|".join(_FOLDING).encode())
_LONGEST_INDENT = 400


class Sieve:
    """Tells notes that may be ours from those that cannot be, under one user's settings.

    One of `stems` stands, in small letters, in whatever type or tag makes a note ours.
    """

    def __init__(self, recognition: Recognition) -> None:
        own = (*recognition.types, *recognition.tags)
        words = (*(name for name in TYPES if name != "me"), *TYPE_WORDS, *PERSON_WORDS, *own)
        stems = {_stem(word) for word in words}
        self.stems = tuple([one for one in stems if not any(other in one for other in stems - {one})])
        self._folders = tuple(f"{fold(folder.strip('/'))}/" for folder in recognition.folders if folder.strip("/"))

    def is_person_folder(self, folder: str) -> bool:
        """Whether every note in this folder of the vault is about a person."""
        folded = fold(folder)
        return any(part in PERSON_FOLDERS for part in folded.split("/")) or f"{folded}/".startswith(self._folders)

    def has_stem(self, text: str) -> bool:
        """Whether one of the stems stands in a text in small letters."""
        for stem in self.stems:  # noqa: SIM110 - half the time of any()
            if stem in text:
                return True
        return False

    def may_be_ours(self, start: bytes, *, whole: bool) -> bool:
        """Whether a note that begins with these bytes may be ours for what it says; `whole` when it ends with them."""
        if start[:3] == _BOM:
            start = start[3:]
        if start[:3] != b"---":
            return start[:1] in _ODD_STARTS and _is_odd(start)
        block = _block(start, whole=whole)
        if not isinstance(block, bytes):
            return block
        block = block.lower()
        text = block.decode("latin-1")  # any bytes are some text, and text is searched three times as fast
        hides = "\\" in text
        says = (
            hides
            or self.has_stem(text)
            or (not block.isascii() and _MAY_FOLD.search(block) is not None)
            or ("%" in text and "](" in text)
        )
        return says and (hides or "tag" in text or "type" in text or "categor" in text)


def _block(start: bytes, *, whole: bool) -> bytes | bool:
    """The properties; else whether the note may have some that cannot be found in these bytes."""
    if start[3:4] == b"\n":
        # The first line that begins with the fence is most often nothing but that.
        end = start.find(b"\n---", 3)
        if end >= 0 and start[end + 4 : end + 5] == b"\n":
            return start[4 : end + 1]
    opening = _OPENING.match(start)
    if opening is None:
        return start[3:4] == b"\r" or not whole
    closing = (_CLOSING if whole else _CLOSING_BEFORE_END).search(start, opening.end())
    return True if closing is None else start[opening.end() : closing.start()]


def _is_odd(start: bytes) -> bool:
    """Whether a note without a fence on its first line may have properties that somebody meant to be read."""
    if start[0] in _BLANKS:
        rest = start[:_LONGEST_INDENT].decode("utf-8", "ignore").lstrip()
        return not rest or rest.startswith("---")
    return start[:1] == b"{" or start[:2] in _UTF16


def _stem(word: str) -> str:
    """What of a word stands in every spelling of it: its first run of plain letters and digits, in small letters."""
    run = re.match(r"[^\W_]+", fold(word.removeprefix("#")))
    return run[0] if run and run[0].isascii() else ""
