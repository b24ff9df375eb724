import base64
import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from typing import Any

import pytest

from infoview_md.agenda.making import make_agenda
from infoview_md.disk.places import page_parts
from infoview_md.network.graph import graph_of
from infoview_md.network.insights import referral_forest
from infoview_md.network.people import Network
from infoview_md.notes.records import Settings
from infoview_md.notes.text import visible
from infoview_md.views.cards import cards_of
from infoview_md.views.layout import lay_out
from infoview_md.views.page import Home, page

MakeNetwork = Callable[[Mapping[str, str]], Network]

NOW = dt.datetime(2026, 11, 23, 9, 0)
HOME = Home(name="My search", address="file:///home/imogen/My%20search")
NOTES = {
    "Me.md": "type: me\nname: Imogen Clough",
    "People/Ada.md": 'type: contact\norganization: "[[Mill]]"\nrole: Engineer\nemail: ada@example.org\ntags: [a, b]',
    "People/Bob & Co.md": 'type: contact\nreferred_by: "[[Ada]]"',
    "Talks/1.md": 'type: interview\ncontact: "[[Ada]]"\ndate: 2026-11-10\nreferrals: ["[[Eve]]"]',
    "Out/1.md": 'type: request\ncontact: "[[Bob & Co]]"\nsent:',
}


def page_of(network: Network, home: Home = HOME) -> str:
    agenda = make_agenda(network, Settings(), NOW)
    forest = referral_forest(network)
    people = [network.contacts[one] for one in forest.walk]
    cards = tuple(cards_of(network, people, NOW, standings=agenda.standings, actions=agenda.actions))
    layout = lay_out(graph_of(network, NOW), forest, {one: card.stage for one, card in agenda.standings.items()})
    return page(cards, layout, forest, home=home, parts=page_parts())


def data_of(text: str) -> Any:  # noqa: ANN401 - JSON
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])


class Elements(HTMLParser):
    """All start tags of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_table_says_who_led_to_whom_in_the_order_of_the_introductions(network_of: MakeNetwork) -> None:
    text = page_of(network_of(NOTES))
    body = text.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = [re.findall(r"<t[hd].*?</t[hd]>", row) for row in body.split("</tr>")[:-1]]
    cells = [[re.sub(r"<.*?>", "", cell) for cell in row] for row in rows]
    assert [(name, given, gave) for name, _, _, given, gave, _, _ in cells] == [
        ("Ada", "", "Bob &amp; Co, Eve"),
        ("Bob &amp; Co", "Ada", ""),
        ("Eve", "Ada", ""),
    ]
    assert [cell[1] for cell in cells] == ["Engineer, Mill", "", ""]
    assert re.findall(r'data-level="(\d)"', body) == ["0", "1", "1"]
    assert 'href="file:///home/imogen/My%20search/People/Bob%20%26%20Co.md"' in body


def test_the_timeline_tells_each_event_once_month_by_month(network_of: MakeNetwork) -> None:
    months = page_of(network_of(NOTES)).partition('<div id="months">')[2].partition("</div>")[0]
    lines = re.sub(r"<[^>]*>", " ", months)
    assert [" ".join(line.split()) for line in lines.splitlines() if line.strip()] == [
        "November 2026",
        "10 Ada : interview",
        "10 Ada : they named Eve",
        "Without a day",
        "Ada : they named Bob & Co".replace("&", "&amp;"),
        "Bob &amp; Co : request drafted",
    ]


def test_the_data_holds_a_card_for_everybody(network_of: MakeNetwork) -> None:
    data = data_of(page_of(network_of(NOTES)))
    ada, bob, eve = data["people"]
    assert (data["vault"], data["folder"]) == ("My%20search", "file:///home/imogen/My%20search")
    assert (ada["name"], ada["role"], ada["organization"], ada["stage"]) == ("Ada", "Engineer", "Mill", "met")
    assert (ada["by"], ada["gave"], bob["by"], eve["by"]) == ([], [1, 2], [0], [0])
    assert ada["facts"] == [["email", "ada@example.org"], ["tags", "a, b"]]
    assert ada["next"][0]["command"].startswith("infoview new ")
    assert [data["notes"][one]["file"] for *_, one in bob["events"]] == ["Out/1.md"]
    assert (data["notes"][bob["note"]]["file"], eve["note"]) == ("People/Bob%20%26%20Co.md", None)


def test_everybody_in_the_data_is_in_the_picture_under_that_id(network_of: MakeNetwork) -> None:
    text = page_of(network_of(NOTES))
    names = {one["node"]: one["name"] for one in data_of(text)["people"]}
    groups = [at for tag, at in Elements(text).found if tag == "g" and "contact" in str(at["class"])]
    drawn = {at["id"]: at["data-name"] for at in groups}
    assert names == drawn


def test_only_the_style_and_the_program_of_the_page_itself_count(network_of: MakeNetwork) -> None:
    text = page_of(network_of(NOTES))
    policy = next(str(at["content"]) for tag, at in Elements(text).found if at.get("http-equiv"))
    assert policy.startswith("default-src 'none'; ")
    for element in ("style", "script"):
        (inside,) = re.findall(rf"<{element}>(.*?)</{element}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{element}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert not [at for _, at in Elements(text).found if "style" in at]


def test_the_page_names_no_other_place(network_of: MakeNetwork) -> None:
    text = page_of(network_of(NOTES))
    assert set(re.findall(r"(\w+)://", text)) == {"file", "http", "obsidian"}
    assert set(re.findall(r"http://[^\"' ]*", text)) == {"http://www.w3.org/2000/svg"}


def test_names_that_want_to_be_more_stay_text(hostile_network: Network, network_of: MakeNetwork) -> None:
    text = page_of(hostile_network)
    hostile, tame = Elements(text).found, Elements(page_of(network_of(NOTES))).found
    assert {tag for tag, _ in hostile} <= {tag for tag, _ in tame}
    assert {name for _, at in hostile for name in at} <= {name for _, at in tame for name in at}
    assert [sum(tag == "script" for tag, _ in found) for found in (hostile, tame)] == [2, 2]
    assert visible(text) == text
    assert text.encode()
    assert "</script><script>alert(1)</script>" in [one["name"] for one in data_of(text)["people"]]


def test_what_stands_in_the_parts_for_a_value_is_never_read_in_a_value(network_of: MakeNetwork) -> None:
    text = page_of(network_of({"A.md": 'type: contact\nname: "$title ${data} $$"'}))
    assert "$title ${data} $$" in text


@pytest.mark.parametrize("path", ["People/Caf\udce9.md", "People/\ud800.md", "a#b?c%d.md"])
def test_a_file_name_of_any_bytes_can_be_linked(path: str, network_of: MakeNetwork) -> None:
    text = page_of(network_of({path: "type: contact"}))
    (person,) = data_of(text)["people"]
    file = data_of(text)["notes"][person["note"]]["file"]
    assert re.fullmatch(r"[\w/.%-]+", file)
    assert f"{HOME.address}/{file}" in text


def test_the_same_network_gives_the_same_page(network_of: MakeNetwork) -> None:
    backwards = dict(reversed(list(NOTES.items())))
    assert page_of(network_of(NOTES)) == page_of(network_of(backwards))


def test_an_empty_network_is_a_page_too(network_of: MakeNetwork) -> None:
    text = page_of(network_of({}))
    assert "<title>Contact network</title>" in text
    assert data_of(text)["people"] == []
