"""The HTML form of a mail: what Markdown means, and nothing that acts or tells on the reader."""

import sys

import pytest

from infoview_md.errors import UsageError
from infoview_md.exchange.html import as_html
from infoview_md.exchange.plain_text import portable


def test_markdown_becomes_html_with_the_line_breaks_that_obsidian_shows() -> None:
    page = as_html("**Hi** [there](https://example.org)\nImogen")
    assert '<p><strong>Hi</strong> <a href="https://example.org">there</a><br />\nImogen</p>' in page
    assert page.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "<img src=https://e.example/x.gif>",
        "![](https://e.example/x.gif)",
    ],
)
def test_nothing_acts_and_nothing_is_loaded(body: str) -> None:
    page = as_html(portable(body).markdown)
    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page


def test_without_the_library_the_user_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "markdown_it", None)
    with pytest.raises(UsageError, match="markdown-it-py"):
        as_html("x")
