"""Which of a contact's notes an event belongs to. Each vault is a text; `=== path` begins a note."""

import pytest

from infoview_md.agenda.fitting import fitting_note, note_at
from infoview_md.agenda.gathering import history_of, today_of
from infoview_md.agenda.marking import EVENTS, When
from infoview_md.errors import AmbiguousError, ConflictError, UsageError
from infoview_md.network.index import Changes, Index
from infoview_md.notes.reading import read_note
from tests.agenda.vaults import as_note, day, index_of, moment, notes_in

NOW = moment("2026-11-23T12:00")
REQUEST = "type: request\ncontact: Ada\n"
INTERVIEW = "type: interview\ncontact: Ada\n"


def fit(event: str, vault: str, on: str = "") -> str:
    """The path of the note that an event with Ada belongs to."""
    index = index_of(notes_in(f"=== People/Ada.md\ntype: contact\n{vault}"))
    today = today_of(index.network, index.settings, NOW)
    [ada] = index.network.find_named("Ada")
    when = When(day=day(on) if on else NOW.date(), named=bool(on), now=NOW)
    return fitting_note(EVENTS[event], history_of(ada, index.network, today), when, today.timezone).path


def message(path: str, *properties: str, kind: str = "request") -> str:
    return f"=== {path}\ntype: {kind}\ncontact: Ada\n" + "".join(f"{one}\n" for one in properties)


def interview(path: str, *properties: str) -> str:
    return message(path, *properties, kind="interview")


ASKED = message("1.md", "sent: 2026-11-10")
ASKED_AGAIN = message("2.md", "sent: 2026-11-19", kind="follow-up")

# --- Messages --------------------------------------------------------------------------------------------------------


def test_the_only_unsent_message_is_sent_whatever_it_is_called() -> None:
    assert fit("sent", ASKED + message("b.md")) == "b.md"


def test_of_two_drafts_the_newer_one_is_sent() -> None:
    drafts = message("2026-11-20 Thank-you.md", kind="thank-you") + message("Out/2026-11-02 Request.md")
    assert fit("sent", drafts) == "2026-11-20 Thank-you.md"


def test_a_message_that_is_to_go_out_later_is_unsent() -> None:
    assert fit("sent", message("a.md", "sent: 2026-12-01")) == "a.md"


@pytest.mark.parametrize("other", ["2026-11-20 Update.md", "Update.md"])
def test_two_drafts_of_one_day_or_of_no_day_are_ambiguous(other: str) -> None:
    with pytest.raises(AmbiguousError, match="2 messages to Ada") as refused:
        fit("sent", message("2026-11-20 Request.md") + message(other, kind="update") + message("2026-11-01 Old.md"))
    assert refused.value.hint == f"name the note by its path:\n    2026-11-20 Request.md\n    {other}"


def test_sent_twice_on_one_day_is_sent_once() -> None:
    assert fit("sent", message("a.md", "sent: 2026-11-23")) == "a.md"


@pytest.mark.parametrize("event", ["replied", "accepted", "declined", "later"])
def test_an_answer_belongs_to_the_newest_sent_message_without_one(event: str) -> None:
    assert fit(event, ASKED + ASKED_AGAIN + message("draft.md")) == "2.md"


def test_what_kind_of_answer_it_was_may_be_noted_after_the_answer() -> None:
    assert fit("accepted", message("1.md", "sent: 2026-11-10", "replied: 2026-11-12")) == "1.md"


def test_a_yes_answers_the_request_and_not_what_was_sent_beside_it() -> None:
    beside = message("3.md", "sent: 2026-11-20", kind="announcement")
    assert fit("accepted", ASKED + beside) == "1.md"
    assert fit("replied", ASKED + beside) == "3.md"


def test_after_the_interview_an_answer_belongs_to_the_newest_message_of_any_kind() -> None:
    held = interview("i.md", "date: 2026-11-12")
    assert fit("later", ASKED + held + message("3.md", "sent: 2026-11-20", kind="update")) == "3.md"


def test_an_answer_of_an_earlier_day_belongs_to_what_was_sent_by_then() -> None:
    assert fit("declined", ASKED + ASKED_AGAIN, on="2026-11-18") == "1.md"


def test_what_came_before_the_last_answer_is_settled() -> None:
    answered = message("2.md", "sent: 2026-11-19", "replied: 2026-11-20", "reply: accepted", kind="follow-up")
    with pytest.raises(UsageError, match=r"2\.md is marked as accepted") as refused:
        fit("declined", ASKED + answered)
    assert refused.value.hint == 'if that is wrong: infoview mark declined "2.md"'
    with pytest.raises(UsageError, match=r"2\.md is marked as answered on 20 November") as refused:
        fit("replied", ASKED + answered)
    assert refused.value.hint == 'if that is wrong: infoview mark replied "2.md" --on 2026-11-23'


def test_the_same_answer_twice_is_the_same_note() -> None:
    answered = message("2.md", "sent: 2026-11-19", "replied: 2026-11-23", "reply: accepted", kind="follow-up")
    assert fit("accepted", ASKED + answered) == "2.md"
    assert fit("replied", ASKED + answered) == "2.md"


def test_two_messages_of_one_day_are_ambiguous() -> None:
    with pytest.raises(AmbiguousError, match="2 messages to Ada"):
        fit("replied", ASKED + message("b.md", "sent: 2026-11-10", kind="update"))


@pytest.mark.parametrize(
    ("event", "vault", "on", "hint"),
    [
        ("sent", "", "", 'first: infoview new request "Ada"'),
        ("sent", ASKED, "", "the last one, 1.md, was sent on 10 November"),
        ("sent", message("a.md", "sent: last week"), "", 'name it: infoview mark sent "a.md" --on DATE'),
        ("replied", "", "", 'first: infoview new request "Ada"'),
        ("accepted", message("a b.md"), "", 'first: infoview mark sent "a b.md"'),
        ("accepted", message("a.md") + message("b.md"), "", 'first: infoview mark sent "Ada"'),
        ("accepted", ASKED, "2026-11-09", "the first one is 1.md"),
        ("held", "", "", 'first: infoview new interview "Ada"'),
        ("held", interview("i.md", "status: cancelled"), "", "name the note by its path:\n    i.md"),
        ("held", interview("i.md", "date: 2026-11-20"), "2026-11-21", "name the note by its path:\n    i.md"),
    ],
)
def test_where_nothing_fits_the_hint_says_what_comes_first(event: str, vault: str, on: str, hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        fit(event, vault, on)
    assert refused.value.hint == hint


# --- Interviews ------------------------------------------------------------------------------------------------------

PAST = interview("past.md", "date: 2026-11-01") + interview("recent.md", "date: 2026-11-23T10:00")
COMING = interview("next.md", "date: 2026-11-23T15:00") + interview("far.md", "date: 2026-12-01")
UNDATED = interview("undated.md")


@pytest.mark.parametrize(
    ("event", "vault", "path"),
    [
        ("held", PAST + COMING + UNDATED, "recent.md"),
        ("no-show", PAST + COMING + UNDATED, "recent.md"),
        ("cancelled", PAST + COMING + UNDATED, "next.md"),
        ("held", COMING + UNDATED, "next.md"),
        ("cancelled", PAST + UNDATED, "recent.md"),
        ("held", UNDATED, "undated.md"),
        ("cancelled", UNDATED, "undated.md"),
    ],
)
def test_of_interviews_the_nearest_fits(event: str, vault: str, path: str) -> None:
    assert fit(event, vault) == path


def test_the_day_of_an_interview_tells_which() -> None:
    assert fit("held", PAST + COMING, on="2026-11-01") == "past.md"
    assert fit("cancelled", PAST + COMING, on="2026-12-01") == "far.md"
    with pytest.raises(AmbiguousError, match="2 interviews with Ada"):
        fit("held", PAST + COMING, on="2026-11-23")


def test_an_interview_that_is_marked_otherwise_is_left_out() -> None:
    assert fit("held", PAST + interview("off.md", "date: 2026-11-22", "status: cancelled")) == "recent.md"
    off = interview("off.md", "date: 2026-11-23T11:00", "status: cancelled")
    assert fit("held", PAST + off) == "recent.md"


def test_marking_twice_marks_one_interview() -> None:
    off = interview("next.md", "date: 2026-11-24", "status: cancelled")
    assert fit("cancelled", off + interview("far.md", "date: 2026-12-01")) == "next.md"


def test_two_interviews_at_one_time_or_without_any_are_ambiguous() -> None:
    for date in ("date: 2026-11-20", "date:"):
        with pytest.raises(AmbiguousError, match="2 interviews with Ada"):
            fit("held", interview("a.md", date) + interview("b.md", date))


def test_an_interview_in_another_time_zone_has_come_when_its_hour_has() -> None:
    me = "=== Me.md\ntype: me\ntimezone: Europe/London\n"
    there = interview("there.md", "date: 2026-11-23T21:00+09:00") + interview("old.md", "date: 2026-11-01")
    assert fit("held", me + there) == "there.md"


# --- Notes by their paths --------------------------------------------------------------------------------------------

VAULT = index_of(
    {
        "Me.md": "type: me",
        "People/Ada.md": "type: contact",
        "People/Broken.md": "type: contact\nname: [x",
        "Out/Zoë.md": REQUEST,
        "In/Talk.md": INTERVIEW,
        "In/Prep.md": "type: prep\ncontact: Ada",
        "Out/Broken.md": "type: request\ncontact: [Ada",
        "Notes/Poem.md": "\nRoses",
    }
)


@pytest.mark.parametrize("name", ["Out/Zoë.md", "out/ZOE\u0308", " Out/Zoë ", "[[Out/Zoë]]", "elsewhere.md|Out/Zoë.md"])
def test_a_note_is_found_by_its_path_in_any_case_and_unicode_form(name: str) -> None:
    found = note_at(name.split("|"), VAULT)
    assert found is not None
    assert found.path == "Out/Zoë.md"


@pytest.mark.parametrize("name", ["Zoë", "Ada", "People/Ada.md", "People/Nobody.md", ""])
def test_contacts_and_other_words_are_no_note(name: str) -> None:
    assert note_at([name], VAULT) is None


@pytest.mark.parametrize("name", ["Me.md", "In/Prep.md", "Notes/Poem"])
def test_a_note_to_which_nothing_happens_is_wrong_use(name: str) -> None:
    with pytest.raises(UsageError, match="neither a message nor an interview"):
        note_at([name], VAULT)


@pytest.mark.parametrize("name", ["Out/Broken.md", "People/Broken.md"])
def test_a_note_that_cannot_be_read_is_a_conflict_that_says_why(name: str) -> None:
    with pytest.raises(ConflictError, match="cannot be read\nline 3: the properties cannot be read: a list"):
        note_at([name], VAULT)


def test_a_note_that_is_no_text_is_a_conflict_too() -> None:
    index = Index().apply(Changes(read={"Out/A.md": read_note("Out/A.md", as_note(REQUEST) + b"\xe9")}))
    with pytest.raises(ConflictError, match="not UTF-8"):
        note_at(["Out/A.md"], index)
