import random
import unicodedata

import pytest

from benchmarks.fuzz_shortcut import difference, notes
from infoview_md.notes.properties import Recognition
from infoview_md.notes.quick import START, Sieve
from infoview_md.notes.shortcut import read_simple
from infoview_md.notes.text import fold, visible

SIEVE = Sieve(Recognition())


def passes(text: str | bytes, *, whole: bool = True, sieve: Sieve = SIEVE) -> bool:
    return sieve.may_be_ours(text.encode() if isinstance(text, str) else text, whole=whole)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain text\ntype: contact\n",
        "---\nmood: fine\n---\ntype: contact\n",
        "---\ntype: article\ntags: [book, daily]\n---\n",
        "---\ntitle: What people say\n---\n",
        "----\ntype: contact\n----\n",
        " indented\n---\ntype: contact\n---\n",
        "\u4e2d\u6587\n",
        b"caf\xe9 type: contact",
    ],
)
def test_a_note_that_is_somebody_elses_is_kept_back(text: str | bytes) -> None:
    assert not passes(text)


@pytest.mark.parametrize(
    "text",
    [
        "---\ntype: contact\n---\n",
        "---\r\nType: Contact\r\n---\r\n",
        "\ufeff--- \ntags:\n- people/friends\n---\n",
        '---\n"t\\x79pe": "p\\u0065rson"\n---\n',
        "---\ntype: thank\n  you\n---\n",
        "---\nNote Type: '[[Request]]'\n---\n",
        "---\ntag: per\u017fon\n---\n",
        "---\ntags: '[](Pe%6Fple.md)'\n---\n",
        "---\ntype: contact\n",
        "---\ntype: contact\n----\n",
        "\n\n---\ntype: contact\n---\n",
        "\u3000---\ntype: contact\n---\n",
        "---\rtype: contact\r---\r",
        '{\n"type": "contact"\n}\n',
        b"\xff\xfe-\0-\0-\0",
        b"---\ntype: contact\nname: caf\xe9\n---\n",
        " " * 10_000,
    ],
)
def test_whatever_might_be_ours_passes(text: str | bytes) -> None:
    assert passes(text)


def test_properties_that_do_not_end_in_what_was_read_pass() -> None:
    start = ("---\nmood: fine\n" + "x: y\n" * START)[:START]
    assert passes(start, whole=False)
    assert passes("---\nmood: fine\n---", whole=False)
    assert not passes("---\nmood: fine\n---", whole=True)


def test_the_users_own_words_pass_however_they_are_written() -> None:
    own = Sieve(Recognition(types=("[[Mentor]]", "Fr\u00e4ulein"), tags=("#Lehrer/Deutsch",)))
    for text in ("---\ntype: MENTOR\n---\n", "---\ntype: fra\u0308ulein\n---\n", "---\ntags: lehrer/deutsch\n---\n"):
        assert passes(text, sieve=own)


@pytest.mark.parametrize(
    ("folder", "is_one"),
    [
        ("People", True),
        ("a/contacts/b", True),
        ("", False),
        ("Peoples", False),
        ("x/Team/y", False),
        ("Team/Core", True),
    ],
)
def test_folders_for_people_are_known(folder: str, is_one: bool) -> None:  # noqa: FBT001 - a case's answer
    assert Sieve(Recognition(folders=("/Team/",))).is_person_folder(folder) == is_one


def test_every_letter_that_folds_to_a_plain_one_is_known() -> None:
    """Or a word could be spelt with it, and the sieve would not see the word."""
    for code in range(0x80, 0x110000):
        char = chr(code)
        if any(one.isascii() for one in fold(char)):
            assert passes(f"---\ntags: {char}\n---\n".encode("utf-8", "surrogatepass")), unicodedata.name(char)


def test_what_is_printable_can_be_seen() -> None:
    """The short way asks only whether a text is printable."""
    for code in range(0x110000):
        char = chr(code)
        if char.isprintable() and char not in "\ufffc\ufffd":
            assert visible(char) == char


CONTACT = "---\ntype: contact\n{}---\n"


@pytest.mark.parametrize(
    "entries",
    [
        'role: weir keeper\norganization: "[[Trust]]"\n',
        'why: ""\nrole: weir keeper\nmood: fine\norganization: "[[Trust]]"\n',
        'aliases:\n  - Ada\n  - Countess\norganization:\n- "[[Trust]]"\n',
        'aliases:\norganization: "[[Trust]]"\naliases :\n',
        "aliases:\n  - Ada\n    - Countess\n",
        "aliases:\n  Ada\n",
        "Mood: fine\nmood: fine\n",
        "role: weir keeper\nrole: weir keeper\n",
        "  - Ada\nrole: weir keeper\n",
    ],
)
def test_an_entry_that_was_met_before_says_the_same_wherever_it_stands(entries: str) -> None:
    for before in ("", "phone: none\n", "aliases:\n- Ada\n"):
        for _ in range(2):
            data = CONTACT.format(before + entries).encode()
            assert difference("People/Ada.md", data, Recognition())[1] is None


def test_a_name_that_stands_twice_is_left_to_the_long_way() -> None:
    assert read_simple("Ada.md", CONTACT.format("mood: fine\n").encode(), Recognition())
    assert read_simple("Ada.md", CONTACT.format("mood: fine\nMood: fine\n").encode(), Recognition()) is None


def test_no_way_of_reading_differs_from_another() -> None:
    """A few thousand of the notes that `benchmarks/fuzz_shortcut.py` makes."""
    ways: dict[str, int] = {}
    for (path, data, recognition), _ in zip(notes(random.Random(3)), range(4_000), strict=False):
        way, wrong = difference(path, data, recognition)
        ways[way] = ways.get(way, 0) + 1
        assert wrong is None, (path, data)
    assert min(ways.values()) > 200, ways
