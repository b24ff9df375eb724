import datetime as dt
import io
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import replace

import networkx as nx

from infoview_md.network.graph import graph_of
from infoview_md.network.insights import referral_forest
from infoview_md.network.people import Network
from infoview_md.notes.text import visible
from infoview_md.views.graphml import graphml

MakeNetwork = Callable[[Mapping[str, str]], Network]

NOW = dt.datetime(2026, 11, 23, 9, 0)
NOTES = {
    "Me.md": "type: me\nname: Imogen Clough",
    "People/Ada.md": "type: contact\norganization: Mill",
    "Talks/t.md": 'type: interview\ncontact: "[[Ada]]"\ndate: 2026-11-10\nreferrals: ["[[Bob]]"]',
    "Out/r.md": 'type: request\ncontact: "[[Ada]]"\nsent: 2026-11-02',
}


def written(network: Network, stages: Mapping[str, str] | None = None) -> str:
    return graphml(graph_of(network, NOW), referral_forest(network), stages or {})


def read(text: str) -> nx.MultiDiGraph:
    return nx.read_graphml(io.BytesIO(text.encode()))


def test_networkx_reads_all_that_there_is(network_of: MakeNetwork) -> None:
    graph = read(written(network_of(NOTES), {"People/Ada.md": "met", "me": "never"}))
    assert (graph.is_directed(), graph.is_multigraph()) == (True, True)
    assert dict(graph.nodes(data=True)) == {
        "me": {"name": "Imogen Clough", "kind": "me", "path": "Me.md"},
        "People/Ada.md": {"name": "Ada", "kind": "contact", "stage": "met", "path": "People/Ada.md", "reach": 1},
        "name:Bob": {"name": "Bob", "kind": "contact", "reach": 0},
        "organization:Mill": {"name": "Mill", "kind": "organization"},
    }
    assert [(source, target, one["kind"], one["evidence"]) for source, target, one in graph.edges(data=True)] == [
        ("me", "People/Ada.md", "met", "Talks/t.md"),
        ("me", "People/Ada.md", "wrote", "Out/r.md"),
        ("People/Ada.md", "name:Bob", "referred", "Talks/t.md"),
        ("People/Ada.md", "organization:Mill", "works_at", "People/Ada.md"),
    ]


def test_every_attribute_is_declared_with_its_type(network_of: MakeNetwork) -> None:
    root = ET.fromstring(written(network_of(NOTES)))  # noqa: S314 - our own text
    space = "{http://graphml.graphdrawing.org/xmlns}"
    declared = {(one.get("for"), one.get("id")): one.get("attr.type") for one in root.iter(f"{space}key")}
    used = {
        (owner, data.get("key"))
        for owner in ("node", "edge")
        for one in root.iter(space + owner)
        for data in one.iter(f"{space}data")
    }
    assert used <= set(declared)
    assert declared["node", "reach"] == "int"


def test_any_name_can_be_read_and_what_xml_cannot_hold_is_seen(hostile_network: Network) -> None:
    graph = read(written(hostile_network))
    names = [one["name"] for _, one in graph.nodes(data=True) if one["kind"] == "contact"]
    assert names == [visible(one.name) for one in hostile_network.contacts.values()]
    assert "\\ud800" in names


def test_two_ids_never_become_one(network_of: MakeNetwork) -> None:
    network = network_of({"Ada.md": "type: contact"})
    ada = network.contacts["Ada.md"]
    odd = ("a\u200b.md", "a\\u200b.md", "a\\\\u200b.md", "a\nb.md", "a b.md", "a\tb.md", "a\x01.md", '<a b="c">&.md')
    graph = read(written(replace(network, contacts={one: replace(ada, id=one, path=one) for one in odd})))
    assert graph.number_of_nodes() == 1 + len(odd)
    assert "a\nb.md" in graph
