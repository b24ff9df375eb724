"""The network in GraphML, for Gephi, yEd, networkx and other programs that look at graphs: all of it, as data.

What XML cannot hold, and what nobody could see, is written out as in all our answers.
"""

import xml.etree.ElementTree as ET
from collections.abc import Mapping

from infoview_md.network.graph import Graph
from infoview_md.network.insights import Forest
from infoview_md.notes.text import visible

__all__ = ["graphml"]

_KEYS = (
    ("name", "node", "string"),
    ("kind", "node", "string"),
    ("stage", "node", "string"),
    ("path", "node", "string"),
    ("reach", "node", "int"),
    ("relation", "edge", "string"),
    ("evidence", "edge", "string"),
)
"""Each attribute: its id, what has it, its type. An id is a document's own, so the two kinds have two ids."""


def graphml(graph: Graph, forest: Forest, stages: Mapping[str, str]) -> str:
    """The network as a GraphML text that ends in a line break; `stages` are the stage words by the contact's id.

    Nodes have name, kind, stage, path and reach, the people reached through them; edges have kind and evidence, the
    paths of the notes that say so, each on a line. What there is not is left out.
    """
    root = ET.Element("graphml", {"xmlns": "http://graphml.graphdrawing.org/xmlns"})
    for ident, owner, type_name in _KEYS:
        name = "kind" if ident == "relation" else ident
        ET.SubElement(root, "key", {"id": ident, "for": owner, "attr.name": name, "attr.type": type_name})
    network = ET.SubElement(root, "graph", {"id": "network", "edgedefault": "directed"})
    for node in graph.nodes:
        stage = stages.get(node.id) if node.kind == "contact" else None
        reach = forest.below.get(node.id)
        values = {"name": node.name, "kind": node.kind, "stage": stage, "path": node.path, "reach": reach}
        _write(ET.SubElement(network, "node", {"id": _id(node.id)}), values)
    for number, edge in enumerate(graph.edges, 1):
        ends = {"id": f"e{number}", "source": _id(edge.source), "target": _id(edge.target)}
        _write(ET.SubElement(network, "edge", ends), {"relation": edge.kind, "evidence": "\n".join(edge.evidence)})
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _write(owner: ET.Element, values: Mapping[str, str | int | None]) -> None:
    for key, value in values.items():
        if value is not None:
            ET.SubElement(owner, "data", {"key": key}).text = visible(str(value))


def _id(ident: str) -> str:
    """An id as XML can hold it; a backslash is doubled, so that two ids never become one."""
    return visible(ident.replace("\\", "\\\\"))
