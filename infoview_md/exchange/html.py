"""The HTML alternative of a mail, made from its Markdown by markdown-it-py, an optional library. Loads nothing else."""

from infoview_md.errors import UsageError

__all__ = ["as_html"]

_PAGE = """<!DOCTYPE html>
<html>
<head><meta charset="utf-8"></head>
<body>
{body}</body>
</html>
"""


def as_html(markdown: str) -> str:
    """Turn standard Markdown into a page; HTML in it is shown as text, line breaks count as Obsidian shows them.

    Raises UsageError when markdown-it-py is not installed.
    """
    try:
        from markdown_it import MarkdownIt  # noqa: PLC0415 - only for those who want HTML
    except ImportError:
        raise UsageError("HTML needs markdown-it-py", 'install it: pip install "infoview-md[html]"') from None
    converter = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    return _PAGE.format(body=converter.render(markdown).replace("\x00", ""))
