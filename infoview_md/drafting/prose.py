"""What a letter says without its marks: its words, its greeting, its close, the days it names. Judges nothing.

Lines stay where they are in the note, so that a finding can point at one. Days and greetings are read in English; a
letter in another language is simply said to name none.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from infoview_md.notes.links import read_link
from infoview_md.notes.reading import FILL_IN, fill_ins_in
from infoview_md.notes.text import fold, numbered

__all__ = ["Letter", "NamedDay", "days_in", "hours_in", "name_words", "words_in"]

_HIDDEN = re.compile(
    r"^[ \t>]*+(?P<fence>`{3,}+|~{3,}+)[^\n]*\n.*?(?:^[ \t>]*+(?P=fence)[`~]*+[ \t]*\r?$|\Z)"
    r"|%%.*?(?:%%|\Z)|<!--.*?(?:-->|\Z)",
    re.DOTALL | re.MULTILINE,
)
_EMBED = re.compile(r"!\[\[[^\[\]\n]*\]\]")
_WIKILINK = re.compile(r"\[\[([^\[\]\n]*)\]\]")
_MARKDOWN_LINK = re.compile(r"\[([^\[\]\n]*)\]\([^()\s]*\)")
_ADDRESS = re.compile(r"<?\b(?:https?://|mailto:)[^\s<>]+>?|[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['\u2019.-][^\W_]+)*")
_GREETING_ENDS = (",", ":", "!", ";", "\uff0c", "\u3001", "\uff1a")
_SALUTATION = re.compile(
    r"(?:dear|hello|hi|hey|good (?:morning|afternoon|evening)|bonjour|salut|ch[eè]re?|hallo|guten tag|lieber?|hola|"
    r"ciao|beste|lieve|hej|k[aä]ra)\b[^,:!;.?\n]{1,60}[,:!]",
    re.IGNORECASE,
)
_LONGEST_GREETING = 8
_LONGEST_CLOSE = 6
"""Words on each line of the lines below a letter: the regards, the name, the number."""

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = (
    r"(?P<{0}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_YEAR = r"(?:,?[ ](?P<{0}>(?:19|20)[0-9]{{2}})\b)?"
_DAY = r"(?P<{0}>[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_NAMED_DAY = re.compile(
    r"\b(?:(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?:,?[ ](?:the[ ])?(?=[0-9A-Z]))?)?"
    r"(?P<date>\b(?:(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    rf"|{_DAY.format('day')}[ ](?:of[ ])?{_MONTH.format('month')}{_YEAR.format('year')}"
    rf"|{_MONTH.format('month_first')}[ ]{_DAY.format('day_second')}\b(?!:){_YEAR.format('year_last')})"
    r"(?![0-9A-Za-z]))?"
)
_RELATIVE = re.compile(r"\b(?:yesterday|today|tomorrow|this (?:morning|afternoon|evening))\b", re.IGNORECASE)
_DAYS_AHEAD = {"yesterday": -1, "tomorrow": 1}
_HOUR = re.compile(
    r"\b(?:(?P<hour>[01]?[0-9]|2[0-3])[:h](?P<minute>[0-5][0-9])(?![0-9])|(?P<round>1[0-2]|0?[1-9])(?=[ ]?[ap]\.?m\b))"
    r"(?:[ ]?(?P<half>[ap])\.?m\b)?",
    re.IGNORECASE,
)
_NOON = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDay:
    """A day as a text names it: by its date with or without a year, its weekday, or counted from today (`ahead`)."""

    text: str
    line: int
    weekday: int | None = None
    month: int | None = None
    day: int | None = None
    year: int | None = None
    ahead: int | None = None

    def dates(self, today: dt.date) -> Iterator[dt.date]:
        """The dates that it may mean; a date without a year, the one nearest to today. None for a bare weekday."""
        if self.ahead is not None:
            yield today + dt.timedelta(days=self.ahead)
        if self.month is None or self.day is None:
            return
        years = [self.year] if self.year else [today.year - 1, today.year, today.year + 1]
        found = [date for year in years if (date := _date(year, self.month, self.day))]
        yield from sorted(found, key=lambda date: abs(date - today))[:1]

    def is_on(self, date: dt.date, today: dt.date) -> bool:
        """Whether it may mean this date."""
        if self.month is None and self.ahead is None:
            return date.weekday() == self.weekday
        return date in self.dates(today)


class Letter:
    """A letter's prose and its parts. `lines` are all lines of the prose, the first being line `first_line`."""

    def __init__(self, body: str, first_line: int = 1) -> None:
        self.first_line = first_line
        self.prose = _prose(body)
        self.lines = self.prose.split("\n")
        self.is_finished = not fill_ins_in(body)
        self._written = [number for number, line in enumerate(self.lines) if line.strip()]
        self._start, self._end = (self._written[0], self._written[-1] + 1) if self._written else (0, 0)
        self.greeting_line = first_line + self._start
        self.greeting = self._greeting()
        self._close()

    @property
    def text(self) -> str:
        """What stands between the greeting and the close."""
        return "\n".join(self.lines[self._start : self._end])

    @property
    def text_line(self) -> int:
        """The line of the note on which `text` begins."""
        return self.first_line + self._start

    @property
    def first_sentence(self) -> str:
        """The first sentence after the greeting."""
        paragraph = self.text.strip().partition("\n\n")[0]
        return re.split(r"(?<=[.!?])\s", paragraph, maxsplit=1)[0]

    def _greeting(self) -> str:
        """The first line, when it is short and ends as a greeting does, or nothing else stands in its paragraph."""
        if self._start >= self._end:
            return ""
        line = self.lines[self._start].strip()
        alone = self._start + 1 >= self._end or not self.lines[self._start + 1].strip()
        is_one = line.endswith(_GREETING_ENDS) or (alone and not line.endswith((".", "?", "…")))
        if is_one and len(words_in(line)) <= _LONGEST_GREETING:
            self._start = next((after for after in self._written if after > self._start), self._end)
            return line
        begins = _SALUTATION.match(line)
        return begins[0] if begins else ""

    def _close(self) -> None:
        """Leave out the last paragraphs of nothing but short lines, as long as something is left."""
        while True:
            last = self._end
            while last > self._start and self.lines[last - 1].strip():
                last -= 1
            lines = self.lines[last : self._end]
            above = last
            while above > self._start and not self.lines[above - 1].strip():
                above -= 1
            if not lines or above <= self._start or not all(map(_may_close, lines)):
                return
            self._end = above


def words_in(text: str) -> list[str]:
    """The words of a text; `twenty-five` and `isn't` are one each, and addresses are none."""
    return _WORD.findall(_ADDRESS.sub(" ", text))


def name_words(name: str) -> set[str]:
    """The words of a name in the form in which they are compared: without case and without accents."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return {fold(word) for word in re.findall(r"[^\W_]+", plain)}


def days_in(text: str, first_line: int = 1) -> Iterator[NamedDay]:
    """The days that a text names, in order of where they stand; those counted from today come last."""
    for line, match in numbered(_NAMED_DAY, text, first_line):
        if match[0].strip():
            yield _named(match, line)
    for line, match in numbered(_RELATIVE, text, first_line):
        yield NamedDay(text=match[0], line=line, ahead=_DAYS_AHEAD.get(match[0].lower(), 0))


def hours_in(text: str, first_line: int = 1) -> Iterator[tuple[str, int, dt.time]]:
    """The clock times that a text names, `14:30`, `2:30 pm`, `2 pm`: how, on which line, and the time."""
    for line, match in numbered(_HOUR, text, first_line):
        hour, minute = int(match["hour"] or match["round"]), int(match["minute"] or 0)
        if match["half"] and hour <= _NOON:
            hour = hour % _NOON + (_NOON if match["half"].lower() == "p" else 0)
        yield match[0], line, dt.time(hour, minute)


def _named(match: re.Match[str], line: int) -> NamedDay:
    year = month = day = None
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
    elif match["date"]:
        word = (match["month"] or match["month_first"]).lower()
        month = next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(word[:3]))
        day = int(match["day"] or match["day_second"])
        year = int(match["year"] or match["year_last"] or 0) or None
    weekday = _WEEKDAYS.index(match["weekday"].lower()) if match["weekday"] else None
    return NamedDay(text=match[0].strip(" ,."), line=line, weekday=weekday, month=month, day=day, year=year)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _prose(body: str) -> str:
    text = _HIDDEN.sub(lambda match: "\n" * match[0].count("\n"), body.replace("\r\n", "\n"))
    text = _WIKILINK.sub(_shown, _EMBED.sub("", FILL_IN.sub(" ", text)))
    return _MARKDOWN_LINK.sub(r"\1", text).replace("**", "").replace("==", "")


def _shown(match: re.Match[str]) -> str:
    link = read_link(match[0])
    return link.text if link else match[1]


def _may_close(line: str) -> bool:
    return len(words_in(line)) <= _LONGEST_CLOSE and not line.rstrip().endswith(("?", ":"))
