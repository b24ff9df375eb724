"""The page is open to everybody: axe-core, which judges by the guidelines for accessibility, finds no fault."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

if TYPE_CHECKING:
    from playwright.sync_api import Page

OpenPage = Callable[..., "Page"]

SIGHTS = [(5, "light", False), (5, "light", True), (5, "dark", False), (5, "dark", True)]
# With fifty people a look takes seconds: each pair of conditions is met, not each three of them.
SIGHTS += [(50, "light", True), (50, "dark", False)]


@pytest.mark.parametrize(("people", "scheme", "with_card"), SIGHTS)
def test_axe_finds_no_fault(
    people: int, scheme: str, opened: OpenPage, page_of: Callable[[int], Path], *, with_card: bool
) -> None:
    page = opened(page_of(people), color_scheme=scheme)
    if with_card:
        page.locator("#frame .node.contact").last.focus()
        page.keyboard.press("Enter")
    assert faults(page) == []


def faults(page: "Page") -> list[str]:
    answer: dict[str, Any] = axe.Axe().run(page, options={"resultTypes": ["violations"]}).response
    assert answer["passes"]
    return [f"{one['id']}: {one['help']}: {at['html'][:200]}" for one in answer["violations"] for at in one["nodes"]]
