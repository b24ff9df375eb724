import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoview_md.agenda.workdays import Pause, add_days, add_workdays, due_day, is_workday
from tests.agenda.vaults import day

CHRISTMAS = Pause(day("2026-12-20"), day("2027-01-04"))
BEGIN = day("2026-11-01")

near = st.integers(min_value=0, max_value=60).map(lambda number: BEGIN + dt.timedelta(days=number))
pauses = st.builds(Pause, st.none() | near, near)


def day_by_day(start: dt.date, count: int, stops: list[Pause], *, weekends: bool) -> dt.date:
    """The same by walking through the calendar."""
    left, here = count, start
    while True:
        paused = any((one.first or dt.date.min) <= here <= (one.last or dt.date.max) for one in stops)
        counts = not paused and (weekends or is_workday(here))
        if counts and here != start:
            left -= 1
        if counts and left <= 0 and (here != start or count == 0):
            return here
        here += dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2026-11-27", 3, "2026-12-02"),  # from a Friday
        ("2026-11-28", 3, "2026-12-02"),  # from a Saturday: the count starts on Monday
        ("2026-11-29", 3, "2026-12-02"),
        ("2026-11-30", 3, "2026-12-03"),
        ("2026-11-27", 1, "2026-11-30"),
        ("2026-11-27", 0, "2026-11-27"),
        ("2026-11-28", 0, "2026-11-30"),
        ("2026-11-23", 250, "2027-11-08"),
    ],
)
def test_workdays_skip_weekends(start: str, count: int, expected: str) -> None:
    assert add_workdays(day(start), count) == day(expected)


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2026-12-17", 1, "2026-12-18"),
        ("2026-12-17", 2, "2027-01-05"),
        ("2026-12-17", 3, "2027-01-06"),
        ("2026-12-25", 1, "2027-01-05"),
        ("2026-12-25", 0, "2027-01-05"),
        ("2027-01-04", 0, "2027-01-05"),
        ("2027-01-04", 1, "2027-01-05"),
        ("2027-01-05", 1, "2027-01-06"),
    ],
)
def test_the_workdays_of_a_pause_do_not_count(start: str, count: int, expected: str) -> None:
    assert add_workdays(day(start), count, [CHRISTMAS]) == day(expected)


def test_the_days_of_a_pause_do_not_count() -> None:
    assert add_days(day("2026-12-18"), 1, [CHRISTMAS]) == day("2026-12-19")
    assert add_days(day("2026-12-18"), 2, [CHRISTMAS]) == day("2027-01-05")
    assert add_days(day("2026-12-18"), 1) == day("2026-12-19")


def test_a_pause_may_be_one_day() -> None:
    one_day = Pause(day("2026-11-10"), day("2026-11-10"))
    assert one_day.has_days
    assert add_days(day("2026-11-09"), 1, [one_day]) == day("2026-11-11")


def test_behind_a_pause_without_end_nothing_is_due() -> None:
    endless = Pause(day("2026-12-20"), None)
    assert add_workdays(day("2026-12-17"), 1, [endless]) == day("2026-12-18")
    assert add_workdays(day("2026-12-17"), 2, [endless]) is None
    assert due_day(day("2026-12-17"), 1, "workdays", pauses=[endless], today=day("2026-12-19")) == day("2026-12-18")
    assert due_day(day("2026-12-17"), 1, "workdays", pauses=[endless], today=day("2026-12-20")) is None


def test_a_pause_takes_along_what_was_due_before_it_once_it_has_begun() -> None:
    def due(today: str) -> dt.date | None:
        return due_day(day("2026-12-01"), 7, "workdays", pauses=[CHRISTMAS], today=day(today))

    assert due("2026-12-19") == day("2026-12-10")
    assert due("2026-12-20") == day("2027-01-05")
    assert due("2027-01-20") == day("2027-01-05")


def test_a_pause_that_ends_before_it_begins_has_no_days() -> None:
    turned = Pause(day("2026-12-20"), day("2026-12-10"))
    assert not turned.has_days
    assert due_day(day("2026-12-09"), 2, "days", pauses=[turned], today=day("2026-12-25")) == day("2026-12-11")


@given(near, st.integers(min_value=0, max_value=20), st.lists(pauses, max_size=3))
def test_counting_is_the_same_as_walking_through_the_calendar(start: dt.date, count: int, stops: list[Pause]) -> None:
    assert add_workdays(start, count, stops) == day_by_day(start, count, stops, weekends=False)
    assert add_days(start, count, stops) == day_by_day(start, count, stops, weekends=True)
