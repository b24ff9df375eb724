"""The pictures of the README and the docs can be taken by anybody: `make screenshots`."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytest.importorskip("pty", reason="there are no such terminals here")

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]


def test_the_pictures_that_readme_and_docs_show_are_those_that_are_taken(browser: "Browser", tmp_path: Path) -> None:
    from docs.screenshots import take  # noqa: PLC0415 - needs what was asked for above

    taken = take(browser, tmp_path)
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in taken)
    shown = {
        name
        for page in (ROOT / "README.md", ROOT / "docs/pictures.md")
        for name in re.findall(r"!\[[^]]*\]\((?:docs/)?images/([\w-]+\.png)\)", page.read_text("utf-8"))
    }
    assert shown == {picture.name for picture in taken} == {file.name for file in (ROOT / "docs/images").glob("*.png")}
