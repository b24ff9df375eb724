"""What a vault says at one time: the index, and what follows from it, each made when it is first asked for.

Findings and agenda are kept between commands for as long as the same follows from the notes.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from infoview_md.disk.upkeep import ChangeCounts, Upkept
from infoview_md.notes.findings import Finding, in_order
from infoview_md.notes.packing import pack_finding, unpack_finding
from infoview_md.vault.kept import Kept

if TYPE_CHECKING:
    from infoview_md.agenda.agenda import Agenda
    from infoview_md.agenda.funnel import Funnel
    from infoview_md.agenda.news import News
    from infoview_md.agenda.stages import Standing
    from infoview_md.network import outcomes, reach
    from infoview_md.network.index import Index
    from infoview_md.network.insights import Connector
    from infoview_md.network.people import Contact, Network
    from infoview_md.views.report import Overview

__all__ = ["SOON", "Refresh", "State"]

SOON = 7
"""Days ahead that `index` looks for what is due, as `due` does unless told otherwise."""


class State:
    """An immutable picture of the vault: what the notes say, and what follows from it at `now` (local time).

    `doubts` proofreads: it reads the unsent messages when `findings` are first asked for. `beside` are texts that are
    no notes, and are judged as well. What is found while texts are `missed`, because they cannot be read, is not kept.
    """

    def __init__(
        self,
        upkept: Upkept,
        now: dt.datetime,
        doubts: "Callable[[Network, dt.datetime], Iterable[Finding]]",
        beside: Iterable[str] = (),
        *,
        missed: Collection[str] = (),
    ) -> None:
        self._now = now
        self._upkept = upkept
        self._doubts = doubts
        self._kept = Kept(upkept.answers, now, beside)
        self._missed = missed

    @property
    def now(self) -> dt.datetime:
        """The time that all of it is seen from: local, without offset."""
        return self._now

    @property
    def changes(self) -> ChangeCounts:
        """How many notes changed since the last look."""
        return self._upkept.changes

    @property
    def index(self) -> "Index":
        """What the notes say."""
        return self._upkept.index

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is wrong or doubtful in the notes, by path and line."""
        kept = self._kept.recall("findings")
        found = self._find() if kept is None else map(unpack_finding, kept)
        return in_order((*found, *self._upkept.findings))

    def _find(self) -> tuple[Finding, ...]:
        """What follows from the notes; the disk's own findings are found at each look."""
        from infoview_md.network.doubts import dated_findings

        dated = dated_findings(self.network, self.now.date())
        found = in_order((*self.index.findings, *dated, *self._doubts(self.network, self.now)))
        if not self._missed:
            self._kept.keep("findings", [*map(pack_finding, found)], self.network)
        return found

    @cached_property
    def agenda(self) -> "Agenda":
        """What is to be done for whom."""
        from infoview_md.agenda.packing import unpack_agenda

        kept = self._kept.recall("agenda")
        return self._made if kept is None else unpack_agenda(kept, lambda: self.network, self._standings)

    def _standings(self) -> "Mapping[str, Standing]":
        from infoview_md.agenda.packing import unpack_standings

        kept = self._kept.recall("standings")
        return self._made.standings if kept is None else unpack_standings(kept)

    @cached_property
    def _made(self) -> "Agenda":
        from infoview_md.agenda.agenda import make_agenda
        from infoview_md.agenda.packing import pack_agenda, pack_standings

        agenda = make_agenda(self.network, self.index.settings, self.now)
        self._kept.keep("agenda", pack_agenda(agenda), self.network)
        self._kept.keep("standings", pack_standings(agenda.standings), self.network)
        return agenda

    def follows_from_the_same(self, before: "State") -> bool:
        """Whether the same is to be done as before: the notes say the same, and nothing began or ended in between.

        If so, the agenda of before is taken, which a watcher has at hand.
        """
        from infoview_md.network.turns import between_turns

        same = (
            before.index is self.index
            and before.now.date() == self.now.date()
            and between_turns(self.network, before.now) == between_turns(self.network, self.now)
        )
        if same:
            self.agenda = before.agenda
        return same

    @property
    def network(self) -> "Network":
        """Who knows whom."""
        return self.index.network

    @property
    def stages(self) -> Mapping[str, str]:
        """The stage of each contact, by the contact's id."""
        return {ident: one.stage for ident, one in self.agenda.standings.items()}

    @property
    def overview(self) -> "Overview":
        """What the report of `index` is about."""
        from infoview_md.views.report import Overview

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
    def funnel(self) -> "Funnel":
        """How many were asked, answered, said yes; counted when it is asked for."""
        from infoview_md.agenda.funnel import make_funnel

        return make_funnel(self.network, self.index.settings, self.now)

    def connectors(self) -> "tuple[Connector, ...]":
        """Who led to the most people, the best first."""
        from infoview_md.network.insights import connectors

        return connectors(self.network)

    def referral_outcomes(self) -> "tuple[outcomes.Outcome, ...]":
        """What became of each referral: met, written to, or nothing yet. The earliest first."""
        from infoview_md.network import outcomes

        return outcomes.referral_outcomes(self.network, self.now)

    def open_referrals(self) -> "tuple[outcomes.Outcome, ...]":
        """The referrals of which nothing has become yet. The earliest first."""
        from infoview_md.network import outcomes

        return outcomes.open_referrals(self.network, self.now)

    def not_asked(self) -> "tuple[Contact, ...]":
        """Whom you met, who named nobody, and whom nothing has asked for names; by name."""
        from infoview_md.network import outcomes

        return outcomes.not_asked(self.network, self.now)

    def missing_links(self) -> "tuple[outcomes.MissingLink, ...]":
        """Who gave you others and is only a name; by name."""
        from infoview_md.network import outcomes

        return outcomes.missing_links(self.network)

    def loops(self) -> "tuple[tuple[Contact, ...], ...]":
        """Who all led to each other, which cannot be; each group by name."""
        from infoview_md.network import outcomes

        return outcomes.loops(self.network)

    def organizations_reached(self) -> "tuple[reach.Reach, ...]":
        """How far you have come at each organization, by name."""
        from infoview_md.network import reach

        return reach.organizations_reached(self.network, self.now)

    def bridges(self) -> "tuple[reach.Bridge, ...]":
        """Through whom alone you came to other organizations, those who led to the most first."""
        from infoview_md.network import reach

        return reach.bridges(self.network)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """One turn of the watcher: which notes changed, which findings are new, and the state there is now.

    `news` is what the changes, or the time, meant; there is none on the first turn. `notices` are sentences about the
    watch itself, each with what to do; `mode` is `events` or `polling`.
    """

    changes: ChangeCounts
    paths: tuple[str, ...]
    findings: tuple[Finding, ...]
    state: State
    news: "tuple[News, ...]" = ()
    notices: tuple[str, ...] = ()
    mode: str = "events"
