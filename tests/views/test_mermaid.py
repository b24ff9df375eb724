import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from infoview_md.network.graph import graph_of
from infoview_md.network.insights import referral_forest
from infoview_md.network.people import Network
from infoview_md.views.mermaid import FOLDED_TO, MOST_BOXED, MOST_CHARACTERS, MOST_EDGES, MOST_PEOPLE, Diagram, mermaid

MakeNetwork = Callable[[Mapping[str, str]], Network]

NOW = dt.datetime(2026, 11, 23, 9, 0)
NODE = re.compile(r'  (?:  )?n\d+(?:\["[^"]+"\]|\{\{"[^"]+"\}\})')
BOX = re.compile(r'  subgraph n\d+ \["[^"]+"\]|  end')
EDGE = re.compile(r'  n\d+ (?:-->|-\.-|-->\|"met"\||-\.->\|"wrote"\|) n\d+')
COLOUR = re.compile(r"  classDef \w+ fill:[#\w]+,stroke:#\w{6}(?:,color:#\w{6})?|  class n\d+(?:,n\d+)* [\w-]+")


def diagram(network: Network, stages: Mapping[str, str] | None = None) -> Diagram:
    return mermaid(graph_of(network, NOW), referral_forest(network), stages or {})


def renamed(network: Network, path: str, name: str) -> Network:
    return replace(network, contacts={**network.contacts, path: replace(network.contacts[path], name=name)})


def label(network: Network, name: str) -> str:
    found = re.search(r'n2\["(.*)"\]', diagram(renamed(network, "Ada.md", name)).text)
    assert found
    return found[1]


def linked(text: str) -> str:
    found = re.search(r"class (\S+) internal-link", text)
    return found[1] if found else ""


def test_a_small_network_as_a_diagram(network_of: MakeNetwork) -> None:
    network = network_of(
        {
            "Me.md": "type: me\nname: Imogen Clough",
            "People/Ada.md": "type: contact\norganization: Mill & Co",
            "People/Bob.md": 'type: contact\nreferred_by: "[[Ada]]"',
            "People/Eve.md": "type: contact",
            "Talks/t.md": 'type: interview\ncontact: "[[Ada]]"\ndate: 2026-11-10',
            "Out/r.md": 'type: request\ncontact: ["[[Cyd]]", "[[Ada]]", "[[Bob]]"]\nsent: 2026-11-02',
        }
    )
    stages = {"People/Ada.md": "in-touch", "name:Cyd": "waiting"}
    assert diagram(network, stages) == Diagram(text=SMALL)


SMALL = """\
flowchart LR
  n1{{"Imogen Clough"}}
  n3["Bob"]
  n4["Cyd"]
  n5["Eve"]
  subgraph n6 ["Mill #38; Co"]
    n2["Ada"]
  end
  classDef organization fill:transparent,stroke:#94a3b8
  class n6 organization
  n2 --> n3
  n1 -->|"met"| n2
  n1 -.->|"wrote"| n4
  n1 -.- n5
  classDef stage_waiting fill:#fde68a,stroke:#b45309,color:#422006
  class n4 stage_waiting
  classDef stage_in_touch fill:#bbf7d0,stroke:#15803d,color:#052e16
  class n2 stage_in_touch
  class n2,n3,n5 internal-link
"""


def test_an_empty_vault_is_a_diagram_too(network_of: MakeNetwork) -> None:
    assert diagram(network_of({})).text == 'flowchart LR\n  n1{{"Me"}}\n'


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ('Ada"] --> n1["Eve', "Ada#quot;#93; --#62; n1#91;#quot;Eve"),
        ("<b>Ada</b>", "#60;b#62;Ada#60;/b#62;"),
        ("a%%{init", "a#37;#37;#123;init"),
        ("#quot; &lt;", "#35;quot; #38;lt;"),
        ("```", "#96;#96;#96;"),
        ("Ada\nLovelace", "Ada Lovelace"),
        ("Ada\u202e", "Ada#92;u202e"),
        ("1. Ada", "1#46; Ada"),
        ("- Ada", "#45; Ada"),
        ("---", "#45;--"),
        ("**Ada** __x__ ~~y~~ $z$", "#42;#42;Ada#42;#42; #95;#95;x#95;#95; #126;#126;y#126;#126; #36;z#36;"),
        (" \t", "(no name)"),
        ("Ada, of O'Brien-Müller (3)", "Ada, of O'Brien-Müller (3)"),
    ],
)
def test_a_name_is_never_markup(network_of: MakeNetwork, name: str, shown: str) -> None:
    assert label(network_of({"Ada.md": "type: contact"}), name) == shown


def test_a_long_name_is_cut(network_of: MakeNetwork) -> None:
    assert label(network_of({"Ada.md": "type: contact"}), "x" * 300) == "x" * 79 + "…"
    assert label(network_of({"Ada.md": "type: contact"}), "x" * 80) == "x" * 80


def test_whatever_the_names_are_every_line_is_one_of_ours(hostile_network: Network) -> None:
    first, *lines = diagram(hostile_network, dict.fromkeys(hostile_network.contacts, "met")).text.splitlines()
    assert first == "flowchart LR"
    assert not [one for one in lines if not any(form.fullmatch(one) for form in (NODE, BOX, EDGE, COLOUR))]
    assert sum(bool(NODE.fullmatch(one)) for one in lines) == 1 + len(hostile_network.contacts)
    assert sum(one.startswith("  subgraph ") for one in lines) == 1


def test_a_node_is_a_link_only_when_its_label_is_the_name_of_its_note_alone(network_of: MakeNetwork) -> None:
    network = network_of(
        {
            "A/Ada.md": "type: contact",  # n2
            "A/Bob.md": "type: contact\nname: Robert",  # n5: another name
            "A/Tess & Co.md": "type: contact",  # n8: needs escaping
            "A/Sam.md": "type: contact",  # n6, n7: two notes of one name
            "B/Sam.md": "type: contact",
            "A/Eve.md": 'type: contact\nreferred_by: "[[Cyd]]"',  # n4, and n3 without a note
        }
    )
    assert linked(diagram(network).text) == "n2,n4"


def test_the_classes_of_unknown_stages_are_left_out(network_of: MakeNetwork) -> None:
    assert "stage_" not in diagram(network_of({"Ada.md": "type: contact"}), {"Ada.md": "x fill:red"}).text


def crowd(size: int, block: str = "type: contact") -> dict[str, str]:
    return {f"P{number:04}.md": block.format(number) for number in range(size)}


def test_in_a_large_network_the_boxes_of_organizations_are_left_out(network_of: MakeNetwork) -> None:
    block = "type: contact\norganization: Mill"
    assert "subgraph" in diagram(network_of(crowd(MOST_BOXED, block))).text
    assert "subgraph" not in diagram(network_of(crowd(MOST_BOXED + 1, block))).text


def test_of_more_people_than_can_be_read_those_who_led_to_the_most_are_drawn(network_of: MakeNetwork) -> None:
    notes = crowd(MOST_PEOPLE - 2, 'type: contact\nreferred_by: "[[Zoë]]"')
    assert diagram(network_of({**notes, "Zoë.md": "type: contact"})).left_out == 0
    notes |= {"Zoë.md": "type: contact", "Eve.md": "type: contact", "Fay.md": 'type: contact\nreferred_by: "[[Eve]]"'}
    found = diagram(network_of(notes))
    lines = found.text.splitlines()
    people = [one for one in lines if re.fullmatch(r'  n\d+\["[^"]+"\]', one)]
    assert len(people) == FOLDED_TO
    assert {'["Zoë"]', '["Eve"]'} <= {one.lstrip(" n0123456789") for one in people}
    assert found.left_out == len(notes) - FOLDED_TO
    assert lines[1] == f"%% {found.left_out} people are only counted here"
    counted = [int(more[1]) for one in lines if (more := re.match(r'  m\d+\(\["… ([\d,]+) more"\]\)', one))]
    assert sum(counted) == found.left_out
    assert sum(bool(re.match(r"  n\d+ -.- m\d+", one)) for one in lines) == len(counted)


def test_a_chain_of_five_thousand_is_folded_at_its_end(network_of: MakeNetwork) -> None:
    notes = {f"P{n:04}.md": f'type: contact\nreferred_by: "[[P{n - 1:04}]]"' for n in range(1, 5000)}
    found = diagram(network_of({"P0000.md": "type: contact", **notes}))
    assert f'  m1(["… {5000 - FOLDED_TO:,} more"])' in found.text
    assert found.text.count("-->") == FOLDED_TO - 1


@pytest.mark.parametrize(
    "block",
    [
        'type: contact\nname: "' + "~" * 79 + '"',
        'type: contact\nreferred_by: ["[[P0000]]", "[[P0001]]", "[[P0002]]", "[[P0003]]", "[[P0004]]", "[[P0005]]"]',
    ],
)
@pytest.mark.parametrize("size", [MOST_PEOPLE, 1000])
def test_a_diagram_is_within_the_limits(network_of: MakeNetwork, block: str, size: int) -> None:
    found = diagram(network_of(crowd(size, block)))
    assert len(found.text) <= MOST_CHARACTERS
    assert sum("-->" in one or "-.-" in one for one in found.text.splitlines()) <= MOST_EDGES
    assert found.text.count("[") > 10
