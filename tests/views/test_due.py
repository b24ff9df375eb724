import datetime as dt
from collections.abc import Callable, Mapping

import pytest

from infoview_md.agenda.agenda import Action
from infoview_md.network.people import Network
from infoview_md.views.due import due_brief, due_lines, next_lines
from infoview_md.views.lines import Look, Segment

MakeNetwork = Callable[[Mapping[str, str]], Network]

TODAY = dt.date(2026, 11, 23)


@pytest.fixture(name="action")
def action_fixture(network_of: MakeNetwork) -> Callable[..., Action]:
    ada = network_of({"Ada.md": "type: contact"}).contacts["Ada.md"]

    def make(days: int, text: str = "thank them", command: str | None = None, note: str | None = None) -> Action:
        due = TODAY + dt.timedelta(days)
        because = f"Because of {text}."
        return Action(
            contact=ada, stage="met", rule="r", text=text, due=due, because=because, note=note, command=command
        )

    return make


def test_what_is_due_comes_day_by_day_with_reason_and_command(action: Callable[..., Action]) -> None:
    actions = [
        action(-3, "write it up", note="Talks/t.md"),
        action(-1, "thank them", "infoview new thank-you Ada", "Talks/t.md"),
        action(0, "write"),
        action(1, "confirm"),
        action(1, "prepare"),
        action(45, "say hello"),
    ]
    assert [str(one) for one in due_lines(reversed(actions), TODAY)] == [
        "Overdue",
        "  Ada: write it up (since 20 November, 3 days late)",
        "    Because of write it up.",
        "    in Talks/t.md",
        "  Ada: thank them (since 22 November, 1 day late)",
        "    Because of thank them.",
        "    infoview new thank-you Ada",
        "",
        "Today, Monday 23 November",
        "  Ada: write",
        "    Because of write.",
        "",
        "Tomorrow, Tuesday 24 November",
        "  Ada: prepare",
        "    Because of prepare.",
        "  Ada: confirm",
        "    Because of confirm.",
        "",
        "Thursday 7 January 2027",
        "  Ada: say hello",
        "    Because of say hello.",
    ]


def test_when_nothing_is_due_it_says_so() -> None:
    assert [str(one) for one in due_lines([], TODAY)] == ["Nothing is due."]
    assert due_brief([], TODAY) == ()
    assert [str(one) for one in next_lines([], TODAY)] == ["Nothing is to be done for now."]


def test_in_brief_the_most_urgent_come_first_and_the_rest_is_counted(action: Callable[..., Action]) -> None:
    actions = [action(days, f"do {days}") for days in (9, 1, 0, -10, -1, 2, 3)]
    assert [str(one) for one in due_brief(actions, TODAY, Look(ascii_only=True))] == [
        "  10 days late  Ada: do -10",
        "  1 day late    Ada: do -1",
        "  today         Ada: do 0",
        "  tomorrow      Ada: do 1",
        "  25 November   Ada: do 2",
        "  ... and 2 more: infoview due",
    ]


def test_one_more_is_shown_rather_than_counted(action: Callable[..., Action]) -> None:
    assert [str(one) for one in due_brief([action(0)] * 6, TODAY)] == ["  today  Ada: thank them"] * 6


def test_what_is_late_looks_like_it(action: Callable[..., Action]) -> None:
    assert Segment("1 day late", "warning") in due_brief([action(-1)], TODAY)[0].segments
    assert Segment("today", "muted") in due_brief([action(0)], TODAY)[0].segments


def test_what_comes_next_for_one_contact(action: Callable[..., Action]) -> None:
    actions = [action(2, "send an update", "infoview new update Ada"), action(-1, "thank them")]
    assert [str(one) for one in next_lines(actions, TODAY)] == [
        "Next",
        "  1 day late: thank them",
        "    Because of thank them.",
        "  25 November: send an update",
        "    Because of send an update.",
        "    infoview new update Ada",
    ]


def test_a_name_with_a_line_break_stays_on_its_line(action: Callable[..., Action]) -> None:
    lines = due_lines([action(0, "thank\nthem", "infoview new thank-you 'A\nB'")], TODAY)
    assert not [one for one in lines if "\n" in str(one)]
