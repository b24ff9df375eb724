"""Notes that want to be more than text: whatever they say, the page shows it and does nothing else."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import write_page

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = sync_api.expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")

OpenPage = Callable[..., "Page"]

NAMES = (
    "</script><script>window.owned = 1</script>",
    "<!--<script>window.owned = 1",
    "<img src=x onerror=window.owned=1>",
    '"><svg onload=window.owned=1>',
    "' autofocus onfocus=window.owned=1 '",
    'Ada"] --> n1["Eve',
    "%%{init: {'theme':'dark'}}%%",
    "Ada \u202eecalevoL",
    "Ada\u2028Lovelace",
    "Ada\nLovelace",
    "=cmd()|' /C calc'!A0",
    "$title ${data} $$",
    "&lt;script&gt;",
    "]]>",
    "x" * 300,
    "艾達·勒芙蕾絲" * 40,
    "עדה לאבלייס",
)
ADDRESSES = {
    "website": "javascript:window.owned=1",
    "linkedin": "data:text/html,<script>window.owned=1</script>",
    "email": "a@b<img/src=x onerror=window.owned=1>.example?bcc=eve@example.org",
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    vault = tmp_path_factory.mktemp("hostile") / "'><b>vault & #1%20"
    vault.mkdir()
    for number, name in enumerate(NAMES):
        words = json.dumps(name)
        lines = ["type: contact", f"name: {words}", f"role: {words}", f"organization: {words}", f"why: {words}"]
        lines += [f"{key}: {json.dumps(address)}" for key, address in ADDRESSES.items()]
        lines += ['referred_by: "[[P0 #?%&\'()]]"'] if number else []
        note = vault / f"P{number} #?%&'().md"
        note.write_text("\n".join(["---", *lines, "---", ""]), encoding="utf-8")
    (vault / "Me.md").write_text(f"---\ntype: me\nname: {json.dumps(NAMES[0])}\n---\n", encoding="utf-8")
    talk = f'type: interview\ncontact: "[[P1 #?%&\'()]]"\ndate: 2026-11-02\nreferrals: [{json.dumps(NAMES[2])}]'
    (vault / "<img src=x onerror=window.owned=1>.md").write_text(f"---\n{talk}\n---\n", encoding="utf-8")
    return write_page(vault, tmp_path_factory.mktemp("page"))


def test_nothing_that_a_note_says_runs_or_breaks_the_page(hostile: Path, opened: OpenPage) -> None:
    page = opened(hostile)
    numbers = page.locator("#everybody tbody tr").evaluate_all("rows => rows.map(row => row.dataset.person)")
    assert len(numbers) >= len(NAMES)
    for number in numbers:
        page.locator(f"#everybody th a[data-person='{number}']").click()
        name = page.locator(f"#everybody th a[data-person='{number}']").text_content()
        expect(page.locator("#card h2")).to_have_text(name)
    page.get_by_label("Search").fill("</script>")
    page.get_by_label("Search").press("Enter")
    assert page.evaluate("window.owned") is None
    assert page.evaluate("document.querySelectorAll('script').length") == 2
    assert page.evaluate("document.querySelectorAll('img, iframe, object, b').length") == 0
    strange = page.evaluate(
        "[...document.querySelectorAll('*')].flatMap(one => [...one.attributes])"
        ".filter(one => one.name.startsWith('on')).length"
    )
    assert strange == 0


def test_no_address_of_a_note_leads_anywhere_but_to_a_page_or_a_mail(hostile: Path, opened: OpenPage) -> None:
    page = opened(hostile)
    page.locator("#everybody th a").first.click()
    links = page.locator("a").evaluate_all("links => links.map(link => link.href)")
    assert {link.partition(":")[0] for link in links} == {"file", "obsidian"}
    about = page.locator("#card dl")
    for address in ADDRESSES.values():
        expect(about).to_contain_text(address)


def test_links_to_notes_stay_links_to_these_notes(hostile: Path, opened: OpenPage) -> None:
    page = opened(hostile)
    page.locator("#everybody th a").first.click()
    obsidian, file = (page.locator("#card .note a").nth(place).get_attribute("href") or "" for place in (0, 1))
    assert obsidian.startswith("obsidian://open?vault=%27%3E%3Cb%3Evault%20%26%20%231%2520&file=P")
    assert obsidian.endswith("%20%23%3F%25%26%27%28%29.md")
    assert file.startswith("file:///")
    assert "/%27%3E%3Cb%3Evault%20%26%20%231%2520/P" in file.replace("'", "%27")
