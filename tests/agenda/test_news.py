"""What a change meant: two vaults in, sentences out. The day is 23 November 2026, a Monday, unless a row says more."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from infoview_md.agenda.agenda import Agenda
from infoview_md.agenda.making import make_agenda
from infoview_md.agenda.marking import EVENTS
from infoview_md.agenda.news import KINDS, News, news_between
from infoview_md.network.index import Changes, Index
from infoview_md.notes.reading import read_note
from tests.agenda.vaults import agenda_of, moment

EXAMPLE = Path(__file__).parents[2] / "examples" / "vault"
TODAY = "2026-11-23"
ADA = "=== People/Ada.md\ntype: contact\n"
GRACE = "=== People/Grace.md\ntype: contact\n"
DRAFT = '=== r.md\ntype: request\ncontact: "[[Ada]]"\n'
ASKED = DRAFT + "sent: 2026-11-20\n"
TALK = '=== i.md\ntype: interview\ncontact: "[[Ada]]"\ndate: 2026-11-23T10:00\n'
TALKED = TALK.replace("23T10:00", "19")


def news(before: str, after: str, then: str = TODAY, now: str = TODAY) -> tuple[News, ...]:
    return news_between(agenda_of(before, then), agenda_of(after, now), then=moment(then), now=moment(now))


def told(before: str, after: str, then: str = TODAY, now: str = TODAY) -> list[str]:
    return [f"{one.kind}: {one.words}" for one in news(before, after, then, now)]


CHANGES = [
    ("nothing", ADA + ASKED, ADA + ASKED, []),
    ("a person is new", "", ADA, ["contact: Ada is new among your contacts: draft a request"]),
    ("a draft", ADA, ADA + DRAFT, ["stage: Ada is now drafted (was identified): The request is drafted and not sent"]),
    ("sent today", ADA + DRAFT, ADA + DRAFT + f"sent: {TODAY}\n", ["sent: Request to Ada sent"]),
    ("sent earlier", ADA + DRAFT, ADA + ASKED, ["sent: Request to Ada sent on 20 November"]),
    ("sent another year", ADA, ADA + DRAFT + "sent: 2025-11-20\n", ["sent: Request to Ada sent on 20 November 2025"]),
    ("to be sent", ADA + DRAFT, ADA + DRAFT + "sent: 2026-11-30\n", []),
    (
        "yes",
        ADA + ASKED,
        ADA + ASKED + f"replied: {TODAY}\nreply: accepted\n",
        ["accepted: Ada said yes: agree on a time by 24 November"],
    ),
    (
        "no",
        ADA + ASKED,
        ADA + ASKED + f"replied: {TODAY}\nreply: declined\n",
        ["declined: Ada said no: thank them, and ask who else to talk to by 24 November"],
    ),
    (
        "later",
        ADA + ASKED,
        ADA + ASKED + f"replied: {TODAY}\nreply: later\nlater_on: 2027-01-11\n",
        ["later: Ada asked you to write again on 11 January 2027: write again by 11 January 2027"],
    ),
    (
        "an answer",
        ADA + ASKED,
        ADA + ASKED + "replied: 2026-11-22\n",
        ["replied: Ada answered on 22 November: note whether it was yes, no or later, due today"],
    ),
    (
        "the answer was a yes",
        ADA + ASKED + "replied: 2026-11-22\n",
        ADA + ASKED + "replied: 2026-11-22\nreply: accepted\n",
        ["accepted: Ada said yes on 22 November: agree on a time, due today"],
    ),
    (
        "a yes is taken back",
        ADA + ASKED + "reply: accepted\n",
        ADA + ASKED,
        ["stage: Ada is now waiting (was agreed): You asked on 20 November; there is no answer yet"],
    ),
    (
        "a date",
        ADA + TALK.replace("date: 2026-11-23T10:00\n", ""),
        ADA + TALK.replace("23T", "26T"),
        ["scheduled: Interview with Ada set for Thursday 26 November at 10:00: prepare for the interview, due today"],
    ),
    (
        "another date",
        ADA + TALK.replace("23T", "26T"),
        ADA + TALK.replace("23T", "27T"),
        ["scheduled: Interview with Ada set for Friday 27 November at 10:00"],
    ),
    (
        "called off",
        ADA + TALK.replace("23T", "26T"),
        ADA + TALK.replace("23T", "26T") + "status: cancelled\n",
        ["cancelled: Interview with Ada of 26 November cancelled: agree on a time"],
    ),
    (
        "missed",
        ADA,
        ADA + TALKED + "status: no-show\n",
        ["no-show: Interview with Ada of 19 November did not take place: agree on a time, due since 20 November"],
    ),
    (
        "held, and somebody was named",
        ADA + TALK,
        ADA + TALK + 'status: held\nreferrals: ["[[Grace]]"]\n',
        [
            "held: Interview with Ada held: send a thank-you by 24 November",
            "referral: Ada gave you Grace: make a note about them by 24 November",
        ],
    ),
    (
        "thanked",
        ADA + TALKED,
        ADA + TALKED + f'=== t.md\ntype: thank-you\ncontact: "[[Ada]]"\nsent: {TODAY}\n',
        ["sent: Thank-you to Ada sent"],
    ),
    (
        "a thank-you is begun",
        ADA + TALKED,
        ADA + TALKED + '=== t.md\ntype: thank-you\ncontact: "[[Ada]]"\n',
        ["due: Ada: send the thank-you, due since 20 November"],
    ),
    (
        "the thank-you has no blank left",
        ADA + TALKED + '=== t.md\ntype: thank-you\ncontact: "[[Ada]]"\n\n==✎ what helped==\n',
        ADA + TALKED + '=== t.md\ntype: thank-you\ncontact: "[[Ada]]"\n\nYour advice.\n',
        [],
    ),
    ("an answer dated ahead", ADA + ASKED, ADA + ASKED + "replied: 2026-11-30\nreply: accepted\n", []),
    ("nobody to write to any more", ADA, "=== People/Ada.md\ntype: person\n", []),
    (
        "all at once",
        "",
        ADA + ASKED + "reply: accepted\n" + TALK + "status: held\n",
        [
            "sent: Request to Ada sent on 20 November",
            "accepted: Ada said yes",
            "held: Interview with Ada held: send a thank-you by 24 November",
        ],
    ),
    ("a panel", ADA + GRACE, ADA + GRACE + TALKED.replace('"[[Ada]]"', '["[[Ada]]", "[[Grace]]"]'), [
        "held: Interview with Ada held on 19 November: send a thank-you, due since 20 November",
        "held: Interview with Grace held on 19 November: send a thank-you, due since 20 November",
    ]),
    ("a friend", "", "=== People/Ada.md\ntype: person\n", []),
    ("an author, later wanted", "=== People/Ada.md\ntype: person\n", ADA, [
        "contact: Ada is new among your contacts: draft a request"
    ]),
    ("a cousin who gave you a name", GRACE, GRACE + 'referred_by: "[[Cousin]]"\n', [
        "referral: Cousin gave you Grace: draft a request that names Cousin"
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "expected"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_a_change_is_told_in_a_sentence(before: str, after: str, expected: list[str]) -> None:
    assert told(before, after) == expected


HISTORY = ADA + ASKED + "replied: 2026-11-20\nreply: accepted\n" + TALKED + 'referrals: "[[Grace]]"\n'
SAME = {
    "a note is moved": HISTORY.replace("People/Ada.md", "Archive/Ada.md"),
    "the other notes are renamed": HISTORY.replace("=== r.md", "=== Request.md").replace("=== i.md", "=== Talk.md"),
    "a contact is renamed, with all links": HISTORY.replace("Ada", "Ada Lovelace"),
    "a date is mended": HISTORY.replace("2026-11-19", "2026-11-18"),
    "the day of sending is mended": HISTORY.replace("sent: 2026-11-20", "sent: 2026-11-21"),
    "a property of no weight is new": HISTORY.replace("type: contact", "type: contact\nrole: analyst"),
    "a name gets its note": HISTORY + GRACE,
}


@pytest.mark.parametrize("after", SAME.values(), ids=SAME)
def test_what_was_so_before_is_no_news(after: str) -> None:
    assert [one for one in told(HISTORY, after) if not one.startswith("due: Grace")] == []


def test_a_contact_whose_note_is_renamed_before_the_links_to_it_is_new_once() -> None:
    half = HISTORY.replace("People/Ada.md", "People/Ada Lovelace.md")
    whole = HISTORY.replace("Ada", "Ada Lovelace")
    assert told(HISTORY, half) == ["contact: Ada Lovelace is new among your contacts: draft a request"]
    assert [one for one in told(half, whole) if not one.startswith("due")] == []


TIMES = [
    ("an interview ends", ADA + TALK, "2026-11-23T10:00", "2026-11-23T10:31",
     ["held: Interview with Ada held: send a thank-you by 24 November"]),
    ("a draft was dated ahead", ADA + DRAFT + "sent: 2026-11-24\n", TODAY, "2026-11-24", ["sent: Request to Ada sent"]),
    ("a follow-up falls due at midnight", ADA + ASKED, "2026-11-30T23:59", "2026-12-01T00:00",
     ["due: Ada: send a follow-up, due today"]),
    ("what was due stays due", ADA + TALKED, TODAY, "2026-11-24", []),
    ("what is for any day is never due", ADA, TODAY, "2026-11-24", []),
]  # fmt: skip


@pytest.mark.parametrize(("notes", "then", "now", "expected"), [row[1:] for row in TIMES], ids=[r[0] for r in TIMES])
def test_time_alone_makes_news(notes: str, then: str, now: str, expected: list[str]) -> None:
    assert told(notes, notes, then, now) == expected


def test_silence_is_a_new_stage() -> None:
    notes = ADA + ASKED + '=== f.md\ntype: follow-up\ncontact: "[[Ada]]"\nsent: 2026-11-23\n'
    (silent,) = news(notes, notes, "2026-12-01", "2026-12-02")
    assert (silent.kind, silent.note, silent.action) == ("stage", "f.md", None)
    assert silent.words.startswith("Ada is now silent (was waiting): You asked on 20 November, and again on")


def test_news_carries_the_contact_the_note_and_the_next_action() -> None:
    (one,) = news(ADA + TALK, ADA + TALK + "status: held\n")
    assert (one.kind, one.contact.name, one.note) == ("held", "Ada", "i.md")
    assert one.action is not None
    assert (one.action.rule, str(one.action.due)) == ("thank", "2026-11-24")


def test_a_name_stays_on_its_line() -> None:
    (one,) = news("", '=== a.md\ntype: contact\nname: "Ada\\n\\e[2J{name}"\n')
    assert one.words == "Ada \\x1b[2J{name} is new among your contacts: draft a request"


def test_what_mark_notes_is_told_by_the_same_word() -> None:
    assert set(EVENTS) <= set(KINDS)


MOVES: dict[str, Callable[[str], str]] = {
    "nothing": str,
    "every folder": lambda path: f"Moved/{path}" if "/" in path else path,
    "the messages": lambda path: path.replace(" Request - ", " Anfrage - ").replace("Interviews/", "Talks/"),
    "somebody, by Obsidian": lambda path: path.replace("Priya Venkataraman", "Priya V"),
}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
def test_moving_or_renaming_notes_of_the_example_is_no_news(move: Callable[[str], str]) -> None:
    def agenda(renamed: Callable[[str], str]) -> Agenda:
        files = [one for one in EXAMPLE.rglob("*.md") if "Templates" not in one.parts]
        notes = {renamed(one.relative_to(EXAMPLE).as_posix()): one.read_text("utf-8") for one in files}
        linked = {
            path: re.sub(r"(?<=\[\[)[^]|#]+", lambda link: renamed(link[0]), text) for path, text in notes.items()
        }
        index = Index().apply(Changes(read={path: read_note(path, text.encode()) for path, text in linked.items()}))
        return make_agenda(index.network, index.settings, moment(TODAY))

    before = agenda(str)
    assert len(before.network.contacts) > 10
    assert news_between(before, agenda(move), then=moment(TODAY), now=moment(TODAY)) == ()
