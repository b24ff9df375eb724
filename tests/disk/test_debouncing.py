import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoview_md.disk.debouncing import Debouncer


def test_a_batch_waits_until_it_is_quiet() -> None:
    waiting = Debouncer(quiet=0.3, longest=2.0)
    waiting.add("a.md", 10.0)
    waiting.add("b.md", 10.2)
    waiting.add("a.md", 10.25)
    assert waiting.due_at() == pytest.approx(10.55)
    assert waiting.take(10.5) is None
    assert waiting.take(10.6) == frozenset({"a.md", "b.md"})


def test_a_batch_that_never_gets_quiet_waits_no_longer_than_the_longest_time() -> None:
    waiting = Debouncer(quiet=0.3, longest=1.0)
    for tick in range(10):
        waiting.add(f"{tick}.md", 5.0 + tick / 10)
    assert waiting.due_at() == 6.0
    assert waiting.take(5.99) is None
    assert waiting.take(6.0) == frozenset(f"{tick}.md" for tick in range(10))


def test_an_empty_debouncer_is_never_due() -> None:
    waiting = Debouncer(quiet=0.3, longest=1.0)
    assert waiting.due_at() is None
    assert waiting.take(1e9) is None


def test_a_taken_batch_is_not_taken_twice_and_the_next_one_waits_anew() -> None:
    waiting = Debouncer(quiet=1.0, longest=5.0)
    waiting.add("a.md", 0.0)
    assert waiting.take(1.0) == frozenset({"a.md"})
    assert waiting.due_at() is None
    waiting.add("b.md", 100.0)
    assert waiting.due_at() == 101.0


steps = st.lists(
    st.tuples(st.integers(0, 40), st.one_of(st.none(), st.sampled_from(["a.md", "b.md", "c/d.md"]))), max_size=60
)


@given(steps=steps, quiet=st.integers(0, 10), longest=st.integers(0, 30))
def test_no_path_is_lost_and_none_waits_longer_than_the_longest_time(
    steps: list[tuple[int, str | None]], quiet: int, longest: int
) -> None:
    waiting = Debouncer(quiet=quiet, longest=longest)
    now, oldest = 0, dict[str, int]()
    for pause, path in steps:
        now += pause
        if path is not None:
            waiting.add(path, now)
            oldest.setdefault(path, now)
        due = waiting.due_at()
        assert (due is None) == (not oldest)
        assert due is None or due <= min(oldest.values()) + longest
        if batch := waiting.take(now):
            assert batch == oldest.keys()
            oldest.clear()
        else:
            assert due is None or now < due
    assert (waiting.take(now + 100) or frozenset()) == oldest.keys()


def test_a_file_that_is_being_written_is_waited_for() -> None:
    waiting = Debouncer(quiet=0.3, longest=2.0)
    waiting.add("a.md", 10.0, unfinished=True)
    assert waiting.due_at() == 12.0
    waiting.add("b.md", 10.5)
    assert waiting.take(11.0) is None
    waiting.add("a.md", 11.1)
    assert waiting.due_at() == pytest.approx(11.4)
    assert waiting.take(11.4) == frozenset({"a.md", "b.md"})


def test_a_file_that_is_never_closed_waits_no_longer_than_the_longest_time() -> None:
    waiting = Debouncer(quiet=0.3, longest=2.0)
    waiting.add("a.md", 10.0, unfinished=True)
    assert waiting.take(12.0) == frozenset({"a.md"})
    waiting.add("b.md", 20.0)
    assert waiting.due_at() == pytest.approx(20.3)


def test_what_is_forgotten_is_not_waited_for() -> None:
    waiting = Debouncer(quiet=0.3, longest=2.0)
    waiting.add("a.md", 10.0, unfinished=True)
    waiting.forget()
    assert waiting.due_at() is None
    waiting.add("b.md", 20.0)
    assert waiting.take(20.4) == frozenset({"b.md"})
