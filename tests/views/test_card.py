import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

from infoview_md.agenda.agenda import Action
from infoview_md.network.people import Network
from infoview_md.notes.findings import finding
from infoview_md.views.card import Card, card_lines, findings_about, properties_of
from infoview_md.views.lines import Look

MakeNetwork = Callable[[Mapping[str, str]], Network]

NOW = dt.datetime(2026, 11, 23, 9, 0)
NOTES = {
    "People/Ada.md": """type: contact
organization: Mill
role: Engineer
email: ada@example.org
referred_by: ["[[Zed]]", "[[Bob]]"]
keep_in_touch: 60
tags: [rivers, gauges]
mood: [hopeful, wet]
likes:
  cake: true
  rain: false""",
    "Out/1.md": 'type: request\ncontact: "[[Ada]]"\nsent: 2026-11-02\nreplied: 2026-11-04\nreply: accepted',
    "Out/2.md": 'type: thank-you\ncontact: "[[Ada]]"\nsent:',
    "Talks/1.md": (
        'type: interview\ncontact: "[[Ada]]"\ndate: 2026-11-10T14:30:00\nmedium: video\nreferrals: ["[[Eve]]"]'
    ),
}


def card_of(network: Network, ident: str = "People/Ada.md") -> Card:
    return Card(network=network, contact=network.contacts[ident], now=NOW, stage="met", because="You talked.")


def printed(card: Card, look: Look | None = None) -> list[str]:
    return [str(one) for one in card_lines(card, look)]


def test_a_card_shows_one_person_on_one_screen(network_of: MakeNetwork) -> None:
    network = network_of(NOTES)
    ada = network.contacts["People/Ada.md"]
    action = Action(
        contact=ada,
        stage="met",
        rule="r",
        text="thank them",
        due=NOW.date(),
        because="You talked.",
        command="infoview x",
    )
    card = replace(card_of(network), actions=(action,), findings=(finding("bom", "People/Ada.md", 1),))
    assert printed(card) == [
        "Ada [met]",
        "Engineer at Mill",
        "People/Ada.md",
        "You talked.",
        "",
        "email          ada@example.org",
        "keep_in_touch  60",
        "tags           rivers, gauges",
        "mood           hopeful, wet",
        "likes          cake: yes, rain: no",
        "",
        "What happened",
        "  2026-11-02  asked for an interview  Out/1.md",
        "  2026-11-04  they said yes           Out/1.md",
        "  2026-11-10  interview (video)       Talks/1.md",
        "  2026-11-10  they named Eve          Talks/1.md",
        "              thank-you drafted       Out/2.md",
        "",
        "Given to you by: Zed (no note yet), Bob (no note yet)",
        "Gave you: Eve (no note yet)",
        "",
        "Next",
        "  today: thank them",
        "    You talked.",
        "    infoview x",
        "",
        "Findings: 1 info",
        "People/Ada.md:1: info bom the note begins with a byte order mark",
        "  nothing to do; it is kept",
    ]


def test_the_card_of_somebody_without_a_note_says_so(network_of: MakeNetwork) -> None:
    assert printed(card_of(network_of(NOTES), "name:Eve")) == [
        "Eve [met] (no note yet)",
        "You talked.",
        "",
        "What happened",
        "  2026-11-10  Ada gave you their name  Talks/1.md",
        "",
        "Given to you by: Ada",
        "",
        "Nothing is to be done for now.",
    ]


def test_the_card_of_somebody_whose_note_cannot_be_read_does_not_say_that_there_is_none(
    network_of: MakeNetwork,
) -> None:
    network = network_of(NOTES | {"People/Eve.md": "type: contact\nwhy: [rivers"})
    eve = next(one for one in network.contacts.values() if one.name == "Eve")
    assert printed(card_of(network, eve.id))[:2] == [
        "Eve [met] (nothing is read from their note)",
        "People/Eve.md",
    ]


def test_the_properties_are_those_that_the_note_has_in_the_order_of_the_format(network_of: MakeNetwork) -> None:
    network = network_of(NOTES)
    names = ["name", "organization", "role", "email", "referred_by", "keep_in_touch", "tags", "mood", "likes"]
    assert sorted(properties_of(network.contacts["People/Ada.md"])) == sorted(names)
    assert list(properties_of(network.contacts["People/Ada.md"]))[-2:] == ["mood", "likes"]
    assert properties_of(network.contacts["name:Eve"]) == {}


def test_a_long_history_shows_its_latest_part(network_of: MakeNetwork) -> None:
    notes = {f"{n:02}.md": f'type: update\ncontact: "[[Ada]]"\nsent: 2026-10-{n:02}' for n in range(1, 21)}
    lines = printed(card_of(network_of(notes), "name:Ada"))
    start = lines.index("What happened")
    assert lines[start + 1] == "  … 8 earlier"
    assert lines[start + 2].startswith("  2026-10-09")


def test_one_earlier_event_is_shown_rather_than_counted(network_of: MakeNetwork) -> None:
    notes = {f"{n:02}.md": f'type: update\ncontact: "[[Ada]]"\nsent: 2026-10-{n:02}' for n in range(1, 14)}
    lines = printed(card_of(network_of(notes), "name:Ada"))
    assert lines[lines.index("What happened") + 1] == "  2026-10-01  sent an update  01.md"


def test_a_long_row_of_names_is_cut(network_of: MakeNetwork) -> None:
    names = ", ".join(f'"[[Somebody {number:03}]]"' for number in range(200))
    network = network_of({"Talks/t.md": f'type: interview\ncontact: "[[Ada]]"\nreferrals: [{names}]'})
    cut_short = next(one for one in printed(card_of(network, "name:Ada")) if one.startswith("Gave you: "))
    assert len(cut_short) < 250
    assert cut_short.endswith("…")
    whole = next(one for one in printed(card_of(network, "name:Ada"), Look(width=None)) if one.startswith("Gave you"))
    assert whole.endswith("Somebody 199 (no note yet)")


def test_many_unknown_properties_are_counted(network_of: MakeNetwork) -> None:
    block = "type: contact\n" + "\n".join(f"p{number:02}: x" for number in range(20))
    lines = printed(card_of(network_of({"People/Ada.md": block})))
    assert "p07  x" in lines
    assert "p08  x" not in lines
    assert "… and 12 more properties" in lines


def test_long_values_and_odd_letters_stay_on_their_lines(network_of: MakeNetwork) -> None:
    block = f'type: contact\nwhy: "{"very " * 60}"\nconnection: "one\\ntwo\\u202e\\x1b[2J"\n"odd\\nname": 1'
    lines = printed(card_of(network_of({"People/Ada.md": block})), Look(width=60, ascii_only=True))
    assert "connection  one two\\u202e\\x1b[2J" in lines
    assert any(one.startswith("why         very") and one.endswith("...") and len(one) <= 60 for one in lines)
    assert not [one for one in lines if "\n" in one]


def test_the_findings_about_a_contact_are_those_in_notes_that_name_them(network_of: MakeNetwork) -> None:
    network = network_of({**NOTES, "People/Bob.md": "type: contact"})
    found = [finding("bom", path, 1) for path in ("People/Bob.md", "People/Ada.md", "Talks/1.md", "Out/9.md")]
    about = findings_about(network.contacts["People/Ada.md"], found)
    assert [one.path for one in about] == ["People/Ada.md", "Talks/1.md"]
