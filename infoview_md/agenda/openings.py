"""Whom to ask next: how many organizations may be asked at once, and one person at each.

Looks at all contacts together; what follows for one of them is a rule's business.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from infoview_md.agenda.agenda import Standing
from infoview_md.agenda.history import History, Today
from infoview_md.network.people import Contact

__all__ = ["Opening", "openings"]

_OPEN = ("drafted", "waiting")
"""Stages with an open request: these count for `open_organizations`."""
_BUSY = ("drafted", "waiting", "agreed", "scheduled")
"""Stages in which nobody else at the organization is asked: colleagues talk to each other."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Somebody may be asked: as the first at their organization, or after `silent`, who has not answered."""

    silent: History | None = None


def openings(histories: Mapping[str, History], standings: Mapping[str, Standing], today: Today) -> dict[str, Opening]:
    """Who may be asked now, by id: as many as there is room for, those whom somebody gave you first, then by name.

    Who is snoozed or away takes nobody's place. Histories are expected in order of names, as the network has them.
    """
    stage = {ident: one.stage for ident, one in standings.items()}
    busy: dict[str, list[History]] = {}
    for one in histories.values():
        if stage[one.contact.id] in _BUSY:
            busy.setdefault(_place(one.contact), []).append(one)
    room = today.settings.open_organizations
    room -= sum(any(stage[one.contact.id] in _OPEN for one in people) for people in busy.values())
    found: dict[str, Opening] = {}
    taken: set[str] = set()
    candidates = [one for one in histories.values() if one.contact.recorded and stage[one.contact.id] == "identified"]
    for one in sorted(candidates, key=lambda one: not one.contact.referred_by):
        place = _place(one.contact)
        if place in taken:
            continue
        if _is_put_off(one, today):
            if place not in busy:
                found[one.contact.id] = Opening()
        elif place in busy:
            if len(busy[place]) == 1 and _is_unanswered(busy[place][0], stage):
                found[one.contact.id] = Opening(silent=busy[place][0])
                taken.add(place)
        elif room > 0:
            found[one.contact.id] = Opening()
            taken.add(place)
            room -= 1
    return found


def _place(contact: Contact) -> str:
    """The organization; somebody without one is a place of their own."""
    return contact.organization or contact.id


def _is_put_off(history: History, today: Today) -> bool:
    if history.hold and history.hold > today.day:
        return True
    return any(one.last is None or one.last >= today.day for one in history.absence)


def _is_unanswered(history: History, stage: Mapping[str, str]) -> bool:
    return stage[history.contact.id] == "waiting" and history.answer is None
