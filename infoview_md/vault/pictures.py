"""The pictures of the network and the views that are kept current: which there are, and what each says now.

Imported when one is asked for, and each kind of picture when it is that one, because pages take long to load.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from infoview_md.agenda.rules import THANK
from infoview_md.disk import files, places, scan
from infoview_md.errors import ConflictError, UsageError
from infoview_md.network.graph import graph_of
from infoview_md.network.insights import referral_forest
from infoview_md.vault.state import State
from infoview_md.views.lines import Look

__all__ = ["VIEWS", "network_note", "network_page", "picture", "views_of", "write_output", "write_views"]

NETWORK_VIEW = "Infoview/Network.md"
DUE_VIEW = "Infoview/Due.md"
CONTACTS_VIEW = "Infoview/Contacts.base"
INTERVIEWS_VIEW = "Infoview/Interviews.base"
CANVAS_VIEW = "Infoview/Network.canvas"
VIEWS = frozenset({NETWORK_VIEW, DUE_VIEW, CONTACTS_VIEW, INTERVIEWS_VIEW, CANVAS_VIEW})
"""What `index` and `watch` keep current, while it exists."""


def picture(root: Path, state: State, form: str, *, look: Look | None = None, as_note: bool = False) -> str:
    """The contact network in one of the formats; `as_note` makes a diagram a whole note. Raises UsageError."""
    if form == "html":
        return network_page(root, state)
    if form not in _PICTURES:
        raise UsageError(f"there is no format {form}", f"choose one of {', '.join((*_PICTURES, 'html'))}")
    return network_note(state) if as_note and form == "mermaid" else _PICTURES[form](state, look or Look())


def network_note(state: State) -> str:
    """The network as a note that Obsidian shows as a picture."""
    from infoview_md.views import network_note as note

    return note.network_note(state.network, state.stages, state.agenda.actions, state.now)


def network_page(root: Path, state: State) -> str:
    """The network as a page for a browser, whose links open the notes of the vault in `root`."""
    from infoview_md.views import cards, layout, page

    forest = referral_forest(state.network)
    people = (state.network.contacts[one] for one in forest.walk)
    standings, actions = state.agenda.standings, state.agenda.actions
    return page.page(
        tuple(cards.cards_of(state.network, people, state.now, standings=standings, actions=actions)),
        layout.lay_out(graph_of(state.network, state.now), forest, state.stages),
        forest,
        home=page.Home(name=root.name, address=root.as_uri()),
        parts=places.page_parts(),
    )


def _tree(state: State, look: Look) -> str:
    from infoview_md.views import tree

    return "".join(f"{one}\n" for one in tree.referral_tree(state.network, state.stages, look))


def _mermaid(state: State, _: Look) -> str:
    from infoview_md.views import mermaid

    graph, forest = graph_of(state.network, state.now), referral_forest(state.network)
    return mermaid.mermaid(graph, forest, state.stages).text


def _svg(state: State, _: Look) -> str:
    from infoview_md.views import layout, svg

    graph, forest = graph_of(state.network, state.now), referral_forest(state.network)
    return svg.svg(layout.lay_out(graph, forest, state.stages))


def _json(state: State, _: Look) -> str:
    from infoview_md.views import nodelink, shapes

    return shapes.to_json(nodelink.node_link(graph_of(state.network, state.now), state.stages)) + "\n"


def _canvas(state: State, _: Look) -> str:
    from infoview_md.views import canvas, layout

    graph, forest = graph_of(state.network, state.now), referral_forest(state.network)
    return canvas.canvas(layout.lay_out(graph, forest, state.stages))


def _dot(state: State, _: Look) -> str:
    from infoview_md.views import dot

    return dot.dot(graph_of(state.network, state.now), referral_forest(state.network), state.stages)


def _graphml(state: State, _: Look) -> str:
    from infoview_md.views import graphml

    return graphml.graphml(graph_of(state.network, state.now), referral_forest(state.network), state.stages)


_PICTURES: Mapping[str, Callable[[State, Look], str]] = {
    "tree": _tree,
    "svg": _svg,
    "mermaid": _mermaid,
    "canvas": _canvas,
    "dot": _dot,
    "graphml": _graphml,
    "json": _json,
}
"""Each format that `graph` can be asked for, in the order of its help."""


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
    written = []
    for path, text in views_of(root, state).items():
        # What is not there is not drawn: that takes its time.
        wanted = make or scan.look_at(root, path) is not None
        if wanted and _write_view(root, path, text(), make=make) is files.Outcome.WRITTEN:
            written.append(path)
    return tuple(written)


def _write_view(root: Path, path: str, text: str, *, make: bool) -> files.Outcome:
    """Write a view that is ours; in a canvas, what the user changed stays."""
    if not path.lower().endswith(".canvas"):
        return files.write_view(root, path, text, make=make)
    from infoview_md.views import canvas_renewal

    def renewed(before: bytes) -> str | None:
        try:
            return canvas_renewal.renewed_canvas(text, before.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return None

    return files.renew_view(root, path, text, renewed, make=make)


def views_of(root: Path, state: State) -> Mapping[str, Callable[[], str]]:
    """Every view that is kept current, by its path, and what it says now."""
    return {
        DUE_VIEW: lambda: _due(root, state),
        NETWORK_VIEW: lambda: network_note(state),
        CONTACTS_VIEW: lambda: _contacts(root, state),
        INTERVIEWS_VIEW: lambda: _interviews(root, state),
        CANVAS_VIEW: lambda: _canvas(state, Look()),
    }


def _due(root: Path, state: State) -> str:
    from infoview_md.views import dashboards

    return dashboards.due_note(state.agenda.actions, scan.task_filter(root))


def _contacts(root: Path, state: State) -> str:
    from infoview_md.views import bases

    return bases.contacts_base(state.index.settings, _hidden(root, state))


def _interviews(root: Path, state: State) -> str:
    from infoview_md.views import bases

    unthanked = dict.fromkeys(one.note for one in state.agenda.actions if one.rule == THANK and one.note)
    return bases.interviews_base(unthanked, _hidden(root, state))


def _hidden(root: Path, state: State) -> Mapping[str, None]:
    """The folders of templates: no view lists what is in them."""
    return dict.fromkeys((state.index.settings.templates, *scan.template_folders(root)))
