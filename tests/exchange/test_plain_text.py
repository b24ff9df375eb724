"""What becomes of Obsidian's and Markdown's marks on the way into a mail."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoview_md.exchange.plain_text import open_comment, plain_text, portable


def plain(body: str) -> str:
    return plain_text(portable(body).markdown)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        # Links
        ("I met [[Ada Lovelace]].", "I met Ada Lovelace."),
        ("I met [[People/Ada Lovelace|Ada]].", "I met Ada."),
        ("[[People/Ada Lovelace]] and [[Note#A heading]]", "Ada Lovelace and Note"),
        ("[[#What I know]]", "What I know"),
        ("| [[People/Ada\\|Ada]] |", "| Ada |"),
        ("[[a_b_c]] and [[2 * 3]]", "a_b_c and 2 * 3"),
        ("see [my page](https://example.org/me)", "see my page (https://example.org/me)"),
        ("see [a page](https://example.org/a_(b)_c)", "see a page (https://example.org/a_(b)_c)"),
        ("see <https://example.org/_x_>", "see https://example.org/_x_"),
        ("[https://example.org](https://example.org)", "https://example.org"),
        ("[ada@example.org](mailto:ada@example.org)", "ada@example.org"),
        ("[write](mailto:a_b_c@example.org)", "write (a_b_c@example.org)"),
        ("[Ada](People/Ada%20Lovelace.md)", "Ada"),
        ("[here](obsidian://open?vault=x)", "here"),
        ("https://example.org/in/imogen_clough_x *so*", "https://example.org/in/imogen_clough_x so"),
        # Comments
        ("a %%only for me%% b", "a b"),
        ("a<!-- only\nfor me --> b", "a b"),
        ("a\n%%\nonly for me\n%%\nb", "a\nb"),
        ("a\n\n%% one %%\n\nb", "a\n\nb"),
        ("a\n\n%% one %% and %% two %%\n\nb", "a\n\n and\n\nb"),
        ("a %% never closed", "a"),
        # Other marks of Obsidian's
        ("==really== and a==b", "really and a==b"),
        ("a line ^block-1\n^block-2\nb", "a line\n\nb"),
        ("5 ^ 2", "5 ^ 2"),
        ("#outreach #people/mentors\nDear Ada", "Dear Ada"),
        ("#1\nwe are #1 in C#", "#1\nwe are #1 in C#"),
        (
            "> [!note]- A title\n> inside\n> > [!tip]\n> > deeper\n>\n> out\nafter",
            "A title\ninside\n\ndeeper\n\nout\nafter",
        ),
        ("> their words", "> their words"),
        # Marks of Markdown's
        ("# A **heading** #", "A heading"),
        ("**bold _both_** *it* __b__ _i_ ***all*** ~~gone~~", "bold both it b i all gone"),
        ("*a **b** c*", "a b c"),
        ("*over\ntwo lines*", "over\ntwo lines"),
        ("snake_case_name, 2 * 3 * 4, a_ b_", "snake_case_name, 2 * 3 * 4, a_ b_"),
        ("- [ ] a\n- [x] b\n- c\n1. d", "- a\n- b\n- c\n1. d"),
        ("Kind regards,  \nImogen\\\nClough", "Kind regards,\nImogen\nClough"),
        (r"\*not bold\* 1\. \[[no link]]", "*not bold* 1. [[no link]]"),
        ("R&amp;D &lt;x&gt; AT&T &nosuch;", "R&D <x> AT&T &nosuch;"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("a\r\nb\rc", "a\nb\nc"),
        # Code
        ("`a **b** %%c%% [[d]]`", "a **b** %%c%% [[d]]"),
        ("```python\nx = '[[a]]'  # %% kept %%\n```\n# after", "x = '[[a]]'  # %% kept %%\nafter"),
        ("~~~\nnever *closed*", "never *closed*"),
        ("```\na  \n\n\n\nb\n```", "a  \n\n\n\nb"),
        # Letters
        ("Zoë 😀 日本 \U0001f469\u200d\U0001f4bb", "Zoë 😀 日本 \U0001f469\u200d\U0001f4bb"),
    ],
)
def test_marks_go_and_words_stay(body: str, text: str) -> None:
    assert plain(body) == text


def test_embeds_are_left_out_and_named() -> None:
    found = portable("Hello\n![[CV.pdf]]\n\n![[Pictures/me.png|300]] there ![me](att/me.jpg)\n")
    assert found.left_out == ("CV.pdf", "Pictures/me.png", "att/me.jpg")
    assert plain_text(found.markdown) == "Hello\n\n there"


def test_a_picture_from_elsewhere_is_linked_and_not_loaded() -> None:
    found = portable("![a map](https://example.org/map.png)")
    assert found.left_out == ()
    assert found.markdown == "[a map](https://example.org/map.png)"


def test_what_a_wikilink_shows_is_no_markdown() -> None:
    assert portable("[[x|*a* [b](https://c.example)]]").markdown == r"\*a\* \[b\](https://c.example)"


def test_a_line_of_998_characters_stays_one_line() -> None:
    assert plain("x" * 998) == "x" * 998


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("a %%b%% `%%` c", None),
        ("a\n```\n%%\n```\n", None),
        ("50%% sure", 5),
        ("a\n\n<!-- b", 7),
        ("%%a%%\n%%b\n", 6),
    ],
)
def test_a_comment_that_never_ends_is_found(body: str, line: int | None) -> None:
    assert open_comment(body, 5) == line


@given(st.text(st.sampled_from("ab \n\x00*_~=`%<!->[]()|#^\\&;!0x"), max_size=200))
def test_any_body_becomes_text_that_is_tidy(body: str) -> None:
    text = plain(body)
    assert "\r" not in text
    assert text == text.strip("\n")


@pytest.mark.parametrize(
    "piece", ["**", "[[", "![[", "%%", "<!--", "`", "`` ", "==", "](", "_a", "> [!a]", "~~~\n", "\x00", "&#", "[("]
)
def test_a_hostile_body_takes_bounded_time(piece: str) -> None:
    began = time.perf_counter()
    plain(piece * (30_000 // len(piece)))
    assert time.perf_counter() - began < 5
