"""What the diagrams share: a colour for each stage, the edges that do not make a hairball, the boxes of organizations.

Every colour brings its own background, so that a dark theme changes nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from infoview_md.network.graph import Edge, Graph, Node

__all__ = ["PALETTE", "STAGE_COLOURS", "Boxes", "Colour", "boxes", "drawn_edges", "stage_colour", "works_at"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Colour:
    """Fill, border and text as `#rrggbb`, and `canvas`, the nearest of the six presets of JSON Canvas, if one is."""

    fill: str
    border: str
    text: str
    canvas: str | None = None


PALETTE: Mapping[str, Colour] = MappingProxyType(
    {
        "grey": Colour(fill="#e5e7eb", border="#6b7280", text="#111827"),
        "yellow": Colour(fill="#fde68a", border="#b45309", text="#422006", canvas="3"),
        "red": Colour(fill="#fecaca", border="#b91c1c", text="#450a0a", canvas="1"),
        "blue": Colour(fill="#bfdbfe", border="#1d4ed8", text="#172554", canvas="5"),
        "green": Colour(fill="#bbf7d0", border="#15803d", text="#052e16", canvas="4"),
        "violet": Colour(fill="#ddd6fe", border="#6d28d9", text="#2e1065", canvas="6"),
    }
)

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
"""The name in the palette by the stage word, in the order of the stages."""


def stage_colour(stage: str | None) -> Colour | None:
    """The colour of a stage; None where there is no such stage."""
    name = STAGE_COLOURS.get(stage or "")
    return PALETTE[name] if name else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes:
    """Who stands alone, and the organizations with those who work there; all in the order of the graph."""

    alone: tuple[Node, ...]
    boxes: tuple[tuple[Node, tuple[Node, ...]], ...] = ()


def works_at(graph: Graph) -> Mapping[str, str]:
    """The organization of everybody who has one, by their ids."""
    return {edge.source: edge.target for edge in graph.edges if edge.kind == "works_at"}


def boxes(graph: Graph, people: Iterable[Node]) -> Boxes:
    """These people, those who work somewhere in the box of that organization; there is no box without anybody."""
    homes = works_at(graph)
    alone: list[Node] = []
    members: dict[str, list[Node]] = {}
    for node in people:
        (members.setdefault(homes[node.id], []) if node.id in homes else alone).append(node)
    return Boxes(
        alone=tuple(alone),
        boxes=tuple((node, tuple(members[node.id])) for node in graph.nodes if node.id in members),
    )


def drawn_edges(graph: Graph, roots: Iterable[str]) -> tuple[Edge, ...]:
    """The edges that show who led to whom, in the order of the graph: all referrals, and how the user knows the rest.

    From the user one leads to each of `roots`, whom nobody gave: that they met, else that they wrote. To all others it
    would hide the rest. Who works where, and who is merely mentioned, is left out.
    """
    wanted = set(roots)
    met = {edge.target for edge in graph.edges if edge.kind == "met"}
    return tuple(
        edge
        for edge in graph.edges
        if edge.kind == "referred"
        or (edge.kind == "met" and edge.target in wanted)
        or (edge.kind == "wrote" and edge.target in wanted - met)
    )
