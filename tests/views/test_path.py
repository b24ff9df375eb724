import datetime as dt
import json
from collections.abc import Callable, Mapping

import pytest

from infoview_md.agenda.approach import first_move
from infoview_md.agenda.making import make_agenda
from infoview_md.network.index import Changes, Index
from infoview_md.network.people import Network
from infoview_md.network.warmth import WARMTH, warmest_chains
from infoview_md.notes.reading import read_note
from infoview_md.notes.records import Settings
from infoview_md.notes.text import visible
from infoview_md.views.lines import Look
from infoview_md.views.path import Route, path_lines
from infoview_md.views.shapes import path_shape, to_json

MakeNetwork = Callable[[Mapping[str, str]], Network]

NOW = dt.datetime(2026, 11, 23, 9, 0)


def route_to(network: Network, target: str) -> Route:
    """The way to a contact or an organization, by its id."""
    agenda = make_agenda(network, Settings(), NOW)
    wanted = network.contacts.get(target) or network.organizations[target]
    chains = warmest_chains(network, target, NOW)
    return Route(
        network=network,
        target=wanted,
        chains=chains,
        first=first_move(wanted, chains, agenda),
        stages={ident: one.stage for ident, one in agenda.standings.items()},
        today=NOW.date(),
    )


def shown(route: Route, look: Look | None = None) -> list[str]:
    return [str(one) for one in path_lines(route, look)]


NOTES = {
    "Me.md": "type: me\nname: Imogen",
    "Ada.md": "type: contact\norganization: Mill",
    "Bob.md": "type: contact\norganization: Mill\nconnection: sings in my choir.",
    "Cyd.md": 'type: contact\nreferred_by: "[[Gus]]"',
    "Eve.md": "type: person\norganization: Weir",
    "Fay.md": "type: contact\norganization: Weir",
    "talk.md": 'type: interview\ncontact: "[[Ada]]"\ndate: 2025-11-02\nreferrals: "[[Dan]]"',
    "letter.md": 'type: request\ncontact: "[[Hal]]"\nsent: 2026-11-02',
}


def test_each_step_has_its_reason_and_its_notes(network_of: MakeNetwork) -> None:
    assert shown(route_to(network_of(NOTES), "name:Dan")) == [
        "Dan [identified] (no note yet)",
        "",
        "The warmest way",
        "  1. You talked to Ada on 2 November 2025.",
        "       talk.md",
        "  2. Ada gave you Dan.",
        "       talk.md",
        "",
        "Do first",
        "  Dan: make a note about them",
        "    Ada named them on 2 November 2025, and there is no note about them.",
        '    infoview new contact "Dan"',
    ]


@pytest.mark.parametrize(
    ("target", "lines"),
    [
        ("Ada.md", ["You need no introduction", "  1. You talked to Ada on 2 November 2025."]),
        ("Bob.md", ["The warmest way", "  2. Ada and Bob both work at Mill."]),
        ("Bob.md", ["Other ways", "  - Something links you to Bob: sings in my choir."]),
        ("Cyd.md", ["The warmest way", "  1. Gus gave you Cyd; no note tells of a talk.", "  2. Gus gave you Cyd."]),
        ("Fay.md", ["  1. You keep a note about Eve, and may know them.", "  2. Eve and Fay both work at Weir."]),
        (
            "name:Hal",
            [
                "Nobody you know leads there yet, so on your own",
                "  1. You wrote to Hal on 2 November; there is no answer.",
            ],
        ),
        ("organization:Mill", ["Mill (organization)", "  2. Ada works at Mill."]),
        ("organization:Mill", ["  - Something links you to Bob: sings in my choir. Bob works at Mill."]),
    ],
)
def test_every_kind_of_step_is_a_sentence(network_of: MakeNetwork, target: str, lines: list[str]) -> None:
    found = shown(route_to(network_of(NOTES), target))
    assert [one for one in lines if one not in found] == []


def test_a_note_that_names_two_together_is_a_step() -> None:
    notes = {
        "Me.md": "---\ntype: me\n---\nI went to school with [[Ada]].",
        "Ada.md": "---\ntype: contact\n---\nKnows [[Mill]].",
        "Mill.md": "---\ntype: organization\n---\n",
        "Bob.md": '---\ntype: contact\norganization: "[[Mill]]"\n---\n',
    }
    network = (
        Index().apply(Changes(read={path: read_note(path, text.encode()) for path, text in notes.items()})).network
    )
    assert shown(route_to(network, "Bob.md"))[3:9] == [
        "  1. Your profile names Ada.",
        "       Me.md",
        "  2. A note names Ada and Mill together.",
        "       Ada.md",
        "  3. Bob works at Mill.",
        "       Bob.md",
    ]


def test_what_is_done_in_a_note_names_the_note(network_of: MakeNetwork) -> None:
    talk = {"talk.md": 'type: interview\ncontact: "[[Bob]]"\ndate: 2026-11-20\nreferrals: "[[Notes on Ada]]"'}
    network = network_of({**talk, "Notes on Ada.md": "mood: fine"})
    assert shown(route_to(network, "Notes on Ada.md"))[-3:] == [
        "  Notes on Ada: mend their note, or give it the property `type: contact`",
        "    Bob named them on 20 November; their note is broken, or does not say that it is about a person.",
        "    in talk.md",
    ]


def test_where_nobody_leads_the_answer_says_so(network_of: MakeNetwork) -> None:
    strangers = {f"P{number}.md": "type: contact\norganization: Mill" for number in range(8)}
    network = network_of(strangers)
    assert shown(route_to(network, "P0.md"))[2:4] == [
        "Nobody you know leads to P0 yet.",
        "Nor do you know anybody else at Mill: P1, P2, P3, P4, P5 and 2 more.",
    ]
    assert shown(route_to(network, "organization:Mill"))[2:4] == [
        "Nobody you know leads to Mill yet.",
        "You know none of those who work there: P0, P1, P2, P3, P4 and 3 more.",
    ]


def test_of_many_notes_the_first_are_named(network_of: MakeNetwork) -> None:
    talks = {f"talk {n}.md": f'type: interview\ncontact: "[[Ada]]"\ndate: 2026-10-0{n}' for n in range(1, 6)}
    lines = shown(route_to(network_of({"Ada.md": "type: contact", **talks}), "Ada.md"))
    assert lines[4:8] == ["       talk 1.md", "       talk 2.md", "       talk 3.md", "       and 2 more"]


def test_other_ways_are_broken_between_sentences(network_of: MakeNetwork) -> None:
    lines = shown(route_to(network_of(NOTES), "organization:Mill"), Look(width=40))
    at = lines.index("  - Something links you to Bob: sings in my choir.")
    assert lines[at + 1] == "    Bob works at Mill."


def test_the_shape_is_plain_data_for_every_kind_of_step(network_of: MakeNetwork) -> None:
    network = network_of(NOTES)
    kinds = set()
    for target in (*network.contacts, *network.organizations):
        read = json.loads(to_json(path_shape(route_to(network, target))))
        assert list(read) == ["name", "kind", "path", "stage", "chains", "people", "first"]
        assert (read["kind"] == "contact") == (read["stage"] is not None)
        for chain in read["chains"]:
            assert [step["from"] for step in chain["steps"]] == ["me", *(step["to"] for step in chain["steps"][:-1])]
            assert chain["steps"][-1]["to"] == target
            kinds |= {step["kind"] for step in chain["steps"]}
    assert kinds <= set(WARMTH)


def test_a_name_cannot_break_a_line(hostile_network: Network) -> None:
    for ident in hostile_network.contacts:
        for one in shown(route_to(hostile_network, ident)):
            assert (visible(one), one.splitlines()) == (one, [one] if one else [])
