"""The network in DOT, the language of Graphviz: everything in quotes, so that no name is ever markup or a keyword."""

import re
from collections.abc import Iterator, Mapping

from infoview_md.network.graph import ME, Edge, Graph, Node
from infoview_md.network.insights import Forest
from infoview_md.views.drawing import boxes, drawn_edges, stage_colour
from infoview_md.views.lines import cut, shown_name

__all__ = ["dot"]

_LONGEST_NAME = 60
"""Columns of a name in a label; the whole name is what a pointer that rests on it shows."""

# In a quoted string of Graphviz a backslash begins an escape, and `&` a character by its name.
_MEANT_OTHERWISE = re.compile(r'[\\"&]')
_AS_TEXT = {"\\": "\\\\", '"': '\\"', "&": "&amp;"}

_HEAD = """\
digraph network {
  graph [rankdir=LR, ranksep=0.9, nodesep=0.2, fontname="Helvetica,Arial,sans-serif"]
  node [shape=box, style="rounded,filled", fillcolor="#ffffff", color="#6b7280", fontname="Helvetica,Arial,sans-serif"]
  edge [color="#475569", fontcolor="#475569", fontsize=10, fontname="Helvetica,Arial,sans-serif"]
"""


def dot(graph: Graph, forest: Forest, stages: Mapping[str, str]) -> str:
    """The network as a DOT text that ends in a line break; `stages` are the stage words by the contact's id.

    The people of an organization stand in a box of its name. The lines are those of
    `drawn_edges`, and a dotted one leads to whom the user merely knows of.
    """
    ids = {node.id: f"n{number}" for number, node in enumerate(graph.nodes, 1)}
    lines = [f"  {one}" for one in _boxes(graph, ids, stages)]
    edges = drawn_edges(graph, forest.roots)
    lines += [f"  {ids[one.source]} -> {ids[one.target]}{_manner(one)}" for one in edges]
    tied = {one.target for one in edges if one.source == ME}
    lines += [f"  {ids[ME]} -> {ids[one]} [style=dotted, arrowhead=none]" for one in forest.roots if one not in tied]
    return _HEAD + "".join(f"{line}\n" for line in lines) + "}\n"


def _boxes(graph: Graph, ids: Mapping[str, str], stages: Mapping[str, str]) -> Iterator[str]:
    """Everybody who belongs nowhere, then the box of each organization with its people."""
    found = boxes(graph, (node for node in graph.nodes if node.kind != "organization"))
    yield from (f"{ids[node.id]} {_looks(node, stages)}" for node in found.alone)
    for home, people in found.boxes:
        yield f"subgraph cluster_{ids[home.id]} {{"
        yield f'  graph [label={_text(home.name)}, style="rounded", color="#94a3b8", fontcolor="#475569"]'
        yield from (f"  {ids[one.id]} {_looks(one, stages)}" for one in people)
        yield "}"


def _looks(node: Node, stages: Mapping[str, str]) -> str:
    stage = stages.get(node.id) if node.kind == "contact" else None
    whole = f"{shown_name(node.name)} ({stage})" if stage else shown_name(node.name)
    looks = [f"label={_text(node.name)}", f"tooltip={_quoted(whole)}"]
    if colour := stage_colour(stage):
        looks += [f'fillcolor="{colour.fill}"', f'color="{colour.border}"', f'fontcolor="{colour.text}"']
    elif node.kind == "me":
        looks += ["shape=ellipse", 'style="filled,bold"', 'color="#111827"']
    return f"[{', '.join(looks)}]"


def _manner(edge: Edge) -> str:
    match edge.kind:
        case "referred":
            return ""
        case "met":
            return ' [label="met"]'
        case _:
            return f' [label="{edge.kind}", style=dashed]'


def _text(name: str) -> str:
    """A name as a label, cut where it is too long for a box."""
    return _quoted(cut(shown_name(name), _LONGEST_NAME))


def _quoted(text: str) -> str:
    return '"' + _MEANT_OTHERWISE.sub(lambda found: _AS_TEXT[found[0]], text) + '"'
