"""The question bank: reads `Questions.md`, and chooses what to ask in the minutes agreed.

A bank is Markdown: each heading is a phase of the conversation, each list item a question, with tags such as
`#essential` or `#topic/path`, and `(5 min)` where it takes longer than most. Other text is explanation. The phases
follow TIARA (trends, insights, advice, resources, assignments): from what an expert sees to what a mentor suggests.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from infoview_md.drafting.limits import RefusedError
from infoview_md.errors import UnknownError
from infoview_md.notes import fences
from infoview_md.notes.text import fold

__all__ = [
    "CLOSING",
    "HEADING",
    "MEMBER",
    "PHASES",
    "SMALL_TALK",
    "Question",
    "QuestionBank",
    "Timing",
    "asked_in",
    "members_in",
    "numbered_prose",
    "question_key",
    "read_bank",
    "timing",
]

PHASES = ("Trends", "Insights", "Advice", "Resources", "Assignments")
"""In the order of the conversation."""
SMALL_TALK, CLOSING = "Small talk", "Closing"
_FIRST_CHOSEN = ("Insights", "Advice", "Trends", "Resources", "Assignments")
"""Whose turn it is when there is time for a few only: how the work is, then what to do about it."""
_MINUTES_EACH = 3
_FEWEST = 3
_EDGE = 5
_SHORT_TALK = 20
_FILL_IN = "==✎"

HEADING = re.compile(r"(#{1,6})[ \t]+(.+)")
MEMBER = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,3}[.)])[ \t]+(?:\[.\][ \t]+)?(.+)")
_TAG = re.compile(r"(?:^|\s)#([^\s#]+)")
_TAKES = re.compile(r"\(\s*([0-9]{1,2})\s*min(?:utes)?\.?\s*\)")
_FENCE = re.compile(r"[ ]{0,3}(?:```|~~~)")
_REMARK = re.compile(r"%%.*?%%|\*\([^*]*\)\*\s*$")
"""A comment, or words in brackets and italics at the end, like `*(asked before: ...)*`."""
_ORNAMENT = re.compile(r"^[0-9]{1,3}[.)]\s+|[*_`]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: its phase, its topics, whether it comes first, and its minutes."""

    text: str
    phase: str
    topics: tuple[str, ...] = ()
    essential: bool = False
    minutes: int = _MINUTES_EACH


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How the minutes agreed are spent; `count` is how many questions fit."""

    small_talk: int
    questions: int
    closing: int
    count: int


def timing(minutes: int) -> Timing:
    """Divide the minutes agreed: five for small talk, five to close, about three for each question, at least three.

    A talk of less than twenty minutes gives a fifth to each end instead.
    """
    edge = _EDGE if minutes >= _SHORT_TALK else max(minutes, 0) // 5
    rest = max(minutes - 2 * edge, 0)
    return Timing(small_talk=edge, questions=rest, closing=edge, count=max(_FEWEST, rest // _MINUTES_EACH))


@dataclass(frozen=True, slots=True)
class QuestionBank:
    """All questions there are."""

    questions: tuple[Question, ...] = ()

    def phases(self) -> tuple[str, ...]:
        """The phases between small talk and closing, in the order of the conversation; a user's own ones come last."""
        there = dict.fromkeys(one.phase for one in self.questions)
        ordered = dict.fromkeys((*PHASES, *there))
        return tuple(phase for phase in ordered if phase in there and phase not in {SMALL_TALK, CLOSING})

    def topics(self) -> tuple[str, ...]:
        """The topics that questions are tagged with."""
        return tuple(sorted({topic for one in self.questions for topic in one.topics}))

    def refuse_unknown_topic(self, topic: str) -> None:
        """Raise UnknownError, with the nearest, for a topic that no question has."""
        try:
            self._about(self.questions, topic)
        except RefusedError as error:
            raise UnknownError(error.message, error.hint) from error

    def without(self, keys: Collection[str]) -> "QuestionBank":
        """The bank without the questions of these keys; small talk and the close are said each time anew."""
        ends = {SMALL_TALK, CLOSING}
        kept = (one for one in self.questions if one.phase in ends or question_key(one.text) not in keys)
        return QuestionBank(tuple(kept))

    def choose(
        self, minutes: int = 20, topic: str | None = None, count: int | None = None, phase: str | None = None
    ) -> tuple[Question, ...]:
        """Choose what to ask in so many minutes, essential questions first, spread over the phases; or exactly `count`.

        Raises RefusedError for a topic or a phase that no question has.
        """
        if phase is not None:
            chosen = [one for one in self.questions if fold(one.phase) == fold(phase)]
            if not chosen:
                raise _unknown("phase", phase, [*dict.fromkeys(one.phase for one in self.questions)])
            return tuple(self._about(chosen, topic)[:count])
        between = [one for one in self.questions if one.phase in self.phases()]
        ranked = self._in_turns(self._about(between, topic))
        taken = ranked[:count] if count is not None else _fitting(ranked, timing(minutes))
        order = self.phases()
        return tuple(sorted(taken, key=lambda one: (order.index(one.phase), self.questions.index(one))))

    def _about(self, questions: Sequence[Question], topic: str | None) -> list[Question]:
        if topic is None:
            return list(questions)
        wanted = fold(topic.removeprefix("#").removeprefix("topic/"))
        found = [one for one in questions if any(_is_within(fold(own), wanted) for own in one.topics)]
        if not found:
            raise _unknown("topic", topic, list(self.topics()))
        return found

    def _in_turns(self, questions: Sequence[Question]) -> list[Question]:
        """Essential questions before others, and within both one of each phase after the other."""
        turns: list[Question] = []
        order = dict.fromkeys((*_FIRST_CHOSEN, *self.phases()))
        for essential in (True, False):
            queues = [
                [one for one in questions if one.phase == phase and one.essential is essential] for phase in order
            ]
            while any(queues):
                turns += [queue.pop(0) for queue in queues if queue]
        return turns


def read_bank(texts: Iterable[str]) -> QuestionBank:
    """Read the bundled bank and what a user adds to it, in this order; a question said twice counts once."""
    found: dict[str, Question] = {}
    for text in texts:
        for _, one in members_in(text):
            found.setdefault(fold(one.text), one)
    return QuestionBank(tuple(found.values()))


def asked_in(text: str) -> tuple[str, ...]:
    """The questions on a prep sheet: the list items below its heading "Questions", sub-headings included."""
    asked: list[str] = []
    level = 0
    for _, line in numbered_prose(text):
        if heading := HEADING.fullmatch(line):
            depth = len(heading[1])
            if fold(_title(heading[2])) == "questions":
                level = depth
            elif depth <= level:
                level = 0
        elif level and (member := MEMBER.fullmatch(line)):
            asked.append(_bare(member[1]))
    return tuple(dict.fromkeys(one for one in asked if one and not one.startswith(_FILL_IN)))


def members_in(text: str) -> Iterator[tuple[int, Question]]:
    """The questions of one bank, each with its line in the file."""
    phase = ""
    for number, line in numbered_prose(text):
        if heading := HEADING.fullmatch(line):
            phase = _known_phase(_title(heading[2]))
        elif (member := MEMBER.fullmatch(line)) and (words := _bare(member[1])):
            tags = _TAG.findall(member[1])
            takes = _TAKES.search(member[1])
            yield (
                number,
                Question(
                    text=words,
                    phase=phase or "Insights",
                    topics=tuple(tag.removeprefix("topic/") for tag in tags if tag != "essential"),
                    essential="essential" in tags,
                    minutes=int(takes[1]) if takes and int(takes[1]) else _MINUTES_EACH,
                ),
            )


def question_key(text: str) -> str:
    """A question as it is compared: folded, without tags, minutes, remarks, numbers, bold and the mark at its end."""
    return fold(_ORNAMENT.sub("", _bare(text))).rstrip("?!.: ")


def numbered_prose(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a note's body, without code, each with its number in the file."""
    fenced = False
    parts = fences.split(text.replace("\r\n", "\n"))
    for number, line in enumerate(parts.body.split("\n"), parts.body_line):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            yield number, line


def _bare(member: str) -> str:
    return " ".join(_TAKES.sub("", _TAG.sub("", _REMARK.sub("", member))).split())


def _title(heading: str) -> str:
    return heading.rstrip(" \t#").rstrip()


def _known_phase(heading: str) -> str:
    return next((one for one in (SMALL_TALK, *PHASES, CLOSING) if fold(one) == fold(heading)), heading)


def _is_within(topic: str, wanted: str) -> bool:
    return topic == wanted or topic.startswith(f"{wanted}/") or topic.rsplit("/", 1)[-1] == wanted


def _fitting(ranked: Sequence[Question], plan: Timing) -> list[Question]:
    taken: list[Question] = []
    for one in ranked:
        if len(taken) >= _FEWEST and sum(each.minutes for each in taken) + one.minutes > plan.questions:
            break
        taken.append(one)
    return taken


def _unknown(what: str, name: str, known: list[str]) -> RefusedError:
    nearest = get_close_matches(fold(name), known, n=1)
    hint = f"did you mean {nearest[0]}?" if nearest else f"there are {', '.join(known)}"
    return RefusedError(f"no question has the {what} {name}", hint)
