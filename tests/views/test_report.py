import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from infoview_md.agenda.agenda import Action
from infoview_md.network.people import Network
from infoview_md.notes.findings import Finding, finding
from infoview_md.views.findings import finding_line, finding_lines, hint_line
from infoview_md.views.lines import Look, Segment, columns
from infoview_md.views.report import Overview, overview_lines

MakeNetwork = Callable[[Mapping[str, str]], Network]

TODAY = dt.date(2026, 11, 23)
NOTES = {
    "Me.md": "type: me\nname: Imogen Clough",
    "People/Ada.md": "type: contact\norganization: Mill",
    "People/Bob.md": 'type: contact\nreferred_by: "[[Ada]]"',
    "People/Cyd.md": 'type: contact\nreferred_by: "[[Bob]]"',
    "People/Author.md": "type: person",
    "Talks/t.md": 'type: interview\ncontact: "[[Bob]]"\ndate: 2026-11-10\nreferrals: ["[[Dan]]"]',
}


def overview_of(network: Network) -> Overview:
    return Overview(
        network=network,
        stages={"People/Ada.md": "in-touch", "People/Bob.md": "met", "People/Author.md": "known", "name:Dan": "met"},
        notes={"me": 1, "contact": 3, "person": 1, "request": 1, "update": 2, "interview": 1},
        changes={"added": 2, "modified": 0, "removed": 1, "unchanged": 4},
        today=TODAY,
    )


def printed(overview: Overview, look: Look | None = None) -> list[str]:
    return [str(one) for one in overview_lines(overview, look)]


def action_for(network: Network, ident: str, due: dt.date) -> Action:
    return Action(
        contact=network.contacts[ident],
        stage="met",
        rule="thank",
        text="send a thank-you",
        due=due,
        because="You talked.",
    )


def many_findings(count: int) -> list[Finding]:
    return [finding("bom", f"People/{number:02}.md", 1) for number in range(count)]


def test_the_report_says_where_one_stands(network_of: MakeNetwork) -> None:
    network = network_of(NOTES)
    overview = replace(
        overview_of(network),
        actions=(action_for(network, "People/Bob.md", TODAY),),
        findings=(finding("unrecorded", "Talks/t.md", 5, property_name="referrals", target="Dan", quoted="Dan"),),
    )
    assert printed(overview) == [
        "4 contacts (1 without a note yet), 1 organization, 3 referrals, 3 messages (1 request), 1 interview",
        "  2 met, 1 in-touch",
        "  1 other person is only known: in your notes, and nobody to write to",
        "Notes: 2 new, 1 gone.",
        "",
        "Imogen Clough (you)",
        "└─ Ada, Mill [in-touch]",
        "   └─ Bob [met]",
        "      ├─ Cyd",
        "      └─ Dan [met] (no note yet)",
        "",
        "Who led you furthest",
        "  Ada led you to Bob, and through them to 2 more",
        "  Bob led you to Cyd and Dan",
        "",
        "Due",
        "  today  Bob: send a thank-you",
        "",
        "Findings: 1 info",
        "Talks/t.md:5: info unrecorded referrals: there is no note about Dan yet",
        "  record them: infoview new contact Dan",
    ]


def test_an_empty_vault_is_told_how_to_begin(network_of: MakeNetwork) -> None:
    overview = Overview(network=network_of({}), stages={}, notes={}, changes={}, today=TODAY)
    assert printed(overview) == [
        "0 contacts, 0 organizations, 0 referrals, 0 messages (0 requests), 0 interviews",
        "No note has changed.",
        "",
        'Nobody is in your network yet. Begin with: infoview new contact "Their Name"',
        "",
        "Nothing is due.",
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"added": 60}, "60 notes read."),
        ({"added": 1}, "1 note read."),
        ({"unchanged": 60}, "No note has changed."),
        ({"added": 1, "modified": 2, "removed": 3, "unchanged": 4}, "Notes: 1 new, 2 changed, 3 gone."),
        ({"modified": 2}, "Notes: 2 changed."),
        ({"added": 1, "modified": 1}, "Notes: 1 new, 1 changed."),
    ],
)
def test_what_changed_in_words(network_of: MakeNetwork, changes: dict[str, int], words: str) -> None:
    assert words in printed(replace(overview_of(network_of(NOTES)), changes=changes))


def test_the_stages_come_in_their_order_and_break_between_words(network_of: MakeNetwork) -> None:
    network = network_of(NOTES)
    stages = dict(zip(network.contacts, ("resting", "known", "drafted", "met", "in-touch"), strict=True))
    lines = printed(replace(overview_of(network), stages=stages), Look(width=26))
    assert lines[1:3] == ["  1 drafted, 1 met,", "  1 in-touch, 1 resting"]


def test_a_large_network_fills_one_screen_with_those_who_led_to_the_most(network_of: MakeNetwork) -> None:
    notes = {f"A{number:02}.md": "type: contact" for number in range(20)}
    notes |= {f"B{number:03}.md": f'type: contact\nreferred_by: "[[A{number % 20:02}]]"' for number in range(200)}
    lines = printed(overview_of(network_of(notes)))
    tree = lines[lines.index("You") : lines.index("Who led you furthest")]
    assert len(tree[:-2]) == 30
    assert {f"A{number:02}" for number in range(20)} <= {one.split()[1] for one in tree if one[:1] in ("├", "└")}
    assert tree[-2] == "… everybody: infoview graph --all"


def test_a_small_network_is_shown_whole_and_nothing_is_said_of_more(network_of: MakeNetwork) -> None:
    network = network_of({f"A{number:02}.md": "type: contact" for number in range(20)})
    lines = printed(overview_of(network))
    assert "└─ A19" in lines
    assert not any("everybody" in one for one in lines)


def test_a_height_of_the_callers_stands(network_of: MakeNetwork) -> None:
    network = network_of({f"A{number:02}.md": "type: contact" for number in range(20)})
    lines = printed(overview_of(network), Look(height=4))
    start = lines.index("You")
    assert lines[start : start + 4] == ["You", "├─ A00", "├─ A01", "└─ … and 18 more"]


def test_only_the_three_best_connectors_are_named_and_of_theirs_three(network_of: MakeNetwork) -> None:
    notes = {f"{by}.md": "type: contact" for by in "ABCD"}
    for by, count in (("A", 6), ("B", 4), ("C", 2), ("D", 1)):
        notes |= {f"{by}{number}.md": f'type: contact\nreferred_by: "[[{by}]]"' for number in range(count)}
    lines = printed(overview_of(network_of(notes)))
    start = lines.index("Who led you furthest")
    assert lines[start + 1 : start + 5] == [
        "  A led you to A0, A1, A2 and 3 more",
        "  B led you to B0, B1, B2 and B3",
        "  C led you to C0 and C1",
        "",
    ]


def test_a_finding_is_one_line() -> None:
    odd = finding("bad-name", "People/A\nB\x1b[2J.md", 3)
    assert str(finding_line(odd)) == (
        "People/A\\nB\\x1b[2J.md:3: warning bad-name the name is only blanks or punctuation"
    )
    assert str(hint_line(odd)) == "  write the person's name"


def test_a_finding_about_a_whole_file_stands_on_its_first_line() -> None:
    assert str(finding_line(finding("empty-note", "Ada.md"))).startswith("Ada.md:1: info empty-note ")


def test_the_severity_has_its_style() -> None:
    assert Segment("warning", "warning") in finding_line(finding("bad-name", "Ada.md", 3)).segments
    assert Segment("error", "error") in finding_line(finding("utf16", "Ada.md", 1)).segments


def test_findings_of_one_kind_share_what_to_do_and_errors_come_first() -> None:
    found = [
        finding("bom", "B.md", 9),
        finding("bom", "B.md", 1),
        finding("bom", "A.md", 1),
        finding("utf16", "Z.md", 1),
    ]
    assert [str(one) for one in finding_lines(found)] == [
        "Findings: 1 error, 3 info",
        "Z.md:1: error utf16 the note is UTF-16, not UTF-8",
        "  save it as UTF-8 in your editor",
        "A.md:1: info bom the note begins with a byte order mark",
        "B.md:1: info bom the note begins with a byte order mark",
        "B.md:9: info bom the note begins with a byte order mark",
        "  nothing to do; it is kept",
    ]


def test_many_findings_are_left_to_the_check(network_of: MakeNetwork) -> None:
    lines = printed(replace(overview_of(network_of(NOTES)), findings=tuple(many_findings(14))))
    assert sum(" bom " in one for one in lines) == 10
    assert lines[-1] == "… and 4 more: infoview check"
    assert len(finding_lines(many_findings(14))) == 16


def test_without_findings_nothing_is_said_of_them() -> None:
    assert finding_lines([]) == []


def test_letters_only_means_ascii_only(network_of: MakeNetwork) -> None:
    network = network_of(NOTES)
    actions = tuple(action_for(network, "People/Bob.md", TODAY) for _ in range(9))
    overview = replace(overview_of(network), actions=actions, findings=tuple(many_findings(14)))
    assert "".join(printed(overview, Look(ascii_only=True, height=2))).isascii()


def test_the_lines_fit_whatever_the_names(hostile_network: Network) -> None:
    lines = printed(Overview(network=hostile_network, stages={}, notes={}, changes={}, today=TODAY), Look(width=80))
    tree = lines[lines.index("You") : lines.index("Who led you furthest")]
    assert max(map(columns, tree)) <= 80
    assert not [char for char in "\n\x1b\x07\u202e\ud800" if char in "".join(lines)]
