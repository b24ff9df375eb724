"""Proofreading: what is doubtful in a message that has not gone out, as findings. Pure: looks at no file and no clock.

Each check is a row of `CHECKS`; its words and its reason are a row of the table of findings. `proofreading_off` in
`Me.md` switches checks off by their codes.
"""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from types import MappingProxyType

from infoview_md.drafting.meeting import Meeting, meeting_of
from infoview_md.drafting.prose import Letter, days_in, hours_in, name_words, words_in
from infoview_md.drafting.vocabulary import (
    ATTACHED,
    CONTROL,
    DOCUMENT,
    JOB,
    MARK,
    NOT,
    POLITE,
    QUESTION,
    RESUME,
    SENTENCE,
)
from infoview_md.network.linking import Resolver
from infoview_md.network.people import Contact, Network
from infoview_md.notes.findings import Finding, Severity, finding
from infoview_md.notes.frontmatter import Scalar, Sequence, read_block
from infoview_md.notes.links import Link, body_links
from infoview_md.notes.properties import fold_name
from infoview_md.notes.reading import fill_ins_in
from infoview_md.notes.records import MeNote, MessageNote, Settings
from infoview_md.notes.text import fold, numbered

__all__ = ["CHECKS", "Sheet", "addressees", "followed", "proofread", "unknown_checks"]

REQUEST_WORDS = 100
"""What fits on a phone's screen; the reasons for the other limits stand in the table of findings."""
_OWN_WORDS = 4
"""So many words that could not stand in just any thank-you make one specific."""
_LONG_WORD = 4
_MOST_NAMES = 2
_LONGER_THAN_NAMES = 7
_SPOKEN = "phone"
_WITH_SUBJECT = (None, "email")
_NEVER_OFF = frozenset({"header-injection"})
_IN_THE_HEAD = frozenset({"subject", "to", "cc"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the proofreader is given: a message, its body (which begins on `first_line`), and what is known at `now`.

    `request` is the body of the request that a follow-up follows (see `followed`), `block` the text of its properties.
    """

    note: MessageNote
    body: str
    network: Network
    now: dt.datetime
    first_line: int = 1
    request: str | None = None
    block: str | None = None


@dataclass(frozen=True, slots=True)
class _Doubt:
    """One thing that a check found: where, and the words for its row."""

    line: int | None
    words: Mapping[str, object] = field(default_factory=dict)
    property: str | None = None


def addressees(note: MessageNote, network: Network) -> tuple[Contact, ...]:
    """The contacts whom a message is to; also for a draft that the network does not know yet."""
    found: dict[str, Contact] = {}
    for link in note.contact:
        known = network.contacts.get(network.named_in.get((note.path, link.line, fold(link.target)), ""))
        found |= {one.id: one for one in ((known,) if known else _named(link, note, network))}
    return tuple(found.values())


def followed(note: MessageNote, network: Network, today: dt.date) -> MessageNote | None:
    """The request that a follow-up follows: the last one that its contact was sent."""
    if note.type != "follow-up":
        return None
    requests = [one for person in addressees(note, network) for one in person.messages if one.type == "request"]
    out = [one for one in requests if one.sent and one.sent <= today]
    return max(out, key=lambda one: (one.sent or today, one.path), default=None)


def proofread(sheet: Sheet, *, off: Collection[str] = ()) -> tuple[Finding, ...]:
    """All doubts about a message, but for the checks whose codes are `off`."""
    case = _Case(sheet)
    return tuple(
        finding(code, sheet.note.path, doubt.line, property_name=doubt.property, severity=None, **doubt.words)
        for code, check in CHECKS.items()
        if code not in off or code in _NEVER_OFF
        for doubt in check(case)
    )


def unknown_checks(me: MeNote) -> Iterator[Finding]:
    """What in `proofreading_off` is no check, so that switching it off does nothing."""
    for code in me.settings.proofreading_off:
        if code not in CHECKS:
            near = get_close_matches(code, CHECKS, n=1)
            yield finding(
                "bad-choice",
                me.path,
                me.lines.get("proofreading_off"),
                property_name="proofreading_off",
                severity=Severity.WARNING,
                value=code,
                allowed="the checks in docs/findings.md",
                nearest=f"; did you mean {near[0]}?" if near else "",
            )


class _Case:
    """One message while it is proofread: what several checks ask of it."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.note = sheet.note
        self.letter = Letter(sheet.body, sheet.first_line)
        self.people = addressees(sheet.note, sheet.network)
        me = sheet.network.me
        self.settings = me.settings if me else Settings()

    @property
    def is_request(self) -> bool:
        return self.note.type == "request"

    @property
    def today(self) -> dt.date:
        return self.sheet.now.date()

    @cached_property
    def meeting(self) -> Meeting | None:
        """The interview that a thank-you or confirmation is about."""
        return meeting_of(self.note, self.people, self.sheet.network, self.sheet.now)

    @property
    def said(self) -> set[str]:
        """All words of subject and text, as names are compared."""
        return name_words(f"{self.note.subject or ''} {self.letter.prose}")


def _named(link: Link, note: MessageNote, network: Network) -> tuple[Contact, ...]:
    by_path = {one.path: one for one in network.contacts.values() if one.path}
    path = Resolver(by_path).resolve(link, note.path).path
    return (by_path[path],) if path else network.find_named(link.target)[:1]


# Blanks and names


def _fill_ins(case: _Case) -> Iterator[_Doubt]:
    left = [*fill_ins_in(case.note.subject or "", case.note.lines.get("subject", 1)), *case.note.fill_ins]
    if left:
        prompts = "; ".join(one.prompt for one in left)
        yield _Doubt(left[0].line, {"count": len(left), "prompts": prompts})


def _marks(case: _Case) -> Iterator[_Doubt]:
    for name in ("subject", "to", "cc"):
        value = getattr(case.note, name) or ""
        for text in (value,) if isinstance(value, str) else value:
            if mark := MARK.search(re.sub(r"==✎[^\n]*?==", "", text)):
                yield _Doubt(case.note.lines.get(name), {"mark": mark[0]}, name)
    for line, mark in numbered(MARK, case.letter.prose, case.sheet.first_line):
        yield _Doubt(line, {"mark": mark[0]})


def _greeting(case: _Case) -> Iterator[_Doubt]:
    """Somebody else's name and not theirs: the sign of a letter that was copied."""
    greeted = name_words(case.letter.greeting)
    if not greeted or not case.people or any(greeted & _all_names(one) for one in case.people):
        return
    own = {one.id for one in case.people}
    others = [one for one in case.sheet.network.contacts.values() if one.id not in own]
    meant = max(others, key=lambda one: (len(greeted & _called(one)), one.wanted), default=None)
    if meant and greeted & _called(meant):
        names = " and ".join(one.name for one in case.people)
        yield _Doubt(case.letter.greeting_line, {"name": meant.name, "contact": names})


def _all_names(contact: Contact) -> set[str]:
    aliases = contact.note.aliases if contact.note else ()
    stem = (contact.path or "").rpartition("/")[2].removesuffix(".md")
    return {word for name in (contact.name, stem, *aliases) for word in name_words(name)}


def _called(contact: Contact) -> set[str]:
    """The first and the last of their names, which a greeting may hold."""
    words = re.findall(r"[^\W_]{2,}", contact.name)
    return name_words(" ".join(words[:1] + words[-1:]))


# Requests


def _too_long(case: _Case) -> Iterator[_Doubt]:
    count = len(words_in(case.letter.text))
    if case.is_request and case.note.channel != _SPOKEN and count > REQUEST_WORDS:
        yield _Doubt(case.letter.text_line, {"words": count, "limit": REQUEST_WORDS})


def _no_question(case: _Case) -> Iterator[_Doubt]:
    is_letter = case.is_request and case.note.channel != _SPOKEN and case.letter.is_finished
    if is_letter and words_in(case.letter.text) and not QUESTION.search(case.letter.prose):
        yield _Doubt(case.letter.text_line)


def _job_words(case: _Case) -> Iterator[_Doubt]:
    if not case.is_request:
        return
    if in_subject := JOB.search(case.note.subject or ""):
        yield _Doubt(case.note.lines.get("subject"), {"word": in_subject[0]}, "subject")
    for line, match in numbered(JOB, case.letter.prose, case.sheet.first_line):
        yield _Doubt(line, {"word": match[0]})
        return


def _resume(case: _Case) -> Iterator[_Doubt]:
    if not case.is_request:
        return
    for line, match in numbered(DOCUMENT, case.sheet.body, case.sheet.first_line):
        yield _Doubt(line, {"what": match[1]})
        return
    me = case.sheet.network.me
    for link in body_links(case.sheet.body, case.sheet.first_line):
        if me and me.resume and fold(link.target) == fold(me.resume.target):
            yield _Doubt(link.line, {"what": link.text})
            return
    for line, sentence in numbered(SENTENCE, case.letter.prose, case.sheet.first_line):
        named = RESUME.search(sentence[0])
        if named and ATTACHED.search(sentence[0]) and not NOT.search(sentence[0]):
            yield _Doubt(line, {"what": named[0]})
            return


def _no_connection(case: _Case) -> Iterator[_Doubt]:
    if not case.is_request or not case.letter.is_finished or len(case.people) != 1:
        return
    (person,) = case.people
    referrers = [case.sheet.network.contacts[by].name for by in person.referred_by if _may_mention(case, by, person.id)]
    connection = person.note.connection if person.note else None
    if referrers:
        wanted, shown = [_called_words(name) for name in referrers], " or ".join(referrers)
    elif connection:
        wanted, shown = [{word for word in name_words(connection) if len(word) >= _LONG_WORD}], connection
    else:
        return
    if all(words and not words & case.said for words in wanted):
        yield _Doubt(case.letter.text_line, {"connection": shown})


def _may_mention(case: _Case, by: str, to: str) -> bool:
    referral = case.sheet.network.referral(by, to)
    return referral is None or referral.may_mention is not False


def _called_words(name: str) -> set[str]:
    return {word for word in name_words(name) if len(word) > 1}


# Other messages


def _longer_than_before(case: _Case) -> Iterator[_Doubt]:
    if case.note.type != "follow-up" or case.sheet.request is None:
        return
    before, now = len(words_in(Letter(case.sheet.request).text)), len(words_in(case.letter.text))
    if 0 < before < now:
        yield _Doubt(case.letter.text_line, {"words": now, "before": before})


def _late(case: _Case) -> Iterator[_Doubt]:
    meeting, within = case.meeting, case.settings.thank_within
    if case.note.type == "thank-you" and meeting and meeting.day + dt.timedelta(days=within) < case.today:
        days = "a day" if within == 1 else f"{within} days"
        yield _Doubt(None, {"day": meeting.day, "within": days})


def _unspecific(case: _Case) -> Iterator[_Doubt]:
    if case.note.type != "thank-you" or not case.letter.is_finished:
        return
    names = {word for one in case.people for word in _all_names(one)}
    own = {fold(word) for word in words_in(case.letter.text) if len(word) >= _LONG_WORD} - POLITE - names
    if words_in(case.letter.text) and len(own) < _OWN_WORDS:
        yield _Doubt(case.letter.text_line)


# Subjects and dates


def _no_subject(case: _Case) -> Iterator[_Doubt]:
    if case.note.channel in _WITH_SUBJECT and not (case.note.subject or "").strip():
        yield _Doubt(case.note.lines.get("subject"), {}, "subject")


def _broken_head(case: _Case) -> Iterator[_Doubt]:
    """A line break in the head of a mail could begin another line of it: whom else it goes to."""
    for one in read_block(case.sheet.block or "").properties:
        name = fold_name(one.name)
        members = one.value.members if isinstance(one.value, Sequence) else (one.value,)
        texts = [member.text.strip() for member in members if isinstance(member, Scalar)]
        if name in _IN_THE_HEAD and any(CONTROL.search(text) for text in texts):
            yield _Doubt(one.line, {}, name)


def _capitals(case: _Case) -> Iterator[_Doubt]:
    """Two words in capitals may be names (`NASA GISS`); three, or a long one, shout."""
    subject = case.note.subject or ""
    words = words_in(subject)
    if subject.isupper() and (len(words) > _MOST_NAMES or any(len(word) >= _LONGER_THAN_NAMES for word in words)):
        yield _Doubt(case.note.lines.get("subject"), {}, "subject")


def _other_day(case: _Case) -> Iterator[_Doubt]:
    meeting = case.meeting
    if meeting is None:
        return
    thanks = case.note.type == "thank-you"
    text = case.letter.first_sentence if thanks else case.letter.text
    counted_from_today = {0, -1} if thanks else {1}
    first_line = case.letter.text_line
    days = [one for one in days_in(text, first_line) if one.ahead is None or one.ahead in counted_from_today]
    if days and not any(one.is_on(day, case.today) for one in days for day in meeting.days):
        yield _Doubt(days[0].line, {"text": days[0].text, "interview": meeting.path, "day": meeting.words})
    hours = () if thanks else tuple(hours_in(text, first_line))
    if hours and meeting.hours and not any(meeting.is_at(hour) for _, _, hour in hours):
        yield _Doubt(hours[0][1], {"text": hours[0][0], "interview": meeting.path, "day": meeting.words})


def _other_weekday(case: _Case) -> Iterator[_Doubt]:
    for one in days_in(case.letter.prose, case.sheet.first_line):
        if one.weekday is None or one.month is None:
            continue
        for date in one.dates(case.today):
            if date.weekday() != one.weekday:
                yield _Doubt(one.line, {"text": one.text, "date": date, "weekday": f"{date:%A}"})


CHECKS: Mapping[str, Callable[[_Case], Iterable[_Doubt]]] = MappingProxyType(
    {
        "fill-in-left": _fill_ins,
        "template-mark-left": _marks,
        "greeting-other": _greeting,
        "request-long": _too_long,
        "request-question": _no_question,
        "request-job": _job_words,
        "request-resume": _resume,
        "request-connection": _no_connection,
        "follow-up-long": _longer_than_before,
        "thank-you-late": _late,
        "thank-you-vague": _unspecific,
        "subject-empty": _no_subject,
        "subject-capitals": _capitals,
        "header-injection": _broken_head,
        "date-disagrees": _other_day,
        "weekday-wrong": _other_weekday,
    }
)
"""The checks by their codes, in the order of a letter."""
