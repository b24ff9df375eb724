"""The network as a Mermaid flowchart, small enough that Obsidian draws it and a person can read it.

Obsidian's Mermaid gives up beyond 500 lines between people or 50,000 characters, and takes parts of a label for markup;
both are documented in its own settings and parser, and neither can be changed from within a note.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from infoview_md.network.graph import ME, Edge, Graph, Node
from infoview_md.network.insights import Forest
from infoview_md.views.drawing import PALETTE, STAGE_COLOURS, Boxes, boxes, drawn_edges
from infoview_md.views.lines import counted, shown_name

__all__ = ["MOST_CHARACTERS", "MOST_EDGES", "MOST_PEOPLE", "Diagram", "mermaid"]

MOST_EDGES = 400
MOST_CHARACTERS = 40_000
"""Well inside Obsidian's limits of 500 and 50,000."""
MOST_PEOPLE = 100
FOLDED_TO = 50
"""Where more than so many people would be too small to read, only so many are drawn."""
MOST_BOXED = 30
"""With more people than that, the boxes of organizations would pull the chains apart."""
_LONGEST_NAME = 80

# All that some version of Mermaid takes for markup: a label's end, an entity, HTML, Markdown, a directive, a formula.
_MARKUP = re.compile(r"[\"#<>&|`%*_~\\$^{}\[\]]")
_LIST_LIKE = re.compile(r"^(\d*)([-+.)])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """A flowchart as text that ends in a line break, and how many people are only counted in it."""

    text: str
    left_out: int = 0


def mermaid(graph: Graph, forest: Forest, stages: Mapping[str, str]) -> Diagram:
    """Draw as many people as can be drawn and read; `stages` are the stage words by the contact's id.

    Those through whom most people were reached come first, so that nobody is drawn without whoever gave them. Of the
    others a line says how many there are, below whom.
    """
    ranked = sorted(forest.walk, key=lambda one: -forest.below[one])
    wanted = len(ranked) if len(ranked) <= MOST_PEOPLE else FOLDED_TO
    while True:
        text, edges = _drawn(graph, forest, stages, set(ranked[:wanted]))
        if not wanted or (edges <= MOST_EDGES and len(text) <= MOST_CHARACTERS):
            return Diagram(text=text, left_out=len(ranked) - wanted)
        wanted = wanted * 3 // 4


def _drawn(graph: Graph, forest: Forest, stages: Mapping[str, str], people: set[str]) -> tuple[str, int]:
    """The flowchart of some of the people, and how many lines between them it has."""
    ids = {node.id: f"n{number}" for number, node in enumerate(graph.nodes, 1)}
    shown = [node for node in graph.nodes if node.id in people]
    edges = [one for one in drawn_edges(graph, forest.roots) if one.target in people and one.source in {ME, *people}]
    links = [f"{ids[one.source]} {_arrow(one)} {ids[one.target]}" for one in edges]
    tied = {one.target for one in edges if one.source == ME}
    links += [f"{ids[ME]} -.- {ids[one]}" for one in forest.roots if one in people - tied]
    folds = list(_folds(forest, people))
    links += [f"{ids[one]} -.- m{number}" for number, (one, _) in enumerate(folds, 1)]
    lines = ["flowchart LR"]
    if left_out := len(forest.walk) - len(people):
        lines.append(f"%% {counted(left_out, 'person is', 'people are')} only counted here")
    lines += [f"  {one}" for one in _boxes(graph, shown, ids)]
    lines += [f'  m{number}(["… {more:,} more"])' for number, (_, more) in enumerate(folds, 1)]
    lines += [f"  {one}" for one in (*links, *_classes(shown, stages, ids, _linkable(graph)))]
    return "\n".join(lines) + "\n", len(links)


def _folds(forest: Forest, people: set[str]) -> Iterator[tuple[str, int]]:
    """Below whom somebody is not drawn, and how many."""
    if more := sum(1 + forest.below[one] for one in forest.roots if one not in people):
        yield ME, more
    for one in forest.walk:
        hidden = (1 + forest.below[child] for child in forest.children.get(one, ()) if child not in people)
        if one in people and (more := sum(hidden)):
            yield one, more


def _boxes(graph: Graph, shown: list[Node], ids: Mapping[str, str]) -> Iterator[str]:
    """The user, everybody who belongs nowhere, and the box of each organization with its people."""
    found = boxes(graph, shown) if len(shown) <= MOST_BOXED else Boxes(alone=tuple(shown))
    yield f'{ids[ME]}{{{{"{_label(graph.nodes[0].name)}"}}}}'
    yield from (f'{ids[node.id]}["{_label(node.name)}"]' for node in found.alone)
    for home, people in found.boxes:
        yield f'subgraph {ids[home.id]} ["{_label(home.name)}"]'
        yield from (f'  {ids[one.id]}["{_label(one.name)}"]' for one in people)
        yield "end"
    if found.boxes:
        yield "classDef organization fill:transparent,stroke:#94a3b8"
        yield f"class {','.join(ids[home.id] for home, _ in found.boxes)} organization"


def _arrow(edge: Edge) -> str:
    match edge.kind:
        case "referred":
            return "-->"
        case "met":
            return '-->|"met"|'
        case _:
            return '-.->|"wrote"|'


def _classes(
    shown: list[Node], stages: Mapping[str, str], ids: Mapping[str, str], linkable: AbstractSet[str]
) -> Iterator[str]:
    """Who has the colour of which stage, and whose label is a link."""
    by_stage: dict[str, list[str]] = {}
    for node in shown:
        by_stage.setdefault(stages.get(node.id, ""), []).append(ids[node.id])
    for stage, name in STAGE_COLOURS.items():
        if stage in by_stage:
            colour, own = PALETTE[name], "stage_" + stage.replace("-", "_")
            yield f"classDef {own} fill:{colour.fill},stroke:{colour.border},color:{colour.text}"
            yield f"class {','.join(by_stage[stage])} {own}"
    if linked := [ids[node.id] for node in shown if node.id in linkable]:
        yield f"class {','.join(linked)} internal-link"


def _label(name: str) -> str:
    """A name as the text of a label, never empty and never markup."""
    text = shown_name(" ".join(name.split()))
    if len(text) > _LONGEST_NAME:
        text = text[: _LONGEST_NAME - 1] + "…"
    text = _MARKUP.sub(lambda found: "#quot;" if found[0] == '"' else f"#{ord(found[0])};", text)
    return _LIST_LIKE.sub(lambda found: f"{found[1]}#{ord(found[2])};", text)


def _linkable(graph: Graph) -> set[str]:
    """Whose label is, letter for letter, the name of their note and of no other: Obsidian looks the label up."""
    stems = Counter(_stem(node.path) for node in graph.nodes if node.path)
    return {
        node.id
        for node in graph.nodes
        if node.path and _label(node.name) == node.name == _stem(node.path) and stems[node.name] == 1
    }


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")
