"""What a user changed in a canvas of ours stays, whatever happens in the notes."""

import datetime as dt
import json
import random
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from infoview_md.network.graph import graph_of
from infoview_md.network.insights import referral_forest
from infoview_md.views.canvas import canvas, written
from infoview_md.views.canvas_renewal import renewed_canvas
from infoview_md.views.layout import lay_out
from tests.views.canvas_rules import broken_rules, overlapping
from tests.views.conftest import make_network

Canvas = dict[str, Any]

NOW = dt.datetime(2026, 11, 23, 9, 0)
NOTES = {
    "Me.md": "type: me\nname: Imogen Clough",
    "Ada.md": "type: contact",
    "Bob.md": 'type: contact\nreferred_by: "[[Ada]]"',
    "Talk.md": 'type: interview\ncontact: "[[Ada]]"\ndate: 2026-11-12\nreferrals: ["[[Dan]]"]',
}
MORE = {**NOTES, **{f"P{number}.md": 'type: contact\nreferred_by: "[[Ada]]"' for number in range(6)}}
OWN_CARD = {"id": "0123456789abcdef", "type": "text", "text": "mine", "x": -900, "y": 40, "width": 250, "height": 60}


def fresh(notes: Mapping[str, str], stages: Mapping[str, str] | None = None) -> str:
    network = make_network(notes)
    return canvas(lay_out(graph_of(network, NOW), referral_forest(network), stages or {}))


def edited(text: str, change: Callable[[Canvas], None]) -> str:
    """The file after the user changed something, as Obsidian writes it."""
    read = json.loads(text)
    change(read)
    return written(read)


def renewed(text: str, before: str) -> str:
    after = renewed_canvas(text, before)
    assert after is not None
    assert renewed_canvas(text, after) == after
    assert broken_rules(after) == []
    return after


def node(canvas: str | Canvas, what: str) -> Canvas:
    nodes = (json.loads(canvas) if isinstance(canvas, str) else canvas)["nodes"]
    found: Canvas = next(one for one in nodes if what in (one.get("file") or one.get("text") or one.get("label", "")))
    return found


def place(text: str, what: str) -> tuple[int, ...]:
    return tuple(node(text, what)[key] for key in ("x", "y", "width", "height"))


def test_when_nothing_changed_it_is_the_same_text() -> None:
    before = fresh(NOTES)
    assert renewed_canvas(fresh(NOTES), before) == before
    other_style = json.dumps(json.loads(before), indent=2)
    assert renewed_canvas(fresh(NOTES), other_style) == other_style


def test_what_is_as_it_was_made_is_made_anew() -> None:
    assert json.loads(renewed(fresh(MORE), fresh(NOTES))) != json.loads(fresh(NOTES))
    assert {one["id"]: one for one in json.loads(renewed(fresh(MORE), fresh(NOTES)))["nodes"]} == {
        one["id"]: one for one in json.loads(fresh(MORE))["nodes"]
    }


def test_a_card_that_was_moved_or_resized_keeps_its_place() -> None:
    before = edited(fresh(NOTES), lambda canvas: node(canvas, "Bob.md").update(x=-1234, y=77))
    before = edited(before, lambda canvas: node(canvas, "Ada.md").update(width=500, height=400))
    after = renewed(fresh(MORE), before)
    assert place(after, "Bob.md") == (-1234, 77, 320, 100)
    assert place(after, "Ada.md") == place(before, "Ada.md")
    assert overlapping(after) == []


def test_a_stage_changes_the_colour_unless_the_user_chose_one() -> None:
    stages = {"Ada.md": "met", "Bob.md": "waiting"}
    before = edited(fresh(NOTES, stages), lambda canvas: node(canvas, "Bob.md").update(color="#123456"))
    after = renewed(fresh(NOTES, {"Ada.md": "resting", "Bob.md": "met"}), before)
    assert (node(after, "Ada.md")["color"], node(after, "Bob.md")["color"]) == ("6", "#123456")


def test_a_colour_that_was_taken_away_stays_away() -> None:
    stages = {"Ada.md": "met"}
    before = edited(fresh(NOTES, stages), lambda canvas: node(canvas, "Ada.md").pop("color"))
    assert "color" not in node(renewed(fresh(NOTES, {"Ada.md": "resting"}), before), "Ada.md")


def test_cards_and_lines_of_the_user_stay_as_they_are() -> None:
    line = {"id": "fedcba9876543210", "fromNode": OWN_CARD["id"], "toNode": "", "label": "ask!", "unknown": [1.5]}

    def add(canvas: Canvas) -> None:
        canvas["nodes"].append(OWN_CARD)
        canvas["edges"].append({**line, "toNode": node(canvas, "Ada.md")["id"]})
        canvas["metadata"] = {"version": "1.0"}

    after = json.loads(renewed(fresh(MORE), edited(fresh(NOTES), add)))
    assert OWN_CARD in after["nodes"]
    assert {**line, "toNode": node(after, "Ada.md")["id"]} in after["edges"]
    assert after["metadata"] == {"version": "1.0"}


def test_keys_that_a_plugin_gave_our_cards_stay() -> None:
    before = edited(fresh(NOTES), lambda canvas: node(canvas, "Ada.md").update(styleAttributes={"border": "dashed"}))
    assert node(renewed(fresh(MORE), before), "Ada.md")["styleAttributes"] == {"border": "dashed"}


def test_a_line_of_ours_that_was_coloured_stays_so() -> None:
    before = edited(fresh(NOTES), lambda canvas: canvas["edges"][0].update(color="1", label="since July"))
    after = json.loads(renewed(fresh(MORE), before))
    assert [one["label"] for one in after["edges"] if one.get("color") == "1"] == ["since July"]


def test_whoever_is_gone_goes_with_their_lines() -> None:
    gone = {path: note for path, note in NOTES.items() if path != "Bob.md"}
    after = json.loads(renewed(fresh(gone), fresh(NOTES)))
    assert not [one for one in after["nodes"] if one.get("file") == "Bob.md"]
    assert len(after["edges"]) == 2


def test_whoever_is_gone_stays_while_something_of_the_users_hangs_on_the_card() -> None:
    def tie(canvas: Canvas) -> None:
        canvas["nodes"].append(OWN_CARD)
        ends = {"fromNode": OWN_CARD["id"], "toNode": node(canvas, "Bob.md")["id"]}
        canvas["edges"].append({"id": "fedcba9876543210", **ends})

    gone = {path: note for path, note in NOTES.items() if path != "Bob.md"}
    after = renewed(fresh(gone), edited(fresh(NOTES), tie))
    assert node(after, "Bob.md")
    assert len(json.loads(after)["edges"]) == 3


def test_what_the_user_wrote_into_a_card_is_never_lost() -> None:
    before = edited(fresh(NOTES), lambda canvas: node(canvas, "Dan").update(text="Dan: met him in Leeds"))
    for notes in (MORE, {**NOTES, "Dan.md": "type: contact"}, {"Ada.md": "type: contact"}):
        assert node(renewed(fresh(notes), before), "in Leeds")["type"] == "text"


def test_a_name_that_got_a_note_keeps_the_place_of_its_card() -> None:
    before = edited(fresh(NOTES), lambda canvas: node(canvas, "Dan").update(x=5, y=6000))
    recorded = {**NOTES, "Dan.md": "type: contact"}
    after = renewed(fresh(recorded), before)
    assert place(after, "Dan.md") == (5, 6000, 320, 100)
    assert len(json.loads(after)["nodes"]) == len(json.loads(before)["nodes"])


def test_a_note_that_was_renamed_keeps_the_place_of_its_card_and_the_users_lines() -> None:
    def rename(canvas: Canvas) -> None:
        card = node(canvas, "Bob.md")
        card.update(file="Robert.md", x=5, y=6000)  # Obsidian follows the note
        canvas["nodes"].append(OWN_CARD)
        canvas["edges"].append({"id": "f", "fromNode": OWN_CARD["id"], "toNode": card["id"]})

    notes = {path: note for path, note in NOTES.items() if path != "Bob.md"} | {"Robert.md": NOTES["Bob.md"]}
    after = renewed(fresh(notes), edited(fresh(NOTES), rename))
    assert place(after, "Robert.md") == (5, 6000, 320, 100)
    assert [one["toNode"] for one in json.loads(after)["edges"] if one["id"] == "f"] == [node(after, "Robert.md")["id"]]
    assert "Bob.md" not in after
    assert after.count('"file":"Robert.md"') == 1


def test_a_legend_that_was_deleted_stays_away_and_a_person_does_not() -> None:
    before = edited(fresh(NOTES), lambda canvas: canvas["nodes"].remove(node(canvas, "Contact network")))
    before = edited(before, lambda canvas: canvas["nodes"].remove(node(canvas, "Ada.md")))
    after = renewed(fresh(NOTES), edited(before, lambda canvas: canvas.update(edges=[])))
    assert "Contact network" not in after
    assert node(after, "Ada.md")
    assert len(json.loads(after)["edges"]) == 3


def test_without_our_marks_which_another_program_may_drop_all_stays_in_its_place() -> None:
    def drop(canvas: Canvas) -> None:
        for one in canvas["nodes"]:
            del one["infoview"]

    before = edited(fresh(NOTES), drop)
    after = renewed(fresh(MORE), before)
    assert [place(after, one) for one in ("Ada.md", "Bob.md")] == [place(before, one) for one in ("Ada.md", "Bob.md")]


@pytest.mark.parametrize(
    "before",
    [
        "",
        "{}",
        "[]",
        "null",
        "not JSON",
        '{"nodes":[],"edges":[]}',
        '{"nodes":{"id":"infoview-1"}}',
        '{"nodes":[1]}',
        '{"nodes":[{"id":"infoview-1","x":NaN}]}',
        '{"nodes":[{"id":"infoview-1","x":1e999}]}',
        '{"nodes":[{"id":"infoview-1"}],"edges":3}',
        '{"nodes":[{"id":"mine"}]}',
        "[" * 100_000,
        fresh(NOTES)[:-20],
    ],
)
def test_what_is_not_ours_or_cannot_be_read_is_left_alone(before: str) -> None:
    assert renewed_canvas(fresh(NOTES), before) is None


def test_odd_cards_of_the_user_are_kept() -> None:
    odd: list[Canvas] = [
        {},
        {"id": 7},
        {"id": "a", "x": "left", "y": None},
        {"id": "a"},
        {"id": "\ud800", "text": "\u202e"},
    ]
    before = edited(fresh(NOTES), lambda canvas: canvas["nodes"].extend(odd))
    after = renewed_canvas(fresh(MORE), before)
    assert after is not None
    assert renewed_canvas(fresh(MORE), after) == after
    after.encode()
    assert [one for one in json.loads(after)["nodes"] if one in odd] == odd


def test_what_is_of_another_kind_than_it_should_be_is_kept() -> None:
    odd: Canvas = {"id": ["a"], "file": {"b": 1}, "infoview": {"name": []}, "type": []}
    line: Canvas = {"id": {}, "toNode": ["a"]}

    def add(canvas: Canvas) -> None:
        node(canvas, "Ada.md").update(infoview=7, file=["Ada.md"], id="infoview-of-nobody")
        canvas["nodes"].append(odd)
        canvas["edges"].append(line)

    after = json.loads(renewed_canvas(fresh(MORE), edited(fresh(NOTES), add)) or "")
    assert odd in after["nodes"]
    assert line in after["edges"]


@pytest.mark.parametrize("depth", [400, 900, 990, 2000, 100_000])
def test_deep_nesting_is_no_fault(depth: int) -> None:
    before = fresh(NOTES).replace('"nodes"', '"deep":' + "[" * depth + "]" * depth + ',"nodes"', 1)
    after = renewed_canvas(fresh(MORE), before)
    assert after is None or "[" * (depth - 1) in after


def test_a_card_of_ours_that_stands_twice_is_kept_once() -> None:
    before = edited(fresh(NOTES), lambda canvas: canvas["nodes"].append(node(canvas, "Ada.md")))
    assert renewed(fresh(NOTES), before) == fresh(NOTES)


@pytest.mark.parametrize("seed", range(30))
def test_whatever_is_moved_added_and_changed_all_is_there_and_nothing_of_ours_hides_it(seed: int) -> None:
    chance = random.Random(seed)
    notes = {"P0.md": "type: contact"}
    for number in range(1, chance.randrange(2, 40)):
        notes[f"P{number}.md"] = f'type: contact\nreferred_by: "[[P{chance.randrange(number)}]]"'
    moved: dict[str, tuple[int, int]] = {}

    def shuffle(canvas: Canvas) -> None:
        for card in canvas["nodes"]:
            if card["type"] == "file" and chance.random() < 0.2:
                moved[card["file"]] = (chance.randrange(0, 2000, 70), chance.randrange(0, 4000, 70))
                card["x"], card["y"] = moved[card["file"]]

    before = edited(fresh(notes), shuffle)
    gone = chance.choice(list(notes))
    after_notes = {path: note for path, note in notes.items() if path != gone} | {"New.md": "type: contact"}
    after = renewed(fresh(after_notes), before)
    files = {one["file"]: (one["x"], one["y"]) for one in json.loads(after)["nodes"] if one["type"] == "file"}
    assert {path: at for path, at in files.items() if path in moved} == {k: v for k, v in moved.items() if k != gone}
    own = {one["id"] for one in json.loads(after)["nodes"] if one.get("file") in moved}
    assert [pair for pair in overlapping(after) if not own.issuperset(pair)] == []
