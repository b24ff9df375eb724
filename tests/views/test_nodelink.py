import datetime as dt
import json
from collections.abc import Callable, Mapping

import networkx as nx

from infoview_md.network.graph import graph_of
from infoview_md.network.people import Network
from infoview_md.views.nodelink import node_link
from infoview_md.views.shapes import to_json

MakeNetwork = Callable[[Mapping[str, str]], Network]

NOW = dt.datetime(2026, 11, 23, 9, 0)
NOTES = {
    "Me.md": "type: me\nname: Imogen Clough",
    "People/Ada.md": "type: contact\norganization: Mill",
    "Talks/t.md": 'type: interview\ncontact: "[[Ada]]"\ndate: 2026-11-10\nreferrals: ["[[Bob]]"]',
    "Out/r.md": 'type: request\ncontact: "[[Ada]]"\nsent: 2026-11-02',
}


def test_the_shape_of_the_data(network_of: MakeNetwork) -> None:
    assert node_link(graph_of(network_of(NOTES), NOW), {"People/Ada.md": "met", "me": "never"}) == {
        "directed": True,
        "multigraph": True,
        "graph": {},
        "nodes": [
            {"id": "me", "name": "Imogen Clough", "kind": "me", "stage": None, "path": "Me.md"},
            {"id": "People/Ada.md", "name": "Ada", "kind": "contact", "stage": "met", "path": "People/Ada.md"},
            {"id": "name:Bob", "name": "Bob", "kind": "contact", "stage": None, "path": None},
            {"id": "organization:Mill", "name": "Mill", "kind": "organization", "stage": None, "path": None},
        ],
        "edges": [
            {"source": "People/Ada.md", "target": "name:Bob", "kind": "referred", "evidence": ["Talks/t.md"]},
            {"source": "me", "target": "People/Ada.md", "kind": "met", "evidence": ["Talks/t.md"]},
            {"source": "me", "target": "People/Ada.md", "kind": "wrote", "evidence": ["Out/r.md"]},
            {
                "source": "People/Ada.md",
                "target": "organization:Mill",
                "kind": "works_at",
                "evidence": ["People/Ada.md"],
            },
        ],
    }


def test_networkx_reads_it(network_of: MakeNetwork) -> None:
    text = to_json(node_link(graph_of(network_of(NOTES), NOW), {"People/Ada.md": "met"}))
    graph = nx.node_link_graph(json.loads(text), edges="edges")
    assert (graph.is_directed(), graph.is_multigraph()) == (True, True)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (4, 4)
    assert graph.nodes["People/Ada.md"]["stage"] == "met"
    assert sorted(one["kind"] for one in graph["me"]["People/Ada.md"].values()) == ["met", "wrote"]


def test_any_name_survives_the_way_through_json(hostile_network: Network) -> None:
    graph = graph_of(hostile_network, NOW)
    read = json.loads(to_json(node_link(graph, {})))
    assert [one["name"] for one in read["nodes"]] == [node.name for node in graph.nodes]
    assert nx.node_link_graph(read, edges="edges").number_of_edges() == len(graph.edges)
