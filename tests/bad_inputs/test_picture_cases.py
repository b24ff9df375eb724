"""The catalogue's `exp` cases about pictures of the network in a vault: a link in a table, and a canvas."""

import datetime as dt
import json
from dataclasses import replace
from typing import Any

from infoview_md.network.graph import graph_of
from infoview_md.network.insights import referral_forest
from infoview_md.views.canvas import canvas
from infoview_md.views.layout import lay_out
from infoview_md.views.markdown import wikilink
from tests.bad_inputs.catalogue import cases
from tests.views.canvas_rules import broken_rules
from tests.views.conftest import make_network

CASES = cases("exp")


def test_a_wikilink_in_a_table_cell() -> None:
    case = CASES["EXP-21"]
    path, _, name = case["input"]["data"]["link"].strip("[]").partition("|")
    assert [wikilink(f"{path}.md", name, in_table=True)] == case["expect"]["must"]


def test_a_canvas_of_odd_names_and_paths() -> None:
    data = CASES["EXP-23"]["input"]["data"]
    half_a_character = data["name"].encode().decode("unicode_escape")
    network = make_network({"Ada.md": "type: contact", "Bob.md": 'type: contact\nreferred_by: "[[Ada]]"'})
    for name in (data["name"], half_a_character):
        ada = replace(network.contacts["Ada.md"], name=name, path=data["path"])
        odd = replace(network, contacts={**network.contacts, "Ada.md": ada})
        stages = dict.fromkeys(odd.contacts, "met")
        now = dt.datetime(2026, 11, 23)
        made = [canvas(lay_out(graph_of(odd, now), referral_forest(odd), stages)) for _ in range(2)]
        assert made[0] == made[1]
        assert broken_rules(made[0]) == []
        made[0].encode()
        json.loads(made[0], parse_constant=_never)


def _never(constant: str) -> Any:  # noqa: ANN401 - raises
    raise AssertionError(constant)
