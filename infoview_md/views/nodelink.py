"""The network as node-link data, the form in which `networkx.node_link_graph(data, edges="edges")` reads a graph."""

from collections.abc import Mapping
from typing import TypedDict

from infoview_md.network.graph import Edge, EdgeKind, Graph, Node, NodeKind

__all__ = ["EdgeShape", "GraphShape", "NodeShape", "node_link"]


class NodeShape(TypedDict):
    """A node; `stage` is None for whoever is no contact, `path` for whom no note is about."""

    id: str
    name: str
    kind: NodeKind
    stage: str | None
    path: str | None


class EdgeShape(TypedDict):
    """An edge; `evidence` are the paths of the notes that say so."""

    source: str
    target: str
    kind: EdgeKind
    evidence: list[str]


class GraphShape(TypedDict):
    """The whole graph; `multigraph` because the user may have met somebody and written to them too."""

    directed: bool
    multigraph: bool
    graph: dict[str, str]
    nodes: list[NodeShape]
    edges: list[EdgeShape]


def node_link(graph: Graph, stages: Mapping[str, str]) -> GraphShape:
    """The graph as plain dicts and lists, in its own order; `stages` are the stage words by the contact's id."""
    return {
        "directed": True,
        "multigraph": True,
        "graph": {},
        "nodes": [_node(one, stages) for one in graph.nodes],
        "edges": [_edge(one) for one in graph.edges],
    }


def _node(node: Node, stages: Mapping[str, str]) -> NodeShape:
    stage = stages.get(node.id) if node.kind == "contact" else None
    return {"id": node.id, "name": node.name, "kind": node.kind, "stage": stage, "path": node.path}


def _edge(edge: Edge) -> EdgeShape:
    return {"source": edge.source, "target": edge.target, "kind": edge.kind, "evidence": list(edge.evidence)}
