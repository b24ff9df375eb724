"""The agenda as a whole: its order, its filters, what it says, and the commands it names."""

import pytest

from infoview_md.agenda.agenda import Action
from tests.agenda.vaults import agenda_of, day

THREE = """
=== Ada.md
type: contact
organization: Engines
=== Babbage.md
type: contact
organization: "[[Looms]]"
=== Clement.md
type: contact
=== Looms.md
type: organization
name: The Looms
aliases: [Looms & Sons]
=== a.md
type: request
contact: "[[Ada]]"
sent: 2026-11-16
=== b.md
type: request
contact: "[[Babbage]]"
sent: 2026-11-02
"""


def only(notes: str, now: str = "2026-11-23", name: str = "Ada") -> Action:
    (action,) = (one for one in agenda_of(notes, now).actions if one.contact.name == name)
    return action


def test_what_is_overdue_comes_first_and_is_always_there() -> None:
    agenda = agenda_of(THREE, "2026-11-23")
    assert [one.contact.name for one in agenda.actions] == ["Babbage", "Clement", "Ada"]
    assert [one.contact.name for one in agenda.due(within=0)] == ["Babbage", "Clement"]
    assert [one.contact.name for one in agenda.due(within=1)] == ["Babbage", "Clement"]
    assert [one.contact.name for one in agenda.due(within=2)] == ["Babbage", "Clement", "Ada"]
    assert [one.contact.name for one in agenda.due()] == ["Babbage", "Clement", "Ada"]
    assert [one.contact.name for one in agenda.overdue] == ["Babbage"]


def test_days_overdue_are_counted_from_the_due_day() -> None:
    (babbage,) = agenda_of(THREE, "2026-11-23").for_contact("Babbage.md")
    assert babbage.due == day("2026-11-11")
    assert babbage.overdue_days(day("2026-11-23")) == 12
    assert babbage.overdue_days(day("2026-11-11")) == 0
    assert babbage.overdue_days(day("2026-11-10")) == 0


def test_the_list_can_be_narrowed_to_stages_and_an_organization() -> None:
    agenda = agenda_of(THREE, "2026-11-23")
    assert [one.contact.name for one in agenda.due(stage="waiting")] == ["Babbage", "Ada"]
    assert [one.contact.name for one in agenda.due(stage="identified, waiting")] == ["Babbage", "Clement", "Ada"]
    assert not agenda.due(stage="met")
    assert [one.contact.name for one in agenda.due(organization="engines")] == ["Ada"]
    assert [one.contact.name for one in agenda.due(organization="The Looms")] == ["Babbage"]
    assert [one.contact.name for one in agenda.due(organization="looms & sons")] == ["Babbage"]
    assert not agenda.due(organization="Loom")


def test_an_action_says_what_why_and_how() -> None:
    (babbage,) = agenda_of(THREE, "2026-11-23").for_contact("Babbage.md")
    assert babbage == Action(
        contact=babbage.contact,
        stage="waiting",
        rule="follow-up",
        text="send a follow-up",
        due=day("2026-11-11"),
        because="You wrote on 2 November, and there is no answer.",
        note="b.md",
        command='infoview new follow-up "Babbage"',
    )


def test_on_one_day_what_belongs_to_an_interview_comes_first() -> None:
    notes = """
=== Ada.md
type: contact
=== Babbage.md
type: contact
=== i.md
type: interview
contact: "[[Babbage]]"
date: 2026-11-24
=== p.md
type: prep
contact: "[[Babbage]]"

==✎ why==
"""
    rules = [(one.rule, one.note) for one in agenda_of(notes, "2026-11-23").actions]
    assert rules == [("confirm", "i.md"), ("finish-prep", "p.md"), ("draft-request", "Ada.md")]


def test_what_no_note_gives_a_day_to_is_due_today_and_says_so() -> None:
    assert only("=== Ada.md\ntype: contact").any_day
    assert not only("=== Ada.md\ntype: contact\nfollow_up: 2026-11-23").any_day
    assert not only('=== Ada.md\ntype: contact\n=== r.md\ntype: request\ncontact: "[[Ada]]"\nsent: 2026-11-02').any_day


BECAUSE = [
    (
        '=== p.md\ntype: prep\ncontact: "[[Ada]]"',
        "One of your notes named them, and there is no note about them.",
        "p.md",
    ),
    (
        (
            '=== Ada.md\ntype: contact\n=== i.md\ntype: interview\ncontact: "[[Grace]]"\ndate: 2026-11-16\n'
            'referrals: "[[Ada]]"\nmay_mention: false\n=== Grace.md\ntype: contact'
        ),
        "Grace gave you their name on 16 November, and asked not to be named.",
        "i.md",
    ),
    (
        (
            "=== Ada.md\ntype: contact\norganization: Engines\n=== Mary.md\ntype: contact\norganization: Engines\n"
            '=== r.md\ntype: request\ncontact: "[[Mary]]"\nsent: 2026-11-16'
        ),
        "Mary, at the same organization, was asked on 16 November and has not answered.",
        "r.md",
    ),
    (
        (
            '=== Ada.md\ntype: contact\n=== r.md\ntype: request\ncontact: "[[Ada]]"\nsent: 2026-11-02\n'
            '=== f.md\ntype: follow-up\ncontact: "[[Ada]]"\nchannel: email\n\n==✎ a=='
        ),
        "You wrote on 2 November, and there is no answer. The follow-up is drafted; 1 fill-in is left.",
        "f.md",
    ),
    (
        '=== Ada.md\ntype: contact\n=== r.md\ntype: request\ncontact: "[[Ada]]"\nsent: 2026-12-01',
        "The request is drafted, to go out on 1 December.",
        "r.md",
    ),
    (
        (
            '=== Ada.md\ntype: contact\n=== r.md\ntype: request\ncontact: "[[Ada]]"\nsent: 2026-11-02\n'
            "replied: 2026-11-03\nreply: later\nlater_on: 2026-12-01"
        ),
        "On 3 November they asked you to write again on 1 December.",
        "r.md",
    ),
]


@pytest.mark.parametrize(("notes", "because", "note"), BECAUSE, ids=[row[1] for row in BECAUSE])
def test_an_action_says_why_in_plain_words(notes: str, because: str, note: str) -> None:
    action = only(notes)
    assert (action.because, action.note) == (because, note)


COMMANDS = [
    ("Ada Lovelace", 'infoview new request "Ada Lovelace"'),
    ("Oksana Luk'yanenko", 'infoview new request "Oksana Luk\'yanenko"'),
    ("Ada `rm -rf` $HOME", "infoview new request 'Ada `rm -rf` $HOME'"),
    ('Ada "Countess" King', "infoview new request 'Ada \"Countess\" King'"),
    ("-v", 'infoview new request -- "-v"'),
    ("Ada\\x1b[2J", "infoview new request 'Ada\\x1b[2J'"),
]


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_a_command_can_be_copied_whatever_the_name(name: str, command: str) -> None:
    quoted = name.replace("'", "''")
    assert only(f"=== c.md\ntype: contact\nname: '{quoted}'", name=name).command == command


def test_a_name_that_means_two_people_is_given_by_path() -> None:
    notes = {"A/Ada.md": "type: contact", "B/Ada.md": "type: contact", "C/Mary.md": "type: contact\naliases: Ada"}
    commands = [one.command for one in agenda_of(notes, "2026-11-23").actions]
    assert commands == [
        'infoview new request "A/Ada.md"',
        'infoview new request "B/Ada.md"',
        'infoview new request "Mary"',
    ]


def test_what_nobody_can_see_in_a_name_is_made_visible() -> None:
    notes = {"Ada.md": 'type: contact\nname: "Ada\\u202eecalevoL"'}
    (action,) = agenda_of(notes, "2026-11-23").actions
    assert action.command == 'infoview new request "Ada.md"'
    notes["r.md"] = 'type: request\ncontact: "[[Ada]]"\nsent: 2026-11-02'
    notes |= {"B.md": "type: contact\norganization: X", "Ada.md": notes["Ada.md"] + "\norganization: X"}
    (second,) = agenda_of(notes, "2026-11-23").for_contact("B.md")
    assert second.because.startswith("Ada\\u202eecalevoL, at the same organization")


def test_a_draft_that_goes_by_mail_is_handed_to_the_mail_program() -> None:
    draft = '=== Ada.md\ntype: contact\n=== O/r 1.md\ntype: request\ncontact: "[[Ada]]"\n'
    assert only(draft).command == 'infoview email "O/r 1.md"'
    assert only(draft + "channel: linkedin").command == 'infoview mark sent "O/r 1.md"'


TWO_UPDATES = """
=== Ada.md
type: contact
=== talk.md
type: interview
contact: "[[Ada]]"
date: 2026-11-20
status: held
=== Out/Thanks.md
type: thank-you
contact: "[[Ada]]"
sent: 2026-11-20
=== Out/Update.md
type: update
contact: "[[Ada]]"
sent:
=== {second}
type: update
contact: "[[Ada]]"
sent:
"""


@pytest.mark.parametrize(
    ("second", "names"),
    [
        ("Out/Update 2.md", ["Update", "Update 2"]),
        ("Later/Update.md", ["Out/Update.md", "Later/Update.md"]),
    ],
)
def test_of_two_drafts_that_read_alike_each_is_named(second: str, names: list[str]) -> None:
    actions = agenda_of(TWO_UPDATES.format(second=second), "2026-11-23").actions
    sends = {one.text: one.note for one in actions if one.rule == "send-draft"}
    assert sends == dict(zip([f"send the update ({name})" for name in names], ["Out/Update.md", second], strict=True))


def test_a_draft_that_is_like_no_other_is_not_named() -> None:
    actions = agenda_of(TWO_UPDATES.format(second="Out/Other.md").replace("update", "announcement", 1), "2026-11-23")
    assert {one.text for one in actions.actions if one.rule == "send-draft"} == {
        "send the announcement",
        "send the update",
    }


def test_one_draft_to_two_people_is_sent_once() -> None:
    notes = """
=== Ada.md
type: contact
=== Grace.md
type: contact
=== r.md
type: request
contact: ["[[Ada]]", "[[Grace]]"]
"""
    agenda = agenda_of(notes, "2026-11-23")
    assert [(one.contact.name, one.text) for one in agenda.actions] == [("Ada", "send the request")]
    assert {one.stage for one in agenda.standings.values()} == {"drafted"}


def test_a_vault_without_contacts_has_an_empty_agenda() -> None:
    agenda = agenda_of({"Diary.md": "mood: fine"}, "2026-11-23")
    assert agenda.actions == ()
    assert agenda.due() == agenda.overdue == ()


def test_a_ring_of_referrals_is_no_trouble() -> None:
    notes = {f"{name}.md": f'type: contact\nreferred_by: "[[{other}]]"' for name, other in ("AB", "BA")}
    assert {one.text for one in agenda_of(notes, "2026-11-23").actions} == {
        "draft a request that names A",
        "draft a request that names B",
    }
