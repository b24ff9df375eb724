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
    from infoview_md.agenda.agenda import Agenda, Standing
    from infoview_md.agenda.funnel import Funnel
    from infoview_md.agenda.news import News
    from infoview_md.network import outcomes, reach
    from infoview_md.network.graph import Graph
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
        self._agenda_before: Agenda | None = None
        self._is_followed_on = False

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
        return in_order((*self._found, *self._upkept.findings))

    @cached_property
    def _found(self) -> tuple[Finding, ...]:
        """What follows from the notes; the disk's own findings are found at each look."""
        kept = None if self._is_followed_on else self._kept.recall("findings")
        return self._find() if kept is None else tuple(map(unpack_finding, kept))

    def _find(self) -> tuple[Finding, ...]:
        from infoview_md.network.doubts import dated_findings

        dated = dated_findings(self.network, self.now.date())
        found = in_order((*self.index.findings, *dated, *self._doubts(self.network, self.now)))
        if not self._is_followed_on:
            self._keep_findings(found)
        return found

    def _keep_findings(self, found: Iterable[Finding]) -> None:
        if not self._missed:
            self._kept.keep("findings", [*map(pack_finding, found)], self.network)

    @cached_property
    def agenda(self) -> "Agenda":
        """What is to be done for whom."""
        from infoview_md.agenda.packing import unpack_agenda

        kept = None if self._is_followed_on else self._kept.recall("agenda")
        return self._made if kept is None else unpack_agenda(kept, lambda: self.network, self._standings)

    def _standings(self) -> "Mapping[str, Standing]":
        from infoview_md.agenda.packing import unpack_standings

        kept = self._kept.recall("standings")
        return self._made.standings if kept is None else unpack_standings(kept)

    @cached_property
    def _made(self) -> "Agenda":
        from infoview_md.agenda.making import make_agenda

        before, self._agenda_before = self._agenda_before, None
        agenda = make_agenda(self.network, self.index.settings, self.now, before)
        if not self._is_followed_on:
            self._keep_agenda(agenda)
        return agenda

    def _keep_agenda(self, agenda: "Agenda") -> None:
        from infoview_md.agenda.packing import pack_agenda, pack_standings

        self._kept.keep("agenda", pack_agenda(agenda), self.network)
        self._kept.keep("standings", pack_standings(agenda.standings), self.network)

    def keep(self) -> None:
        """Keep for later commands what one that follows on another state has not kept, as that takes its time."""
        if self._is_followed_on:
            self._keep_findings(self._found)
            self._keep_agenda(self.agenda)

    def follow(self, before: "State") -> bool:
        """Take over what a watcher has at hand from before; nothing is kept until `keep`.

        Says whether the same is to be done: the notes say the same, and nothing began or ended in between.
        """
        from infoview_md.network.turns import between_turns

        same = (
            before.index is self.index
            and before.now.date() == self.now.date()
            and between_turns(self.network, before.now) == between_turns(self.network, self.now)
        )
        self._is_followed_on = True
        if same:
            self.agenda = before.agenda
            self._take_findings(before)
        else:
            self._agenda_before = before.agenda
        return same

    def _take_findings(self, before: "State") -> None:
        """Take those of before, unless a note of ours has another text, or may have: texts are proofread."""
        upkept, missed, kept = before._upkept, before._missed, before._kept  # noqa: SLF001 - one of this class
        is_same_text = upkept.sure and not any(map(self.index.has, self._upkept.paths))
        if is_same_text and not missed and not self._missed and self._kept.follows_from_the_same(kept):
            self._found = before._found  # noqa: SLF001 - one of this class

    @cached_property
    def graph(self) -> "Graph":
        """The network as whoever draws it sees it now."""
        from infoview_md.network.graph import graph_of

        return graph_of(self.network, self.now)

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
