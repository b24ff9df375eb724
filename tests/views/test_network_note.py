"""Network.md: the diagram, who led furthest, and which names wait."""

import re
from collections.abc import Mapping
from dataclasses import replace

from infoview_md.network.people import Network
from infoview_md.views.mermaid import MOST_PEOPLE
from infoview_md.views.network_note import network_note
from tests.agenda.vaults import agenda_of, moment

NOTES = """
=== Me.md
type: me
name: Imogen Clough
=== People/Ada.md
type: contact
=== People/Bob.md
type: contact
referred_by: "[[Ada]]"
=== Talks/t.md
type: interview
contact: "[[Ada]]"
date: 2026-11-12
referrals: ["[[Cyd]]", "[[Bob]]", "[[Dan]]"]
=== Out/r.md
type: request
contact: "[[Bob]]"
sent: 2026-11-16
"""


def written(notes: Mapping[str, str] | str, now: str = "2026-11-23") -> str:
    agenda = agenda_of(notes, now)
    stages = {one: standing.stage for one, standing in agenda.standings.items()}
    return network_note(agenda.network, stages, agenda.actions, moment(now))


def section(text: str, heading: str) -> list[str]:
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0].strip().splitlines()


def test_it_is_a_view_that_may_be_replaced() -> None:
    for notes in ("", NOTES):
        assert written(notes).startswith("---\ngenerated_by: infoview\n---\n")


def test_without_anybody_it_says_so() -> None:
    assert written("").endswith("\nNobody is in your network yet.\n")


def test_the_diagram_stands_in_a_fence_with_its_key() -> None:
    text = written(NOTES)
    assert text.count("```") == 2
    assert '\n```mermaid\nflowchart LR\n  n1{{"Imogen Clough"}}\n' in text
    assert "green: met, thanked, in-touch" in text


def test_who_led_you_furthest() -> None:
    assert section(written(NOTES), "Who led you furthest") == [
        "| Who | Gave you | Led to, in all |",
        "| --- | --- | --- |",
        "| [[People/Ada\\|Ada]] | [[People/Bob\\|Bob]], Cyd, Dan | 3 |",
    ]


def test_a_row_names_five_people_and_counts_the_others() -> None:
    notes = {"Ada.md": "type: contact", **{f"P{n}.md": 'type: contact\nreferred_by: "[[Ada]]"' for n in range(8)}}
    names = ", ".join(f"[[P{n}]]" for n in range(5))
    assert section(written(notes), "Who led you furthest")[2] == f"| [[Ada]] | {names}, 3 more | 8 |"


def test_which_names_wait_and_what_comes_next() -> None:
    assert section(written(NOTES), "Names you were given") == [
        "3 names: 1 you wrote to, 2 wait for you.",
        "",
        "| Waits for you | Given by | On | Stage | Next step | Due |",
        "| --- | --- | --- | --- | --- | --- |",
        "| Cyd | [[People/Ada\\|Ada]] | 2026-11-12 | identified | make a note about them | 2026-11-13 |",
        "| Dan | [[People/Ada\\|Ada]] | 2026-11-12 | identified | make a note about them | 2026-11-13 |",
    ]


def test_whoever_was_given_twice_has_one_row() -> None:
    notes = (
        NOTES
        + '=== People/Eve.md\ntype: contact\n=== People/Fay.md\ntype: contact\nreferred_by: ["[[Eve]]", "[[Ada]]"]\n'
    )
    rows = [one for one in section(written(notes), "Names you were given") if "[[People/Fay" in one]
    assert len(rows) == 1
    who = "[[People/Fay\\|Fay]] | [[People/Ada\\|Ada]], [[People/Eve\\|Eve]]"
    assert rows[0] == f"| {who} |  | identified | draft a request that names Ada and Eve |  |"


def test_when_no_name_waits_there_is_no_table() -> None:
    notes = {"Ada.md": "type: contact", "Bob.md": 'type: contact\nreferred_by: "[[Ada]]"\nlast_contact: 2026-11-01'}
    assert section(written(notes), "Names you were given") == ["1 name: 1 in touch."]


def test_whom_you_never_asked_for_a_name() -> None:
    notes = NOTES + '=== Talks/e.md\ntype: interview\ncontact: "[[Eve]]"\ndate: 2026-11-13\n'
    assert section(written(notes), "Whom you met, and never asked for a name") == ["- Eve"]


def test_how_far_you_are_at_each_organization() -> None:
    notes = {
        "People/Ada.md": "type: contact\norganization: A | B",
        "People/Bob.md": "type: contact\norganization: Mill",
        "People/Eve.md": "type: contact\norganization: Mill\nlast_contact: 2026-11-01",
        "Mill.md": "type: organization",
        "Empty.md": "type: organization",
    }
    assert section(written(notes), "Organizations") == [
        "2 organizations; somebody talked to you or answered at 1.",
        "",
        "| Organization | People | How far you are |",
        "| --- | --- | --- |",
        "| [[Mill]] | [[People/Bob\\|Bob]], [[People/Eve\\|Eve]] | in touch with somebody |",
        "| A \\| B | [[People/Ada\\|Ada]] | nobody asked yet |",
    ]


def test_it_is_the_same_on_another_day_unless_something_became_due() -> None:
    assert written(NOTES, "2026-11-17") == written(NOTES, "2026-11-20T18:00")


def test_people_who_are_only_counted_in_the_diagram_are_in_a_list() -> None:
    notes = {f"P{n:03}.md": 'type: contact\nreferred_by: "[[Zoë]]"\norganization: Mill' for n in range(MOST_PEOPLE + 1)}
    text = written({**notes, "Abe.md": "type: contact"})
    assert "\n53 people are only counted in the diagram. All are in the list at the end.\n" in text
    lines = section(text, "Everybody")
    assert (lines[0], lines[1], lines[-1]) == (
        "- Zoë (known)",
        "  - [[P000]], Mill (identified)",
        "- [[Abe]] (identified)",
    )
    assert len(lines) == len(notes) + 2
    assert section(written(NOTES), "Everybody") == []


def test_the_list_of_a_chain_of_five_thousand_is_of_bounded_depth() -> None:
    notes = {f"P{n:04}.md": f'type: contact\nreferred_by: "[[P{n - 1:04}]]"' for n in range(1, 5000)}
    text = written({"P0000.md": "type: contact", **notes})
    assert text.endswith("  " * 12 + "- … 4,988 more below\n")
    assert "\n… and 4,949 more: `infoview graph`.\n" in text


def test_whatever_the_names_are_every_row_has_its_cells(hostile_network: Network) -> None:
    contacts = {
        **hostile_network.contacts,
        **{f"Q{n}.md": replace(hostile_network.contacts["P0.md"], id=f"Q{n}.md") for n in range(MOST_PEOPLE)},
    }
    text = network_note(replace(hostile_network, contacts=contacts), {}, (), moment("2026-11-23"))
    outside = re.sub(r"```mermaid\n.*?\n```", "", text, flags=re.DOTALL)
    rows = [one for one in outside.splitlines() if one.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", one)) for one in rows} == {4, 7}
    assert not re.search(r"(?<!\\)<|\[\[[^\]]*[<`\n]", outside.replace("`infoview", ""))
    assert text.count("```") == 2
    assert not [char for char in "\t\r\x1b\x07\u202e\u200b\u2028\ud800" if char in text]
