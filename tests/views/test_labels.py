import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoview_md.views.labels import clipped, plain, wide, wrapped_name


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Ada Lovelace", ("Ada Lovelace",)),
        ("Ada\nLovelace", ("Ada Lovelace",)),
        ("Bartholomew Featherstonehaugh", ("Bartholomew", "Featherstonehaugh")),
        ("Maximilian von und zu Hohenlohe-Schillingsfürst", ("Maximilian von und zu", "Hohenlohe-Schillingsfü…")),
        (" ", ("(no name)",)),
        ("\u202eAda", ("\\u202eAda",)),
        ("WWWWWWWWWWWWWWWWWWWW", ("WWWWWWWWWWWWW", "WWWWWWW")),
        ("艾達·勒芙蕾絲" * 9, ("艾達·勒芙蕾絲艾達·勒", "芙蕾絲艾達·勒芙蕾絲…")),
    ],
)
def test_a_name_in_two_lines(name: str, lines: tuple[str, ...]) -> None:
    assert wrapped_name(name, 176, 13, 2) == lines


@given(st.text(), st.integers(20, 400), st.integers(1, 3))
def test_no_line_is_wider_than_its_room(name: str, room: int, lines: int) -> None:
    rows = wrapped_name(name, room, 13, lines)
    assert 1 <= len(rows) <= lines
    assert all(wide(row, 13) <= room for row in rows)


@given(st.text(), st.integers(20, 400))
def test_what_is_clipped_is_the_beginning_and_says_so(text: str, room: int) -> None:
    short = clipped(text, room, 11)
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
    assert wide(short, 11) <= room


def test_a_name_of_any_length_takes_its_time_but_once() -> None:
    assert len(plain("x" * 1_000_000)) == 401
    assert len(wrapped_name("\u0301" * 1_000_000, 176, 13, 2)) <= 2


def test_the_widest_letters_count_most() -> None:
    assert wide("iiii", 10) < wide("aaaa", 10) < wide("AAAA", 10) < wide("WWWW", 10) < wide("勒勒勒勒", 10)
