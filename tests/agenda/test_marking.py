"""What an event sets in a note, and when it cannot have happened to it."""

import datetime as dt

import pytest

from infoview_md.agenda.marking import EVENTS, Change, Mark, Markable, When, mark_of, marked, named_event
from infoview_md.errors import ConflictError, UsageError
from infoview_md.notes.properties import MESSAGE_TYPES, PROPERTIES, TYPES
from infoview_md.notes.reading import Read, read_note
from infoview_md.notes.records import InterviewNote, MessageNote
from tests.agenda.vaults import as_note, day, moment

TODAY = day("2026-11-23")
ASKED = "type: request\ncontact: Ada\nsent: 2026-11-10\n"


def when(on: str = "", until: str = "") -> When:
    named = day(on) if on else None
    return When(day=named or TODAY, named=bool(on), until=day(until) if until else None, now=moment("2026-11-23T09:00"))


def note(properties: str, path: str = "Outreach/Ask.md") -> Markable:
    reading = read_note(path, as_note(properties))
    assert isinstance(reading, Read)
    assert isinstance(reading.record, MessageNote | InterviewNote)
    return reading.record


def changes(event: str, properties: str, time: When | None = None) -> tuple[Change, ...]:
    return marked(mark_of(named_event(event), note(properties), time or when()), as_note(properties)).changes


def edited(event: str, properties: str, time: When | None = None) -> str:
    data = marked(mark_of(named_event(event), note(properties), time or when()), as_note(properties)).data
    return data.decode().removeprefix("---\n").removesuffix("---\n")


def test_every_event_sets_a_property_of_the_format_to_one_of_its_values() -> None:
    for row in EVENTS.values():
        kind = PROPERTIES[row.sets]
        assert kind.kind == ("choice" if row.word else "date")
        assert row.word is None or row.word in kind.choices
        types = ("interview",) if row.is_about_interviews else MESSAGE_TYPES
        assert all(row.sets in TYPES[name].properties for name in types)


@pytest.mark.parametrize(
    ("event", "properties", "added"),
    [
        ("sent", "type: request\ncontact: Ada\n", "sent: 2026-11-23\n"),
        ("replied", ASKED, "replied: 2026-11-23\n"),
        ("accepted", ASKED, "replied: 2026-11-23\nreply: accepted\n"),
        ("declined", ASKED + "replied: 2026-11-12\n", "reply: declined\n"),
        ("later", ASKED, "replied: 2026-11-23\nreply: later\n"),
        ("held", "type: interview\ncontact: Ada\n", "status: held\n"),
        ("cancelled", "type: interview\ncontact: Ada\n", "status: cancelled\n"),
        ("no-show", "type: interview\ncontact: Ada\n", "status: no-show\n"),
    ],
)
def test_an_event_sets_its_property_and_no_other(event: str, properties: str, added: str) -> None:
    assert edited(event, properties) == properties.removesuffix("\n") + "\n" + added


def test_later_may_say_when() -> None:
    found = changes("later", ASKED, when("2026-11-20", until="2027-01-15"))
    assert found == (
        Change("reply", None, "later"),
        Change("replied", None, "2026-11-20"),
        Change("later_on", None, "2027-01-15"),
    )


def test_an_empty_property_gets_its_value_where_it_stands() -> None:
    block = "type: request\ncontact: Ada\nsent: 2026-11-10 # by hand\nreply: ''\nreplied:\nlater_on:\n"
    assert edited("accepted", block) == block.replace("''", "accepted").replace("replied:", "replied: 2026-11-23")


def test_a_changed_mind_shows_what_was_said_before() -> None:
    block = ASKED + "reply: later\nreplied: 2026-11-12\n"
    assert changes("accepted", block) == (Change("reply", "later", "accepted"),)


@pytest.mark.parametrize("sent", ["2026-11-23", '"2026-11-23"', "2026-11-23T10:00:00", "[2026-11-23]"])
def test_what_the_note_says_already_in_whatever_spelling_is_left(sent: str) -> None:
    block = f"type: request\ncontact: Ada\nsent: {sent}\n"
    assert edited("sent", block) == block
    assert changes("sent", block) == (Change("sent", "2026-11-23", "2026-11-23"),)


def test_a_value_that_could_not_be_read_is_replaced_and_told() -> None:
    block = "type: request\ncontact: Ada\nsent: last Tuesday\n"
    assert changes("sent", block) == (Change("sent", "last Tuesday", "2026-11-23"),)


@pytest.mark.parametrize(
    ("event", "properties", "time", "words"),
    [
        ("held", ASKED, when(), "Outreach/Ask.md is a request, which cannot be held"),
        ("sent", "type: interview\ncontact: Ada\n", when(), "Outreach/Ask.md is an interview, which cannot be sent"),
        ("accepted", ASKED, when(until="2027-01-15"), "--until does not belong to accepted"),
        ("later", ASKED, when(until="2026-11-22"), "22 November is before"),
        ("sent", "type: request\ncontact: Ada\n", when("2026-11-24"), "24 November is still to come"),
        ("sent", ASKED, when(), "sent already, on 10 November"),
        ("replied", ASKED + "replied: 2026-11-12\n", when(), "answered already, on 12 November"),
        ("replied", "type: request\ncontact: Ada\n", when(), "Outreach/Ask.md is not sent yet"),
        ("declined", "type: request\ncontact: Ada\nsent: 2026-12-01\n", when(), "is not sent yet"),
        ("declined", ASKED, when("2026-11-09"), "was sent on 10 November, so nobody answered it on 9 November"),
    ],
)
def test_what_cannot_have_happened_is_refused(event: str, properties: str, time: When, words: str) -> None:
    with pytest.raises(UsageError, match=words) as refused:
        mark_of(named_event(event), note(properties), time)
    assert refused.value.hint


def test_a_day_can_be_corrected_by_naming_the_right_one() -> None:
    assert changes("sent", ASKED, when("2026-11-11")) == (Change("sent", "2026-11-10", "2026-11-11"),)


def test_a_message_that_was_to_go_out_later_can_go_out_today() -> None:
    block = "type: request\ncontact: Ada\nsent: 2026-12-01\n"
    assert changes("sent", block) == (Change("sent", "2026-12-01", "2026-11-23"),)


def test_what_is_still_to_come_can_only_be_cancelled() -> None:
    block = "type: interview\ncontact: Ada\ndate: 2026-11-30\n"
    assert changes("cancelled", block, when("2026-11-30")) == (Change("status", None, "cancelled"),)
    with pytest.raises(UsageError, match="30 November is still to come"):
        changes("held", block, when("2026-11-30"))


def test_an_unknown_event_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="no event posted") as refused:
        named_event("posted")
    assert "no-show" in refused.value.hint


# --- On the bytes ----------------------------------------------------------------------------------------------------


def a_mark(properties: str = ASKED) -> Mark:
    return mark_of(EVENTS["accepted"], note(properties), when())


@pytest.mark.parametrize(
    "now",
    [
        ASKED + "reply: declined\n",
        ASKED + "replied: 2026-11-20\n",
        ASKED.replace("request", "thoughts"),
        "type: contact\n",
    ],
)
def test_a_note_that_says_something_else_by_now_is_a_conflict(now: str) -> None:
    with pytest.raises(ConflictError, match=r"Outreach/Ask\.md changed"):
        marked(a_mark(), as_note(now))


def test_changes_elsewhere_in_the_note_do_not_matter() -> None:
    now = as_note(ASKED.replace("contact: Ada", "# hm\ncontact: Ada") + "subject: New\n\nDear Ada,\n")
    assert marked(a_mark(), now).data == now.replace(b"New\n", b"New\nreplied: 2026-11-23\nreply: accepted\n")


@pytest.mark.parametrize("now", ["type: request\ncontact: [Ada\n", ASKED + "sent: 2026-11-11\n", ASKED + "\u00a0x\n"])
def test_a_note_that_cannot_be_read_is_refused_with_the_reason(now: str) -> None:
    with pytest.raises(ConflictError, match=r"^Outreach/Ask\.md:\d: .*left as it is"):
        marked(a_mark(), as_note(now))


def test_news_are_what_the_note_did_not_say() -> None:
    block = ASKED + "reply: accepted\n"
    done = marked(mark_of(EVENTS["accepted"], note(block), when()), as_note(block))
    assert done.news == (Change("replied", None, "2026-11-23"),)
    assert [one.property for one in done.changes] == ["reply", "replied"]


def test_times_of_day_are_no_part_of_a_day() -> None:
    assert when().say(dt.date(2026, 11, 23)) == "23 November"
    assert when().say(dt.date(2025, 11, 23)) == "23 November 2025"
