import datetime as dt

import networkx as nx

from infoview_md.network.graph import shown_contacts
from infoview_md.network.index import Changes, Index
from infoview_md.network.insights import referral_forest
from infoview_md.network.people import Network
from infoview_md.network.reach import bridges, organizations_reached
from infoview_md.notes.reading import read_note
from tests.network.random_networks import network_of as network_of_plan
from tests.network.random_networks import plans

NOW = dt.datetime(2026, 11, 23, 9, 0)


def network_of(notes: dict[str, str]) -> Network:
    read = {path: read_note(path, f"---\n{block}\n---\n".encode()) for path, block in notes.items()}
    return Index().apply(Changes(read=read)).network


def led(network: Network) -> list[tuple[str, list[str]]]:
    return [(one.contact.name, [place.name for place in one.organizations]) for one in bridges(network)]


def test_an_organization_is_reached_when_somebody_there_answered() -> None:
    notes = {
        "Ada.md": "type: contact\norganization: Mill",
        "Bob.md": "type: contact\norganization: Mill",
        "Cyd.md": "type: contact\norganization: Weir",
        "Author.md": "type: person\norganization: Press",
        "Lock.md": "type: organization",
        "letter.md": 'type: request\ncontact: "[[Ada]]"\nsent: 2026-11-02',
        "letter 2.md": 'type: request\ncontact: "[[Cyd]]"\nsent: 2026-11-02',
        "talk.md": 'type: interview\ncontact: "[[Bob]]"\ndate: 2026-11-02',
    }
    found = organizations_reached(network_of(notes), NOW)
    assert [(one.organization.name, [who.name for who in one.people], one.best, one.reached) for one in found] == [
        ("Lock", [], None, False),
        ("Mill", ["Ada", "Bob"], "met", True),
        ("Weir", ["Cyd"], "wrote", False),
    ]


def test_who_alone_led_to_another_organization_is_a_bridge() -> None:
    network = network_of(
        {
            "Ada.md": "type: contact\norganization: Mill",
            "Bob.md": 'type: contact\norganization: Mill\nreferred_by: "[[Ada]]"',
            "Cyd.md": 'type: contact\norganization: Weir\nreferred_by: "[[Bob]]"',
            "Dan.md": 'type: contact\norganization: Weir\nreferred_by: "[[Cyd]]"',
            "Eve.md": 'type: contact\norganization: Lock\nreferred_by: "[[Ada]]"',
        }
    )
    assert led(network) == [("Ada", ["Lock"]), ("Bob", ["Weir"])]


def test_where_two_led_or_where_you_went_yourself_there_is_no_bridge() -> None:
    network = network_of(
        {
            "Cyd.md": 'type: contact\norganization: Weir\nreferred_by: ["[[Ada]]", "[[Bob]]"]',
            "Dan.md": 'type: contact\norganization: Lock\nreferred_by: "[[Ada]]"',
            "Eve.md": "type: contact\norganization: Lock",
        }
    )
    assert led(network) == []


def test_the_one_before_two_who_led_is_the_bridge() -> None:
    network = network_of(
        {
            "Ada.md": 'type: contact\nreferred_by: "[[Zoë]]"',
            "Bob.md": 'type: contact\nreferred_by: "[[Zoë]]"',
            "Cyd.md": 'type: contact\norganization: Weir\nreferred_by: ["[[Ada]]", "[[Bob]]"]',
        }
    )
    assert led(network) == [("Zoë", ["Weir"])]


def test_a_chain_of_five_thousand_is_an_ordinary_network() -> None:
    notes = {
        f"P{n:04}.md": f'type: contact\norganization: O{n % 2}\nreferred_by: "[[P{n - 1:04}]]"' for n in range(1, 5000)
    }
    assert led(network_of(notes)) == [("P0000", ["O1"]), ("P0001", ["O0"])]


def test_without_a_bridge_no_referral_leads_to_the_organization() -> None:
    for plan in plans(seed=9):
        network = network_of_plan(plan)
        graph = nx.DiGraph()
        for one in shown_contacts(network):
            graph.add_edges_from((one.id, to) for to in one.referred)
            if one.organization:
                graph.add_edge(one.id, one.organization)
        graph.add_edges_from(("me", root) for root in referral_forest(network).roots)
        places = {one.organization: one.organization for one in shown_contacts(network) if one.organization}
        expected = {}
        for place in places:
            ways = [one for one in graph if one not in {"me", place} and not leads(graph, place, without=one)]
            outside = [one for one in ways if network.contacts[one].organization != place]
            if outside:
                expected[place] = max(outside, key=lambda one: nx.shortest_path_length(graph, "me", one))
        found = {place.id: one.contact.id for one in bridges(network) for place in one.organizations}
        assert found == expected


def leads(graph: nx.DiGraph, place: str, *, without: str) -> bool:
    rest = graph.copy()
    rest.remove_node(without)
    return bool(nx.has_path(rest, "me", place))
