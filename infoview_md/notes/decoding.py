"""From the bytes of a note to its text. Knows nothing of what the text means."""

from dataclasses import dataclass

from infoview_md.notes.findings import Finding, finding

__all__ = ["Decoded", "decode"]

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a note without its byte order mark; `text` is None when the bytes are no UTF-8.

    `guess` is what the bytes probably say, good enough to decide whose note it is, never to take values from.
    """

    text: str | None
    guess: str
    findings: tuple[Finding, ...] = ()


def decode(data: bytes, path: str) -> Decoded:
    """Read the bytes of the note at `path` as UTF-8."""
    if data[:2] in _UTF16:
        return Decoded(None, data.decode("utf-16", errors="replace"), (finding("utf16", path, 1),))
    found: tuple[Finding, ...] = ()
    if data.startswith(_BOM):
        data, found = data[3:], (finding("bom", path, 1),)
    try:
        return Decoded(text := data.decode("utf-8"), text, found)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        broken = finding("not-utf8", path, line, byte=data[error.start])
        return Decoded(None, data.decode("utf-8", errors="replace"), (*found, broken))
