import datetime as dt
import json
from collections.abc import Callable, Mapping

import pytest

from infoview_md.agenda.agenda import Action
from infoview_md.network.people import Network
from infoview_md.notes.findings import Severity, finding
from infoview_md.notes.links import Link
from infoview_md.notes.records import FillIn, Moment
from infoview_md.views.card import Card
from infoview_md.views.report import Overview
from infoview_md.views.shapes import (
    check_shape,
    due_shape,
    index_shape,
    init_shape,
    json_safe,
    new_shape,
    show_shape,
    template_shape,
    to_json,
)

MakeNetwork = Callable[[Mapping[str, str]], Network]

NOW = dt.datetime(2026, 11, 23, 9, 0)
NOTES = {
    "People/Ada.md": (
        'type: contact\norganization: "[[Mill]]"\nreferred_by: "[[Bob]]"\nlast_contact: 2026-11-02\nmood: wet'
    ),
    "Talks/t.md": 'type: interview\ncontact: "[[Ada]]"\ndate: 2026-11-10T14:30:00\nreferrals: ["[[Eve]]"]',
    "People/Author.md": "type: person",
}


def action_for(network: Network) -> Action:
    return Action(
        contact=network.contacts["People/Ada.md"],
        stage="met",
        rule="thank",
        text="send a thank-you",
        due=dt.date(2026, 11, 20),
        because="You talked.",
        note="Talks/t.md",
        command="infoview new thank-you Ada",
    )


ACTION = {
    "contact": "Ada",
    "contact_path": "People/Ada.md",
    "stage": "met",
    "action": "send a thank-you",
    "due": "2026-11-20",
    "overdue_days": 3,
    "because": "You talked.",
    "note": "Talks/t.md",
    "command": "infoview new thank-you Ada",
}
FINDING = {
    "code": "bom",
    "severity": "info",
    "path": "People/Ada.md",
    "line": 1,
    "property": None,
    "message": "the note begins with a byte order mark",
    "hint": "nothing to do; it is kept",
}


def test_the_answer_of_index(network_of: MakeNetwork) -> None:
    network = network_of(NOTES)
    overview = Overview(
        network=network,
        stages={},
        notes={"contact": 1, "person": 1, "interview": 1},
        changes={"added": 3},
        today=NOW.date(),
        actions=(action_for(network),),
        findings=(finding("bom", "People/Ada.md", 1),),
    )
    assert index_shape(overview, vault="/notes") == {
        "vault": "/notes",
        "notes": {"contact": 1, "person": 1, "interview": 1},
        "contacts": 3,
        "unrecorded": 2,
        "organizations": 1,
        "referrals": 2,
        "changes": {"added": 3, "modified": 0, "removed": 0, "unchanged": 0},
        "findings": {"error": 0, "warning": 0, "info": 1},
        "due": 1,
        "overdue": 1,
    }


def test_the_answer_of_due(network_of: MakeNetwork) -> None:
    assert due_shape([action_for(network_of(NOTES))], NOW.date()) == [ACTION]


def test_the_answer_of_show(network_of: MakeNetwork) -> None:
    network = network_of(NOTES)
    card = Card(
        network=network,
        contact=network.contacts["People/Ada.md"],
        now=NOW,
        stage="met",
        because="You talked.",
        actions=(action_for(network),),
        findings=(finding("bom", "People/Ada.md", 1),),
    )
    assert show_shape(card) == {
        "name": "Ada",
        "path": "People/Ada.md",
        "stage": "met",
        "because": "You talked.",
        "properties": {
            "name": "Ada",
            "organization": ["Mill"],
            "referred_by": ["Bob"],
            "last_contact": "2026-11-02",
            "mood": "wet",
        },
        "timeline": [
            {"date": "2026-11-02", "event": "in contact", "note": "People/Ada.md"},
            {"date": "2026-11-10", "event": "interview", "note": "Talks/t.md"},
            {"date": "2026-11-10", "event": "they named Eve", "note": "Talks/t.md"},
        ],
        "referred_by": ["Bob"],
        "referrals": ["Eve"],
        "actions": [ACTION],
        "findings": [FINDING],
    }


def test_the_answer_of_check() -> None:
    assert check_shape([finding("bom", "People/Ada.md", 1)]) == [FINDING]
    assert check_shape([]) == []


def test_the_answer_of_new() -> None:
    assert new_shape("Out/r.md", [FillIn(9, "what you admire")], [finding("bom", "People/Ada.md", 1)]) == {
        "path": "Out/r.md",
        "fill_ins": [{"line": 9, "prompt": "what you admire"}],
        "findings": [FINDING],
    }


def test_the_answer_of_init_and_templates() -> None:
    assert init_shape("/notes", ["Me.md", "People"]) == {"vault": "/notes", "made": ["Me.md", "People"]}
    row = template_shape(name="request", summary="Ask", origin="bundled", path="request.md", type_name="request")
    assert row == {"name": "request", "summary": "Ask", "origin": "bundled", "path": "request.md", "type": "request"}


@pytest.mark.parametrize(
    ("value", "safe"),
    [
        (None, None),
        (True, True),
        (3, 3),
        (1.5, 1.5),
        (float("nan"), None),
        (float("inf"), None),
        (dt.date(2026, 11, 23), "2026-11-23"),
        (dt.datetime(2026, 11, 23, 14, 30), "2026-11-23T14:30:00"),
        (Moment(dt.date(2026, 11, 23), dt.time(14, 30)), "2026-11-23T14:30:00"),
        (Link("People/Ada"), "Ada"),
        (Severity.ERROR, "error"),
        ((1, ("a", float("nan"))), [1, ["a", None]]),
        ({"a": {1: dt.date(2026, 11, 23)}}, {"a": {"1": "2026-11-23"}}),
    ],
)
def test_every_value_of_a_note_has_a_form_in_json(value: object, safe: object) -> None:
    assert json_safe(value) == safe
    assert json.loads(to_json(value)) == safe


def test_what_has_no_form_in_json_is_a_fault_of_ours() -> None:
    with pytest.raises(TypeError, match="object has no form"):
        to_json(object())


def test_json_is_indented_and_keeps_the_letters_of_all_scripts() -> None:
    assert to_json({"name": "Zoë 艾達 👩‍🔬"}) == '{\n  "name": "Zoë 艾達 👩‍🔬"\n}'


@pytest.mark.parametrize(
    "text", ["\x1b[2J", "\x7f", "\x9b", "\u202e", "\u2028", "\ufeff", "\ud800", "\U000e0041", "\n\t\r"]
)
def test_what_cannot_be_seen_is_escaped_and_comes_back(text: str) -> None:
    written = to_json({text: [text]})
    assert not {char for char in text if not char.isprintable()} & set(written.replace("\n", ""))
    assert written.encode()
    assert json.loads(written) == {text: [text]}
