"""The messages around the request: each asks for, or tells, one thing, and follows what practice has shown."""

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from infoview_md.drafting.drafts import Draft, render
from infoview_md.drafting.templates import TemplateSet
from infoview_md.notes.reading import Read, read_note
from infoview_md.notes.records import MessageNote, Moment

FOLDER = Path(__file__).parent.parent.parent / "templates"
TEMPLATES = TemplateSet({path.name: path.read_bytes() for path in FOLDER.glob("*.md")})
MESSAGES = (
    *("request", "follow-up", "referral-request", "confirmation", "thank-you", "update", "announcement"),
    *("phone", "linkedin"),
)
ME = {
    "name": "Imogen Clough",
    "phone": "+447700900318",
    "timezone": "Europe/London",
    "background": "eleven years of teaching geography",
    "target_field": "flood risk and river data",
    "accepted_role": "data analyst",
    "accepted_organization": "Wendale Rivers Trust",
}
JOOST = {
    "name": "Joost van der Meulen",
    "email": "joost@example.org",
    "field": "sensors",
    "timezone": "Europe/Amsterdam",
    "link": "[[Joost van der Meulen]]",
}
KIT = {"name": "Kit Brannigan", "email": "kit@example.org", "link": "[[Kit Brannigan]]"}
TALK = {
    "date": Moment(dt.date(2026, 11, 24), dt.time(16, 15)),
    "their_date": dt.datetime(2026, 11, 24, 17, 15),
    "duration": 20,
    "medium": "video",
    "link": "[[2026-11-24 Joost van der Meulen]]",
}
REQUEST = {"subject": "A question about your work", "sent": dt.date(2026, 11, 12), "to": ["joost@example.org"]}
CHANNELS = {"phone": "phone", "linkedin": "linkedin"}


def draft(name: str, **names: object) -> Draft:
    context: dict[str, object] = {
        "me": ME,
        "contact": JOOST,
        "contacts": [JOOST],
        "interview": TALK,
        "request": REQUEST,
        "today": dt.date(2026, 11, 23),
        "now": dt.datetime(2026, 11, 23, 9, 0),
    }
    return render(TEMPLATES, name, context | names)


def body(made: Draft) -> str:
    return made.text.split("---\n", 2)[2]


@pytest.mark.parametrize("name", MESSAGES)
@pytest.mark.parametrize(
    "extra",
    [{}, {"me": {}}, {"referrer": KIT}, {"request": None}, {"contact": {"name": "Grace Hopper"}, "contacts": []}],
    ids=["all known", "no profile", "referred", "no request", "only a name"],
)
def test_every_message_is_a_note_of_its_type(name: str, extra: Mapping[str, object]) -> None:
    made = draft(name, **extra)
    reading = read_note(made.path, made.text.encode())
    assert isinstance(reading, Read), reading
    assert isinstance(reading.record, MessageNote)
    assert reading.record.type == ("request" if name in CHANNELS else name)
    assert reading.record.sent is None
    assert reading.findings == ()
    assert "None" not in made.text
    assert not re.search(r"\S  +\S", body(made)), "two blanks where something is missing"


@pytest.mark.parametrize("name", ["request", "follow-up", "referral-request", "linkedin", "phone"])
def test_nothing_that_asks_speaks_of_jobs(name: str) -> None:
    forbidden = r"\b(job|hire|hiring|vacanc\w+|opening|position|resume|cv|employ\w*|recruit\w*)\b"
    assert not re.search(forbidden, body(draft(name)), re.IGNORECASE)


def test_a_follow_up_is_shorter_than_the_request_and_answers_to_its_subject() -> None:
    made = draft("follow-up")
    assert len(body(made).split()) < len(body(draft("request")).split())
    assert made.properties["subject"] == "Re: A question about your work"
    assert made.properties["to"] == "joost@example.org"
    assert "12 November" in body(made)


def test_a_reply_is_not_answered_twice_in_the_subject() -> None:
    assert draft("follow-up", request=REQUEST | {"subject": "RE: Hello"}).properties["subject"] == "RE: Hello"


def test_a_referral_request_after_a_no_thanks_first_and_asks_for_one_thing() -> None:
    text = body(draft("referral-request", request=REQUEST | {"reply": "declined"}))
    assert text.index("Thank you") < text.index("?")
    assert text.count("?") == 1


def test_a_referral_request_after_a_talk_asks_whether_the_name_may_be_used() -> None:
    assert "mentioning your name" in body(draft("referral-request"))


def test_a_confirmation_names_both_clocks_and_a_number() -> None:
    made = draft("confirmation")
    assert made.properties["subject"] == "Tomorrow at 17:15"
    assert "17:15 your time (Europe/Amsterdam), 16:15 mine" in body(made)
    assert "+447700900318" in body(made)


def test_a_confirmation_of_a_day_without_an_hour_names_the_day() -> None:
    made = draft("confirmation", interview=TALK | {"date": Moment(dt.date(2026, 11, 26)), "their_date": None})
    assert made.properties["subject"] == "Thursday"
    assert "on Thursday 26 November." in body(made)


def test_an_update_about_somebody_tells_the_referrer() -> None:
    made = draft("update", about=KIT)
    assert made.properties["about"] == "[[Kit Brannigan]]"
    assert "sending me to Kit Brannigan" in body(made)


def test_an_update_on_advice_belongs_to_the_interview() -> None:
    assert draft("update").properties["about"] == "[[2026-11-24 Joost van der Meulen]]"


@pytest.mark.parametrize("referrer", [None, KIT])
def test_a_linkedin_note_fits_into_300_characters(referrer: Mapping[str, object] | None) -> None:
    answers = {"connection": "I heard your talk on quiet sensors in Delft."}
    context = {"me": ME, "contact": JOOST, "contacts": [JOOST], "referrer": referrer, "today": dt.date(2026, 11, 23)}
    made = render(TEMPLATES, "linkedin", context, answers)
    assert len(body(made).strip()) <= 300
    assert made.fill_ins == ()


def test_an_announcement_says_what_they_did_for_it() -> None:
    made = draft("announcement")
    assert "data analyst at Wendale Rivers Trust" in body(made)
    assert any("what they said or did" in one.prompt for one in made.fill_ins)


# What they say depends on the day


def test_a_report_says_when_you_talked_or_how_it_stands() -> None:
    talked = body(draft("update", about={**KIT, "talked": Moment(dt.date(2026, 11, 19))}))
    assert "Thank you for sending me to Kit Brannigan. We talked on Thursday, and" in talked
    long_ago = body(draft("update", about={**KIT, "talked": Moment(dt.date(2026, 10, 6))}))
    assert "We talked on 6 October, and" in long_ago
    not_yet = draft("update", about={**KIT, "talked": None})
    assert not_yet.properties["subject"] == "About Kit Brannigan"
    assert "I will let you know when we have talked." in body(not_yet)


def test_a_referral_request_remembers_the_talk_by_its_day_or_its_month() -> None:
    assert "Our talk on Thursday has stayed" in body(draft("referral-request", interview=on(19)))
    assert "Our talk in October has stayed" in body(draft("referral-request", interview=on(6, month=10)))


def test_late_thanks_promise_nothing_for_this_week() -> None:
    referral = {"referrals": ["[[Kit Brannigan]]"], "may_mention": True}
    soon = body(draft("thank-you", interview={**on(22), **referral}))
    assert "I will write to Kit Brannigan this week and mention your name, as you kindly offered." in soon
    assert "this week" not in body(draft("thank-you", interview={**on(2), **referral}))
    panel = body(draft("thank-you", contacts=[JOOST, KIT], interview={**on(22), **referral}))
    assert "mention your names" in panel


def on(day: int, month: int = 11) -> Mapping[str, object]:
    return {"date": Moment(dt.date(2026, month, day)), "link": "[[Talk]]"}
