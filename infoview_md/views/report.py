"""What `index` and `check` print: where the user stands, who led them furthest, what is due, what to mend."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from infoview_md.agenda.agenda import Action
from infoview_md.agenda.funnel import Funnel
from infoview_md.agenda.stages import STAGES
from infoview_md.network.graph import shown_contacts, shown_referrals
from infoview_md.network.insights import Connector, Forest, connectors, referral_forest
from infoview_md.network.people import Network, Organization
from infoview_md.notes.findings import Finding
from infoview_md.notes.properties import MESSAGE_TYPES
from infoview_md.views.due import due_brief
from infoview_md.views.findings import finding_lines
from infoview_md.views.funnel import funnel_brief
from infoview_md.views.lines import Line, Look, counted, cut, line, shown_name, wrapped
from infoview_md.views.tree import referral_tree

__all__ = ["Overview", "organizations_of", "overview_lines"]

_BEST = 3
_MOST_FINDINGS = 10
_TREE_LINES = 30
"""About what a screen holds beside the rest."""
_NAMED = 3
"""Of those whom a connector gave, so many by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What the report is about.

    `stages` is by the contact's id, `notes` by type, `changes` by what happened to them (added, modified, removed,
    unchanged); `actions` are those due soon or overdue on the day `today`.
    """

    network: Network
    stages: Mapping[str, str]
    notes: Mapping[str, int]
    changes: Mapping[str, int]
    today: dt.date
    actions: tuple[Action, ...] = ()
    findings: tuple[Finding, ...] = ()
    funnel: Funnel | None = None


def overview_lines(overview: Overview, look: Look | None = None) -> tuple[Line, ...]:
    """The report on the whole vault, as lines; sections are parted by empty lines."""
    look = look or Look()
    forest = referral_forest(overview.network)
    sections = (
        _counts(overview, look),
        _network(overview, look, forest),
        _connectors(connectors(overview.network, forest)[:_BEST], look),
        funnel_brief(overview.funnel),
        _due(overview, look),
        finding_lines(overview.findings, look, most=_MOST_FINDINGS),
    )
    lines: list[Line] = []
    for section in sections:
        if section:
            lines += [*([line()] if lines else []), *section]
    return tuple(lines)


# Counts


def organizations_of(network: Network) -> tuple[Organization, ...]:
    """The organizations that have a note of their own, or where somebody works who belongs in the picture."""
    used = {one.organization for one in shown_contacts(network)}
    return tuple(one for one in network.organizations.values() if one.note or one.id in used)


def _counts(overview: Overview, look: Look) -> list[Line]:
    contacts = overview.network.contacts.values()
    wanted = [one for one in contacts if one.wanted]
    unrecorded = sum(not one.recorded for one in wanted)
    requests = overview.notes.get("request", 0)
    messages = sum(overview.notes.get(name, 0) for name in MESSAGE_TYPES)
    words = (
        counted(len(wanted), "contact") + (f" ({unrecorded:,} without a note yet)" if unrecorded else ""),
        counted(len(organizations_of(overview.network)), "organization"),
        counted(len(shown_referrals(overview.network)), "referral"),
        f"{counted(messages, 'message')} ({counted(requests, 'request')})",
        counted(overview.notes.get("interview", 0), "interview"),
    )
    stages = [overview.stages[one.id] for one in wanted if one.id in overview.stages]
    reached = [f"{stages.count(stage):,} {stage}" for stage in STAGES if stage in stages]
    lines = [line((", ".join(words), "strong"))]
    lines += [line(f"  {row}") for row in wrapped(reached, ", ", None if look.width is None else look.width - 2)]
    if known := len(contacts) - len(wanted):
        others = counted(known, "other person is", "other people are")
        lines.append(line((f"  {others} only known: in your notes, and nobody to write to", "muted")))
    return [*lines, line((_changes(overview.changes), "muted"))]


def _changes(changes: Mapping[str, int]) -> str:
    added, modified, removed = (changes.get(name, 0) for name in ("added", "modified", "removed"))
    if not added + modified + removed:
        return "No note has changed."
    # On its first look the index knows nothing yet, and "new" would say nothing.
    if not modified + removed + changes.get("unchanged", 0):
        return f"{counted(added, 'note')} read."
    found = ((added, "new"), (modified, "changed"), (removed, "gone"))
    return f"Notes: {', '.join(f'{number:,} {word}' for number, word in found if number)}."


# Network


def _network(overview: Overview, look: Look, forest: Forest) -> list[Line]:
    """The tree, folded to about a screen, and where to see all of it."""
    if not forest.walk:
        return [line("Nobody is in your network yet. Begin with: ", ('infoview new contact "Their Name"', "strong"))]
    tree = referral_tree(overview.network, overview.stages, replace(look, height=look.height or _TREE_LINES), forest)
    if len(tree) > len(forest.walk):
        return [*tree]
    return [*tree, line((f"{look.ellipsis} everybody: infoview graph --all", "muted"))]


def _connectors(best: Iterable[Connector], look: Look) -> list[Line]:
    lines = [_connector(one, look) for one in best]
    return [line(("Who led you furthest", "heading")), *lines] if lines else []


def _connector(one: Connector, look: Look) -> Line:
    direct = [cut(shown_name(contact.name), 40, look.ellipsis) for contact in one.direct]
    if len(direct) > _NAMED + 1:
        direct[_NAMED:] = [f"{len(direct) - _NAMED:,} more"]
    names = " and ".join(filter(None, (", ".join(direct[:-1]), direct[-1])))
    through = one.in_all - len(one.direct)
    rest = f", and through them to {through:,} more" if through else ""
    name = cut(shown_name(one.contact.name), 40, look.ellipsis)
    return line("  ", (name, "strong"), f" led you to {names}{rest}")


def _due(overview: Overview, look: Look) -> list[Line]:
    brief = due_brief(overview.actions, overview.today, look)
    return [line(("Due", "heading")), *brief] if brief else [line("Nothing is due.")]
