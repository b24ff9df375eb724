"""What to do first on a way to somebody: the next action of whom to turn to, or the message that opens the way.

Takes chains of introductions as they are, and looks for none.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from infoview_md.agenda.agenda import Agenda, Standing
from infoview_md.agenda.naming import Names
from infoview_md.agenda.wording import shown
from infoview_md.network.people import Contact, Organization
from infoview_md.network.warmth import Chain, Step, StepKind
from infoview_md.notes.text import in_command

__all__ = ["Advice", "first_move"]

_WRITE: Mapping[StepKind, tuple[str, str]] = {
    "met": ("write to {name}: tell what came of their advice", "infoview new update {command}"),
    "replied": ("write to {name} again", "infoview new request {command}"),
    "in-touch": ("write to {name}", "infoview new request {command}"),
    "gave": ("ask {name} for a talk", "infoview new request {command}"),
    "connection": ("draft a request to {name} that begins with what links you", "infoview new request {command}"),
    "profile": ("draft a request to {name}", "infoview new request {command}"),
    "known": ("write to {name}, if you know them", "infoview new request {command}"),
}
"""What to write to somebody for whom the agenda has nothing, by the tie to them."""

_GONE_QUIET = ("declined", "silent", "resting")
"""Stages in which another letter of yours would be one too many."""
_MAY_BE_ASKED: tuple[StepKind, ...] = ("met", "in-touch", "gave")
"""Who has talked to you may be asked for an introduction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What to do first, a short imperative; why, by which day, and with which command or in which note, if any."""

    text: str
    because: str | None = None
    due: dt.date | None = None
    command: str | None = None
    note: str | None = None


def first_move(target: Contact | Organization, chains: Sequence[Chain], agenda: Agenda) -> Advice:
    """What to do first to reach the target by the first of `chains`, the warmest; without any, how to begin."""
    adviser = _Adviser(agenda)
    if not chains:
        return adviser.begin(target)
    advice = adviser.follow(chains[0])
    # Of a note about somebody, nobody but the user can say whether it is about a cousin or an author.
    if any(one.steps[0].kind == "known" and len(one.steps) == 1 for one in chains[1:]):
        return replace(advice, text=f"write to {shown(target.name)} yourself, if you know them; else {advice.text}")
    return advice


class _Adviser:
    """Advice from one agenda."""

    def __init__(self, agenda: Agenda) -> None:
        self.agenda = agenda
        self.network = agenda.network
        self.names = Names(agenda.network)

    def follow(self, chain: Chain) -> Advice:
        """Take the first step of a chain."""
        start = self.network.contacts[chain.start]
        if len(chain.steps) == 1 or chain.steps[1].kind == "works_at":
            return self.write_to(start, chain.steps[0])
        if chain.steps[1].kind in ("referred", "tip"):
            return self.use_referral(start, self.network.contacts[chain.steps[1].target], chain.steps[1])
        return self.ask(start, chain.steps[0], chain.steps[1])

    def begin(self, target: Contact | Organization) -> Advice:
        """Nobody leads there: write to somebody whom you do not know, or find one."""
        if isinstance(target, Organization):
            people = sorted((self.network.contacts[one] for one in target.contacts), key=lambda one: one.name)
            if not people:
                place = in_command(f"organization={target.name}")
                return Advice(
                    text="find somebody who works there, and make a note about them",
                    command=f"infoview new contact NAME --set {place}",
                )
            target = next((one for one in people if self.agenda.for_contact(one.id)), people[0])
        command = f"infoview new request {self.names.in_command(target)}"
        text = f"draft a request to {shown(target.name)} that says why you write to them of all people"
        return self._planned(target) or Advice(text=text, command=command)

    def write_to(self, contact: Contact, tie: Step) -> Advice:
        """Turn to somebody directly."""
        standing = self.agenda.standings[contact.id]
        if planned := self._planned(contact):
            return planned
        if standing.stage == "scheduled":
            return Advice(text=f"ask {shown(contact.name)} when you talk", because=standing.because)
        if standing.stage in _GONE_QUIET or tie.kind not in _WRITE:
            return _rest(contact, standing)
        text, command = _WRITE[tie.kind]
        words = {"name": shown(contact.name), "command": self.names.in_command(contact)}
        return Advice(text=text.format(**words), command=command.format(**words))

    def use_referral(self, by: Contact, to: Contact, referral: Step) -> Advice:
        """Write to whom somebody gave you; if your own letters led nowhere, ask for a word from who gave them."""
        standing = self.agenda.standings[to.id]
        if planned := self._planned(to):
            return planned
        if standing.stage in _GONE_QUIET:
            command = f"infoview new update {self.names.in_command(by)} --about {self.names.in_command(to)}"
            text = f"tell {shown(by.name)} how it went with {shown(to.name)}, and ask for a word"
            return Advice(text=text, because=standing.because, command=command)
        naming = f"does not name {shown(by.name)}" if referral.kind == "tip" else f"names {shown(by.name)}"
        command = f"infoview new request {self.names.in_command(to)}"
        return Advice(text=f"draft a request to {shown(to.name)} that {naming}", command=command)

    def ask(self, contact: Contact, tie: Step, onward: Step) -> Advice:
        """Ask somebody for an introduction to a colleague, or to whom a note names beside them."""
        if tie.kind not in _MAY_BE_ASKED and self.agenda.standings[contact.id].stage != "declined":
            return self.write_to(contact, tie)
        further = self.network.contacts.get(onward.target) or self.network.organizations[onward.target]
        return Advice(
            text=f"ask {shown(contact.name)} for an introduction to {shown(further.name)}",
            command=f"infoview new referral-request {self.names.in_command(contact)}",
        )

    def _planned(self, contact: Contact) -> Advice | None:
        """What the agenda has for somebody next."""
        action = next(iter(self.agenda.for_contact(contact.id)), None)
        if action is None:
            return None
        return Advice(
            text=f"{shown(contact.name)}: {action.text}",
            because=action.because,
            due=None if action.any_day else action.due,
            command=action.command,
            note=action.note,
        )


def _rest(contact: Contact, standing: Standing) -> Advice:
    return Advice(text=f"let it rest with {shown(contact.name)} for now", because=standing.because)
