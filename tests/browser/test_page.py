"""What the page does in a browser: search, filters, card, keys and colours do what they say."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import write_page

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = sync_api.expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

OpenPage = Callable[..., "Page"]


@pytest.fixture
def page(opened: OpenPage, example: Path) -> "Page":
    return opened(example)


def node(page: "Page", name: str) -> "Locator":
    return page.locator(f'#frame .node[data-name="{name}"]')


def shown(page: "Page") -> list[str]:
    """Who is not pale in the picture."""
    names = page.locator("#frame .node[role=button]:not(.pale)").evaluate_all(
        "nodes => nodes.map(node => node.dataset.name)"
    )
    return sorted(names)


def in_table(page: "Page") -> list[str]:
    return sorted(page.locator("#everybody tbody tr:not([hidden]) th").all_text_contents())


def centre(place: "Locator") -> tuple[float, float]:
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def within(place: "Locator", frame: "Locator") -> bool:
    inner, outer = place.bounding_box(), frame.bounding_box()
    assert inner is not None
    assert outer is not None
    across = outer["x"] <= inner["x"] and inner["x"] + inner["width"] <= outer["x"] + outer["width"]
    return across and outer["y"] <= inner["y"] and inner["y"] + inner["height"] <= outer["y"] + outer["height"]


def test_the_page_opens_with_everybody_in_it(page: "Page") -> None:
    expect(page).to_have_title("Contact network of Imogen Clough")
    assert len(shown(page)) == 18
    assert shown(page) == in_table(page)
    expect(page.locator("#months")).to_contain_text("August 2026")


def test_search_finds_names_organizations_and_roles_whatever_the_accents(page: "Page") -> None:
    for words, found in (
        ("beatrice", ["Béatrice Fontanel"]),
        ("zoe", ["Zoë Lindqvist"]),
        ("HARBOUR mutual", ["Sadia Rahmani", "Zoë Lindqvist"]),
        ("hydrometry officer", ["Anselm Dyer"]),
        ("nobody at all", []),
    ):
        page.get_by_label("Search").fill(words)
        assert shown(page) == in_table(page) == found
        expect(page.locator("#status")).to_have_text(f"{len(found)} of 18 shown")
    page.get_by_label("Search").fill("")
    assert len(shown(page)) == 18
    expect(page.locator("#status")).to_have_text("")


def test_enter_moves_from_match_to_match_and_brings_each_into_view(page: "Page") -> None:
    page.get_by_label("Search").fill("rivers")
    for number, name in ((1, "Dilys Marchbanks"), (2, "Anselm Dyer"), (3, "Fergus Auchterlonie")):
        page.keyboard.press("Enter")
        expect(page.locator("#status")).to_have_text(f"{number} of 3: {name}")
        current = page.locator(".node.current")
        expect(current).to_have_count(1)
        assert within(current, page.locator("#frame"))


def test_a_match_that_is_far_away_is_brought_into_the_middle(page: "Page") -> None:
    for _ in range(8):
        page.get_by_label("Zoom in").click()
    page.get_by_label("Search").fill("zoe")
    assert not within(page.locator(".node:not(.pale, .me)"), page.locator("#frame"))
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_have_text("1 of 1: Zoë Lindqvist")
    assert centre(page.locator(".node.current")) == pytest.approx(centre(page.locator("#frame")), abs=40)


def test_on_a_phone_a_tap_brings_the_card_into_sight_and_closing_it_the_picture(
    opened: OpenPage, example: Path
) -> None:
    page = opened(example, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    assert all(
        place.bounding_box()["x"] + place.bounding_box()["width"] <= 390  # type: ignore[index]  # all are shown
        for place in page.locator("#tools .field > *, #theme, #frame").all()
    )
    page.locator(".node[data-name='Kit Brannigan']").tap()
    expect(page.locator("#card h2")).to_be_in_viewport()
    page.get_by_label("Close the card").tap()
    expect(page.locator("#frame")).to_be_in_viewport(ratio=1)


def test_stages_and_organizations_narrow_the_picture_the_timeline_and_the_table(page: "Page") -> None:
    page.get_by_label("silent").check()
    page.get_by_label("scheduled").check()
    assert shown(page) == in_table(page) == ["Joost van der Meulen", "Sadia Rahmani", "Zoë Lindqvist"]
    page.get_by_label("Organization").select_option("Harbour Mutual")
    assert shown(page) == in_table(page) == ["Sadia Rahmani", "Zoë Lindqvist"]
    events = page.locator("#months li:not([hidden]) a").all_text_contents()
    assert set(events) == {"Sadia Rahmani", "Zoë Lindqvist"}
    assert page.locator("#months section:not([hidden]) li:not([hidden])").count() == len(events)


def test_a_click_opens_the_card_with_all_that_is_known(page: "Page") -> None:
    node(page, "Anselm Dyer").click()
    card = page.get_by_role("complementary", name="Card of Anselm Dyer")
    expect(card.get_by_role("heading", name="Anselm Dyer")).to_be_focused()
    for words in (
        "Hydrometry officer, Wendale Rivers Trust",
        "You talked on 13 August and have been in touch since",
        "send an update on what came of their advice by 10 December 2026",
        'infoview new update "Anselm Dyer"',
        "they named Joost van der Meulen and Priya Venkataraman",
        "anselm.dyer@example.org",
    ):
        expect(card).to_contain_text(words)
    people = ["Maureen Pickersgill", "Joost van der Meulen", "Priya Venkataraman"]
    expect(card.locator(".people a")).to_have_text(people)
    address = card.get_by_role("link", name="anselm.dyer@example.org")
    expect(address).to_have_attribute("href", "mailto:anselm.dyer@example.org")
    obsidian, file = (card.locator(".note a").nth(place).get_attribute("href") or "" for place in (0, 1))
    assert obsidian == "obsidian://open?vault=vault&file=People%2FAnselm%20Dyer.md"
    assert file.startswith("file:///")
    assert file.endswith("/examples/vault/People/Anselm%20Dyer.md")
    card.get_by_role("link", name="Priya Venkataraman").click()
    expect(page.get_by_role("heading", name="Priya Venkataraman", level=2)).to_be_focused()


def test_the_way_that_led_to_somebody_is_lit(page: "Page") -> None:
    node(page, "Zoë Lindqvist").click()
    way = page.locator(".node.way").evaluate_all("nodes => nodes.map(node => node.dataset.name)")
    assert sorted(way) == ["Anselm Dyer", "Maureen Pickersgill", "Priya Venkataraman", "Zoë Lindqvist"]
    expect(page.locator(".edge.way")).to_have_count(4)
    page.keyboard.press("Escape")
    expect(page.locator(".way")).to_have_count(0)


def test_the_keyboard_alone_reaches_a_card_and_leaves_it(page: "Page") -> None:
    page.locator("#frame").focus()
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") != first
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == first
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    expect(page.locator("#card h2")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == first
    page.keyboard.press("/")
    expect(page.get_by_label("Search")).to_be_focused()


def test_whoever_gets_the_focus_is_brought_into_view_and_the_page_stays_where_it_is(
    opened: OpenPage, page_of: Callable[[int], Path]
) -> None:
    page = opened(page_of(50))
    for _ in range(6):
        page.locator("#frame").press("+")
    person = page.locator("#frame .node.contact").last
    person.focus()
    expect(person.locator(".card")).to_be_in_viewport(ratio=1)
    expect(page.locator("#frame")).to_be_in_viewport(ratio=0.95)


def test_names_in_timeline_and_table_open_the_card_and_get_the_focus_back(page: "Page") -> None:
    name = page.locator("#everybody th").get_by_role("link", name="Tobias Renner")
    name.press("Enter")
    expect(page.locator("#card h2")).to_have_text("Tobias Renner")
    expect(page.locator("#card h2")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(name).to_be_focused()


def test_wheel_buttons_and_keys_zoom(page: "Page") -> None:
    person = node(page, "Anselm Dyer")

    def width() -> float:
        box = person.bounding_box()
        assert box is not None
        return box["width"]

    before = width()
    page.mouse.move(*centre(person))
    where = centre(person)
    page.mouse.wheel(0, -300)
    page.wait_for_function("before => document.querySelector('#n3').getBoundingClientRect().width !== before", arg=0)
    expect_wider(page, person, before)
    assert centre(person) == pytest.approx(where, abs=2)
    for nearer, farther in (("+", "-"), ("=", "-")):
        before = width()
        page.locator("#frame").press(nearer)
        expect_wider(page, person, before)
        page.locator("#frame").press(farther)
    before = width()
    page.get_by_role("button", name="Zoom in").click()
    expect_wider(page, person, before)
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".node.me")).to_be_in_viewport(ratio=1)


def expect_wider(page: "Page", person: "Locator", before: float) -> None:
    page.wait_for_function(
        "([one, before]) => one.getBoundingClientRect().width > before * 1.05", arg=[person.element_handle(), before]
    )


def test_dragging_and_arrows_move_the_picture_and_open_nothing(page: "Page") -> None:
    person = node(page, "Anselm Dyer")
    x, y = centre(person)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 30, steps=4)
    page.mouse.up()
    moved(page, person, x, y)
    assert centre(person) == pytest.approx((x + 60, y + 30), abs=3)
    expect(page.locator("#card")).to_be_hidden()
    x, y = centre(person)
    page.locator("#frame").press("ArrowRight")
    moved(page, person, x, y)
    assert centre(person) == pytest.approx((x - 80, y), abs=3)


def moved(page: "Page", person: "Locator", x: float, y: float) -> None:
    page.wait_for_function(
        "([one, x, y]) => { const b = one.getBoundingClientRect();"
        " return Math.hypot(b.x + b.width / 2 - x, b.y + b.height / 2 - y) > 5 }",
        arg=[person.element_handle(), x, y],
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dark_colours_follow_the_system_until_the_button_says_otherwise(
    scheme: str, opened: OpenPage, example: Path
) -> None:
    page = opened(example, color_scheme=scheme)
    button = page.locator("#theme")
    states = [is_dark(page)]
    expect(button).to_have_text("Light colours" if scheme == "dark" else "Dark colours")
    button.click()
    states.append(is_dark(page))
    button.click()
    states.append(is_dark(page))
    assert states == ([True, False, True] if scheme == "dark" else [False, True, False])


def is_dark(page: "Page") -> bool:
    """Whether the page, the picture's ground and a person in it are painted dark."""
    grounds = page.evaluate(
        "['body', '#frame', '#frame .node.contact > .card'].map(one => { const style ="
        " getComputedStyle(document.querySelector(one)); return one.includes('node') ? style.fill"
        " : style.backgroundColor })"
    )
    dark = {sum(int(part) for part in ground[4:-1].split(",")) < 384 for ground in grounds}
    assert len(dark) == 1, grounds
    return dark.pop()


def test_a_command_can_be_copied(opened: OpenPage, example: Path) -> None:
    page = opened(example, permissions=["clipboard-read", "clipboard-write"])
    node(page, "Anselm Dyer").click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == 'infoview new update "Anselm Dyer"'


def test_where_copying_is_not_allowed_the_command_is_selected(page: "Page") -> None:
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')) }")
    node(page, "Anselm Dyer").click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Selected")).to_be_visible()
    assert page.evaluate("getSelection().toString()") == 'infoview new update "Anselm Dyer"'


def test_from_afar_the_names_of_those_who_led_furthest_stand_in_the_picture(
    opened: OpenPage, page_of: Callable[[int], Path]
) -> None:
    page = opened(page_of(50))
    expect(page.locator(".signs text")).to_have_count(0)
    frame = page.locator("#frame")
    for _ in range(3):
        frame.press("-")
    names = page.locator(".signs text").all_text_contents()
    assert names[0] == "Imogen Clough"
    assert len(names) > 3
    assert set(names[1:]) <= set(in_table(page))
    expect(page.locator("#frame .name").first).to_be_hidden()


def test_where_motion_is_welcome_the_picture_glides_to_whom_one_looks_for(opened: OpenPage, example: Path) -> None:
    page = opened(example, reduced_motion="no-preference")
    node(page, "Tobias Renner").click()
    expect(page.locator(".node.me .card")).to_be_in_viewport(ratio=1)
    expect(node(page, "Oksana Luk'yanenko").locator(".card")).to_be_in_viewport(ratio=1)
    page.get_by_label("Search").fill("zoe")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "() => { const at = document.querySelector('.node.current').getBoundingClientRect(),"
        " frame = document.querySelector('#frame').getBoundingClientRect();"
        " return Math.abs(at.x + at.width / 2 - frame.x - frame.width / 2) < 20 }"
    )


def test_a_network_without_anybody_is_a_page_too(opened: OpenPage, tmp_path: Path) -> None:
    page = opened(write_page(tmp_path, tmp_path))
    expect(page).to_have_title("Contact network")
    page.get_by_label("Search").fill("x")
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_have_text("nobody fits")


def test_somebody_in_a_ring_has_a_way_that_ends(opened: OpenPage, tmp_path: Path) -> None:
    for name, by in (("Ada", "Cleo"), ("Bob", "Ada"), ("Cleo", "Bob")):
        note = f'---\ntype: contact\nreferred_by: "[[{by}]]"\n---\n'
        (tmp_path / f"{name}.md").write_text(note, encoding="utf-8")
    page = opened(write_page(tmp_path, tmp_path))
    node(page, "Cleo").click()
    way = page.locator(".node.way").evaluate_all("nodes => nodes.map(node => node.dataset.name)")
    assert sorted(way) == ["Ada", "Bob", "Cleo"]
    expect(page.locator("#card .people a")).to_have_text(["Bob", "Ada"])


def test_without_programs_the_picture_the_timeline_and_the_table_are_there(opened: OpenPage, example: Path) -> None:
    page = opened(example, java_script_enabled=False)
    expect(page.locator("#tools")).to_be_hidden()
    expect(page.locator("#theme")).to_be_hidden()
    expect(page.locator("#frame .node.contact").last).to_be_visible()
    expect(page.locator("#months li").first).to_be_visible()
    expect(page.locator("#everybody tbody tr")).to_have_count(18)


def test_on_paper_there_is_the_whole_network_and_no_button(page: "Page") -> None:
    page.get_by_role("button", name="Zoom in").click()
    node(page, "Anselm Dyer").click()
    page.emulate_media(media="print", color_scheme="dark")
    for control in ("#tools", "#theme", "#card", "#hints"):
        expect(page.locator(control)).to_be_hidden()
    expect(page.locator("#everybody tbody tr").last).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    picture = page.locator("#frame svg")
    width, height = (picture.get_attribute(side) for side in ("width", "height"))
    expect(picture).to_have_attribute("viewBox", f"0 0 {width} {height}")
    assert page.pdf().startswith(b"%PDF")
