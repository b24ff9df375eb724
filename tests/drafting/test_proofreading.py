"""Proofreading: what is said of a draft, and above all what is not said of a good one."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest

from infoview_md.agenda.unsent import is_unsent
from infoview_md.drafting.proofreading import CHECKS, Sheet, addressees, followed, proofread, unknown_checks
from infoview_md.network.index import Index
from infoview_md.network.people import Network
from infoview_md.notes import fences
from infoview_md.notes.findings import CODES, Finding, Severity
from infoview_md.notes.reading import Read, read_note
from infoview_md.notes.records import MessageNote, Settings

EXAMPLE = Path(__file__).parents[2] / "examples" / "vault"
NOW = dt.datetime(2026, 11, 23, 9)
DRAFT = "Outreach/Draft.md"
GOOD = """Dear Ada,

Charles Babbage suggested I write to you. Your notes on the engine have stayed with me.

Would you have twenty minutes to tell me how you began?

Kind regards,
Imogen Clough
"""
PEOPLE: Mapping[str, str] = {
    "Me.md": "type: me\nname: Imogen Clough\ntimezone: Europe/London\nresume: '[[Imogen CV]]'",
    "People/Ada Lovelace.md": "type: contact\naliases: [Countess]\nreferred_by: '[[Charles Babbage]]'\n"
    "timezone: Europe/Amsterdam",
    "People/Charles Babbage.md": "type: contact\nconnection: fellow alum of Leeds",
    "People/Grace Hopper.md": "type: contact",
    "People/Zoë O'Brien, PhD.md": "type: contact",
}
TALK = {"Interviews/Talk.md": "type: interview\ncontact: '[[Ada Lovelace]]'\ndate: 2026-11-24T16:15"}
HELD = {"Interviews/Talk.md": "type: interview\ncontact: '[[Ada Lovelace]]'\ndate: 2026-11-19T16:15"}


def network_of(notes: Mapping[str, str]) -> Network:
    readings = {path: read_note(path, f"---\n{text}\n---\n".encode()) for path, text in notes.items()}
    return Index(readings).network


def message(
    body: str, properties: str = "", kind: str = "request", to: str = "Ada Lovelace"
) -> tuple[MessageNote, str]:
    named = "\n".join(filter(None, (f'type: {kind}\ncontact: "[[{to}]]"', properties)))
    text = f"---\n{named}\n---\n{body}"
    reading = read_note(DRAFT, text.encode())
    assert isinstance(reading, Read)
    assert isinstance(reading.record, MessageNote)
    return reading.record, text


def findings(
    body: str,
    properties: str = "subject: Charles Babbage sent me",
    kind: str = "request",
    *,
    to: str = "Ada Lovelace",
    notes: Mapping[str, str] | None = None,
    request: str | None = None,
    now: dt.datetime = NOW,
    off: tuple[str, ...] = (),
) -> tuple[Finding, ...]:
    note, text = message(body, properties, kind, to)
    parts = fences.split(text)
    sheet = Sheet(
        note=note,
        body=parts.body,
        first_line=parts.body_line,
        network=network_of({**PEOPLE, **(notes or {})}),
        now=now,
        request=request,
        block=parts.block,
    )
    return proofread(sheet, off=off)


def codes(
    body: str, properties: str = "subject: Charles Babbage sent me", kind: str = "request", **more: object
) -> list[str]:
    return [one.code for one in findings(body, properties, kind, **more)]  # type: ignore[arg-type]


# --- The table -------------------------------------------------------------------------------------------------------


def test_every_check_has_its_row_and_only_a_broken_head_is_an_error() -> None:
    assert CHECKS.keys() <= CODES.keys()
    assert [code for code in CHECKS if CODES[code].severity is Severity.ERROR] == ["header-injection"]


def test_nothing_is_said_of_a_good_request() -> None:
    assert codes(GOOD) == []


def test_a_check_that_is_off_says_nothing() -> None:
    assert codes(GOOD, "") == ["subject-empty"]
    assert codes(GOOD, "", off=("subject-empty",)) == []


def test_a_switch_that_switches_nothing_is_told() -> None:
    me = network_of({"Me.md": "type: me\nproofreading_off: [request-long, request-lnog]"}).me
    assert me is not None
    assert me.settings == Settings(proofreading_off=("request-long", "request-lnog"))
    (found,) = unknown_checks(me)
    assert (found.severity, found.path, found.line) == (Severity.WARNING, "Me.md", 3)
    assert "did you mean request-long?" in found.message


def test_the_messages_of_the_example_vault_are_good_ones() -> None:
    notes = {
        path.relative_to(EXAMPLE).as_posix(): path.read_bytes()
        for path in EXAMPLE.rglob("*.md")
        if "Templates" not in path.parts
    }
    network = Index({path: read_note(path, data) for path, data in notes.items()}).network
    found = []
    for note in network.messages:
        parts = fences.split(notes[note.path].decode())
        now = dt.datetime.combine(note.sent or NOW.date(), dt.time(12))
        earlier = followed(note, network, now.date())
        request = fences.split(notes[earlier.path].decode()).body if earlier else None
        sheet = Sheet(note=note, body=parts.body, first_line=parts.body_line, network=network, now=now, request=request)
        found += [one for one in proofread(sheet) if one.code != "fill-in-left"]
    assert len(network.messages) > 30
    assert found == []


# --- Which messages, and whose ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("properties", "unsent"),
    [
        ("", True),
        ("sent:", True),
        ("sent: 2026-11-24", True),
        ("sent: 2026-11-23", False),
        ("sent: last week", False),
        ("replied: 2026-11-20", False),
        ("reply: declined", False),
    ],
)
def test_only_what_has_not_gone_out_is_unsent(properties: str, unsent: bool) -> None:  # noqa: FBT001 - a case's part
    assert is_unsent(message("", properties)[0], NOW.date()) is unsent


def test_a_draft_that_nobody_has_indexed_yet_has_its_addressees() -> None:
    network = network_of(PEOPLE)
    for name in ("Ada Lovelace", "People/Ada Lovelace", "Ada Lovelace|Ada"):
        assert [one.name for one in addressees(message("", to=name)[0], network)] == ["Ada Lovelace"]
    assert addressees(message("", to="Nobody")[0], network) == ()


def test_a_follow_up_follows_the_last_request_that_was_sent() -> None:
    sent = {
        f"Outreach/{day}.md": f"type: request\ncontact: '[[Ada Lovelace]]'\nsent: 2026-11-{day}" for day in (10, 12, 29)
    }
    network = network_of({**PEOPLE, **sent})
    earlier = followed(message("", kind="follow-up")[0], network, NOW.date())
    assert earlier is not None
    assert earlier.path == "Outreach/12.md"
    assert followed(message("", kind="request")[0], network, NOW.date()) is None


# --- Blanks ----------------------------------------------------------------------------------------------------------


def test_fill_ins_are_one_finding_and_no_other_check_takes_them_for_words() -> None:
    body = "Dear Ada,\n\n==✎ how you are linked==\n\n==✎ ask==\n\nImogen"
    (found,) = findings(body, "subject: ==✎ a subject==")
    assert (found.code, found.severity, found.line) == ("fill-in-left", Severity.INFO, 4)
    assert found.message == "3 still to be filled in: a subject; how you are linked; ask"


@pytest.mark.parametrize(
    "mark",
    [
        "{{ contact.name }}", "{% if x %}", "{# x #}", "<% tp.date.now() %>", "==✎ never closed", "✎", "[Your name]",
        "[the company]", "<name>", "<your name>", "TODO", "XXX", "{{",
    ],
)  # fmt: skip
def test_what_was_never_filled_in_is_found(mark: str) -> None:
    found = [one for one in findings(GOOD.replace("twenty", mark)) if one.code == "template-mark-left"]
    assert [one.line for one in found] == [10]


def test_what_was_never_filled_in_is_found_in_the_head_too() -> None:
    (found,) = findings(GOOD, 'subject: "Hello {{ contact.name }}"')
    assert (found.code, found.property, found.line) == ("template-mark-left", "subject", 4)


@pytest.mark.parametrize(
    "text",
    ["[[Ada Lovelace]]", "[the map](https://example.org)", "%% TODO: ask Grace %%", "a [sic] b", "`x`", "2 < name"],
)
def test_what_only_looks_like_a_blank_is_none(text: str) -> None:
    assert codes(GOOD.replace("twenty", text)) == []


# --- The greeting ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "greeting",
    ["Dear Grace,", "Hello Grace Hopper!", "Hi Grace, thank you for your notes.", "Dear Ms Hopper:", "GRACE,"],
)
def test_somebody_elses_name_in_the_greeting_is_found(greeting: str) -> None:
    (found,) = findings(GOOD.replace("Dear Ada,", greeting))
    assert found.code == "greeting-other"
    assert found.line == 6
    assert found.message == "the greeting names Grace Hopper, but the message goes to Ada Lovelace"


@pytest.mark.parametrize(
    "greeting",
    [
        "Dear Ada,",
        "Dear Ms Lovelace,",
        "Dear Countess,",
        "ada",
        "Good morning,",
        "Dear Professor,",
        "Dear Ada and Grace,",
        "",
    ],
)
def test_their_own_name_or_none_is_a_greeting(greeting: str) -> None:
    assert codes(GOOD.replace("Dear Ada,", greeting)) == []


def test_accents_and_titles_make_no_other_person() -> None:
    good = "Dear Zoe,\n\nWould you have a moment?\n\nImogen"
    ball = {"People/Zoe Ball.md": "type: contact"}
    assert codes(good, to="Zoë O'Brien, PhD", notes=ball) == []
    assert codes(good.replace("Zoe", "Ada"), to="Zoë O'Brien, PhD") == ["greeting-other"]


# --- Requests --------------------------------------------------------------------------------------------------------


def test_a_request_of_a_hundred_words_is_short_enough() -> None:
    text = "Dear Ada,\n\nCharles asks: why? {}\n\nKind regards,\nImogen"
    assert codes(text.format("word " * 97)) == []
    (found,) = findings(text.format("word " * 98))
    assert (found.code, found.message) == ("request-long", "the request has 101 words")
    assert codes(text.format("word " * 200), "channel: phone") == []
    assert codes(text.format("word " * 200), kind="update") == []


def test_a_request_without_a_question_is_found() -> None:
    assert codes(GOOD.replace("?", ".")) == ["request-question"]
    assert codes(GOOD.replace("?", "？")) == []
    assert codes(GOOD.replace("?", "."), kind="update") == []


@pytest.mark.parametrize("word", ["jobs", "hiring", "vacancies", "job search", "recruiter", "internship"])
def test_a_word_about_jobs_is_found_once(word: str) -> None:
    (found,) = findings(GOOD.replace("the engine", f"{word} and {word}"))
    assert (found.code, found.line) == ("request-job", 8)
    assert word.partition(" ")[0] in found.message


def test_a_word_about_jobs_in_the_subject_is_found() -> None:
    (found,) = findings(GOOD, "subject: A job for me")
    assert (found.code, found.property) == ("request-job", "subject")


@pytest.mark.parametrize(
    "line",
    [
        "I have attached my resume.",
        "My CV is enclosed",
        "Please find my résumé below.",
        "![[Imogen CV.pdf]]",
        "Here: [[Imogen CV]]",
    ],
)
def test_an_attached_resume_is_found(line: str) -> None:
    (found,) = findings(GOOD.replace("Would you", f"{line}\n\nWould you"))
    assert (found.code, found.line) == ("request-resume", 10)


@pytest.mark.parametrize(
    "line", ["May we resume our talk?", "I have not attached my CV.", "![[map.png]]", "My CV is long."]
)
def test_no_resume_is_none(line: str) -> None:
    assert codes(GOOD.replace("Would you", f"{line}\n\nWould you")) == []


def test_a_referrer_who_is_not_named_is_missed() -> None:
    (found,) = findings(GOOD.replace("Charles Babbage", "A friend"), "subject: A question")
    assert (found.code, found.line) == ("request-connection", 8)
    assert "Charles Babbage" in found.message
    assert codes(GOOD.replace("Charles Babbage", "A friend")) == []  # the subject names him


def test_a_referrer_who_does_not_want_to_be_named_is_not_missed() -> None:
    talk = {
        "Interviews/Talk.md": "type: interview\ncontact: '[[Charles Babbage]]'\ndate: 2026-11-19\n"
        "referrals: ['[[Ada Lovelace]]']\nmay_mention: false"
    }
    ada = {"People/Ada Lovelace.md": "type: contact"}
    assert codes(GOOD.replace("Charles Babbage", "A friend"), "subject: A question", notes=talk | ada) == []


def test_a_connection_that_is_not_named_is_missed() -> None:
    body = "Dear Charles,\n\n{}. Would you have a moment?\n\nImogen"
    assert codes(body.format("I read your notes"), "subject: Hi", to="Charles Babbage") == ["request-connection"]
    assert codes(body.format("We were both at Leeds"), "subject: Hi", to="Charles Babbage") == []
    assert codes(body.format("I read your notes"), "subject: Hi", to="Grace Hopper") == ["greeting-other"]


# --- Follow-ups and thanks -------------------------------------------------------------------------------------------


def test_a_follow_up_is_not_longer_than_the_request() -> None:
    assert codes(GOOD, kind="follow-up", request=GOOD) == []
    (found,) = findings(GOOD.replace("twenty", "fifteen or twenty"), kind="follow-up", request=GOOD)
    assert (found.code, found.message) == ("follow-up-long", "the follow-up has 29 words, the request had 27")
    assert codes(GOOD, kind="follow-up") == []


THANKS = (
    "Dear Ada,\n\nThank you for Thursday. Your sentence about pianos and drift made me open the ledger again.\n\nImogen"
)


def test_thanks_after_a_day_are_late() -> None:
    late = dt.datetime(2026, 11, 21)
    (found,) = findings(THANKS, kind="thank-you", notes=HELD, now=late)
    assert (found.code, found.line) == ("thank-you-late", None)
    assert found.message == "the interview was on 2026-11-19, and thanks were due within a day"
    assert codes(THANKS, kind="thank-you", notes=HELD, now=dt.datetime(2026, 11, 20, 23)) == []
    patient = {"Me.md": "type: me\nthank_within: 2"}
    assert codes(THANKS, kind="thank-you", notes=HELD | patient, now=late) == []


def test_thanks_that_would_do_for_anybody_are_found() -> None:
    anybody = (
        "Dear Ada,\n\nThank you so much for taking the time to talk with me. "
        "It was really helpful, and I learned a lot!\n\nBest,\nImogen"
    )
    assert codes(anybody, kind="thank-you") == ["thank-you-vague"]
    assert codes(THANKS, kind="thank-you") == []
    assert codes(anybody.replace("It was", "==✎ what== was"), kind="thank-you") == ["fill-in-left"]


# --- Subjects --------------------------------------------------------------------------------------------------------


def test_a_message_without_a_subject_is_found_where_one_is_read() -> None:
    assert codes(GOOD, "channel: email") == ["subject-empty"]
    assert codes(GOOD, "channel: linkedin") == []


@pytest.mark.parametrize(
    ("subject", "shouts"),
    [
        ("QUICK QUESTION, CHARLES", True),
        ("OPPORTUNITY", True),
        ("A JOB FOR ME", True),
        ("NASA GISS", False),
        ("UK GIS", False),
        ("Hi", False),
        ("日本", False),
    ],
)
def test_a_subject_in_capitals_shouts(subject: str, shouts: bool) -> None:  # noqa: FBT001 - a case's part
    assert ("subject-capitals" in codes(GOOD, f"subject: {subject}")) is shouts


# --- Days and hours --------------------------------------------------------------------------------------------------

CONFIRM = "Dear Ada,\n\nI look forward to talking {}.\n\nImogen"


@pytest.mark.parametrize(
    "when",
    [
        "tomorrow", "on Tuesday", "on Tuesday, 24 November", "on November 24th, 2026 at 16:15", "on 2026-11-24", "soon",
        "at 4:15 pm", "at 17:15 your time", "tomorrow at 16:15, and not on Friday", "at 5:15 pm in Amsterdam",
    ],
)  # fmt: skip
def test_the_day_and_hour_of_the_interview_agree(when: str) -> None:
    assert codes(CONFIRM.format(when), kind="confirmation", notes=TALK) == []


@pytest.mark.parametrize(
    ("when", "text"),
    [
        ("on 25 November", "25 November"),
        ("on Wednesday", "Wednesday"),
        ("on Nov 24, 2027", "Nov 24, 2027"),
        ("at 16:30", "16:30"),
        ("at 3 pm", "3 pm"),
    ],
)
def test_another_day_or_hour_is_found(when: str, text: str) -> None:
    (found,) = findings(CONFIRM.format(when), kind="confirmation", notes=TALK)
    assert (found.code, found.line) == ("date-disagrees", 8)
    assert found.message == f"{text} does not agree with Interviews/Talk.md, which says 2026-11-24 at 16:15 or 17:15"


def test_tomorrow_is_another_day_two_days_before() -> None:
    sunday = dt.datetime(2026, 11, 22)
    assert codes(CONFIRM.format("tomorrow"), kind="confirmation", notes=TALK, now=sunday) == ["date-disagrees"]


def test_thanks_for_yesterday_agree_only_the_day_after() -> None:
    thanks = THANKS.replace("Thursday", "yesterday")
    day_after, later = dt.datetime(2026, 11, 20), dt.datetime(2026, 11, 21)
    assert codes(thanks, kind="thank-you", notes=HELD, now=day_after) == []
    assert codes(thanks, kind="thank-you", notes=HELD, now=later) == ["thank-you-late", "date-disagrees"]


def test_only_the_first_sentence_of_thanks_names_the_interview() -> None:
    thanks = THANKS.replace("pianos", "pianos on Friday 4 December")
    assert codes(thanks, kind="thank-you", notes=HELD, now=dt.datetime(2026, 11, 20)) == []


def test_the_interview_that_a_message_links_to_is_the_one_that_counts() -> None:
    two = {**TALK, "Interviews/Other.md": "type: interview\ncontact: '[[Ada Lovelace]]'\ndate: 2026-12-01T10:00"}
    properties = "subject: Soon\ninterview: '[[Other]]'"
    assert codes(CONFIRM.format("on 1 December"), properties, kind="confirmation", notes=two) == []
    assert codes(CONFIRM.format("tomorrow"), properties, kind="confirmation", notes=two) == ["date-disagrees"]


def test_without_time_zones_an_hour_may_be_anybodys() -> None:
    nowhere = {**TALK, "Me.md": "type: me"}
    assert codes(CONFIRM.format("at 11:00"), kind="confirmation", notes=nowhere) == []


def test_a_weekday_that_the_date_does_not_have_is_found() -> None:
    (found,) = findings(GOOD.replace("twenty minutes", "time on Tuesday, 26 November"))
    assert (found.code, found.line) == ("weekday-wrong", 10)
    assert found.message == "Tuesday, 26 November: 2026-11-26 is a Thursday"
    assert codes(GOOD.replace("twenty minutes", "time on Thursday, 26 November")) == []
    assert codes(GOOD.replace("twenty minutes", "time on Friday 1 January")) == []  # of the next year


# --- The head of a mail ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "properties",
    [
        'subject: "Hi Charles Babbage\\r\\nBcc: all@example.org"',
        "subject: |\n  Hi Charles Babbage\n  Bcc: all@example.org",
        'subject: Charles Babbage\ncc: ["a@example.org", "b@example.org\\nBcc: all@example.org"]',
    ],
)
def test_a_line_break_in_the_head_is_an_error_that_nobody_can_switch_off(properties: str) -> None:
    (found,) = (one for one in findings(GOOD, properties, off=("header-injection",)) if one.code == "header-injection")
    assert (found.severity, found.property) == (Severity.ERROR, "cc" if "\ncc:" in properties else "subject")
    assert found.line is not None


def test_a_long_subject_on_several_lines_of_yaml_is_one_line() -> None:
    assert codes(GOOD, "subject: >-\n  Charles Babbage\n  sent me") == []
    assert codes(GOOD, "subject: |\n  Charles Babbage sent me\n") == []
