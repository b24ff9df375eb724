"""Links as they are written."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoview_md.notes.links import Link, body_links, read_link, read_links


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("[[Ada]]", Link("Ada")),
        ("  [[Ada]]  ", Link("Ada")),
        ("[[Ada.md]]", Link("Ada")),
        ("[[Ext.MD]]", Link("Ext")),
        ("[[People/Ada Lovelace]]", Link("People/Ada Lovelace")),
        ("[[Ada|The Countess]]", Link("Ada", shown="The Countess")),
        (r"[[Ada\|The Countess]]", Link("Ada", shown="The Countess")),
        ("[[Ada|a|b]]", Link("Ada", shown="a|b")),
        ("[[Ada|]]", Link("Ada")),
        ("[[Ada#Calls]]", Link("Ada", heading="Calls")),
        ("[[Ada#H1#H2|x]]", Link("Ada", shown="x", heading="H1#H2")),
        ("[[Ada#^block-1]]", Link("Ada", heading="^block-1")),
        ("[[People/Ada Lovelace.md#Calls^b1|Ada]]", Link("People/Ada Lovelace", shown="Ada", heading="Calls^b1")),
        ("[[Sq]uare]]", Link("Sq]uare")),
        ("[[a%20b]]", Link("a%20b")),
        ("![[Ada]]", Link("Ada")),
        ("[Ada](People/Ada%20Lovelace.md)", Link("People/Ada Lovelace", shown="Ada", style="markdown")),
        ("[Ada](<People/Ada Lovelace.md>)", Link("People/Ada Lovelace", shown="Ada", style="markdown")),
        ("[Zoë](../Zo%C3%AB.md#Calls%201)", Link("../Zoë", shown="Zoë", heading="Calls 1", style="markdown")),
        ("[C](C%23.md)", Link("C#", shown="C", style="markdown")),
        ('[Ada](Ada.md "her page")', Link("Ada", shown="Ada", style="markdown")),
        ("[a (b)](x_(y).md)", Link("x_(y)", shown="a (b)", style="markdown")),
        ("[Ada](https://ada.example.org)", Link("Ada", style="bare")),
        ("[Ada](mailto:ada@example.org)", Link("Ada", style="bare")),
        ("[Ada]()", Link("Ada", style="bare")),
        ("Ada Lovelace", Link("Ada Lovelace", style="bare")),
        ("https://example.org/cv.pdf", Link("https://example.org/cv.pdf", style="bare")),
        ("", None),
        ("   ", None),
        ("[[]]", None),
        ("[[#Heading]]", None),
        ("[[|shown]]", None),
        ("[](https://x.org)", None),
    ],
)
def test_a_property_is_read_as_a_link(text: str, link: Link | None) -> None:
    assert read_link(text) == link


def test_a_link_knows_its_line_and_what_a_reader_sees() -> None:
    link = read_link("[[People/Ada|Countess]]", 7)
    assert link is not None
    assert (link.line, link.text) == (7, "Countess")
    assert Link("People/Ada").text == "Ada"


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("[[Ada]], [[Grace]]", ["Ada", "Grace"]),
        ("[[Ada]] and [Grace](People/Grace.md)", ["Ada", "People/Grace"]),
        ("[[Ada]] (by phone)", ["Ada"]),
        ("[[Ada]]", ["Ada"]),
        ("Lovelace, Ada", ["Lovelace, Ada"]),
        ("[[]]", []),
        ("", []),
    ],
)
def test_a_property_may_hold_several_links(text: str, targets: list[str]) -> None:
    assert [one.target for one in read_links(text, 3)] == targets


BODY = """\
First [[Ada]] and [Grace](Grace%20Hopper.md),
then [[a [[b]] c]] and ![[image.png|300]].

`[[no]]` and ``[[no]] ` [[no]]`` but [[yes]] ` alone

```markdown
[[no]]
```
``` [[inline]] ``` after
  ~~~~
  [[no]]
  ~~~
  ~~~~
> ```
> [[no]]
> ```
%% [[no]]
[[no]] %% [[seen]]
<!-- [[no]] --> [[too]]
[web](https://example.org) [mail](mailto:a@b.c) [self](#h) [[#h]]
| [[Cell\\|x]] |
[[https://example.org]] [x](y.md) [z]
"""


def test_the_links_of_a_body_are_found_in_order_with_their_lines() -> None:
    found = [(one.target, one.line) for one in body_links(BODY, 10)]
    assert found == [
        ("Ada", 10),
        ("Grace Hopper", 10),
        ("b", 11),
        ("image.png", 11),
        ("yes", 13),
        ("seen", 27),
        ("too", 28),
        ("Cell", 30),
        ("https://example.org", 31),
        ("y", 31),
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_open_fence_hides_the_rest_and_a_closed_one_does_not(newline: str) -> None:
    body = "```\n[[no]]\n```\n[[yes]]\n~~~\n[[no]]\n".replace("\n", newline)
    assert [(one.target, one.line) for one in body_links(body)] == [("yes", 4)]


def test_a_shown_text_may_hold_brackets_once() -> None:
    assert [one.target for one in body_links("[a [b] c](x.md) [[[c]]")] == ["x", "[c"]


HOSTILE = [
    "[[",
    "[",
    "[](",
    "[](<",
    "[a](b",
    "![[a|",
    "`",
    "`a",
    "` `` ",
    "%%",
    "<!--",
    "```\n",
    "[a[b](",
    '[](a "',
    "[](a()()",
    "[[a]]]]]",
    "\t> ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_body_of_nothing_but_brackets_takes_no_time(piece: str) -> None:
    body = piece * (100_000 // len(piece)) + "[[x]] ]("
    start = time.perf_counter()
    body_links(body)
    read_links(body.replace("\n", " "))
    assert time.perf_counter() - start < 10


@given(st.text(alphabet=st.sampled_from('[]()<>|#\\`%!-~ab/.\n" '), max_size=60))
def test_any_text_can_be_searched_for_links(text: str) -> None:
    for link in (*body_links(text), *read_links(text)):
        assert link.target.strip()
        assert "\n" not in link.target or link.style == "bare"
        assert 0 <= link.line <= text.count("\n") + 1
