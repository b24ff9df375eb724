"""The agenda: what is due for whom, in order. Puts the rules to every contact, and a draft in the place of its action.

Takes the network, the settings and the time, and gives a value.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from infoview_md.agenda.gathering import today_of
from infoview_md.agenda.naming import Names
from infoview_md.agenda.occasions import AT_ONCE, Case, Occasion, due_on
from infoview_md.agenda.rules import FINISH_DRAFT, RULES, Action, Rule
from infoview_md.agenda.stages import STAGES, Standing
from infoview_md.agenda.surroundings import Surroundings, surroundings_of
from infoview_md.agenda.unsent import Unsent, to_finish
from infoview_md.network.people import Network, Organization
from infoview_md.notes.records import MessageNote, Settings
from infoview_md.notes.text import fold

__all__ = ["Action", "Agenda", "make_agenda"]

_RULES_FOR: Mapping[str, tuple[Rule, ...]] = {
    stage: tuple(rule for rule in RULES if not rule.stages or stage in rule.stages) for stage in STAGES
}
_PLACE_IN_TABLE: Mapping[str, int] = {rule.name: number for number, rule in enumerate(RULES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """All that is to be done, the earliest first, and where you stand with everybody, by the contact's id."""

    today: dt.date
    actions: tuple[Action, ...]
    standings: Mapping[str, Standing]
    network: Network = field(repr=False, compare=False)

    def due(self, within: int = 7, *, stage: str | None = None, organization: str | None = None) -> tuple[Action, ...]:
        """What is due up to `within` days ahead, overdue first; for contacts in a stage, or at an organization.

        Several stages are parted by commas. An organization is named by its name or an alias.
        """
        last = self.today.toordinal() + within
        stages = {one.strip() for one in (stage or "").split(",") if one.strip()}
        return tuple(
            one
            for one in self.actions
            if one.due.toordinal() <= last
            and (not stages or one.stage in stages)
            and (organization is None or self._works_at(one, organization))
        )

    @property
    def overdue(self) -> tuple[Action, ...]:
        """What should have been done before today."""
        return tuple(one for one in self.actions if one.due < self.today)

    def for_contact(self, contact_id: str) -> tuple[Action, ...]:
        """What is to be done for one contact, at any time."""
        return tuple(one for one in self.actions if one.contact.id == contact_id)

    def _works_at(self, action: Action, name: str) -> bool:
        place = self.network.organizations.get(action.contact.organization or "")
        return place is not None and fold(name.strip()) in _names_of(place)


def make_agenda(network: Network, settings: Settings, now: dt.datetime) -> Agenda:
    """What follows from the notes at `now` (local, without offset)."""
    around = surroundings_of(network, today_of(network, settings, now))
    actions = sorted(_Maker(around).actions(), key=_rank)
    return Agenda(today=now.date(), actions=tuple(actions), standings=around.standings, network=network)


def _rank(action: Action) -> tuple[dt.date, int, str, str, str, str]:
    place = _PLACE_IN_TABLE[action.rule]
    return action.due, place, fold(action.contact.name), action.contact.id, action.note or "", action.text


def _names_of(place: Organization) -> set[str]:
    names = {place.name, *(place.note.aliases if place.note else ())}
    return {fold(name) for name in names}


class _Maker:
    """The making of one agenda. A draft is used once, and a draft for several people makes one action."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.names = Names(around.network)
        self.done: set[str] = set()

    def actions(self) -> Iterator[Action]:
        """Everything, contact by contact."""
        for ident, history in self.around.histories.items():
            if history.contact.wanted:
                stage = self.around.standings[ident].stage
                yield from self._for(Case(history=history, stage=stage, around=self.around))

    def _for(self, case: Case) -> Iterator[Action]:
        unsent = Unsent(case)
        for rule in _RULES_FOR[case.stage]:
            if rule.search and case.today.accepted:
                continue
            for occasion in rule.applies(case):
                draft = unsent.take(rule.drafts, occasion)
                if draft is None:
                    yield from self._action(case, rule, occasion, rule)
                else:
                    why = rule.because.format(**occasion.words)
                    yield from self._finish(case, draft, to_finish(draft, case, occasion, why), rule)
        for draft in unsent.rest():
            yield from self._finish(case, draft, to_finish(draft, case), FINISH_DRAFT)

    def _finish(self, case: Case, draft: MessageNote, occasion: Occasion, timing: Rule) -> Iterator[Action]:
        if draft.path not in self.done:
            self.done.add(draft.path)
            yield from self._action(case, FINISH_DRAFT, occasion, timing)

    def _action(self, case: Case, rule: Rule, occasion: Occasion, timing: Rule) -> Iterator[Action]:
        """The action, unless it lies behind a pause without end. `timing` is the rule whose day it has."""
        due = due_on(case, occasion, timing.wait, unasked=timing.unasked)
        if due is None:
            return
        contact = case.history.contact
        command = occasion.command
        if command is None and rule.command:
            about = self.around.network.contacts.get(occasion.about or "")
            words = {"contact": self.names.in_command(contact), "about": self.names.in_command(about or contact)}
            command = rule.command.format(**words)
        yield Action(
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
