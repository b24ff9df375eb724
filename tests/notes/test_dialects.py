"""What PyYAML would take differently is swapped, keeps every offset, and comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoview_md.notes.dialects import swap


@pytest.mark.parametrize(
    ("block", "text"),
    [
        ("a:\t1\n", "a: 1\n"),
        ("a: \t 1\n", "a:   1\n"),
        ("\t\n", " \n"),
        (" \t\r\n", "  \r\n"),
        ("- \tx\n", "-  x\n"),
        ("a:\n  -\tx\n", "a:\n  - x\n"),
        ("phone: -\n", "phone: ~\n"),
        ("phone: -  \r\n", "phone: ~  \r\n"),
    ],
)
def test_what_yaml_1_2_allows_is_made_fit_for_pyyaml(block: str, text: str) -> None:
    assert swap(block).text == text


@pytest.mark.parametrize("block", ["\tx: 1\n", "a: x\ty\n", "a: - b\n", "- -\n", "# a: -\n", "a: --\n"])
def test_what_needs_no_help_is_left_alone(block: str) -> None:
    assert swap(block).text == block


def test_line_breaks_of_yaml_1_1_come_back() -> None:
    swapped = swap("a: x\u2028y\x85z\u2029\n")
    assert "\u2028" not in swapped.text
    assert swapped.back(swapped.text[3:-1], None) == "x\u2028y\x85z\u2029"


def test_a_pair_of_escapes_comes_back_as_one_character() -> None:
    swapped = swap('a: "\\ud83d\\ude00 \\uD83D\\uDE00"\n')
    assert swapped.back("\ue83d\uee00", '"') == "\U0001f600"


def test_a_pair_of_escapes_that_is_only_text_comes_back_as_it_was() -> None:
    swapped = swap("a: \\ud83d\\uDE00\n")
    assert swapped.back(swapped.text[3:-1], None) == "\\ud83d\\uDE00"


@pytest.mark.parametrize(
    "block", ["a: \uf8f1 \u2028\n", 'a: \ue83d "\\ud83d\\ude00"\n', 'a: "\\uE83D \\ud83d\\ude00"\n']
)
def test_a_text_with_private_characters_of_its_own_is_left_alone(block: str) -> None:
    assert swap(block).text == block


@given(st.text(alphabet=st.sampled_from('ab:- \t\n\r"\\ud83de00\u2028\x85\uf8f1')))
def test_every_offset_stays_true(block: str) -> None:
    swapped = swap(block)
    assert len(swapped.text) == len(block)
    assert swapped.text.count("\n") == block.count("\n")
