import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from infoview_md.network.graph import graph_of
from infoview_md.network.insights import referral_forest
from infoview_md.network.people import Network
from infoview_md.views.dot import dot

MakeNetwork = Callable[[Mapping[str, str]], Network]

NOW = dt.datetime(2026, 11, 23, 9, 0)
QUOTED = re.compile(r'"(?:[^"\\\n]|\\["\\])*"')
"""A text in quotes in which nothing is an escape but a quote and a backslash."""
BARE = re.compile(r"[\w ,.=\[\]{}>;-]*")


def drawn(network: Network, stages: Mapping[str, str] | None = None) -> list[str]:
    return dot(graph_of(network, NOW), referral_forest(network), stages or {}).splitlines()


def test_a_small_network(network_of: MakeNetwork) -> None:
    network = network_of(
        {
            "Me.md": "type: me\nname: Imogen Clough",
            "People/Ada.md": "type: contact\norganization: Mill & Co",
            "People/Bob.md": 'type: contact\nreferred_by: "[[Ada]]"',
            "People/Eve.md": "type: contact",
            "Talks/t.md": 'type: interview\ncontact: "[[Ada]]"\ndate: 2026-11-10',
            "Out/r.md": 'type: request\ncontact: "[[Cyd]]"\nsent: 2026-11-02',
        }
    )
    assert drawn(network, {"People/Ada.md": "met"})[4:] == [
        '  n1 [label="Imogen Clough", tooltip="Imogen Clough", shape=ellipse, style="filled,bold", color="#111827"]',
        '  n3 [label="Bob", tooltip="Bob"]',
        '  n4 [label="Cyd", tooltip="Cyd"]',
        '  n5 [label="Eve", tooltip="Eve"]',
        "  subgraph cluster_n6 {",
        '    graph [label="Mill &amp; Co", style="rounded", color="#94a3b8", fontcolor="#475569"]',
        '    n2 [label="Ada", tooltip="Ada (met)", fillcolor="#bbf7d0", color="#15803d", fontcolor="#052e16"]',
        "  }",
        "  n2 -> n3",
        '  n1 -> n2 [label="met"]',
        '  n1 -> n4 [label="wrote", style=dashed]',
        "  n1 -> n5 [style=dotted, arrowhead=none]",
        "}",
    ]


def test_an_empty_vault_is_a_picture_of_the_user(network_of: MakeNetwork) -> None:
    assert [one.split()[0] for one in drawn(network_of({}))] == ["digraph", "graph", "node", "edge", "n1", "}"]


def test_a_name_is_never_anything_but_text(hostile_network: Network) -> None:
    for one in drawn(hostile_network, dict.fromkeys(hostile_network.contacts, "met")):
        assert BARE.fullmatch(QUOTED.sub("", one)), one


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("ends\\", r'"ends\\"'),
        ('"], x=["', r'"\"], x=[\""'),
        ("<b>Ada</b>", '"<b>Ada</b>"'),
        ("&lt;", '"&amp;lt;"'),
        ("\\N", r'"\\N"'),
        ("a\nb", r'"a\\nb"'),
        ("a\u202e\x00", r'"a\\u202e\\x00"'),
        ("x" * 300, '"' + "x" * 59 + '…"'),
        ("", '"(no name)"'),
    ],
)
def test_what_a_label_says(network_of: MakeNetwork, name: str, label: str) -> None:
    network = network_of({"Ada.md": "type: contact"})
    renamed = replace(network, contacts={"Ada.md": replace(network.contacts["Ada.md"], name=name)})
    assert f"  n2 [label={label}, tooltip=" in "\n".join(drawn(renamed))


def test_a_cut_name_is_whole_in_the_tooltip(network_of: MakeNetwork) -> None:
    name = "Ada " * 40 + "Lovelace"
    assert f'tooltip="{name}"' in "\n".join(drawn(network_of({"Ada.md": f"type: contact\nname: {name}"})))
