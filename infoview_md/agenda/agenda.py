"""The agenda as a value: what is due for whom, in order. Light, because most commands find it made already."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from infoview_md.notes.text import fold

if TYPE_CHECKING:
    from infoview_md.agenda.making import Making
    from infoview_md.network.people import Contact, Network, Organization

__all__ = ["Action", "Agenda", "Standing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """The next thing to do for a contact: a short imperative, its day, the sentence that says why, and the note for it.

    `command` does it, or is None where it is done in the note itself. `any_day` is true when no day follows from the
    notes: such a thing is due today, and never late.
    """

    contact: "Contact"
    stage: str
    rule: str
    text: str
    due: dt.date
    because: str
    note: str | None = None
    command: str | None = None
    any_day: bool = False

    def overdue_days(self, today: dt.date) -> int:
        """How many days late it is; 0 when it is not."""
        return max(0, (today - self.due).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The stage of a contact, one sentence that says why, the note that shows it, and since when it is so."""

    stage: str
    because: str
    note: str | None = None
    since: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """All that is to be done, the earliest first, and where you stand with everybody, by the contact's id."""

    today: dt.date
    actions: tuple[Action, ...]
    standings: Mapping[str, Standing]
    network: "Network" = field(repr=False, compare=False)
    making: "Making | None" = field(default=None, repr=False, compare=False)
    """How it was made, from which a later one is made where little changed."""

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


def _names_of(place: "Organization") -> set[str]:
    names = {place.name, *(place.note.aliases if place.note else ())}
    return {fold(name) for name in names}
