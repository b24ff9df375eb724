"""Our DOT beside Graphviz, which draws it. To run these: install the package graphviz."""

import datetime as dt
import json
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pytest

from infoview_md.network.graph import graph_of
from infoview_md.network.insights import referral_forest
from infoview_md.network.people import Network
from infoview_md.views.dot import dot
from infoview_md.views.lines import cut, shown_name
from tests.views.conftest import HOSTILE_NAMES, make_hostile, make_network

NOW = dt.datetime(2026, 11, 23, 9, 0)
ODD_NAMES = (
    *HOSTILE_NAMES,
    "ends in a backslash\\",
    "<b>bold</b>",
    "<Ada>",
    "&lt;Ada&gt; &#65;",
    "\\N \\G \\l",
    'a"b',
    "\0",
)


def drawn(network: Network) -> str:
    return dot(graph_of(network, NOW), referral_forest(network), dict.fromkeys(network.contacts, "met"))


@pytest.fixture
def run() -> Callable[[str, str], str]:
    """What `dot` makes of a text in one of its formats; it says nothing of errors or doubts."""
    program = shutil.which("dot")
    if program is None:
        pytest.skip("graphviz is not installed")

    def made(text: str, form: str) -> str:
        ran = subprocess.run([program, f"-T{form}"], input=text, capture_output=True, encoding="utf-8", check=False)
        assert (ran.returncode, ran.stderr) == (0, "")
        return ran.stdout

    return made


def test_it_is_read_as_it_is_meant(run: Callable[[str, str], str]) -> None:
    network = make_network(
        {
            "Me.md": "type: me\nname: Imogen Clough",
            "Ada.md": "type: contact\norganization: Mill & Co",
            "Bob.md": 'type: contact\nreferred_by: "[[Ada]]"',
            "Talk.md": 'type: interview\ncontact: "[[Ada]]"\ndate: 2026-11-10',
        }
    )
    read: dict[str, Any] = json.loads(run(drawn(network), "dot_json"))
    nodes = {one["_gvid"]: one["label"] for one in read["objects"]}
    assert set(nodes.values()) == {"Imogen Clough", "Ada", "Bob", "Mill &amp; Co"}
    edges = {(nodes[one["tail"]], nodes[one["head"]], one.get("label") or "") for one in read["edges"]}
    assert edges == {("Ada", "Bob", ""), ("Imogen Clough", "Ada", "met")}


def test_whatever_the_names_are_they_are_text(run: Callable[[str, str], str]) -> None:
    svg = ET.fromstring(run(drawn(make_hostile(ODD_NAMES)), "svg"))  # noqa: S314 - made by the program just now
    texts = {"".join(one.itertext()) for one in svg.iter("{http://www.w3.org/2000/svg}text")}
    # Graphviz draws several blanks in a row as blanks that stay.
    wanted = {cut(shown_name(name), 60) for name in ODD_NAMES}
    assert wanted - {one.replace("\u00a0", " ") for one in texts} == set()
    kinds = {one.tag.rpartition("}")[2] for one in svg.iter()}
    assert kinds <= {"svg", "g", "a", "title", "polygon", "path", "text", "ellipse", "polyline"}
