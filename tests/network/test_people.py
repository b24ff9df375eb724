"""Finding people in the network by whatever the user calls them."""

import pytest

from infoview_md.network.index import Index
from infoview_md.network.people import Network
from infoview_md.notes.reading import read_note

TEXTS = {
    "People/Ada.md": "type: contact\nname: Ada Lovelace\naliases: [Countess]\nemail: ada@example.org",
    "People/Zoë.md": "type: contact",
    "Archive/Sam Lee.md": "type: contact",
    "People/Sam Lee.md": "type: contact",
    "People/Lee.md": "type: person\nname: Lee",
    "x.md": "type: request\ncontact: '[[Grace Hopper]]'",
    "y.md": "type: request\ncontact: '[[Ada]]'",
}


@pytest.fixture
def network() -> Network:
    return Index({path: read_note(path, f"---\n{text}\n---\n".encode()) for path, text in TEXTS.items()}).network


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Ada Lovelace", ["People/Ada.md"]),
        ("  ada lovelace ", ["People/Ada.md"]),
        ("Ada", ["People/Ada.md"]),
        ("countess", ["People/Ada.md"]),
        ("ADA@example.org", ["People/Ada.md"]),
        ("People/Ada.md", ["People/Ada.md"]),
        ("people/ada", ["People/Ada.md"]),
        ("[[Ada]]", ["People/Ada.md"]),
        ("[[People/Ada|The Countess]]", ["People/Ada.md"]),
        ("[[Countess]]", ["People/Ada.md"]),
        ("lovel", ["People/Ada.md"]),
        ("Zoe\u0308", ["People/Zoë.md"]),
        ("grace hopper", ["name:Grace Hopper"]),
        ("Sam Lee", ["Archive/Sam Lee.md", "People/Sam Lee.md"]),
        ("People/Sam Lee", ["People/Sam Lee.md"]),
        # Exact wins over a part
        ("Lee", ["People/Lee.md"]),
        ("Le", ["People/Lee.md", "Archive/Sam Lee.md", "People/Sam Lee.md"]),
        ("Emmy", []),
        ("", []),
        ("  ", []),
        ("[[]]", []),
        ("example.org", []),
    ],
)
def test_people_are_found_by_whatever_they_are_called(network: Network, words: str, found: list[str]) -> None:
    assert [one.id for one in network.find(words)] == found


def test_a_name_finds_only_those_who_answer_to_just_it(network: Network) -> None:
    assert [one.id for one in network.find_named(" LEE ")] == ["People/Lee.md"]
    assert network.find_named("Le") == ()
    assert network.find_named("") == ()


def test_a_referral_that_is_not_there_is_none(network: Network) -> None:
    assert network.referral("People/Ada.md", "People/Lee.md") is None
