"""The sentence that says why a contact is in its stage, and the note that shows it."""

import pytest

from infoview_md.agenda.stages import standing
from tests.agenda.vaults import agenda_of, day, index_of, moment, notes_in

ASKED = '=== Ada.md\ntype: contact\n=== r.md\ntype: request\ncontact: "[[Ada]]"\nsent: 2026-11-02\n'
TALKED = '=== Ada.md\ntype: contact\n=== i.md\ntype: interview\ncontact: "[[Ada]]"\ndate: 2026-11-09\n'
REFERRED = '=== i.md\ntype: interview\ncontact: ["[[Mary]]", "[[Grace]]"]\ndate: 2026-11-09\nreferrals: "[[Ada]]"\n'

SENTENCES = [
    ("=== People/Ada.md\ntype: person", "They are in your notes, and nobody you want to interview.", "People/Ada.md"),
    ("=== Ada.md\ntype: contact", "Nothing is written to them yet.", "Ada.md"),
    (REFERRED, "Grace and Mary gave you their name; there is no note about them yet.", None),
    (
        '=== Ada.md\ntype: contact\n=== r.md\ntype: request\ncontact: "[[Ada]]"\n\n==✎ a== ==✎ b==',
        "The request is drafted and not sent; 2 fill-ins are left.",
        "r.md",
    ),
    (ASKED, "You asked on 2 November; there is no answer yet.", "r.md"),
    (ASKED.replace("2026", "2025"), "You asked on 2 November 2025; there is no answer yet.", "r.md"),
    (
        ASKED + '=== f.md\ntype: follow-up\ncontact: "[[Ada]]"\nsent: 2026-11-11',
        "You asked on 2 November, and again on 11 November; no answer came, so let it be.",
        "f.md",
    ),
    (ASKED + "reply: later\nreplied: 2026-11-03", None, "r.md"),
    (ASKED + "reply: declined\nreplied: 2026-11-03", "They said no on 3 November.", "r.md"),
    (ASKED + "reply: accepted\nreplied: 2026-11-03", "They said yes on 3 November; no date is set.", "r.md"),
    (
        ASKED + "replied: 2026-11-03",
        "They answered on 3 November; the note does not say whether it was a yes.",
        "r.md",
    ),
    (
        TALKED + "status: cancelled",
        "The interview of 9 November was cancelled; no new date is set.",
        "i.md",
    ),
    (TALKED + "status: no-show", "The interview of 9 November did not take place; no new date is set.", "i.md"),
    (TALKED, "You talked on 9 November; no thank-you has gone out yet.", "i.md"),
    (
        TALKED + '=== t.md\ntype: thank-you\ncontact: "[[Ada]]"\nsent: 2026-11-10',
        "You talked on 9 November and thanked them on 10 November.",
        "t.md",
    ),
    (
        TALKED + '=== u.md\ntype: update\ncontact: "[[Ada]]"\nsent: 2026-11-10',
        "You talked on 9 November and have been in touch since, last on 10 November.",
        "u.md",
    ),
    ("=== Ada.md\ntype: contact\nlast_contact: 2026-11-05", "You were last in contact on 5 November.", "Ada.md"),
    (
        TALKED.replace("2026-11-09", "2026-06-09")
        + '=== u.md\ntype: update\ncontact: "[[Ada]]"\nsent: 2026-07-10\n'
        + '=== v.md\ntype: update\ncontact: "[[Ada]]"\nsent: 2026-08-10',
        "Your updates of 10 July and 10 August were not answered; let it rest.",
        "v.md",
    ),
]


@pytest.mark.parametrize(("notes", "because", "note"), SENTENCES, ids=[str(row[1]) for row in SENTENCES])
def test_a_stage_says_why_and_shows_the_note(notes: str, because: str | None, note: str | None) -> None:
    agenda = agenda_of(notes, "2026-11-23")
    found = next(agenda.standings[one.id] for one in agenda.network.contacts.values() if one.name == "Ada")
    assert found.because == (because or "On 3 November they asked you to write again later, without naming a day.")
    assert found.note == note


def test_a_stage_knows_since_when() -> None:
    found = agenda_of(ASKED, "2026-11-23").standings["Ada.md"]
    assert found.since == day("2026-11-02")


HOURS = [
    ("Europe/London", "Europe/Paris", "2026-11-26T16:30", "16:30, which is 17:30 in Europe/Paris"),
    ("Europe/London", "Asia/Tokyo", "2026-11-26T16:30", "16:30, which is Friday 01:30 in Asia/Tokyo"),
    ("Europe/London", "Europe/Lisbon", "2026-11-26T16:30", "16:30 (Europe/Lisbon)"),
    ("", "Europe/Lisbon", "2026-11-26T16:30", "16:30; they are in Europe/Lisbon"),
    ("Europe/London", "", "2026-11-26T16:30", "16:30"),
    ("Europe/London", "Europe/Paris", "2026-11-26T16:30+01:00", "15:30, which is 16:30 in Europe/Paris"),
    ("Europe/London", "Europe/Paris", "2026-11-26", ""),
    # The United States leave summer time a week after Europe: for that week it is an hour less.
    ("Europe/London", "America/New_York", "2026-10-29T16:30", "16:30, which is 12:30 in America/New_York"),
    ("Europe/London", "America/New_York", "2026-11-05T16:30", "16:30, which is 11:30 in America/New_York"),
]


@pytest.mark.parametrize(("mine", "theirs", "date", "hour"), HOURS)
def test_an_interview_is_told_in_both_time_zones(mine: str, theirs: str, date: str, hour: str) -> None:
    notes = {
        "Me.md": f"timezone: {mine}",
        "Ada.md": f"type: contact\ntimezone: {theirs}",
        "i.md": f'type: interview\ncontact: "[[Ada]]"\ndate: {date}',
    }
    because = agenda_of(notes, "2026-10-20").standings["Ada.md"].because
    assert because.startswith("The interview is on Thursday ")
    assert because.partition(" at ")[2] == (f"{hour}." if hour else "")


def test_one_standing_is_the_same_as_all() -> None:
    index = index_of(notes_in(ASKED + TALKED))
    now = moment("2026-11-23")
    one = standing(index.network.contacts["Ada.md"], index.network, index.settings, now)
    assert one == agenda_of(ASKED + TALKED, "2026-11-23").standings["Ada.md"]
