import datetime as dt
from collections.abc import Callable, Mapping

from infoview_md.agenda.stages import STAGES
from infoview_md.network.graph import graph_of
from infoview_md.network.insights import referral_forest
from infoview_md.network.people import Network
from infoview_md.views.drawing import PALETTE, STAGE_COLOURS, boxes, drawn_edges, stage_colour

MakeNetwork = Callable[[Mapping[str, str]], Network]

NOW = dt.datetime(2026, 11, 23, 9, 0)


def test_every_stage_has_a_colour_in_its_order() -> None:
    assert list(STAGE_COLOURS) == list(STAGES)
    assert set(STAGE_COLOURS.values()) == set(PALETTE)


def test_what_is_no_stage_has_no_colour() -> None:
    assert stage_colour("met") == PALETTE["green"]
    assert [stage_colour(one) for one in (None, "", "x fill:red")] == [None, None, None]


def test_of_the_users_own_lines_only_those_to_whom_nobody_gave_are_drawn(network_of: MakeNetwork) -> None:
    network = network_of(
        {
            "Ada.md": "type: contact\norganization: Mill",
            "Bob.md": 'type: contact\nreferred_by: "[[Ada]]"',
            "Cyd.md": "type: contact",
            "Out.md": 'type: request\ncontact: ["[[Ada]]", "[[Bob]]", "[[Cyd]]"]\nsent: 2026-11-02',
            "Talk.md": 'type: interview\ncontact: ["[[Ada]]", "[[Bob]]"]\ndate: 2026-11-10',
        }
    )
    edges = drawn_edges(graph_of(network, NOW), referral_forest(network).roots)
    assert [(one.source, one.target, one.kind) for one in edges] == [
        ("Ada.md", "Bob.md", "referred"),
        ("me", "Ada.md", "met"),
        ("me", "Cyd.md", "wrote"),
    ]


def test_one_of_a_ring_is_tied_to_the_user(network_of: MakeNetwork) -> None:
    network = network_of(
        {
            "Ada.md": 'type: contact\nreferred_by: "[[Bob]]"',
            "Bob.md": 'type: contact\nreferred_by: "[[Ada]]"',
            "Talk.md": 'type: interview\ncontact: ["[[Ada]]", "[[Bob]]"]\ndate: 2026-11-10',
        }
    )
    edges = drawn_edges(graph_of(network, NOW), referral_forest(network).roots)
    assert [(one.source, one.target) for one in edges if one.kind == "met"] == [("me", "Ada.md")]


def test_who_works_somewhere_stands_in_the_box_of_that_place(network_of: MakeNetwork) -> None:
    network = network_of(
        {
            "Ada.md": "type: contact\norganization: Mill",
            "Bob.md": 'type: contact\nreferred_by: "[[Ada]]"',
            "Cyd.md": "type: contact\norganization: Weir",
            "Dan.md": "type: contact\norganization: Mill",
        }
    )
    graph = graph_of(network, NOW)
    people = [one for one in graph.nodes if one.kind == "contact"]
    found = boxes(graph, people)
    assert [one.name for one in found.alone] == ["Bob"]
    assert [(home.name, [one.name for one in inside]) for home, inside in found.boxes] == [
        ("Mill", ["Ada", "Dan"]),
        ("Weir", ["Cyd"]),
    ]
    some = boxes(graph, people[:2])
    assert [home.name for home, _ in some.boxes] == ["Mill"]
    assert all(node in people for node in (*some.alone, *some.boxes[0][1]))
