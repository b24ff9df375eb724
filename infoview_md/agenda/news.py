"""News: what a change of the notes, or of the time, meant. Compares two agendas; takes values and gives values.

What is compared are facts: a message went out, an interview was held, somebody gave you a name. A fact is recognised
by the note that says so or by what it says, so that renaming a note, or mending a date in it, is no news.
"""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TypeAlias

from infoview_md.agenda.agenda import Action, Agenda
from infoview_md.agenda.history import is_unsent
from infoview_md.agenda.wording import day_words, hour_words, shown, type_words, weekday_words
from infoview_md.network.interviews import local, status_at
from infoview_md.network.people import Contact, Network
from infoview_md.notes.records import InterviewNote, MessageNote, Moment
from infoview_md.notes.text import fold

__all__ = ["KINDS", "Kind", "News", "news_between"]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing that is new: its kind, the contact it is about, a sentence without a full stop, and the note.

    `action` is what it asks for next, and stands in the sentence too; None when it asks for nothing new.
    """

    kind: str
    contact: Contact
    words: str
    note: str | None = None
    action: Action | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One row: the sentence, with words in braces; what it is called when counted; whether it asks for an action.

    Of what is no `event`, only the first kind in the table is told of a contact, and nothing when there was an event.
    """

    name: str
    meaning: str
    sentence: str
    one: str
    several: str
    asks: bool = True
    event: bool = True


def _row(  # noqa: PLR0913 - one for each column
    name: str, meaning: str, sentence: str, one: str, several: str = "", *, asks: bool = True, event: bool = True
) -> Kind:
    several = several or f"{one}s"
    return Kind(name=name, meaning=meaning, sentence=sentence, one=one, several=several, asks=asks, event=event)


_ROWS = (
    _row("sent", "a message went out", "{what} to {name} sent{day}", "message sent", "messages sent", asks=False),
    _row("replied", "they answered, and the note does not say what", "{name} answered{day}", "answer"),
    _row("accepted", "they said yes", "{name} said yes{day}", "answer"),
    _row("declined", "they said no", "{name} said no{day}", "answer"),
    _row("later", "they asked you to write again later", "{name} asked you to write again {until}", "answer"),
    _row(
        "scheduled",
        "an interview has its date, or another one",
        "Interview with {name} set for {when}",
        "interview set",
        "interviews set",
    ),
    _row("held", "an interview took place", "Interview with {name} held{day}", "interview held", "interviews held"),
    _row(
        "cancelled",
        "an interview was cancelled",
        "Interview with {name}{of} cancelled",
        "interview cancelled",
        "interviews cancelled",
    ),
    _row(
        "no-show",
        "an interview did not take place",
        "Interview with {name}{of} did not take place",
        "interview missed",
        "interviews missed",
    ),
    _row("referral", "somebody gave you a contact", "{giver} gave you {name}", "referral"),
    _row(
        "contact",
        "somebody is new among your contacts",
        "{name} is new among your contacts",
        "new contact",
        event=False,
    ),
    _row(
        "due",
        "an action has become due",
        "{name}: {action}, {since}",
        "action due",
        "actions due",
        asks=False,
        event=False,
    ),
    _row(
        "stage",
        "the stage of a contact is another",
        "{name} is now {stage} (was {before}): {because}",
        "new stage",
        asks=False,
        event=False,
    ),
)

KINDS: Mapping[str, Kind] = MappingProxyType({row.name: row for row in _ROWS})
"""All kinds of news by name, in the order in which they are told; `mark` has the same words for what it notes."""

_Key: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fact:
    """Something that is so. It was so before when any of its keys was there before."""

    kind: str
    contact: Contact
    note: str | None
    keys: tuple[_Key, ...]
    words: Callable[[], Mapping[str, str]] = dict
    """What its sentence says; most facts are old and never told."""


def news_between(before: Agenda, after: Agenda, *, then: dt.datetime, now: dt.datetime) -> tuple[News, ...]:
    """What is new in `after`, made at `now`, against `before`, made at `then` (both local, without offset)."""
    ids = _ids_before(before.network, after.network)
    earlier, later = _Facts(before, then, {}), _Facts(after, now, ids)
    same = frozenset() if ids or _is_another_time(before, after, then, now) else _as_they_were(before, after)
    known = earlier.keys(later, same)
    new = [one for one in later.all(earlier, same) if known.isdisjoint(one.keys)]
    if new and same:  # what is new of one may have been known of another
        known = earlier.keys()
        new = [one for one in new if known.isdisjoint(one.keys)]
    stages = [*_new_stages(before, after, ids)]
    told = _telling([*new, *stages])
    if not told:
        return ()
    next_actions = _next_actions(before, after, ids)
    last = {one.contact.id: number for number, one in enumerate(told)}
    return tuple(
        _as_news(one, next_actions.get(one.contact.id) if last[one.contact.id] == number else None, now.date())
        for number, one in enumerate(told)
    )


def _telling(new: list[_Fact]) -> list[_Fact]:
    """What is worth telling, in the order of the table: a new stage or a due action may follow from an event."""
    told: list[_Fact] = []
    for kind in KINDS.values():
        explained = set() if kind.event else {one.contact.id for one in told}
        told += [one for one in new if one.kind == kind.name and one.contact.id not in explained]
    return told


def _as_news(fact: _Fact, action: Action | None, today: dt.date) -> News:
    kind = KINDS[fact.kind]
    action = action if kind.asks else None
    words = kind.sentence.format(name=shown(fact.contact.name), **fact.words())
    if action is not None:
        words += f": {action.text}{_by(action, today)}"
    return News(kind=fact.kind, contact=fact.contact, words=words, note=fact.note, action=action)


def _by(action: Action, today: dt.date) -> str:
    if action.any_day:
        return ""
    return f" by {day_words(action.due, today)}" if action.due > today else f", {_since(action, today)}"


def _since(action: Action, today: dt.date) -> str:
    return "due today" if action.due == today else f"due since {day_words(action.due, today)}"


def _due_words(action: Action, today: dt.date) -> Mapping[str, str]:
    return {"action": action.text, "since": _since(action, today)}


def _giver_words(giver: Contact) -> Mapping[str, str]:
    return {"giver": shown(giver.name)}


# --- Who is who ------------------------------------------------------------------------------------------------------


def _ids_before(before: Network, after: Network) -> Mapping[str, str]:
    """The earlier id of whoever has another one now: their note was made, moved or renamed."""
    gone = [one for one in before.contacts.values() if one.id not in after.contacts]
    if not gone:
        return {}
    by_name = {fold(one.name): one.id for one in gone}
    texts = Counter(map(_text_of, gone))
    by_text = {text: one.id for one in gone if texts[text := _text_of(one)] == 1}
    found: dict[str, str] = {}
    for one in after.contacts.values():
        if one.id not in before.contacts:
            earlier = by_name.pop(fold(one.name), None) or by_text.pop(_text_of(one), None)
            if earlier is not None:
                found[one.id] = earlier
    return found


def _text_of(contact: Contact) -> str:
    """What a contact's note says, apart from the name, and how many notes are about them."""
    note = dataclasses.replace(contact.note, path="", name="") if contact.note else None
    return repr((note, len(contact.messages), len(contact.interviews), len(contact.preps)))


def _is_another_time(before: Agenda, after: Agenda, then: dt.datetime, now: dt.datetime) -> bool:
    """Whether a day or an interview began or ended in between, so that other things are so of the same notes."""
    zones = {one.network.me.timezone if one.network.me else None for one in (before, after)}
    since, until = before.making.turns if before.making else (now, now)
    return then.date() != now.date() or len(zones) > 1 or not since <= now < until


def _as_they_were(before: Agenda, after: Agenda) -> frozenset[str]:
    """The ids of contacts of whom the same is so, because their notes say the same."""
    earlier = before.network.contacts
    return frozenset(
        ident
        for ident, one in after.network.contacts.items()
        if earlier.get(ident) == one and before.standings[ident].stage == after.standings[ident].stage
    )


# --- What is so ------------------------------------------------------------------------------------------------------


class _Facts:
    """The facts of one agenda at one time; contacts go by the ids that they had before."""

    def __init__(self, agenda: Agenda, now: dt.datetime, ids: Mapping[str, str]) -> None:
        self._agenda = agenda
        self._network = agenda.network
        self._now = now
        self._today = now.date()
        self._ids = ids
        self._zone = self._network.me.timezone if self._network.me else None

    def keys(self, other: "_Facts | None" = None, same: Collection[str] = ()) -> set[_Key]:
        """The keys of all facts."""
        return {key for fact in self.all(other, same) for key in fact.keys}

    def all(self, other: "_Facts | None" = None, same: Collection[str] = ()) -> Iterator[_Fact]:
        """All facts, contact by contact, then what is due.

        Left out are the contacts that are the `same` (by id) as for the `other`; then also what is plainly as there.
        """
        for contact in self._network.contacts.values():
            if contact.id in same:
                continue
            if self._agenda.standings[contact.id].stage == "known":
                continue
            key = ("contact", self._id(contact))
            yield _Fact(kind="contact", contact=contact, note=contact.path, keys=(key,))
            for message in contact.messages:
                yield from self._of_message(contact, message)
            for interview in contact.interviews:
                yield from self._of_interview(contact, interview)
        others = other if other and same else None
        if not others or others._network.shape is not self._network.shape:  # noqa: SLF001 - one of this class
            yield from self._referrals()
        yield from self._due({id(one) for one in others._agenda.actions} if others else ())  # noqa: SLF001 - one of this class

    def _id(self, contact: Contact) -> str:
        return self._ids.get(contact.id, contact.id)

    def _of_message(self, contact: Contact, message: MessageNote) -> Iterator[_Fact]:
        if not is_unsent(message, self._today):
            day = message.sent or message.replied
            keys: tuple[_Key, ...] = (("sent", message.path), ("sent", self._id(contact), message.type, day))
            words = partial(self._sent_words, message.type, day)
            yield _Fact(kind="sent", contact=contact, note=message.path, keys=keys, words=words)
        answered = message.replied or message.sent or self._today
        if (message.replied or message.reply) and answered <= self._today:
            kind = message.reply or "replied"
            keys = ((kind, message.path), (kind, self._id(contact), message.replied))
            words = partial(self._reply_words, message)
            yield _Fact(kind=kind, contact=contact, note=message.path, keys=keys, words=words)

    def _of_interview(self, contact: Contact, interview: InterviewNote) -> Iterator[_Fact]:
        kind = status_at(interview, self._now, self._zone)
        moment = interview.started or interview.date or interview.ended
        if kind is None or (kind == "scheduled" and moment is None):
            return
        begins = local(moment, self._zone) if moment else None
        day = begins.date() if begins else None
        dated = (begins,) if kind == "scheduled" else ()
        yield _Fact(
            kind=kind,
            contact=contact,
            note=interview.path,
            keys=((kind, interview.path, *dated), (kind, self._id(contact), day, *dated)),
            words=partial(self._interview_words, contact, moment, begins),
        )

    def _referrals(self) -> Iterator[_Fact]:
        for one in self._network.referrals:
            by, to = self._network.contacts[one.by], self._network.contacts[one.to]
            yield _Fact(
                kind="referral",
                contact=to,
                note=one.evidence[0],
                keys=(
                    ("referral", self._id(by), self._id(to)),
                    *(("referral", path, fold(to.name)) for path in one.evidence),
                ),
                words=partial(_giver_words, by),
            )

    def _due(self, without: Container[int]) -> Iterator[_Fact]:
        for action in self._agenda.actions:
            if id(action) in without:
                continue
            if action.due <= self._today and not action.any_day:
                yield _Fact(
                    kind="due",
                    contact=action.contact,
                    note=action.note,
                    keys=_action_keys(action, self._ids),
                    words=partial(_due_words, action, self._today),
                )

    def _sent_words(self, message_type: str, day: dt.date | None) -> Mapping[str, str]:
        return {"what": type_words(message_type).capitalize(), "day": self._on(day)}

    def _reply_words(self, message: MessageNote) -> Mapping[str, str]:
        until = f"on {day_words(message.later_on, self._today)}" if message.later_on else "later"
        return {"day": self._on(message.replied), "until": until}

    def _interview_words(
        self, contact: Contact, moment: Moment | None, begins: dt.datetime | None
    ) -> Mapping[str, str]:
        if moment is None or begins is None:
            return {"day": "", "of": "", "when": ""}
        day, theirs = begins.date(), contact.note.timezone if contact.note else None
        when = f"{weekday_words(day, self._today)}{hour_words(moment, begins, self._zone, theirs)}"
        return {"day": self._on(day), "of": f" of {day_words(day, self._today)}", "when": when}

    def _on(self, day: dt.date | None) -> str:
        """The day of an event, unless it is today."""
        return f" on {day_words(day, self._today)}" if day and day != self._today else ""


def _new_stages(before: Agenda, after: Agenda, ids: Mapping[str, str]) -> Iterator[_Fact]:
    for ident, now in after.standings.items():
        then = before.standings.get(ids.get(ident, ident))
        if then is None or then.stage == now.stage or "known" in {then.stage, now.stage}:
            continue
        words = {"stage": now.stage, "before": then.stage, "because": now.because.removesuffix(".")}
        contact = after.network.contacts[ident]
        yield _Fact(kind="stage", contact=contact, note=now.note, keys=(), words=words.copy)


def _next_actions(before: Agenda, after: Agenda, ids: Mapping[str, str]) -> Mapping[str, Action]:
    """For each contact, the earliest of the actions that were not asked for before."""
    known = {key for action in before.actions for key in _action_keys(action, {})}
    found: dict[str, Action] = {}
    for action in after.actions:
        if action.contact.id not in found and known.isdisjoint(_action_keys(action, ids)):
            found[action.contact.id] = action
    return found


def _action_keys(action: Action, ids: Mapping[str, str]) -> tuple[_Key, ...]:
    """An action stays the same when its note is renamed, and when its text changes."""
    ident = ids.get(action.contact.id, action.contact.id)
    return (("due", ident, action.rule, "in", action.note), ("due", ident, action.rule, action.text))
