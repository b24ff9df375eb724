"""The making of an agenda: puts the rules to every contact, and a draft in the place of its action.

Takes the network, the settings and the time, and gives a value.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import itemgetter
from types import MappingProxyType

from infoview_md.agenda.agenda import Action, Agenda
from infoview_md.agenda.gathering import today_of
from infoview_md.agenda.history import History, Today
from infoview_md.agenda.naming import Names
from infoview_md.agenda.occasions import AT_ONCE, Case, Occasion, due_on
from infoview_md.agenda.rules import FINISH_DRAFT, RULES, Rule
from infoview_md.agenda.stages import STAGES
from infoview_md.agenda.surroundings import Surroundings, surroundings_of
from infoview_md.agenda.unsent import Unsent, to_finish
from infoview_md.agenda.wording import shown
from infoview_md.network.people import Network
from infoview_md.network.turns import between_turns
from infoview_md.notes.links import without_ending
from infoview_md.notes.records import MessageNote, Settings
from infoview_md.notes.text import fold

__all__ = ["Making", "make_agenda"]

_Rank = tuple[dt.date, int, str, str, str, str]

_RULES_FOR: Mapping[str, tuple[Rule, ...]] = {
    stage: tuple(rule for rule in RULES if not rule.stages or stage in rule.stages) for stage in STAGES
}
_PLACE_IN_TABLE: Mapping[str, int] = {rule.name: number for number, rule in enumerate(RULES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What is to be done, and its place in the order; for a draft, the path: it is to be finished once."""

    draft: str | None
    action: Action | None
    rank: _Rank | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """The making of an agenda: between which moments it stays the same, and by contact what was seen and found."""

    around: Surroundings
    turns: tuple[dt.datetime, dt.datetime]
    seen: Mapping[str, object]
    found: Mapping[str, tuple[_Found, ...]]


def make_agenda(network: Network, settings: Settings, now: dt.datetime, before: Agenda | None = None) -> Agenda:
    """What follows from the notes at `now` (local, without offset).

    It is made from the one `before` for whomever the rules see what they saw then, which gives the same in less time.
    """
    today = today_of(network, settings, now)
    earlier = _still_valid(before.making, today) if before else None
    around = surroundings_of(network, today, earlier.around if earlier else None)
    making = _Maker(around).making(earlier)
    return Agenda(
        today=now.date(),
        actions=tuple(_in_order(making.found.values())),
        standings=around.standings,
        network=network,
        making=making,
    )


def _still_valid(making: Making | None, today: Today) -> Making | None:
    """What was made, if neither time nor the settings give another result."""
    if making is None or not making.turns[0] <= today.now < making.turns[1]:
        return None
    return making if replace(making.around.today, now=today.now) == today else None


def _in_order(found: Iterable[tuple[_Found, ...]]) -> list[Action]:
    """All actions by their ranks; a draft for several people makes one action, for the first of them."""
    done: set[str] = set()
    ranked: list[tuple[_Rank, Action]] = []
    for one in chain.from_iterable(found):
        if one.draft is not None:
            if one.draft in done:
                continue
            done.add(one.draft)
        if one.action is not None and one.rank is not None:
            ranked.append((one.rank, one.action))
    return [action for _, action in sorted(ranked, key=itemgetter(0))]


def _found(draft: str | None, action: Action | None) -> _Found:
    return _Found(draft=draft, action=action, rank=_rank(action) if action else None)


def _told_apart(found: Sequence[_Found]) -> tuple[_Found, ...]:
    """What was found for one contact; actions that read alike, each about another note, name that note."""
    notes: dict[str, set[str]] = {}
    for one in found:
        if one.action and one.action.note:
            notes.setdefault(one.action.text, set()).add(one.action.note)
    names = {text: _short_names(alike) for text, alike in notes.items() if len(alike) > 1}
    return tuple(_found(one.draft, _naming_its_note(one.action, names)) for one in found) if names else tuple(found)


def _short_names(paths: Collection[str]) -> Mapping[str, str]:
    """Each path with the file's name, or with itself where two files have one name."""
    names = {path: without_ending(path.rpartition("/")[2]) for path in paths}
    return names if len(set(names.values())) == len(names) else {path: path for path in paths}


def _naming_its_note(action: Action | None, names: Mapping[str, Mapping[str, str]]) -> Action | None:
    name = names.get(action.text, {}).get(action.note or "") if action else None
    return replace(action, text=f"{action.text} ({shown(name)})") if action and name else action


def _rank(action: Action) -> _Rank:
    place = _PLACE_IN_TABLE[action.rule]
    return action.due, place, fold(action.contact.name), action.contact.id, action.note or "", action.text


def _has_same_interviews(before: Surroundings, now: Surroundings) -> bool:
    return before.network.interviews is now.network.interviews


class _Maker:
    """The making of one agenda, contact by contact. A draft is used once for each."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.names = around.network.shared(Names)

    def making(self, before: Making | None) -> Making:
        """Everything; what was found `before` for whomever the same is seen."""
        seen: dict[str, object] = {}
        found: dict[str, tuple[_Found, ...]] = {}
        for ident, history in self.around.histories.items():
            if history.contact.wanted:
                seen[ident] = now = self._seen(history)
                if before and before.seen.get(ident) == now:
                    found[ident] = before.found[ident]
                else:
                    stage = self.around.standings[ident].stage
                    found[ident] = _told_apart([*self._for(Case(history=history, stage=stage, around=self.around))])
        return Making(
            around=self.around,
            turns=before.turns if before and _has_same_interviews(before.around, self.around) else self._turns(),
            seen=MappingProxyType(seen),
            found=MappingProxyType(found),
        )

    def _turns(self) -> tuple[dt.datetime, dt.datetime]:
        return between_turns(self.around.network, self.around.today.now)

    def _seen(self, history: History) -> object:
        """All that the rules look at for one contact, but for the present, which is the same for all."""
        around, contact = self.around, history.contact
        led_to = contact.referred
        partners = [around.partners[one.path] for one in contact.interviews]
        return (
            history,
            around.standings[contact.id],
            around.openings.get(contact.id),
            around.given.get(contact.id),
            self.names.in_command(contact),
            [(around.histories[one], around.given_on.get((contact.id, one)), self._word(one)) for one in led_to],
            partners,
            [around.histories[one] for several in partners for one in several],
        )

    def _word(self, ident: str) -> str:
        return self.names.in_command(self.around.network.contacts[ident])

    def _for(self, case: Case) -> Iterator[_Found]:
        unsent = Unsent(case)
        for rule in _RULES_FOR[case.stage]:
            if rule.search and case.today.accepted:
                continue
            for occasion in rule.applies(case):
                draft = unsent.take(rule.drafts, occasion)
                if draft is None:
                    yield _found(None, self._action(case, rule, occasion, rule))
                else:
                    why = rule.because.format(**occasion.words)
                    yield self._finish(case, draft, to_finish(draft, case, occasion, why), rule)
        for draft in unsent.rest():
            yield self._finish(case, draft, to_finish(draft, case), FINISH_DRAFT)

    def _finish(self, case: Case, draft: MessageNote, occasion: Occasion, timing: Rule) -> _Found:
        return _found(draft.path, self._action(case, FINISH_DRAFT, occasion, timing))

    def _action(self, case: Case, rule: Rule, occasion: Occasion, timing: Rule) -> Action | None:
        """The action, unless it lies behind a pause without end. `timing` is the rule whose day it has."""
        due = due_on(case, occasion, timing.wait, unasked=timing.unasked)
        if due is None:
            return None
        contact = case.history.contact
        command = occasion.command
        if command is None and rule.command:
            about = self.around.network.contacts.get(occasion.about or "")
            words = {"contact": self.names.in_command(contact), "about": self.names.in_command(about or contact)}
            command = rule.command.format(**words)
        return Action(
            contact=contact,
            stage=case.stage,
            rule=rule.name,
            text=rule.action.format(**occasion.words),
            due=due,
            because=rule.because.format(**occasion.words),
            note=occasion.note,
            command=command,
            any_day=occasion.since is None and due_on(case, Occasion(), AT_ONCE, unasked=False) == due,
        )
