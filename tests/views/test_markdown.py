import pytest

from infoview_md.views.markdown import escaped, table, wikilink


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("<b>*Ada*</b>", "\\<b\\>\\*Ada\\*\\</b\\>"),
        ("[[Ada|Eve]]", "\\[\\[Ada\\|Eve\\]\\]"),
        ("a\nb", "a\\\\nb"),
        ("1. Ada", "1\\. Ada"),
        ("- Ada", "\\- Ada"),
        ("---", "\\---"),
        ("Ada - 1.5", "Ada - 1.5"),
        ("%%Ada%%", "\\%\\%Ada\\%\\%"),
        ("", "(no name)"),
    ],
)
def test_text_stays_text(text: str, safe: str) -> None:
    assert escaped(text) == safe


@pytest.mark.parametrize(
    ("path", "name", "link"),
    [
        ("People/Ada.md", "Ada", "[[People/Ada|Ada]]"),
        ("Ada.md", "Ada", "[[Ada]]"),
        (None, "Ada", "Ada"),
        ("People/Ada.md", "Ada]] [[Eve", "[[People/Ada]] (Ada\\]\\] \\[\\[Eve)"),
        ("People/Ada.md", "<b>Ada", "[[People/Ada]] (\\<b\\>Ada)"),
        ("People/Ada #1.md", "Ada", "Ada"),
        ("People/Ada\n.md", "Ada", "Ada"),
        ("People/Ada.md", "Ada\u202e", "[[People/Ada]] (Ada\\\\u202e)"),
        ("People/Ada.md", "", "[[People/Ada]] ((no name))"),
        ("People/Ada.md", "Ada & Eve #1", "[[People/Ada|Ada & Eve #1]]"),
    ],
)
def test_a_link_leads_to_the_note_or_is_none(path: str | None, name: str, link: str) -> None:
    assert wikilink(path, name) == link


@pytest.mark.parametrize(
    ("path", "name", "link"),
    [
        ("People/Ada.md", "Ada", "[[People/Ada\\|Ada]]"),
        ("Ada.md", "Ada", "[[Ada]]"),
        (None, "a | b", "a \\| b"),
        ("People/Ada.md", "a | b", "[[People/Ada]] (a \\| b)"),
    ],
)
def test_in_a_table_no_bar_is_bare(path: str | None, name: str, link: str) -> None:
    assert wikilink(path, name, in_table=True) == link


def test_a_table() -> None:
    assert table(("Who", "Whom"), [["Ada", "Bob"], ["Eve", ""]]) == (
        "| Who | Whom |\n| --- | --- |\n| Ada | Bob |\n| Eve |  |\n"
    )
