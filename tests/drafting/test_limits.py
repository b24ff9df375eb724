"""The counting behind the sandbox."""

import pytest

from infoview_md.drafting.limits import MAX_LIST, MAX_TEXT, Budget, RefusedError, members


def test_members_are_counted_as_often_as_they_stand_there() -> None:
    twice = [[1, 2], {"a": [3]}]
    assert members(twice) == 6
    assert members([twice, twice]) == 14
    assert members("text") == 0


def test_a_list_that_folds_out_without_end_is_refused_at_once() -> None:
    value: list[object] = [1]
    for _ in range(200):
        value = [value, value]
    with pytest.raises(RefusedError, match=f"over {MAX_LIST:,} members"):
        members(value)


def test_a_budget_is_used_up_by_steps_by_characters_and_by_one_long_text() -> None:
    budget = Budget(steps=10, characters=MAX_TEXT)
    budget.work(10)
    budget.text(MAX_TEXT)
    with pytest.raises(RefusedError):
        budget.work(1)
    with pytest.raises(RefusedError):
        budget.text(1)
    with pytest.raises(RefusedError):
        Budget().text(MAX_TEXT + 1)


def test_numbers_stay_small() -> None:
    Budget().value(2**63)
    with pytest.raises(RefusedError):
        Budget().value(2**64)
