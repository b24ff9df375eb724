import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from infoview_md.agenda.stages import STAGES
from infoview_md.network.people import Network
from infoview_md.views.mermaid import MOST_CHARACTERS, MOST_EDGES, STAGE_COLOURS, mermaid

MakeNetwork = Callable[[Mapping[str, str]], Network]

NOW = dt.datetime(2026, 11, 23, 9, 0)
NODE = re.compile(r'  n\d+(?:\["[^"]+"\]|\(\["[^"]+"\]\)|\{\{"[^"]+"\}\})')
EDGE = re.compile(r'  n\d+ (?:-->|-\.-|-->\|"met"\||-\.->\|"wrote"\|) n\d+')
COLOUR = re.compile(r"  classDef stage_\w+ fill:#\w{6},stroke:#\w{6},color:#\w{6}|  class n\d+(?:,n\d+)* [\w-]+")


def renamed(network: Network, path: str, name: str) -> Network:
    return replace(network, contacts={**network.contacts, path: replace(network.contacts[path], name=name)})


def label(network: Network, name: str) -> str:
    found = re.search(r'n2\["(.*)"\]', mermaid(renamed(network, "Ada.md", name), {}, NOW))
    assert found
    return found[1]


def linked(diagram: str) -> str:
    found = re.search(r"class (\S+) internal-link", diagram)
    return found[1] if found else ""


def test_a_small_network_as_a_diagram(network_of: MakeNetwork) -> None:
    network = network_of(
        {
            "Me.md": "type: me\nname: Imogen Clough",
            "People/Ada.md": "type: contact\norganization: Mill & Co",
            "People/Bob.md": 'type: contact\nreferred_by: "[[Ada]]"',
            "Talks/t.md": 'type: interview\ncontact: "[[Ada]]"\ndate: 2026-11-10',
            "Out/r.md": 'type: request\ncontact: ["[[Cyd]]", "[[Ada]]", "[[Bob]]"]\nsent: 2026-11-02',
        }
    )
    assert mermaid(network, {"People/Ada.md": "in-touch", "name:Cyd": "waiting"}, NOW).splitlines() == [
        "flowchart LR",
        '  n1{{"Imogen Clough"}}',
        '  n2["Ada"]',
        '  n3["Bob"]',
        '  n4["Cyd"]',
        '  n5(["Mill #38; Co"])',
        "  n2 --> n3",
        '  n1 -->|"met"| n2',
        '  n1 -.->|"wrote"| n4',
        "  n2 -.- n5",
        "  classDef stage_waiting fill:#fde68a,stroke:#b45309,color:#422006",
        "  class n4 stage_waiting",
        "  classDef stage_in_touch fill:#bbf7d0,stroke:#15803d,color:#052e16",
        "  class n2 stage_in_touch",
        "  class n2,n3 internal-link",
    ]


def test_every_stage_has_a_colour_in_its_order() -> None:
    assert list(STAGE_COLOURS) == list(STAGES)


def test_as_a_note_it_is_a_view_that_may_be_replaced(network_of: MakeNetwork) -> None:
    note = mermaid(network_of({"Ada.md": "type: contact"}), {}, NOW, as_note=True)
    assert note.startswith("---\ngenerated_by: infoview\n---\n")
    assert note.endswith('\n```mermaid\nflowchart LR\n  n1{{"Me"}}\n  n2["Ada"]\n  class n2 internal-link\n```\n')
    assert "2026" not in note


def test_an_empty_vault_is_a_diagram_too(network_of: MakeNetwork) -> None:
    assert mermaid(network_of({}), {}, NOW) == 'flowchart LR\n  n1{{"Me"}}\n'


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
    first, *lines = mermaid(hostile_network, dict.fromkeys(hostile_network.contacts, "met"), NOW).splitlines()
    assert first == "flowchart LR"
    assert not [one for one in lines if not any(form.fullmatch(one) for form in (NODE, EDGE, COLOUR))]
    assert sum(bool(NODE.fullmatch(one)) for one in lines) == 2 + len(hostile_network.contacts)


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
    assert linked(mermaid(network, {}, NOW)) == "n2,n4"


def test_the_classes_of_unknown_stages_are_left_out(network_of: MakeNetwork) -> None:
    assert "stage_" not in mermaid(network_of({"Ada.md": "type: contact"}), {"Ada.md": "x fill:red"}, NOW)


def test_more_lines_than_obsidian_draws_become_a_list(network_of: MakeNetwork) -> None:
    notes = {f"P{n:03}.md": 'type: contact\nreferred_by: "[[Ada]]"\norganization: Mill' for n in range(MOST_EDGES // 2)}
    assert mermaid(network_of(notes), {}, NOW).startswith("flowchart LR\n")
    text = mermaid(network_of({**notes, "P999.md": 'type: contact\nreferred_by: "[[Ada]]"'}), {"P999.md": "met"}, NOW)
    lines = text.splitlines()
    assert lines[0] == (
        "202 contacts and 401 lines between them are more than Obsidian draws as a diagram, so here is a list."
    )
    assert lines[2:4] == ["- Ada", "  - [[P000]], Mill"]
    assert lines[-1] == "  - [[P999]] (met)"
    assert "```" not in mermaid(
        network_of(notes | {"P999.md": 'type: contact\nreferred_by: "[[Ada]]"'}), {}, NOW, as_note=True
    )


def test_more_text_than_obsidian_draws_becomes_a_list(network_of: MakeNetwork) -> None:
    notes = {f"P{n:03}.md": f"type: contact\nname: {n} {'x' * 80}" for n in range(MOST_CHARACTERS // 90 + 1)}
    assert "so here is a list" in mermaid(network_of(notes), {}, NOW)


def test_in_the_list_those_who_led_on_come_first(network_of: MakeNetwork) -> None:
    notes = {f"P{n:03}.md": 'type: contact\nreferred_by: "[[Zoë]]"' for n in range(MOST_EDGES + 1)}
    lines = mermaid(network_of({"Abe.md": "type: contact", **notes}), {}, NOW).splitlines()
    assert (lines[2], lines[3], lines[-1]) == ("- Zoë", "  - [[P000]]", "- [[Abe]]")


def test_a_chain_of_five_thousand_is_a_list_of_bounded_depth(network_of: MakeNetwork) -> None:
    notes = {f"P{n:04}.md": f'type: contact\nreferred_by: "[[P{n - 1:04}]]"' for n in range(1, 5000)}
    lines = mermaid(network_of({"P0000.md": "type: contact", **notes}), {}, NOW).splitlines()
    assert lines[-1] == "  " * 12 + "- … 4,988 more below"


def test_names_in_the_list_are_no_markup(hostile_network: Network) -> None:
    crowd = {
        f"Q{n}.md": replace(one, id=f"Q{n}.md", path=None) for n, one in enumerate(hostile_network.contacts.values())
    }
    network = replace(hostile_network, contacts={**hostile_network.contacts, **crowd})
    many = {f"R{n}.md": replace(network.contacts["P0.md"], id=f"R{n}.md") for n in range(500)}
    text = mermaid(replace(network, contacts={**network.contacts, **many}), {}, NOW)
    lines = text.splitlines()[2:]
    assert not [one for one in lines if not re.match(r" *- (\[\[|[\w\\(👩艾:])", one)]
    assert not re.search(r"(?<!\\)[<`]", text)
