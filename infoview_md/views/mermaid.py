"""The network as a Mermaid flowchart that Obsidian draws, or as a list where it would refuse to.

Obsidian's Mermaid gives up beyond 500 lines between people or 50,000 characters, and takes parts of a label for markup;
both are documented in its own settings and parser, and neither can be changed from within a note.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from infoview_md.network.graph import ME, Edge, Graph, Node, graph_of
from infoview_md.network.insights import Forest, referral_forest
from infoview_md.network.people import Network
from infoview_md.views.lines import counted, shown_name
from infoview_md.views.markdown import escaped, wikilink

__all__ = ["MOST_CHARACTERS", "MOST_EDGES", "STAGE_COLOURS", "mermaid"]

MOST_EDGES = 400
MOST_CHARACTERS = 40_000
"""Well inside Obsidian's limits of 500 and 50,000."""
_LONGEST_NAME = 80
_DEEPEST = 12
"""Levels of the list that stands in for a diagram."""

_COLOURS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "grey": ("#e5e7eb", "#6b7280", "#111827"),
        "yellow": ("#fde68a", "#b45309", "#422006"),
        "red": ("#fecaca", "#b91c1c", "#450a0a"),
        "blue": ("#bfdbfe", "#1d4ed8", "#172554"),
        "green": ("#bbf7d0", "#15803d", "#052e16"),
        "violet": ("#ddd6fe", "#6d28d9", "#2e1065"),
    }
)
"""Fill, border and text: each brings its own background, so that a dark theme changes nothing."""

STAGE_COLOURS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("known", "identified", "drafted"), "grey"),
        **dict.fromkeys(("waiting", "silent", "later"), "yellow"),
        "declined": "red",
        **dict.fromkeys(("agreed", "scheduled"), "blue"),
        **dict.fromkeys(("met", "thanked", "in-touch"), "green"),
        "resting": "violet",
    }
)

# All that some version of Mermaid takes for markup: a label's end, an entity, HTML, Markdown, a directive, a formula.
_MARKUP = re.compile(r"[\"#<>&|`%*_~\\$^{}\[\]]")
_LIST_LIKE = re.compile(r"^(\d*)([-+.)])")

_HEADER = "---\ngenerated_by: infoview\n---\n\n# Contact network\n\n"


def mermaid(network: Network, stages: Mapping[str, str], now: dt.datetime, *, as_note: bool = False) -> str:
    """The network at `now` (local time) as Mermaid text that ends in a line break; `stages` by the contact's id.

    `as_note` makes a whole note of it, with the property that marks a generated view. A network that is too large for
    Obsidian's Mermaid becomes a nested list, with a sentence that says so.
    """
    graph = graph_of(network, now)
    diagram = _diagram(graph, stages)
    edges = len(_drawn(graph))
    if edges > MOST_EDGES or len(diagram) > MOST_CHARACTERS:
        people = sum(node.kind == "contact" for node in graph.nodes)
        size = f"{counted(people, 'contact')} and {counted(edges, 'line')} between them"
        reason = f"{size} are more than Obsidian draws as a diagram, so here is a list."
        text = f"{reason}\n\n{_list(network, stages)}"
    elif as_note:
        text = f"{_KEY}\n\n```mermaid\n{diagram}```\n"
    else:
        text = diagram
    return _HEADER + text if as_note else text


_KEY = (
    "An arrow leads from whoever gave you a name to the person named; from you, to those whom nobody named: `met` if "
    "you talked, `wrote` if you only wrote. A dotted line leads to where somebody works.\n\nThe colour is the stage: "
    + "; ".join(
        f"{colour}: {', '.join(stage for stage, own in STAGE_COLOURS.items() if own == colour)}" for colour in _COLOURS
    )
    + "."
)


# The diagram


def _diagram(graph: Graph, stages: Mapping[str, str]) -> str:
    ids = {node.id: f"n{number}" for number, node in enumerate(graph.nodes, 1)}
    lines = ["flowchart LR", *(f"  {ids[node.id]}{_shape(node)}" for node in graph.nodes)]
    lines += [f"  {ids[edge.source]} {_arrow(edge)} {ids[edge.target]}" for edge in _drawn(graph)]
    by_stage: dict[str, list[str]] = {}
    for node in graph.nodes:
        if node.kind == "contact" and (stage := stages.get(node.id)) in STAGE_COLOURS:
            by_stage.setdefault(str(stage), []).append(ids[node.id])
    for stage in STAGE_COLOURS:
        if stage in by_stage:
            fill, border, text = _COLOURS[STAGE_COLOURS[stage]]
            name = "stage_" + stage.replace("-", "_")
            lines.append(f"  classDef {name} fill:{fill},stroke:{border},color:{text}")
            lines.append(f"  class {','.join(by_stage[stage])} {name}")
    if linked := [ids[one] for one in _linked(graph)]:
        lines.append(f"  class {','.join(linked)} internal-link")
    return "\n".join(lines) + "\n"


def _drawn(graph: Graph) -> tuple[Edge, ...]:
    """Of the lines from the user only the strongest, and only to those whom nobody gave: the rest would hide them."""
    given = {edge.target for edge in graph.edges if edge.kind == "referred"}
    met = {edge.target for edge in graph.edges if edge.kind == "met"}
    return tuple(
        edge
        for edge in graph.edges
        if edge.source != ME or (edge.target not in given and (edge.kind == "met" or edge.target not in met))
    )


def _shape(node: Node) -> str:
    match node.kind:
        case "me":
            return f'{{{{"{_label(node.name)}"}}}}'
        case "organization":
            return f'(["{_label(node.name)}"])'
        case _:
            return f'["{_label(node.name)}"]'


def _arrow(edge: Edge) -> str:
    match edge.kind:
        case "referred":
            return "-->"
        case "met":
            return '-->|"met"|'
        case "wrote":
            return '-.->|"wrote"|'
        case _:
            return "-.-"


def _label(name: str) -> str:
    """A name as the text of a label, never empty and never markup."""
    text = shown_name(" ".join(name.split()))
    if len(text) > _LONGEST_NAME:
        text = text[: _LONGEST_NAME - 1] + "…"
    text = _MARKUP.sub(lambda found: "#quot;" if found[0] == '"' else f"#{ord(found[0])};", text)
    return _LIST_LIKE.sub(lambda found: f"{found[1]}#{ord(found[2])};", text)


def _linked(graph: Graph) -> list[str]:
    """Whose label is, letter for letter, the name of their note and of no other: Obsidian looks the label up."""
    stems = Counter(_stem(node.path) for node in graph.nodes if node.path)
    return [
        node.id
        for node in graph.nodes
        if node.path and _label(node.name) == node.name == _stem(node.path) and stems[node.name] == 1
    ]


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")


# The list in its place


def _list(network: Network, stages: Mapping[str, str]) -> str:
    forest = referral_forest(network)
    lines = []
    waiting = [(one, 0) for one in reversed(_in_order(forest, forest.roots))]
    while waiting:
        ident, level = waiting.pop()
        contact = network.contacts[ident]
        place = network.organizations[contact.organization].name if contact.organization else ""
        stage = f" ({stages[ident]})" if ident in stages else ""
        lines.append(
            f"{'  ' * level}- {wikilink(contact.path, contact.name)}{', ' + escaped(place) if place else ''}{stage}"
        )
        if level + 1 < _DEEPEST:
            waiting += [(one, level + 1) for one in reversed(_in_order(forest, forest.children.get(ident, ())))]
        elif below := forest.below[ident]:
            lines.append(f"{'  ' * (level + 1)}- … {below:,} more below")
    return "\n".join(lines) + "\n"


def _in_order(forest: Forest, siblings: tuple[str, ...]) -> list[str]:
    """Those who led to others first."""
    return sorted(siblings, key=lambda one: not forest.below[one])
