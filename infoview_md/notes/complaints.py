"""What the YAML parser's complaints mean in plain words, and what to do about the line. Reads no YAML itself."""

import re
from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["advice", "began_earlier", "in_plain_words", "is_about_an_escape"]

_WRONG_EARLIER = ("could not find expected ':'", "found unexpected end of stream", "expected ',' or ")
_ESCAPE = ("escape", "hexdecimal")
_PLAIN_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "mapping values are not allowed": "a second colon stands in one line",
        "could not find expected ':'": "a line has no colon",
        "cannot start any token": "a value begins with a character that means something in YAML",
        "expected <document start>": "a line has no colon",
        "expected key": "the lines are not indented alike, or quotes are not closed",
        "expected <block end>": "the lines are not indented alike, or quotes are not closed",
        "expected ',' or ']'": "a list that begins with [ is not closed",
        "expected ',' or '}'": "a value that begins with { is not closed",
        "found unexpected end of stream": "quotes are not closed",
        "found a tab character": "a tab is used to indent; YAML wants blanks",
        "expected alphabetic or numeric character": "a value begins with * or &, which YAML keeps for itself",
    }
)
"""Parts of the messages of both parsers of PyYAML, the one in C and the one in Python."""


def began_earlier(problem: str) -> bool:
    """Whether the line to mend is not where the parser noticed it, but where what it was reading began."""
    return any(part in problem for part in _WRONG_EARLIER)


def is_about_an_escape(problem: str) -> bool:
    """Whether it is about a backslash between double quotes."""
    return any(part in problem for part in _ESCAPE)


def in_plain_words(problem: str) -> str:
    """Say a complaint of the parser's in words for people who do not know YAML."""
    if is_about_an_escape(problem):
        return "between double quotes a backslash begins an escape, and there is none like this"
    return next((words for part, words in _PLAIN_WORDS.items() if part in problem), problem)


def advice(line: str) -> str:
    """What to do about a line that YAML refuses."""
    if re.search("[\u201c\u201d\u2018\u2019\u201e]", line):
        return 'typographic quotes do not quote in YAML: use " around the value'
    if re.match(r"[ ]*\t", line):
        return "use blanks instead of the tab"
    if re.match(r"[^:]+:\s*[\"']", line):
        return "a quote within quotes is written twice, or put the other kind of quotes around"
    if re.match(r"[^:]+:\s*\S", line):
        return 'put the value in quotes: "..."'
    return "each line needs a name, a colon and a blank before the value"
