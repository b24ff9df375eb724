import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from infoview_md.agenda.stages import STAGES
from infoview_md.network.graph import graph_of
from infoview_md.network.insights import referral_forest
from infoview_md.network.people import Network
from infoview_md.views.layout import lay_out
from infoview_md.views.svg import STYLE, stage_class, svg

MakeNetwork = Callable[[Mapping[str, str]], Network]

NOW = dt.datetime(2026, 11, 23, 9, 0)
SVG = "{http://www.w3.org/2000/svg}"
OURS = {"svg", "title", "desc", "style", "rect", "g", "path", "text"}
ATTRIBUTES = {
    *("class", "width", "height", "viewBox", "role", "aria-labelledby", "id", "x", "y", "rx", "d", "transform"),
    *("font-size", "data-id", "data-name", "data-stage", "data-organization", "data-source", "data-target"),
}
NOTES = {
    "Me.md": "type: me\nname: Imogen Clough",
    "Ada.md": "type: contact\norganization: Mill & Co",
    "Bob.md": 'type: contact\nreferred_by: "[[Ada]]"',
    "Cyd.md": 'type: contact\nreferred_by: ["[[Bob]]", "[[Ada]]"]',
    "Dot.md": "type: contact\norganization: Weir",
    "Eve.md": "type: contact\norganization: Weir",
    "r.md": 'type: request\ncontact: "[[Fay]]"\nsent: 2026-11-02',
}


def drawn(network: Network, stages: Mapping[str, str] | None = None, *, standalone: bool = True) -> str:
    stages = dict.fromkeys(network.contacts, "met") if stages is None else stages
    return svg(lay_out(graph_of(network, NOW), referral_forest(network), stages), standalone=standalone)


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - a text of our own making


def of_class(root: ET.Element, name: str) -> list[ET.Element]:
    return [one for one in root.iter() if name in one.get("class", "").split()]


def written(element: ET.Element) -> list[str]:
    return [one.text or "" for one in element.iter(f"{SVG}text")]


def test_everybody_is_a_card_that_says_who_they_are(network_of: MakeNetwork) -> None:
    root = parsed(drawn(network_of(NOTES), {"Ada.md": "met", "Bob.md": "in-touch", "name:Fay": "waiting"}))
    nodes = {one.get("data-name"): one for one in of_class(root, "node")}
    assert {name: (one.get("id"), one.get("class")) for name, one in nodes.items()} == {
        "Imogen Clough": ("n0", "node me"),
        "Ada": ("n1", "node contact stage-met"),
        "Bob": ("n2", "node contact stage-in-touch"),
        "Cyd": ("n3", "node contact stage-other"),
        "Dot": ("n4", "node contact stage-other"),
        "Eve": ("n5", "node contact stage-other"),
        "Fay": ("n6", "node contact stage-waiting unrecorded"),
    }
    ada = nodes["Ada"]
    assert (ada.get("data-id"), ada.get("data-stage")) == ("Ada.md", "met")
    assert ada.get("data-organization") == "organization:Mill & Co"
    assert written(ada) == ["Ada", "met · Mill & Co", "2"]
    titles = [one.findtext(f"{SVG}title") for one in nodes.values()]
    assert titles == [
        "Imogen Clough (you)",
        "Ada; met; works at Mill & Co; led to 2 people",
        "Bob; in-touch; given by Ada; led to 1 person",
        "Cyd; given by Bob and Ada",
        "Dot; works at Weir",
        "Eve; works at Weir",
        "Fay; waiting; no note yet",
    ]


def test_lines_say_whom_they_tie_and_how(network_of: MakeNetwork) -> None:
    root = parsed(drawn(network_of(NOTES), standalone=False))
    assert [(one.get("class"), one.get("data-source"), one.get("data-target")) for one in of_class(root, "edge")] == [
        ("edge known", "me", "Ada.md"),
        ("edge referred", "Ada.md", "Bob.md"),
        ("edge referred", "Bob.md", "Cyd.md"),
        ("edge known", "me", "Dot.md"),
        ("edge known", "me", "Eve.md"),
        ("edge wrote", "me", "name:Fay"),
        ("edge referred also", "Ada.md", "Cyd.md"),
    ]


def test_people_of_one_organization_stand_in_a_frame_with_its_name(network_of: MakeNetwork) -> None:
    (group,) = of_class(parsed(drawn(network_of(NOTES), standalone=False)), "group")
    assert (group.get("data-id"), group.findtext(f"{SVG}title"), written(group)) == (
        "organization:Weir",
        "Weir",
        ["Weir"],
    )


def test_the_legend_explains_what_occurs_and_nothing_else(network_of: MakeNetwork) -> None:
    (legend,) = of_class(parsed(drawn(network_of(NOTES), {"Ada.md": "met", "Bob.md": "thanked"})), "legend")
    assert [one for one in written(legend) if not one.isdigit()] == [
        "met, thanked",
        "no note yet",
        "people reached through somebody",
        "gave you this contact",
        "gave you this contact, too",
        "you wrote",
        "neither yet",
        "work at the same organization",
    ]
    assert not of_class(parsed(drawn(network_of({}))), "legend")


def test_a_reader_who_sees_nothing_is_told_what_there_is(network_of: MakeNetwork) -> None:
    root = parsed(drawn(network_of(NOTES)))
    assert root.get("role") == "img"
    labels = str(root.get("aria-labelledby")).split()
    texts = {one.get("id"): one.text for one in root if one.get("id")}
    title, description = (texts[one] for one in labels)
    assert title == "Contact network"
    assert description == (
        "6 contacts; lines lead from whoever gave a name to the person named. Ada led to 2 people. Bob led to 1 person."
    )


def test_for_a_page_it_brings_no_style_of_its_own(network_of: MakeNetwork) -> None:
    root = parsed(drawn(network_of(NOTES), standalone=False))
    assert not list(root.iter(f"{SVG}style"))
    assert not of_class(root, "legend")
    assert "style" not in {name for one in root.iter() for name in one.attrib}


@pytest.mark.parametrize("standalone", [True, False])
def test_whatever_the_names_are_there_is_no_element_but_ours(
    hostile_network: Network,
    standalone: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    stages = dict.fromkeys(hostile_network.contacts, '"><script>alert(1)</script>')
    root = parsed(drawn(hostile_network, stages, standalone=standalone))
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= OURS
    assert {name for one in root.iter() for name in one.attrib} <= ATTRIBUTES
    assert len(of_class(root, "node")) == 1 + len(hostile_network.contacts)
    for one in root.iter():
        assert one.text is None or one.tag == f"{SVG}style" or one.text.strip("\n").isprintable() or "👩" in one.text
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("</script><script>alert(1)</script>", "</script><script>alert(1)</script>"),
        ("<![CDATA[ ]]>", "<![CDATA[ ]]>"),
        ("&amp; &#x41; &xxe;", "&amp; &#x41; &xxe;"),
        ("\" onload='alert(1)'", "\" onload='alert(1)'"),
        ("url(https://example.org)", "url(https://example.org)"),
        ("Ada \u202eecalevoL", "Ada \\u202eecalevoL"),
        ("Ada\x00\x08\x1b\x7f\ufffe\ud800", "Ada\\x00\\x08\\x1b\\x7f\\ufffe\\ud800"),
        ("Ada\nLovelace\t", "Ada\\nLovelace\\t"),
        ("=cmd()", "=cmd()"),
        (" ", "(no name)"),
    ],
)
def test_a_name_is_text_and_what_cannot_be_seen_is_shown(network_of: MakeNetwork, name: str, shown: str) -> None:
    network = network_of({"Ada.md": "type: contact"})
    network = replace(network, contacts={"Ada.md": replace(network.contacts["Ada.md"], name=name)})
    (_, node) = of_class(parsed(drawn(network)), "node")
    assert node.get("data-name") == shown
    assert node.findtext(f"{SVG}title") == f"{shown}; met"


def test_a_path_is_text_too(network_of: MakeNetwork) -> None:
    root = parsed(drawn(network_of({'A"><b \x1b.md': "type: contact"})))
    assert of_class(root, "node")[1].get("data-id") == 'A"><b \\x1b.md'
    assert of_class(root, "edge")[0].get("data-target") == 'A"><b \\x1b.md'


def test_it_loads_nothing_and_runs_nothing(network_of: MakeNetwork) -> None:
    text = drawn(network_of(NOTES)).replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|url\(|@import|<script|<use|<image|<foreignObject|href| on\w+=", text)


def test_the_same_network_gives_the_same_bytes(network_of: MakeNetwork) -> None:
    turned = dict(reversed(NOTES.items()))
    assert drawn(network_of(NOTES)) == drawn(network_of(turned))
    assert "2026" not in drawn(network_of(NOTES))


def test_every_stage_has_a_class_that_the_style_sheet_knows() -> None:
    for stage in (*STAGES, None, "x} *{fill:red"):
        assert f".{stage_class(stage)}{{" in STYLE
    assert stage_class("x} *{fill:red") == "stage-other"


def test_an_empty_vault_is_a_picture_too(network_of: MakeNetwork) -> None:
    root = parsed(drawn(network_of({})))
    assert [one.get("data-name") for one in of_class(root, "node")] == ["Me"]
