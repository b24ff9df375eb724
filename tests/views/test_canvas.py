import datetime as dt
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from infoview_md.network.graph import graph_of
from infoview_md.network.insights import referral_forest
from infoview_md.network.people import Network
from infoview_md.views.canvas import canvas
from infoview_md.views.layout import lay_out
from tests.views.canvas_rules import broken_rules, overlapping
from tests.views.conftest import HOSTILE_NAMES, make_network

MakeNetwork = Callable[[Mapping[str, str]], Network]

NOW = dt.datetime(2026, 11, 23, 9, 0)
NOTES = {
    "Me.md": "type: me\nname: Imogen Clough",
    "People/Ada.md": "type: contact",
    "People/Bob.md": 'type: contact\nreferred_by: "[[Ada]]"\norganization: Mill & Co',
    "People/Cyd.md": 'type: contact\nreferred_by: "[[Ada]]"\norganization: Mill & Co',
    "Talks/t.md": 'type: interview\ncontact: "[[Ada]]"\ndate: 2026-11-12\nreferrals: ["[[Dan]]"]',
}
STAGES = {"People/Ada.md": "met", "People/Bob.md": "waiting", "name:Dan": "identified"}


def drawn(network: Network, stages: Mapping[str, str] | None = None) -> str:
    return canvas(lay_out(graph_of(network, NOW), referral_forest(network), stages or {}))


def nodes_of(text: str) -> dict[str, dict[str, Any]]:
    """The nodes by what they show."""
    return {one.get("file") or one.get("label") or one["text"]: one for one in json.loads(text)["nodes"]}


def random_network(chance: random.Random, size: int) -> Network:
    notes = {"Me.md": "type: me\nname: Imogen Clough"}
    for number in range(size):
        by = {chance.randrange(number) for _ in range(chance.choice([0, 1, 1, 1, 2]))} if number else set()
        links = ", ".join(f'"[[P{one}]]"' for one in sorted(by))
        given = f"\nreferred_by: [{links}]" if by else ""
        place = f"\norganization: Mill {chance.randrange(1 + size // 4)}" if chance.random() < 0.7 else ""
        notes[f"People/P{number}.md"] = f"type: contact{given}{place}"
    return make_network(notes)


def test_whoever_has_a_note_is_a_card_of_it_and_whoever_has_none_is_text(network_of: MakeNetwork) -> None:
    nodes = nodes_of(drawn(network_of(NOTES), STAGES))
    assert len(nodes) == 7  # five people, their group and the legend
    assert {one["type"] for path, one in nodes.items() if path.endswith(".md")} == {"file"}
    assert nodes["Dan\n\nidentified, no note yet"]["type"] == "text"
    assert nodes["Mill & Co"]["type"] == "group"


def test_the_colour_is_the_stage(network_of: MakeNetwork) -> None:
    nodes = nodes_of(drawn(network_of(NOTES), STAGES))
    assert [nodes[f"People/{one}.md"].get("color") for one in ("Ada", "Bob", "Cyd")] == ["4", "3", None]


def test_lines_say_how_and_lead_from_left_to_right(network_of: MakeNetwork) -> None:
    text = drawn(network_of(NOTES), STAGES)
    shows = {one["id"]: name for name, one in nodes_of(text).items()}
    edges = json.loads(text)["edges"]
    assert [(shows[one["fromNode"]], shows[one["toNode"]], one["label"]) for one in edges] == [
        ("Me.md", "People/Ada.md", "met"),
        ("People/Ada.md", "People/Bob.md", "referred"),
        ("People/Ada.md", "People/Cyd.md", "referred"),
        ("People/Ada.md", "Dan\n\nidentified, no note yet", "referred"),
    ]
    assert {(one["fromSide"], one["toSide"]) for one in edges} == {("right", "left")}


def test_people_of_an_organization_lie_in_its_group(network_of: MakeNetwork) -> None:
    nodes = nodes_of(drawn(network_of(NOTES), STAGES))
    group = nodes["Mill & Co"]
    for one in (nodes["People/Bob.md"], nodes["People/Cyd.md"]):
        assert group["x"] < one["x"] < one["x"] + one["width"] < group["x"] + group["width"]
        assert group["y"] < one["y"] < one["y"] + one["height"] < group["y"] + group["height"]


@pytest.mark.parametrize("size", [0, 1, 5, 50, 300])
def test_it_keeps_the_rules_and_no_card_hides_another(size: int) -> None:
    for seed in range(5 if size < 300 else 1):
        text = drawn(random_network(random.Random(seed), size), {})
        assert (broken_rules(text), overlapping(text)) == ([], [])


def test_whatever_the_names_are_it_keeps_the_rules(hostile_network: Network) -> None:
    text = drawn(hostile_network, dict.fromkeys(hostile_network.contacts, "met"))
    assert broken_rules(text) == []
    text.encode()
    assert not [char for char in "\r\x1b\x07\u202e\u200b\u2028\ud800" if char in text]
    places = {"organization:x": replace(next(iter(hostile_network.organizations.values())), id="organization:x")}
    assert (
        broken_rules(drawn(replace(hostile_network, organizations={**hostile_network.organizations, **places}))) == []
    )


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_name_without_a_note_is_text_and_no_markdown(network_of: MakeNetwork, name: str) -> None:
    network = network_of({"Talk.md": 'type: interview\ncontact: "[[Ada]]"'})
    ada = network.contacts["name:Ada"]
    text = drawn(replace(network, contacts={"name:Ada": replace(ada, name=name)}))
    shown = next(one["text"] for one in json.loads(text)["nodes"] if one.get("infoview", {}).get("name") == name)
    assert not [one for one in ("<", "[[", "```", "%%") if one in shown.replace("\\" + one[0], "")]
    assert len(shown) < 250


@pytest.mark.parametrize("path", ["../x.md", "/etc/passwd.md", "People/../../x.md", "Ada\ud800.md", "Ada\u202e.md"])
def test_a_path_that_is_none_of_the_vault_is_no_file(network_of: MakeNetwork, path: str) -> None:
    network = network_of({"Ada.md": "type: contact"})
    text = drawn(replace(network, contacts={"Ada.md": replace(network.contacts["Ada.md"], path=path)}))
    assert broken_rules(text) == []
    assert "Ada" in nodes_of(text)


def test_ids_are_the_same_whatever_else_there_is(network_of: MakeNetwork) -> None:
    small, large = (nodes_of(drawn(network_of(one))) for one in (NOTES, {**NOTES, "Abe.md": "type: contact"}))
    assert small["People/Ada.md"]["id"] == large["People/Ada.md"]["id"]


def test_each_card_and_each_line_has_a_line_of_its_own(network_of: MakeNetwork) -> None:
    lines = drawn(network_of(NOTES)).splitlines()
    assert (lines[0], lines[1], lines[-1]) == ("{", '\t"nodes":[', "}")
    assert all(json.loads(one.rstrip(",")) for one in lines if one.startswith("\t\t"))


@pytest.mark.parametrize(
    "broken",
    [
        '{"nodes":[{"id":"a","type":"text","text":"","x":0.5,"y":0,"width":1,"height":1}]}',
        '{"nodes":[{"id":"a","type":"file","file":"../x.md","x":0,"y":0,"width":1,"height":1}]}',
        '{"nodes":[{"id":"a","type":"text","x":0,"y":0,"width":1,"height":1}]}',
        '{"nodes":[{"id":"a","type":"group","x":0,"y":0,"width":1,"height":1,"color":"7"}]}',
        '{"edges":[{"id":"a","fromNode":"b","toNode":"b"}]}',
    ],
)
def test_a_broken_rule_is_noticed(broken: str) -> None:
    assert broken_rules(broken)
