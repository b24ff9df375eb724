"""The pictures of the network and the views that are kept current: which there are, and what each says now.

Imported when one is asked for, and each kind of picture when it is that one, because pages take long to load.
"""

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, assert_never

from infoview_md.agenda.rules import THANK
from infoview_md.disk import files, places, scan, walking
from infoview_md.errors import ConflictError, UsageError
from infoview_md.network.graph import graph_of
from infoview_md.network.insights import referral_forest
from infoview_md.network.ties import happened
from infoview_md.vault.state import State
from infoview_md.views.formats import Format
from infoview_md.views.lines import Look

if TYPE_CHECKING:
    from infoview_md.network.people import Network
    from infoview_md.views.card import Card
    from infoview_md.views.layout import Ground

__all__ = ["VIEWS", "Views", "network_note", "network_page", "picture", "write_output", "write_views"]

NETWORK_VIEW = "Infoview/Network.md"
DUE_VIEW = "Infoview/Due.md"
CONTACTS_VIEW = "Infoview/Contacts.base"
INTERVIEWS_VIEW = "Infoview/Interviews.base"
CANVAS_VIEW = "Infoview/Network.canvas"

Progress = Callable[[int, int], None]
_REPORT_EVERY = 50
"""Cards between two reports of how far a page is."""


def picture(  # noqa: PLR0911, PLR0913 - one return a format; what a picture is made from
    root: Path,
    state: State,
    form: str,
    *,
    look: Look | None = None,
    as_note: bool = False,
    progress: Progress | None = None,
) -> str:
    """The contact network in one of the formats; `as_note` makes a diagram a whole note. Raises UsageError."""
    if form not in [*Format]:
        raise UsageError(f"there is no format {form}", f"choose one of {', '.join(Format)}")
    match Format(form):
        case Format.TREE:
            return _tree(state, look or Look())
        case Format.HTML:
            return network_page(root, state, progress)
        case Format.SVG:
            return _svg(state)
        case Format.MERMAID:
            return network_note(state) if as_note else _mermaid(state)
        case Format.CANVAS:
            return _canvas(state)
        case Format.DOT:
            return _dot(state)
        case Format.GRAPHML:
            return _graphml(state)
        case Format.JSON:
            return _json(state)
        case unknown:
            assert_never(unknown)


def network_note(state: State) -> str:
    """The network as a note that Obsidian shows as a picture."""
    from infoview_md.views import network_note as note

    return note.network_note(state.network, state.stages, state.agenda.actions, state.now)


def network_page(root: Path, state: State, progress: Progress | None = None) -> str:
    """The network as a page for a browser, whose links open the notes of the vault in `root`."""
    from infoview_md.views import cards, layout, page

    forest = referral_forest(state.network)
    if progress:
        progress(0, len(forest.walk))
    people = (state.network.contacts[one] for one in forest.walk)
    standings, actions = state.agenda.standings, state.agenda.actions
    made = cards.cards_of(state.network, people, state.now, standings=standings, actions=actions)
    return page.page(
        _counted(made, len(forest.walk), progress) if progress else made,
        layout.lay_out(state.graph, forest, state.stages),
        forest,
        home=page.Home(name=root.name, address=root.as_uri()),
        parts=places.page_parts(),
    )


def _counted(cards: "Iterable[Card]", in_all: int, progress: Progress) -> "Iterator[Card]":
    """Tell how many cards have been dealt with."""
    for done, card in enumerate(cards):
        if done % _REPORT_EVERY == 0:
            progress(done, in_all)
        yield card
    progress(in_all, in_all)


def _tree(state: State, look: Look) -> str:
    from infoview_md.views import tree

    return "".join(f"{one}\n" for one in tree.referral_tree(state.network, state.stages, look))


def _mermaid(state: State) -> str:
    from infoview_md.views import mermaid

    graph, forest = state.graph, referral_forest(state.network)
    return mermaid.mermaid(graph, forest, state.stages).text


def _svg(state: State) -> str:
    from infoview_md.views import layout, svg

    graph, forest = state.graph, referral_forest(state.network)
    return svg.svg(layout.lay_out(graph, forest, state.stages))


def _json(state: State) -> str:
    from infoview_md.views import nodelink, shapes

    return shapes.to_json(nodelink.node_link(state.graph, state.stages)) + "\n"


def _canvas(state: State) -> str:
    from infoview_md.views import canvas, layout

    forest, ground = referral_forest(state.network), state.network.shared(_ground)
    return canvas.canvas(layout.lay_out(state.graph, forest, state.stages, ground))


def _ground(network: "Network") -> "Ground":
    """The ground of a picture: as it depends on no time, it is the same at the beginning of all times."""
    from infoview_md.views import layout

    return layout.Ground(graph_of(network, dt.datetime(1, 1, 1)), referral_forest(network))


def _dot(state: State) -> str:
    from infoview_md.views import dot

    return dot.dot(state.graph, referral_forest(state.network), state.stages)


def _graphml(state: State) -> str:
    from infoview_md.views import graphml

    return graphml.graphml(state.graph, referral_forest(state.network), state.stages)


def write_output(root: Path, place: str | os.PathLike[str], text: str) -> str:
    """Write an answer to a file and say where; a note or canvas in this vault that is not ours is never replaced."""
    target = places.real_path(place)
    kind = {".md": "note", ".canvas": "canvas"}.get(target.suffix.lower())
    if not target.is_relative_to(root) or kind is None:
        files.write_output(places.given_path(place), text)
        return str(place)
    path = target.relative_to(root).as_posix()
    if _write_view(root, path, text, make=True) is files.Outcome.KEPT:
        raise ConflictError(f"{path} is a {kind} of yours and is left as it is", "choose another name behind -o")
    return path


def write_views(root: Path, state: State, *, make: bool) -> tuple[str, ...]:
    """Write the views that say something else now; without `make` only those that exist. Gives their paths."""
    return Views(root).write(state, make=make)


class Views:
    """The views of one vault, as they were drawn last: each is drawn again when it follows from something else."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._drawn: dict[str, tuple[tuple[object, ...], str]] = {}

    def write(self, state: State, *, make: bool = False, again: bool = True) -> tuple[str, ...]:
        """Write what says something else now; without `make` only what exists. Gives the paths.

        Without `again` it is not even looked whether somebody changed a view that would say the same.
        """
        written = []
        for path, view in _VIEWS.items():
            # What is not there is not drawn: that takes its time.
            if not make and walking.look_at(self._root, path) is None:
                self._drawn.pop(path, None)
                continue
            seen = view.seen(self._root, state)
            before = self._drawn.pop(path, None)
            is_same = before is not None and before[0] == seen
            text = before[1] if before and is_same else view.draw(self._root, state)
            if (again or not is_same) and _write_view(
                self._root, path, text, make=make, last=before and before[1]
            ) is files.Outcome.WRITTEN:
                written.append(path)
            self._drawn[path] = seen, text
        return tuple(written)


def _write_view(root: Path, path: str, text: str, *, make: bool, last: str | None = None) -> files.Outcome:
    """Write a view that is ours; in a canvas, what the user changed stays. `last` is what we drew last, if known."""
    if not path.lower().endswith(".canvas"):
        return files.write_view(root, path, text, make=make)
    from infoview_md.views import canvas_renewal

    def renewed(before: bytes) -> str | None:
        if last is not None and before == last.encode():  # nobody changed anything
            return text
        try:
            return canvas_renewal.renewed_canvas(text, before.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return None

    return files.renew_view(root, path, text, renewed, make=make)


@dataclass(frozen=True, slots=True)
class _View:
    """How a view is drawn, and all that it follows from, which is found out and compared in less time."""

    seen: Callable[[Path, State], tuple[object, ...]]
    draw: Callable[[Path, State], str]


def _due(root: Path, state: State) -> str:
    from infoview_md.views import dashboards

    return dashboards.due_note(state.agenda.actions, scan.task_filter(root))


def _contacts(root: Path, state: State) -> str:
    from infoview_md.views import bases

    return bases.contacts_base(state.index.settings, dict.fromkeys(_hidden(root, state)))


def _interviews(root: Path, state: State) -> str:
    from infoview_md.views import bases

    return bases.interviews_base(dict.fromkeys(_unthanked(state)), dict.fromkeys(_hidden(root, state)))


def _actions_seen(state: State) -> list[object]:
    """The actions as views show them, without all that is in the notes about whom they are for."""
    return [
        (who.id, who.name, who.path, one.rule, one.text, one.due, one.because, one.note, one.command, one.any_day)
        for one in state.agenda.actions
        for who in (one.contact,)
    ]


def _seen_in_note(state: State) -> tuple[object, ...]:
    """All that the note says: who there is and belongs to whom, what was exchanged, what is to be done."""
    zone = state.network.me.timezone if state.network.me else None
    ties = {ident: happened(one, state.now, zone) for ident, one in state.network.contacts.items()}
    kinds = {ident: tie.kind for ident, tie in ties.items() if tie}
    return state.network.shape, zone, state.graph, kinds, state.stages, _actions_seen(state)


def _unthanked(state: State) -> tuple[str, ...]:
    return tuple([one.note for one in state.agenda.actions if one.rule == THANK and one.note])


def _hidden(root: Path, state: State) -> tuple[str, ...]:
    """The folders of templates: no view lists what is in them."""
    return (state.index.settings.templates, *scan.template_folders(root))


_VIEWS: Mapping[str, _View] = MappingProxyType(
    {
        DUE_VIEW: _View(lambda root, state: (scan.task_filter(root), _actions_seen(state)), _due),
        NETWORK_VIEW: _View(lambda _, state: _seen_in_note(state), lambda _, state: network_note(state)),
        CONTACTS_VIEW: _View(lambda root, state: (state.index.settings, _hidden(root, state)), _contacts),
        INTERVIEWS_VIEW: _View(lambda root, state: (_unthanked(state), _hidden(root, state)), _interviews),
        CANVAS_VIEW: _View(
            lambda _, state: (state.graph, referral_forest(state.network), state.stages),
            lambda _, state: _canvas(state),
        ),
    }
)
"""Every view that is kept current, those first that people look at most."""
VIEWS = frozenset(_VIEWS)
"""What `index` and `watch` keep current, while it exists."""
