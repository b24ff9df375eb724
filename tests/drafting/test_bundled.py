"""The bundled templates and questions, rendered and read as a stranger would read them."""

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from infoview_md.drafting.drafts import Draft, render
from infoview_md.drafting.questions import PHASES, asked_in, read_bank
from infoview_md.drafting.templates import QUESTIONS, TemplateSet
from infoview_md.notes.properties import PROPERTIES, TYPES
from infoview_md.notes.reading import Read, read_note
from infoview_md.notes.records import Moment

FOLDER = Path(__file__).parent.parent.parent / "templates"
BUNDLED = {path.name: path.read_bytes() for path in FOLDER.glob("*.md")}
TEMPLATES = TemplateSet(BUNDLED)
BANK = read_bank([BUNDLED[QUESTIONS].decode()])

ME = {
    "name": "Imogen Clough",
    "linkedin": "https://linkedin.example.com/in/imogen-clough",
    "timezone": "Europe/London",
    "resume": "[[Imogen Clough CV]]",
    "background": "eleven years of teaching geography, four of them keeping a rain record with my pupils",
    "target_field": "flood risk and river data",
}
ANSELM = {
    "name": "Anselm Dyer",
    "email": "anselm.dyer@example.org",
    "field": "hydrometry",
    "organization": "Wendale Rivers Trust",
    "connection": "Maureen taught him to read a gauge board when he was sixteen",
    "why": "looks after nineteen gauges with one van",
    "timezone": "Europe/London",
}
JOOST = {
    "name": "Joost van der Meulen",
    "linkedin": "https://x.example",
    "timezone": "Europe/Amsterdam",
    "field": "sensors",
}
ALUM = {"name": "Geraint Pryce-Howell", "email": "g@example.org", "connection": "fellow alum of Leeds geography"}
STRANGER = {"name": "Grace Hopper"}
MAUREEN = {"name": "Maureen Pickersgill", "link": "[[Maureen Pickersgill]]"}
SOON = {
    "date": Moment(dt.date(2026, 11, 24), dt.time(16, 15)),
    "duration": 30,
    "medium": "video",
    "link": "[[2026-11-24 Joost van der Meulen]]",
}
NOT_IN_A_REQUEST = re.compile(
    r"\b(job|hire|hiring|vacanc\w+|opening|position|resume|cv|employ\w*|recruit\w*)\b", re.IGNORECASE
)


def draft(name: str, *people: Mapping[str, object], **names: object) -> Draft:
    context = {
        "me": ME,
        "contact": people[0],
        "contacts": list(people),
        "today": dt.date(2026, 11, 22),
        "now": dt.datetime(2026, 11, 22, 9, 0),
        **{key: value for key, value in names.items() if key != "answers"},
    }
    answers = names.get("answers")
    return render(TEMPLATES, name, context, answers if isinstance(answers, dict) else None, bank=BANK)


def body(made: Draft) -> str:
    return made.text.split("---\n", 2)[2]


EXTRAS: list[Mapping[str, object]] = [{}, {"referrer": MAUREEN}, {"interview": SOON}, {"me": {}}]
CASES = [
    (name, people, extra)
    for name in ("contact", "request", "prep", "interview", "thank-you")
    for people in ([ANSELM], [JOOST], [ALUM], [STRANGER], [ANSELM, JOOST])
    for extra in EXTRAS
]


@pytest.mark.parametrize(("name", "people", "extra"), CASES)
def test_every_template_makes_a_note_that_reads_without_findings(
    name: str, people: list[Mapping[str, object]], extra: Mapping[str, object]
) -> None:
    made = draft(name, *people, **extra)
    read = read_note(made.path, made.text.encode())
    assert isinstance(read, Read)
    assert read.findings == ()
    assert made.type == name
    assert set(made.properties) <= {"type", *TYPES[name].properties}
    assert len(made.fill_ins) <= 5
    assert not re.search(r"\n{3}|[ \t]\n|None|\{\{|\[\]\]", body(made))
    assert body(made).strip()


def test_every_template_is_listed_with_a_summary() -> None:
    infos = {one.name: one for one in TEMPLATES.names()}
    assert {"contact", "request", "prep", "interview", "thank-you"} <= set(infos)
    assert all(one.summary and not one.problem for one in infos.values())


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("contact", "People/Anselm Dyer.md"),
        ("request", "Outreach/2026-11-22 Request - Anselm Dyer and Joost van der Meulen.md"),
        ("prep", "Interviews/2026-11-24 Prep - Anselm Dyer and Joost van der Meulen.md"),
        ("interview", "Interviews/2026-11-24 Anselm Dyer and Joost van der Meulen.md"),
        ("thank-you", "Outreach/2026-11-22 Thank-you - Anselm Dyer and Joost van der Meulen.md"),
    ],
)
def test_notes_go_where_they_belong(name: str, path: str) -> None:
    assert draft(name, ANSELM, JOOST, interview=SOON).path == path


# The request


@pytest.mark.parametrize("extra", [{}, {"referrer": MAUREEN}])
@pytest.mark.parametrize("person", [ANSELM, JOOST, ALUM, STRANGER])
def test_a_request_is_short_asks_a_question_and_is_not_about_jobs(
    person: Mapping[str, object], extra: Mapping[str, object]
) -> None:
    text = body(draft("request", person, **extra))
    assert len(text.split()) < 100
    assert "20 minutes" in text
    assert "?" in text
    assert not NOT_IN_A_REQUEST.search(text)
    assert "I will write once more next week" in text
    assert text.endswith("Imogen Clough\nhttps://linkedin.example.com/in/imogen-clough\n")


def test_the_referrer_stands_in_the_first_line_and_in_the_subject() -> None:
    made = draft("request", ANSELM, referrer=MAUREEN)
    assert body(made).startswith("Dear Anselm,\n\nMaureen Pickersgill suggested that I write to you.\n")
    assert made.properties["subject"] == "Maureen Pickersgill suggested I write to you"


def test_a_referrer_who_may_not_be_named_is_not() -> None:
    made = draft("request", ALUM, referrer={**MAUREEN, "may_mention": False})
    assert "Maureen" not in made.text


def test_what_links_you_comes_first_where_nobody_referred_you() -> None:
    made = draft("request", ALUM)
    assert body(made).startswith("Dear Geraint,\n\nI am writing to you as a fellow alum of Leeds geography.\n")
    assert made.properties["subject"] == "From a fellow alum of Leeds geography, with a question"


def test_a_connection_that_is_a_note_to_oneself_only_prompts() -> None:
    first = draft("request", ANSELM).fill_ins[0]
    assert first.prompt.startswith("how you came across them: Maureen taught him")


def test_answers_complete_a_request() -> None:
    made = draft("request", STRANGER, answers={"connection": "we met at the fair", "admire": "Your compiler!"})
    assert made.fill_ins == ()
    assert "We met at the fair.\n\nYour compiler!\n" in made.text
    noted = draft("request", STRANGER, answers={"why": "her talk on tidal models"})
    assert "what drew you to their work: her talk on tidal models" in noted.text


def test_a_request_goes_where_the_contact_can_be_reached() -> None:
    assert (draft("request", ANSELM).properties["channel"], draft("request", ANSELM).properties["to"]) == (
        "email",
        "anselm.dyer@example.org",
    )
    assert draft("request", JOOST).properties["channel"] == "linkedin"
    assert draft("request", STRANGER).properties["channel"] is None
    assert draft("request", STRANGER).properties["to"] is None


def test_a_panel_is_greeted_and_listed() -> None:
    made = draft("thank-you", ANSELM, JOOST, {**ALUM})
    assert body(made).startswith("Dear Anselm, Joost and Geraint,\n")
    assert made.properties["contact"] == ("[[Anselm Dyer]]", "[[Joost van der Meulen]]", "[[Geraint Pryce-Howell]]")
    assert made.properties["to"] == ("anselm.dyer@example.org", "g@example.org")


# The other notes


def test_a_prep_sheet_fits_the_minutes_agreed() -> None:
    text = body(draft("prep", JOOST, interview=SOON))
    assert "- Tuesday 24 November 2026, 16:15 my time (Europe/London)\n" in text
    assert "Joost's clock is Europe/Amsterdam" in text
    assert "30 minutes agreed: over at 16:45; at 16:40, begin to close" in text
    assert "2. 20 minutes of questions" in text
    assert len(asked_in(text)) == 6
    longer = draft("prep", JOOST, interview=SOON, answers={"duration": "60"})
    assert longer.properties["duration"] == 60
    assert "60 minutes agreed: over at 17:15" in longer.text


def test_a_prep_sheet_without_a_date_says_what_to_do() -> None:
    text = body(draft("prep", STRANGER))
    assert "No date yet" in text
    assert "20 minutes agreed\n" in text


def test_a_prep_sheet_can_be_about_a_topic() -> None:
    asked = asked_in(draft("prep", STRANGER, answers={"topic": "fit"}).text)
    assert asked
    assert all("fit" in one.topics for one in BANK.questions if one.text in asked)


def test_the_questions_of_the_prep_sheet_are_carried_over() -> None:
    sheet = draft("prep", JOOST, interview=SOON)
    asked = asked_in(sheet.text)
    made = draft("interview", JOOST, interview=SOON, prep={"link": "[[sheet]]", "questions": list(asked)})
    assert re.findall(r"^### (.*)$", made.text, re.MULTILINE) == list(asked)
    assert "Prepared in [[sheet]]." in made.text
    assert len(made.fill_ins) == 3


def test_interview_notes_without_a_prep_sheet_ask_what_was_learned() -> None:
    made = draft("interview", STRANGER)
    assert made.fill_ins[0].prompt.startswith("what you learned")
    assert made.properties["date"] == dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2026, 11, 22), "your time today. "),
        (dt.date(2026, 11, 21), "your time yesterday. "),
        (Moment(dt.date(2026, 11, 18), dt.time(9)), "your time on Wednesday. "),
        (dt.date(2026, 11, 1), "your time. "),
        (dt.date(2026, 11, 30), "your time. "),
        (None, "your time. "),
    ],
)
def test_a_thank_you_says_when(day: object, words: str) -> None:
    assert f"Thank you for {words}" in draft("thank-you", ANSELM, interview={"date": day}).text


def test_a_thank_you_names_whom_they_named() -> None:
    talk = {"date": dt.date(2026, 11, 21), "referrals": ["[[Bob]]", "[[People/Eve|Eve]]"], "may_mention": True}
    text = draft("thank-you", ANSELM, interview={**talk, "may_follow_up": True}).text
    assert "I will write to Bob and Eve this week and mention your name, as you kindly offered." in text
    assert "I will let you know how it goes." in text
    assert "how it goes" not in draft("thank-you", ANSELM, interview={"may_follow_up": False}).text
    assert len(body(draft("thank-you", ANSELM, interview=talk)).split()) < 80


def test_a_contact_known_by_referral_remembers_who_gave_the_name() -> None:
    made = draft("contact", STRANGER, referrer=MAUREEN)
    assert made.properties["referred_by"] == "[[Maureen Pickersgill]]"
    assert "[[Maureen Pickersgill]] gave me the name." in made.text


def test_a_contacts_properties_are_all_there_and_empty() -> None:
    made = draft("contact", STRANGER, answers={"organization": "US Navy", "keep_in_touch": "60"})
    assert [name for name in made.properties if name in PROPERTIES][:4] == ["name", "aliases", "organization", "role"]
    assert made.properties["organization"] == "US Navy"
    assert made.properties["keep_in_touch"] == 60
    assert made.properties["email"] is None


# The questions

GUIDE = (
    ("papers needed to enter", "What training, degrees or certificates does somebody need to be let in?"),
    ("experience without which nothing goes", "What experience is it impossible to do without?"),
    ("their own preparation", "How did you find your way into this work, and what prepared you best for it?"),
    ("a typical week", "How does an ordinary week of yours divide up?"),
    ("skills and talents", "Which skills or talents make the difference between doing this well and just doing it?"),
    ("hardest problems", "What are the hardest problems that land on your desk?"),
    ("rewards besides money (second half of the same)", "What do you find most rewarding, pay and benefits aside?"),
    ("what they like least", "Which part of the work would you gladly give away?"),
    ("claims on private time", "How much of your own time does the work ask for, evenings and weekends included?"),
    ("freedom", "How free are you in your hours, your holidays, what you wear and where you live?"),
    (
        "how often people move",
        "How long do people in your line of work stay in one place, and what makes them move on?",
    ),
    ("growth", "How fast is your field growing, and where do you notice it first?"),
    ("outlook", "Where will people be needed most in the next few years, and what could change that?"),
    ("what else they could do", "Which other kinds of work could you turn to if yours disappeared overnight?"),
    (
        "who takes such people, under which titles",
        "Which kinds of organizations take on people with your background, and what do they call the position?",
    ),
    ("related fields in my shoes", "Which neighbouring fields would you look into in my place?"),
    (
        "how word gets round",
        "How do people hear about openings: on which sites, from whom, from the personnel department?",
    ),
    (
        "moving between positions",
        "How do people get from one position to the next: by moving up where they are, or by moving elsewhere?",
    ),
    (
        "what would decide",
        "What would matter most to you, and why, if you were choosing somebody to work beside you?",
    ),
    ("my background", "How well does my background suit this work, and what is missing?"),
    ("my resume (second half of the same)", "What would you change in my resume, if you had two minutes for it?"),
    ("further related fields", "Which related fields do people overlook?"),
    ("recommended experiences", "Which experiences, paid or not, would you most recommend to a beginner?"),
    ("what they would do in my position", "How would you go about entering this field if you stood where I stand?"),
)
"""What the guide's 22 questions ask about (two of them ask two things), and the question of ours that asks it."""


def test_the_bank_asks_everything_that_the_guide_asks() -> None:
    assert len(GUIDE) == 22 + 2
    texts = {one.text for one in BANK.questions}
    assert [ours for _, ours in GUIDE if ours not in texts] == []
    assert len({ours for _, ours in GUIDE}) == len(GUIDE)


def test_every_question_is_open() -> None:
    opening = re.compile(r"(?:Who|What|When|Where|Why|How|Which|Whose)\b")
    assert [one.text for one in BANK.questions if not opening.match(one.text) or not one.text.endswith("?")] == []


def test_every_phase_has_questions_and_an_essential_one() -> None:
    assert BANK.phases() == PHASES
    for phase in (*PHASES, "Closing"):
        assert any(one.essential for one in BANK.choose(phase=phase))
    assert len(BANK.choose(phase="Small talk")) >= 2


def test_twenty_minutes_hold_three_essential_questions() -> None:
    chosen = BANK.choose(20)
    assert len(chosen) == 3
    assert all(one.essential for one in chosen)
    assert len({one.phase for one in chosen}) == 3
