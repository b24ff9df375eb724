"""What a vault says at one time: the index, and what follows from it."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from infoview_md.agenda.agenda import Agenda
from infoview_md.agenda.funnel import Funnel, make_funnel
from infoview_md.disk.upkeep import ChangeCounts
from infoview_md.network.index import Index
from infoview_md.network.insights import Connector, connectors
from infoview_md.network.people import Network
from infoview_md.notes.findings import Finding
from infoview_md.views.report import Overview

__all__ = ["SOON", "Refresh", "State"]

SOON = 7
"""Days ahead that `index` looks for what is due, as `due` does unless told otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """An immutable picture of the vault: what the notes say, and what follows from it at `now` (local time)."""

    index: Index
    now: dt.datetime
    changes: ChangeCounts
    agenda: Agenda
    findings: tuple[Finding, ...]

    @property
    def network(self) -> Network:
        """Who knows whom."""
        return self.index.network

    @property
    def stages(self) -> Mapping[str, str]:
        """The stage of each contact, by the contact's id."""
        return {ident: one.stage for ident, one in self.agenda.standings.items()}

    @property
    def overview(self) -> Overview:
        """What the report of `index` is about."""
        return Overview(
            network=self.network,
            stages=self.stages,
            notes=self.index.counts(),
            changes=dataclasses.asdict(self.changes),
            findings=self.findings,
            actions=self.agenda.due(within=SOON),
            funnel=self.funnel,
            today=self.now.date(),
        )

    @property
    def funnel(self) -> Funnel:
        """How many were asked, answered, said yes; counted when it is asked for."""
        return make_funnel(self.network, self.index.settings, self.now)

    def connectors(self) -> tuple[Connector, ...]:
        """Who led to the most people, the best first."""
        return connectors(self.network)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """One turn of the watcher: which notes changed, which findings are new, and the state there is now."""

    changes: ChangeCounts
    paths: tuple[str, ...]
    findings: tuple[Finding, ...]
    state: State
