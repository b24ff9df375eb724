"""Closed questions in a user's own bank: such as can be answered with yes or no. Only tables and their use; English.

What is in doubt passes: a wrong alarm about a good question is worse than a bad question without one.
"""

import re
from collections.abc import Iterator

from infoview_md.drafting.questions import CLOSING, SMALL_TALK, members_in
from infoview_md.notes.findings import Finding, finding

__all__ = ["CLOSED_OPENINGS", "closed_questions", "is_closed"]

CLOSED_OPENINGS = (
    *("am", "are", "is", "was", "were", "do", "does", "did", "have", "has", "had", "can", "could", "will", "would"),
    *("shall", "should", "must", "aren't", "isn't", "wasn't", "weren't", "don't", "doesn't", "didn't", "haven't"),
    *("hasn't", "hadn't", "can't", "couldn't", "won't", "wouldn't", "shouldn't"),
)
"""The words with which a question begins that yes or no can answer."""
_QUESTION_WORD = re.compile(r"\b(?:who|whom|whose|what|when|where|why|how|which)\b", re.IGNORECASE)
_CHOICE = re.compile(r"\bor\b", re.IGNORECASE)
_REQUEST = re.compile(
    r"(?:can|could|will|would)\s+(?:i|we|you\s+(?:please\s+)?(?:describe|explain|give|help|introduce|list|look|mention|"
    r"name|offer|outline|point|recommend|say|share|show|sketch|suggest|take|talk|tell|walk))\b",
    re.IGNORECASE,
)
_ASKS_FOR_THINGS = re.compile(
    r"(?:(?:is|are|was|were)\s+there|(?:do|did|have|can|could|would)\s+you)\b.*?"
    r"\b(?:any|anything|anybody|anyone|something|somebody|someone|some|other)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^?]+\?")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")


def closed_questions(text: str, path: str) -> Iterator[Finding]:
    """Findings about the closed questions of one `Questions.md`; small talk and the close are left alone."""
    for line, one in members_in(text):
        if one.phase not in {SMALL_TALK, CLOSING} and (opening := is_closed(one.text)):
            yield finding("question-closed", path, line, question=one.text, opening=opening)


def is_closed(question: str) -> str:
    """The word that closes a question, or nothing; where it has several sentences, each must be closed.

    Open are a choice (`this or that?`), a request (`Could you describe ...?`), what hides a question word
    (`Can you say how ...?`) and what asks for things (`Is there anything ...?`).
    """
    openings = [_closing_word(one.strip()) for one in _SENTENCE.findall(question)]
    return openings[0] if openings and all(openings) else ""


def _closing_word(sentence: str) -> str:
    first = _WORD.search(sentence)
    if first is None or first[0].replace("\u2019", "'").lower() not in CLOSED_OPENINGS:
        return ""
    rest = sentence[first.start() :]
    if _QUESTION_WORD.search(rest) or _CHOICE.search(rest):
        return ""
    return "" if _REQUEST.match(rest) or _ASKS_FOR_THINGS.match(rest) else first[0]
