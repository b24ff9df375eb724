"""The funnel: people are counted and not messages; by channel, and by how they were found."""

import random
from pathlib import Path

import pytest

from infoview_md.agenda.funnel import Counts, Funnel, make_funnel
from tests.agenda.vaults import index_of, moment, notes_in

NOW = "2026-11-23"


def funnel_of(text: str, now: str = NOW) -> Funnel:
    index = index_of(notes_in(text))
    return make_funnel(index.network, index.settings, moment(now))


ASKED = """
=== Ada.md
type: contact
=== Request.md
type: request
contact: "[[Ada]]"
channel: email
sent: 2026-11-02
"""


def test_a_request_that_is_out_is_asked() -> None:
    assert funnel_of(ASKED).total == Counts(asked=1)


def test_a_draft_and_a_plan_are_not_asked() -> None:
    assert funnel_of(ASKED, "2026-11-01").total == Counts()
    assert funnel_of(ASKED.replace("sent: 2026-11-02", "sent:")).total == Counts()


def test_who_is_asked_twice_is_asked_once() -> None:
    again = '=== Again.md\ntype: follow-up\ncontact: "[[Ada]]"\nchannel: linkedin\nsent: 2026-11-12\n'
    funnel = funnel_of(ASKED + again)
    assert funnel.total.asked == 1
    assert list(funnel.by_channel) == ["email"]


@pytest.mark.parametrize(
    ("reply", "accepted"),
    [("accepted", 1), ("declined", 0), ("later", 0), ("", 0)],
    ids=["yes", "no", "later", "unclear"],
)
def test_a_reply_is_one_whatever_it_says(reply: str, accepted: int) -> None:
    total = funnel_of(f"{ASKED}replied: 2026-11-05\nreply: {reply}\n").total
    assert (total.asked, total.replied, total.accepted, total.days_to_reply) == (1, 1, accepted, 3)


def test_a_reply_to_the_second_try_counts_from_the_first() -> None:
    again = '=== Again.md\ntype: follow-up\ncontact: "[[Ada]]"\nsent: 2026-11-12\nreplied: 2026-11-13\n'
    assert funnel_of(ASKED + again).total.days_to_reply == 11


def test_an_answer_to_thanks_is_no_reply_to_a_request() -> None:
    thanks = '=== Thanks.md\ntype: thank-you\ncontact: "[[Ada]]"\nsent: 2026-11-12\nreplied: 2026-11-13\n'
    assert funnel_of(ASKED + thanks).total == Counts(asked=1)


def test_who_met_you_said_yes_though_nobody_noted_it() -> None:
    talk = '=== Talk.md\ntype: interview\ncontact: "[[Ada]]"\ndate: 2026-11-10\n'
    assert funnel_of(ASKED + talk).total == Counts(asked=1, replied=1, accepted=1, interviews=1)


def test_an_interview_to_come_is_a_yes_and_not_yet_held() -> None:
    talk = '=== Talk.md\ntype: interview\ncontact: "[[Ada]]"\ndate: 2026-12-10\n'
    assert funnel_of(ASKED + talk).total == Counts(asked=1, replied=1, accepted=1)


def test_an_interview_before_the_request_does_not_answer_it() -> None:
    talk = '=== Talk.md\ntype: interview\ncontact: "[[Ada]]"\ndate: 2026-10-10\n'
    assert funnel_of(ASKED + talk).total == Counts(asked=1, interviews=1)


def test_a_panel_is_one_interview() -> None:
    panel = """
=== Ada.md
type: contact
connection: alum
=== Mary.md
type: contact
=== Panel.md
type: interview
contact: ["[[Ada]]", "[[Mary]]"]
date: 2026-11-10
"""
    funnel = funnel_of(panel)
    assert funnel.total.interviews == 1
    assert {name: row.interviews for name, row in funnel.by_source.items()} == {"connection": 1, "other": 1}


def test_referrals_count_for_whoever_gave_them() -> None:
    given = """
=== Ada.md
type: contact
connection: alum
=== Mary.md
type: contact
referred_by: "[[Ada]]"
=== Talk.md
type: interview
contact: "[[Ada]]"
date: 2026-11-10
referrals: ["[[Mary]]", "[[Grace Hopper]]"]
"""
    funnel = funnel_of(given)
    assert funnel.total.referrals == 2
    assert {name: row.referrals for name, row in funnel.by_source.items()} == {"connection": 2}


@pytest.mark.parametrize(
    ("properties", "source"),
    [
        ('referred_by: "[[Mary]]"\nconnection: alum', "referred"),
        ("connection: alum", "connection"),
        ("role: engineer", "other"),
    ],
)
def test_how_a_contact_was_found(properties: str, source: str) -> None:
    text = ASKED.replace("type: contact\n", f"type: contact\n{properties}\n", 1)
    rows = funnel_of(text).by_source
    assert {name: row.asked for name, row in rows.items() if row.asked} == {source: 1}


@pytest.mark.parametrize(
    ("channel", "row"), [("email", "email"), ("phone", "phone"), ("linkedin", "linkedin"), ("", "other")]
)
def test_the_channel_is_that_of_the_first_request(channel: str, row: str) -> None:
    funnel = funnel_of(ASKED.replace("channel: email", f"channel: {channel}"))
    assert list(funnel.by_channel) == [row]


@pytest.mark.parametrize(("days", "middle"), [((1, 3, 20), 3), ((1, 4), 2.5), ((7,), 7), ((), None)])
def test_the_median_is_the_one_in_the_middle(days: tuple[int, ...], middle: float | None) -> None:
    text = "".join(
        f"=== P{number}.md\ntype: contact\n=== R{number}.md\ntype: request\ncontact: '[[P{number}]]'\n"
        f"sent: 2026-10-01\nreplied: 2026-10-{1 + wait:02}\n"
        for number, wait in enumerate(days)
    )
    assert funnel_of(text).total.days_to_reply == middle


def test_people_who_are_only_known_are_not_counted() -> None:
    assert funnel_of("=== People/Plato.md\ntype: person\n").total == Counts()


def test_an_empty_vault_has_an_empty_funnel() -> None:
    assert funnel_of("") == Funnel(total=Counts(), by_channel={}, by_source={})


def test_the_example_vault_adds_up_in_any_order() -> None:
    root = Path(__file__).parents[2] / "examples" / "vault"
    texts = {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in root.rglob("*.md")}
    notes = {path: text.removeprefix("---\n").replace("\n---\n", "\n\n", 1) for path, text in texts.items()}
    paths = list(notes)
    random.Random(7).shuffle(paths)
    funnels = [
        make_funnel(index.network, index.settings, moment(NOW))
        for index in (index_of(notes), index_of({path: notes[path] for path in paths}))
    ]
    assert funnels[0] == funnels[1]
    for rows in (funnels[0].by_channel, funnels[0].by_source):
        for name in ("asked", "replied", "accepted", "referrals"):
            assert sum(getattr(row, name) for row in rows.values()) == getattr(funnels[0].total, name) > 0
