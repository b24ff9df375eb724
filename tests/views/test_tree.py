import random
import re
from collections.abc import Callable, Mapping

import pytest

from infoview_md.network.people import Network
from infoview_md.views.lines import Look, columns
from infoview_md.views.tree import referral_tree

MakeNetwork = Callable[[Mapping[str, str]], Network]

FAMILY = {
    "Me.md": "type: me\nname: Imogen Clough",
    "People/Ada.md": "type: contact\norganization: Mill",
    "People/Bob.md": 'type: contact\nreferred_by: "[[Ada]]"',
    "People/Cyd.md": 'type: contact\nreferred_by: ["[[Bob]]", "[[Ada]]"]',
    "People/Abe.md": "type: contact",
    "Talks/t.md": 'type: interview\ncontact: "[[Ada]]"\nreferrals: ["[[Dan]]"]',
}
STAGES = {"People/Ada.md": "met", "People/Bob.md": "in-touch"}


def chain(length: int) -> dict[str, str]:
    notes = {f"P{n:04}.md": f'type: contact\nreferred_by: "[[P{n - 1:04}]]"' for n in range(1, length)}
    return {"P0000.md": "type: contact", **notes}


def drawn(network: Network, look: Look | None = None, stages: Mapping[str, str] | None = None) -> list[str]:
    return [str(one) for one in referral_tree(network, stages or {}, look)]


def test_the_user_is_the_root_and_those_who_led_on_come_first(network_of: MakeNetwork) -> None:
    assert drawn(network_of(FAMILY), stages=STAGES) == [
        "Imogen Clough (you)",
        "├─ Ada, Mill [met]",
        "│  ├─ Bob [in-touch]",
        "│  │  └─ Cyd (also from Ada)",
        "│  └─ Dan (no note yet)",
        "└─ Abe",
    ]


def test_whose_note_says_nothing_is_told_from_who_has_none(network_of: MakeNetwork) -> None:
    notes = {**FAMILY, "Dan.md": "type: recipe"}
    assert "│  └─ Dan (nothing is read from their note)" in drawn(network_of(notes), stages=STAGES)


def test_it_can_be_drawn_with_letters_only(network_of: MakeNetwork) -> None:
    assert drawn(network_of(FAMILY), Look(ascii_only=True, height=2), STAGES) == [
        "Imogen Clough (you)",
        "`- ... and 5 more",
    ]
    assert drawn(network_of(FAMILY), Look(ascii_only=True, depth=1), STAGES) == [
        "Imogen Clough (you)",
        "|- Ada, Mill [met] ... and 3 more below",
        "`- Abe",
    ]


def test_without_a_profile_the_root_is_you(network_of: MakeNetwork) -> None:
    assert drawn(network_of({})) == ["You"]


def test_a_long_row_is_folded_where_there_is_no_room_for_it(network_of: MakeNetwork) -> None:
    network = network_of({f"P{number:02}.md": "type: contact" for number in range(15)})
    assert drawn(network, Look(height=5)) == ["You", "├─ P00", "├─ P01", "├─ P02", "└─ … and 12 more"]
    assert len(drawn(network)) == 16


def test_whoever_is_folded_away_counts_with_all_below(network_of: MakeNetwork) -> None:
    notes = {f"P{number}.md": "type: contact" for number in range(3)}
    notes |= {f"Q{number}.md": f'type: contact\nreferred_by: "[[P{number}]]"' for number in range(3)}
    assert drawn(network_of(notes), Look(height=3)) == ["You", "├─ P0 … and 1 more below", "└─ … and 4 more"]


def test_a_chain_of_five_thousand_is_folded_below_the_depth(network_of: MakeNetwork) -> None:
    lines = drawn(network_of(chain(5000)), Look(depth=10))
    assert len(lines) == 11
    assert lines[10] == "   " * 9 + "└─ P0009 … and 4,990 more below"


def test_where_not_all_fit_the_room_is_for_those_who_led_to_the_most(network_of: MakeNetwork) -> None:
    notes = {f"P{number}.md": "type: contact" for number in range(4)}
    notes |= {f"Q{number}.md": 'type: contact\nreferred_by: "[[P3]]"' for number in range(3)}
    notes["R.md"] = 'type: contact\nreferred_by: "[[Q2]]"'
    network = network_of(notes)
    assert drawn(network, Look(height=3)) == ["You", "├─ P3 … and 4 more below", "└─ … and 3 more"]
    assert drawn(network, Look(height=5)) == [
        "You",
        "├─ P3",
        "│  ├─ Q2 … and 1 more below",
        "│  └─ … and 2 more",
        "└─ … and 3 more",
    ]
    assert len(drawn(network, Look(height=9))) == 9


def test_one_person_is_shown_rather_than_counted_in_a_folded_tree(network_of: MakeNetwork) -> None:
    notes = {
        "P.md": "type: contact",
        "Q.md": 'type: contact\nreferred_by: "[[P]]"',
        "Z.md": 'type: contact\nreferred_by: "[[P]]"',
    }
    notes |= {f"R{number}.md": 'type: contact\nreferred_by: "[[Q]]"' for number in range(3)}
    assert drawn(network_of(notes), Look(height=4)) == ["You", "└─ P", "   ├─ Q … and 3 more below", "   └─ Z"]


@pytest.mark.parametrize("height", [1, 2, 3, 7, 20, 60])
def test_a_tree_is_never_higher_than_the_room_and_counts_everybody(network_of: MakeNetwork, height: int) -> None:
    chance = random.Random(height)
    notes = {"P0.md": "type: contact"}
    for number in range(1, 50):
        by = chance.choice(["", f'\nreferred_by: "[[P{chance.randrange(number)}]]"'])
        notes[f"P{number}.md"] = f"type: contact{by}"
    lines = drawn(network_of(notes), Look(height=height))
    assert len(lines) <= max(height, 2)
    counted = sum(int(found[1]) for one in lines if (found := re.search(r"… and (\d+) more", one)))
    assert sum("P" in one for one in lines) + counted == 50


def test_the_depth_follows_the_width_when_nobody_says(network_of: MakeNetwork) -> None:
    network = network_of(chain(60))
    for width in (40, 80, 200):
        assert max(map(columns, drawn(network, Look(width=width)))) <= width
    assert len(drawn(network, Look(width=None))) < 40


def test_a_ring_is_drawn_once_and_named(network_of: MakeNetwork) -> None:
    network = network_of(
        {"Ada.md": 'type: contact\nreferred_by: "[[Bob]]"', "Bob.md": 'type: contact\nreferred_by: "[[Ada]]"'}
    )
    assert drawn(network) == ["You", "└─ Ada (in a ring with Bob)", "   └─ Bob"]


def test_somebody_who_refers_themselves_is_drawn_once(network_of: MakeNetwork) -> None:
    assert drawn(network_of({"Ada.md": 'type: contact\nreferred_by: "[[Ada]]"'})) == ["You", "└─ Ada"]


def test_several_further_referrers_are_counted(network_of: MakeNetwork) -> None:
    network = network_of({"Eve.md": 'type: contact\nreferred_by: ["[[Ada]]", "[[Bob]]", "[[Cyd]]", "[[Dan]]"]'})
    assert "   └─ Eve (also from Bob and 2 more)" in [one.replace("│", " ") for one in drawn(network)]


def test_two_further_referrers_are_one_and_one_more(network_of: MakeNetwork) -> None:
    network = network_of({"Eve.md": 'type: contact\nreferred_by: ["[[Ada]]", "[[Bob]]", "[[Cyd]]"]'})
    assert any(one.endswith("Eve (also from Bob and 1 more)") for one in drawn(network))


def test_whoever_has_a_note_stands_out(network_of: MakeNetwork) -> None:
    lines = referral_tree(network_of(FAMILY), {})
    styles = {one.segments[1].text: one.segments[1].style for one in lines[1:]}
    assert (styles["Ada"], styles["Dan"]) == ("strong", "plain")


def test_a_long_name_is_cut_and_its_stage_is_not(network_of: MakeNetwork) -> None:
    network = network_of({"Ada.md": f"type: contact\nname: {'Ada ' * 80}\norganization: {'Mill ' * 40}"})
    lines = drawn(network, Look(width=60), {"Ada.md": "waiting"})
    assert columns(lines[1]) <= 60
    assert lines[1].endswith("… [waiting]")
    assert len(drawn(network, Look(width=None), {})[1]) > 300


def test_the_organization_goes_before_the_name_is_cut(network_of: MakeNetwork) -> None:
    network = network_of({"A.md": "type: contact\nname: Augusta Ada King Countess of Lovelace\norganization: Mill"})
    assert drawn(network, Look(width=43), {}) == ["You", "└─ Augusta Ada King Countess of Lovelace"]
    assert drawn(network, Look(width=46), {}) == ["You", "└─ Augusta Ada King Countess of Lovelace, Mill"]


def test_a_name_can_neither_break_a_line_nor_steer_a_terminal(hostile_network: Network) -> None:
    lines = drawn(hostile_network, Look(width=None))
    assert len(lines) == 1 + len(hostile_network.contacts)
    text = "".join(lines)
    assert not [char for char in "\n\t\r\x1b\x07\u202e\u200b\u2028\ud800" if char in text]
    assert "Ada\\nLovelace" in text


def test_names_in_wide_letters_fit_too(hostile_network: Network) -> None:
    assert max(map(columns, drawn(hostile_network, Look(width=80)))) <= 80
