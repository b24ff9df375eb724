"""When two names are the same, and what of a text is safe to show."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoview_md.notes.text import fold, in_command, numbered, scripts_in, visible


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Lovelace", "ADA lovelace"),
        ("Zo\u00eb", "Zoe\u0308"),
        ("Stra\u00dfe", "STRASSE"),
        ("\u00c5ngstr\u00f6m", "A\u030angstro\u0308m"),
        ("\u212b", "\u00e5"),
        ("\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2", "\u03c3\u03af\u03c3\u03c5\u03c6\u03bf\u03c3"),
    ],
)
def test_names_are_the_same_in_any_case_and_either_way_of_writing_accents(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_names_that_only_look_the_same_are_two() -> None:
    assert fold("\u0410da") != fold("Ada")
    assert fold("Ada Lovelace") != fold("Ada  Lovelace")


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text) == fold(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ada\nand\tBob", "Ada\nand\tBob"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("a\x00b\x7f\x9b", r"a\x00b\x7f\x9b"),
        ("\u202egnp.md", r"\u202egnp.md"),
        ("\u200bzero\ufeff", r"\u200bzero\ufeff"),
        ("x\u2028y\x85", r"x\u2028y\x85"),
        ("\udc80", r"\udc80"),
        ("\U000e0041", r"\U000e0041"),
        ("Zo\u00eb \u65e5\u672c \U0001f468\u200d\U0001f469\u200d\U0001f467 \u0646\u200c\u0645", None),
    ],
)
def test_what_cannot_be_seen_is_written_out(text: str, shown: str | None) -> None:
    assert visible(text) == (text if shown is None else shown)


@given(st.text())
def test_what_is_shown_holds_no_control_character(text: str) -> None:
    shown = visible(text)
    assert not [char for char in shown if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} and char not in "\n\t"]
    assert visible(shown) == shown


@pytest.mark.parametrize(
    ("word", "scripts"),
    [
        ("Ada", ("Latin",)),
        ("\u0410da", ("Cyrillic", "Latin")),
        ("Ad\u0391", ("Latin", "Greek")),
        ("\u65e5\u672c-4", ()),
        ("Zo\u00eb\u0301", ("Latin",)),
    ],
)
def test_the_scripts_of_a_word_are_told_in_order(word: str, scripts: tuple[str, ...]) -> None:
    assert scripts_in(word) == scripts


def test_matches_carry_the_line_they_begin_on() -> None:
    found = [(line, match[0]) for line, match in numbered(re.compile("x+"), "x\n\nxx y\r\nx\u2028x", 5)]
    assert found == [(5, "x"), (7, "xx"), (8, "x"), (8, "x")]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Ada Lovelace", '"Ada Lovelace"'),
        ("O'Brien", '"O\'Brien"'),
        ("$(rm -rf ~)", "'$(rm -rf ~)'"),
        ('a"b', "'a\"b'"),
        ("`x`", "'`x`'"),
        ("-rf", '-- "-rf"'),
        ("a\nb\x1b", None),
    ],
)
def test_a_text_is_one_harmless_word_of_a_command(text: str, word: str | None) -> None:
    written = in_command(text)
    assert word is None or written == word
    assert "\n" not in written
    assert "\x1b" not in written
