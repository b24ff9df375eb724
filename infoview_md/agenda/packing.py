"""The agenda as JSON has it and back, so that it can be kept between commands: the contacts come back by name alone.

Whatever else is asked of them, or of the agenda, is fetched from the network, which most commands need not build.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any

from infoview_md.agenda.agenda import Action, Agenda, Standing
from infoview_md.network.people import Contact, Network

__all__ = ["Packed", "pack_agenda", "pack_standings", "unpack_agenda", "unpack_standings"]

Packed = Any
"""What JSON can hold."""


def pack_agenda(agenda: Agenda) -> Packed:
    """An agenda as lists, without its standings."""
    return [agenda.today.isoformat(), [*map(_pack_action, agenda.actions)]]


def pack_standings(standings: Mapping[str, Standing]) -> Packed:
    """Where one stands with everybody, as lists by contact."""
    return {
        ident: [one.stage, one.because, one.note, one.since and one.since.isoformat()]
        for ident, one in standings.items()
    }


def unpack_standings(kept: Packed) -> Mapping[str, Standing]:
    """The standings that were packed."""
    return MappingProxyType({ident: _standing(one) for ident, one in kept.items()})


def unpack_agenda(
    kept: Packed, network: Callable[[], Network], standings: Callable[[], Mapping[str, Standing]]
) -> Agenda:
    """An agenda that equals the one that was packed; `network` gives that from which it was made."""
    today, actions = kept
    agenda = object.__new__(_KeptAgenda)
    put = object.__setattr__
    put(agenda, "today", dt.date.fromisoformat(today))
    put(agenda, "actions", tuple([_unpack_action(one, network) for one in actions]))
    put(agenda, "making", None)
    put(agenda, "_fetch", MappingProxyType({"network": network, "standings": standings}))
    return agenda


def _pack_action(one: Action) -> Packed:
    who = one.contact
    return [
        [who.id, who.name, who.path, who.organization],
        one.stage,
        one.rule,
        one.text,
        one.due.isoformat(),
        one.because,
        one.note,
        one.command,
        one.any_day,
    ]


def _unpack_action(kept: Packed, network: Callable[[], Network]) -> Action:
    who = object.__new__(_KeptContact)
    action = object.__new__(Action)
    # Slots are filled directly and one by one: a frozen record's own way of filling them takes three times as long, and
    # a loop over them more than twice.
    (ident, name, path, organization), stage, rule, text, due, because, note, command, any_day = kept
    _put_id(who, ident)
    _put_name(who, name)
    _put_path(who, path)
    _put_organization(who, organization)
    _put_network(who, network)
    _put_contact(action, who)
    _put_stage(action, stage)
    _put_rule(action, rule)
    _put_text(action, text)
    _put_due(action, dt.date.fromisoformat(due))
    _put_because(action, because)
    _put_note(action, note)
    _put_command(action, command)
    _put_any_day(action, any_day)
    return action


class _KeptContact(Contact):
    """A contact whose notes are fetched when they are asked for: a slot that nothing was put in asks `__getattr__`."""

    __slots__ = ("_network",)
    _network: Callable[[], Network]

    def __getattr__(self, name: str) -> object:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._whole(), name)

    def __eq__(self, other: object) -> bool:
        return self._whole() == (other._whole() if isinstance(other, _KeptContact) else other)

    def __hash__(self) -> int:
        return hash(self._whole())

    def __repr__(self) -> str:
        return repr(self._whole())

    def _whole(self) -> Contact:
        return self._network().contacts[self.id]


class _KeptAgenda(Agenda):
    """An agenda whose standings and whose network are fetched when they are asked for."""

    __slots__ = ("_fetch",)
    _fetch: Mapping[str, Callable[[], object]]

    def __getattr__(self, name: str) -> object:
        if name not in {"network", "standings"}:
            raise AttributeError(name)
        object.__setattr__(self, name, self._fetch[name]())
        return getattr(self, name)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Agenda):
            return NotImplemented
        return (self.today, self.actions, self.standings) == (other.today, other.actions, other.standings)

    __hash__ = None  # type: ignore[assignment]  # compared, never looked up


_put_id, _put_name, _put_path, _put_organization, _put_network = (
    getattr(_KeptContact, name).__set__ for name in ("id", "name", "path", "organization", "_network")
)
_put_contact, _put_stage, _put_rule, _put_text, _put_due, _put_because, _put_note, _put_command, _put_any_day = (
    getattr(Action, field.name).__set__ for field in fields(Action)
)


def _standing(kept: Packed) -> Standing:
    stage, because, note, since = kept
    return Standing(stage=stage, because=because, note=note, since=since and dt.date.fromisoformat(since))
