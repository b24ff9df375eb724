import datetime as dt
from collections.abc import Callable, Mapping
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infoview_md.network.graph import graph_of
from infoview_md.network.index import Changes, Index
from infoview_md.network.insights import connectors, referral_forest
from infoview_md.network.people import Network
from infoview_md.notes.reading import read_note
from infoview_md.views.layout import Box, Layout, Place, Strand, lay_out

MakeNetwork = Callable[[Mapping[str, str]], Network]

NOW = dt.datetime(2026, 11, 23, 9, 0)
NAMES = ("Ada", "Bartholomew Featherstonehaugh", "x" * 300, "艾達·勒芙蕾絲" * 9, "\u202e", "W W W")


def laid_out(network: Network, stages: Mapping[str, str] | None = None) -> Layout:
    return lay_out(graph_of(network, NOW), referral_forest(network), stages or dict.fromkeys(network.contacts, "met"))


def network_of_notes(notes: Mapping[str, str]) -> Network:
    read = {path: read_note(path, f"---\n{block}\n---\n".encode()) for path, block in notes.items()}
    return Index().apply(Changes(read=read)).network


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Anybody may have been given by anybody: trees, rings, several referrers, stars and chains."""
    size = draw(st.integers(1, 50))
    person = st.tuples(
        st.lists(st.integers(0, size - 1), max_size=2),
        st.sampled_from(("", "Mill", "Weir", "Institute for the Study of Rivers, Lakes and Estuaries")),
        st.sampled_from(NAMES),
    )
    people = draw(st.lists(person, min_size=size, max_size=size))
    shape = draw(st.sampled_from(("any", "chain", "star", "alone")))
    notes = {}
    for number, (givers, place, name) in enumerate(people):
        by = {"any": givers, "chain": [number - 1], "star": [0] if number % 7 else givers, "alone": []}[shape]
        links = ", ".join(f'"[[P{one}]]"' for one in by if one >= 0)
        notes[f"P{number}.md"] = f'type: contact\nname: "{name}"\norganization: {place}\nreferred_by: [{links}]'
    return network_of_notes(notes)


def overlap(one: Place, other: Place) -> bool:
    aside = abs(one.x - other.x) >= (one.width + other.width) / 2
    below = abs(one.y - other.y) >= (one.height + other.height) / 2
    return not aside and not below


def on_border(point: tuple[float, float], place: Place) -> bool:
    dx, dy = abs(point[0] - place.x) - place.width / 2, abs(point[1] - place.y) - place.height / 2
    return dx < 0.2 and dy < 0.2 and max(dx, dy) > -0.2


def inside(box: Box, place: Place) -> bool:
    across = box.x <= place.x - place.width / 2 and place.x + place.width / 2 <= box.x + box.width
    return across and box.y <= place.y - place.height / 2 and place.y + place.height / 2 <= box.y + box.height


@given(networks())
@settings(max_examples=40)
def test_no_two_cards_overlap_and_all_are_in_the_picture(network: Network) -> None:
    layout = laid_out(network)
    assert {one.id for one in layout.places} == {"me", *network.contacts}
    by_height = sorted(layout.places, key=lambda one: one.y - one.height / 2)
    for number, one in enumerate(by_height):
        for other in by_height[number + 1 :]:
            assert not overlap(one, other), (one.id, other.id)
    for one in layout.places:
        assert one.x - one.width / 2 >= 0
        assert one.x + one.width / 2 <= layout.width
        assert one.y - one.height / 2 >= 0
        assert one.y + one.height / 2 <= layout.height


@given(networks())
@settings(max_examples=40)
def test_every_strand_begins_and_ends_at_its_cards(network: Network) -> None:
    layout = laid_out(network)
    at = {one.id: one for one in layout.places}
    for strand in layout.strands:
        assert on_border(strand.points[0], at[strand.source]), strand
        assert on_border(strand.points[-1], at[strand.target]), strand
        assert all(0 <= x <= layout.width and 0 <= y <= layout.height for x, y in strand.points)


@given(networks())
@settings(max_examples=40)
def test_the_backbone_crosses_no_card(network: Network) -> None:
    layout = laid_out(network)
    for strand in layout.strands:
        if not strand.backbone:
            continue
        others = [one for one in layout.places if one.id not in {strand.source, strand.target}]
        for (x, y), (to_x, to_y) in pairwise(strand.points):
            way = Place(
                id="", name="", label=(), kind="me", x=(x + to_x) / 2, y=(y + to_y) / 2,
                width=abs(x - to_x), height=abs(y - to_y),
            )  # fmt: skip
            assert not [one.id for one in others if overlap(way, one)], strand


@given(networks())
@settings(max_examples=25)
def test_everybody_is_tied_once_by_the_backbone_and_by_every_referral(network: Network) -> None:
    layout = laid_out(network)
    backbone = [one.target for one in layout.strands if one.backbone]
    assert sorted(backbone) == sorted(network.contacts)
    drawn = {(one.source, one.target) for one in layout.strands if one.kind == "referred"}
    assert drawn == {(one.by, one.to) for one in network.referrals if one.by != one.to}


@given(networks())
@settings(max_examples=25)
def test_frames_hold_people_of_their_organization_and_nobody_else(network: Network) -> None:
    layout = laid_out(network)
    for group in layout.groups:
        for box in group.boxes:
            held = [one for one in layout.places if inside(box, one)]
            assert held
            assert {one.organization for one in held} == {group.id}
            frame = Place(
                id="", name="", label=(), kind="me", x=box.x + box.width / 2, y=box.y + box.height / 2,
                width=box.width, height=box.height,
            )  # fmt: skip
            assert not [one.id for one in layout.places if one not in held and overlap(frame, one)]


@given(networks())
@settings(max_examples=10)
def test_the_same_network_gives_the_same_layout(network: Network) -> None:
    assert laid_out(network) == laid_out(network)


def places(layout: Layout) -> dict[str, Place]:
    return {one.name: one for one in layout.places}


def strand_between(layout: Layout, source: str, target: str) -> Strand:
    return next(one for one in layout.strands if (one.source, one.target) == (source, target))


def test_who_was_given_stands_right_of_the_first_who_gave_them(network_of: MakeNetwork) -> None:
    notes = {
        "Me.md": "type: me\nname: Imogen Clough",
        "Ada.md": "type: contact",
        "Bob.md": 'type: contact\nreferred_by: "[[Ada]]"',
        "Cyd.md": 'type: contact\nreferred_by: ["[[Bob]]", "[[Ada]]"]',
    }
    layout = laid_out(network_of(notes))
    at = places(layout)
    assert at["Imogen Clough"].x < at["Ada"].x < at["Bob"].x < at["Cyd"].x
    assert [(one.name, one.depth, one.reach) for one in layout.places] == [
        ("Imogen Clough", 0, 3),
        ("Ada", 1, 2),
        ("Bob", 2, 1),
        ("Cyd", 3, 0),
    ]
    assert strand_between(layout, "Bob.md", "Cyd.md").backbone
    also = strand_between(layout, "Ada.md", "Cyd.md")
    assert (also.backbone, also.kind, also.evidence) == (False, "referred", ("Cyd.md",))


def test_a_tie_of_the_user_says_the_most_that_happened(network_of: MakeNetwork) -> None:
    notes = {
        "Ada.md": "type: contact",
        "Bob.md": "type: contact",
        "Cyd.md": "type: contact",
        "t.md": 'type: interview\ncontact: "[[Ada]]"\ndate: 2026-11-10',
        "r.md": 'type: request\ncontact: ["[[Ada]]", "[[Bob]]"]\nsent: 2026-11-02',
    }
    ties = [(one.target, one.kind, one.evidence) for one in laid_out(network_of(notes)).strands]
    assert ties == [("Ada.md", "met", ("t.md",)), ("Bob.md", "wrote", ("r.md",)), ("Cyd.md", "known", ())]


def test_whoever_reached_more_people_is_larger(network_of: MakeNetwork) -> None:
    given = {f"P{number}.md": 'type: contact\nreferred_by: "[[Ada]]"' for number in range(10)}
    at = places(laid_out(network_of({"Ada.md": "type: contact", "Bob.md": "type: contact", **given})))
    assert at["Ada"].size > at["Bob"].size
    assert at["Ada"].height > at["Bob"].height


def test_reach_is_what_the_connectors_say(network_of: MakeNetwork) -> None:
    notes = {
        "Ada.md": "type: contact",
        "Bob.md": "type: contact",
        "Cyd.md": 'type: contact\nreferred_by: ["[[Ada]]", "[[Bob]]"]',
        "Dot.md": 'type: contact\nreferred_by: "[[Cyd]]"',
    }
    network = network_of(notes)
    reach = {one.id: one.reach for one in laid_out(network).places}
    for connector in connectors(network):
        assert reach[connector.contact.id] == connector.in_all


def test_the_small_line_says_the_stage_in_a_word_and_where_they_work(network_of: MakeNetwork) -> None:
    notes = {
        "Ada.md": "type: contact\norganization: Mill",
        "Bob.md": "type: contact\norganization: Weir",
        "Cyd.md": "type: contact\norganization: Weir",
        "Dot.md": "type: contact",
        "r.md": 'type: request\ncontact: "[[Eve]]"\nsent: 2026-11-02',
    }
    network = network_of(notes)
    layout = laid_out(network, {**dict.fromkeys(network.contacts, "met"), "name:Eve": "waiting", "Dot.md": ""})
    at = places(layout)
    assert {name: at[name].detail for name in ("Me", "Ada", "Bob", "Cyd", "Dot", "Eve")} == {
        "Me": "you, and 5 contacts",
        "Ada": "met · Mill",
        "Bob": "met",
        "Cyd": "met",
        "Dot": "",
        "Eve": "waiting · no note yet",
    }
    assert at["Bob"].workplace == "Weir"
    assert [(one.name, len(one.boxes)) for one in layout.groups] == [("Weir", 1)]


@pytest.mark.parametrize("people", [0, 1, 5, 50, 500])
def test_a_vault_without_introductions_is_no_endless_row(network_of: MakeNetwork, people: int) -> None:
    layout = laid_out(network_of({f"P{number}.md": "type: contact" for number in range(people)}))
    assert len(layout.places) == people + 1
    if people >= 50:
        assert 0.8 < layout.width / layout.height < 2.5


def test_a_chain_of_five_thousand_goes_on_in_rows(network_of: MakeNetwork) -> None:
    notes = {f"P{n:04}.md": f'type: contact\nreferred_by: "[[P{n - 1:04}]]"' for n in range(1, 5000)}
    layout = laid_out(network_of({"P0000.md": "type: contact", **notes}))
    assert len(layout.strands) == 5000
    assert max(layout.width, layout.height) < 20_000


def test_a_star_of_five_thousand_has_several_columns(network_of: MakeNetwork) -> None:
    notes = {f"P{n:04}.md": 'type: contact\nreferred_by: "[[Ada]]"' for n in range(1, 5000)}
    layout = laid_out(network_of({"Ada.md": "type: contact", **notes}))
    assert 0.5 < layout.width / layout.height < 2
    assert max(layout.width, layout.height) < 20_000


def test_a_ring_begins_with_the_first_by_name(network_of: MakeNetwork) -> None:
    notes = {f"P{n}.md": f'type: contact\nreferred_by: "[[P{(n - 1) % 5}]]"' for n in range(5)}
    layout = laid_out(network_of(notes))
    assert [one.name for one in sorted(layout.places, key=lambda one: one.x)] == ["Me", "P0", "P1", "P2", "P3", "P4"]
    closing = strand_between(layout, "P4.md", "P0.md")
    assert not closing.backbone
    assert closing.bow
    assert max(one.y + one.height for one in layout.places) < max(y for _, y in closing.points) < layout.height


def test_a_further_referrer_in_the_next_column_keeps_to_the_gutter(network_of: MakeNetwork) -> None:
    notes = {
        "Ada.md": "type: contact",
        "Bob.md": "type: contact",
        "Cyd.md": 'type: contact\nreferred_by: ["[[Ada]]", "[[Bob]]"]',
    }
    layout = laid_out(network_of(notes))
    at = places(layout)
    strand = strand_between(layout, "Bob.md", "Cyd.md")
    left, right = at["Bob"].x + at["Bob"].width / 2, at["Cyd"].x - at["Cyd"].width / 2
    assert not strand.bow
    assert all(left <= x <= right for x, _ in strand.points)


def test_siblings_who_led_on_come_first_then_those_of_one_organization(network_of: MakeNetwork) -> None:
    by = 'type: contact\nreferred_by: "[[Ada]]"'
    workplaces = {"Cyd": "Weir", "Dot": "Weir", "Eve": "Mill", "Fay": "Mill", "Gus": "Bridge", "Hal": "Bridge"}
    notes = {
        "Ada.md": "type: contact",
        "Bob.md": by,
        **{f"{name}.md": f"{by}\norganization: {place}" for name, place in workplaces.items()},
        "Ian.md": by,
        "Joy.md": 'type: contact\nreferred_by: "[[Ian]]"',
    }
    at = places(laid_out(network_of(notes)))
    order = sorted((*workplaces, "Bob", "Ian"), key=lambda name: at[name].y)
    assert order == ["Ian", "Gus", "Hal", "Eve", "Fay", "Cyd", "Dot", "Bob"]


def test_a_label_holds_nothing_invisible_and_fits(hostile_network: Network) -> None:
    for place in laid_out(hostile_network).places:
        assert place.label
        assert all(row.isprintable() or "\u200d" in row for row in place.label), place.label
        assert len(place.label) <= 2
