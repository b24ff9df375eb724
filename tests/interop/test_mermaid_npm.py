"""Our diagrams beside the npm package mermaid, with which Obsidian draws them.

To run these: `npm install --prefix tests/interop mermaid@11`, or let NODE_PATH name a folder with the package.
"""

import datetime as dt
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from infoview_md.network.graph import graph_of
from infoview_md.network.insights import referral_forest
from infoview_md.network.people import Network
from infoview_md.views.mermaid import mermaid
from tests.views.conftest import HOSTILE_NAMES, make_hostile, make_network

HERE = Path(__file__).parent
NOW = dt.datetime(2026, 11, 23, 9, 0)
ENTITY = re.compile(r"#(\w+);|ﬂ°°(\d+)¶ß|ﬂ°(\w+)¶ß")
"""A character by its number, as we write it and as the package keeps it until it draws."""


def diagram(network: Network) -> str:
    return mermaid(graph_of(network, NOW), referral_forest(network), dict.fromkeys(network.contacts, "met")).text


def chain_of(length: int) -> Network:
    notes = {f"P{n}.md": f'type: contact\nreferred_by: "[[P{n - 1}]]"' for n in range(1, length)}
    return make_network({"P0.md": "type: contact\norganization: Mill", **notes})


def crowd_of(size: int) -> Network:
    return make_network(
        {f"P{n}.md": f"type: contact\nname: {n} {'[x] ' * 20}\norganization: Mill" for n in range(size)}
    )


Read = Callable[..., list[Mapping[str, Any]]]


@pytest.fixture(scope="module")
def read() -> Read:
    """What the package reads in some diagrams."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")

    def answers(*texts: str) -> list[Mapping[str, Any]]:
        ran = subprocess.run(
            [node, str(HERE / "mermaid.mjs")],
            input=json.dumps(texts),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if "Cannot find module" in ran.stderr:
            pytest.skip("the npm package mermaid is not there: npm install --prefix tests/interop mermaid@11")
        assert ran.returncode == 0, ran.stderr
        found: list[Mapping[str, Any]] = json.loads(ran.stdout)
        assert [one["error"] for one in found if "error" in one] == []
        return found

    return answers


def shown(text: str) -> str:
    """A label as it is drawn."""
    return ENTITY.sub(lambda found: '"' if "quot" in found[0] else chr(int(next(filter(None, found.groups())))), text)


def test_a_small_network_is_read_as_it_is_meant(read: Read) -> None:
    network = make_network(
        {
            "Me.md": "type: me\nname: Imogen Clough",
            "Ada.md": "type: contact\norganization: Mill & Co",
            "Bob.md": 'type: contact\nreferred_by: "[[Ada]]"',
            "Talk.md": 'type: interview\ncontact: "[[Ada]]"\ndate: 2026-11-10',
        }
    )
    (found,) = read(diagram(network))
    assert [shown(text) for _, text in found["nodes"]] == ["Imogen Clough", "Bob", "Ada"]
    assert [(shown(title), nodes) for title, nodes in found["groups"]] == [("Mill & Co", ["n2"])]
    assert found["edges"] == [["n2", "n3", ""], ["n1", "n2", "met"]]


def test_whatever_the_names_are_they_are_labels(read: Read) -> None:
    names = tuple(name for name in HOSTILE_NAMES if len(name) < 80)
    network = make_hostile(names)
    (found,) = read(diagram(network))
    labels = {shown(text) for _, text in found["nodes"]}
    assert len(found["nodes"]) == 1 + len(names)
    assert len(found["edges"]) == len(names)
    assert {
        "</script><script>alert(1)</script>",
        'Ada"] --> n1["Eve',
        "end",
        "1. Ada",
        "::: {{x}} ((y)) @{ shape: x }",
    } <= labels
    assert "Ada %%{init: {'theme':'dark'}}%% Eve" in labels


def test_any_size_is_within_the_limits(read: Read) -> None:
    networks = (chain_of(99), chain_of(5000), crowd_of(100), crowd_of(2000), make_network({}))
    assert [bool(one["nodes"]) for one in read(*map(diagram, networks))] == [True] * len(networks)
