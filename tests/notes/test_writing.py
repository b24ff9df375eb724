"""Properties written as YAML: read back by our reader and, where it is installed, by Obsidian's own package."""

import datetime as dt
import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from infoview_md.notes.frontmatter import plain_value, read_block
from infoview_md.notes.records import Moment, Value
from infoview_md.notes.writing import PropertyValue, write_block

EMIT = Path(__file__).parent.parent / "interop" / "emit.mjs"

PIECES = st.sampled_from(
    [
        *(
            " ",
            "  ",
            "\n",
            "\n\n",
            ": ",
            ":",
            " #",
            "#",
            "- ",
            "-",
            "? ",
            "'",
            '"',
            "\\",
            "[",
            "]]",
            "{",
            "}}",
            ",",
            "&",
        ),
        *(
            "*",
            "!",
            "|",
            ">",
            "%",
            "@",
            "`",
            "---",
            "...",
            "~",
            "null",
            "yes",
            "True",
            "0",
            "1.10",
            "+49",
            "e3",
            "0x1F",
        ),
        *(".inf", "14:30", "=", "<<", "\t", "\r", "\x00", "\x1b", "\x7f", "\x85", "\u2028", "\ufeff", "\u200b"),
        *("\xa0", "🎉", "é", "abc", "Ada"),
    ]
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30), st.lists(PIECES, max_size=8).map("".join)
)
NUMBERS = st.one_of(st.integers(-(2**53), 2**53), st.floats(-(2.0**53), 2.0**53))
SINGLES = st.one_of(TEXTS, NUMBERS, st.booleans(), st.dates(dt.date(1000, 1, 1)))
NAMES = st.sampled_from(
    ["name", "to", "1.5", "yes", "null", "a b", "---", "%x", "- x", "a: b", "#a", "é", '"', "'", "[a]"]
)
VALUES = st.one_of(SINGLES, st.none(), st.lists(SINGLES, max_size=3))


def as_read(value: PropertyValue) -> Value:
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, dt.date | Moment):
        return str(value)
    if isinstance(value, str) or value is None or isinstance(value, int | float):
        return value
    return tuple(as_read(member) for member in value)


def our_reading(block: str) -> dict[str, Value]:
    read = read_block(block)
    assert read.readable, read.findings
    return {one.name: plain_value(one.value) for one in read.properties}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "p:\n"),
        ([], "p: []\n"),
        (["a", "b: c"], 'p:\n  - a\n  - "b: c"\n'),
        ("Ada", "p: Ada\n"),
        ("", 'p: ""\n'),
        ("x\nstage: accepted", "p: |-\n  x\n  stage: accepted\n"),
        ("x\n---\n", "p: |\n  x\n  ---\n"),
        (["a\nb"], "p:\n  - |-\n    a\n    b\n"),
        ('Dwayne "The Rock" J', 'p: Dwayne "The Rock" J\n'),
        ('"The Rock"', "p: '\"The Rock\"'\n"),
        ('"it\'s"', 'p: "\\"it\'s\\""\n'),
        ("[[Ada]]", 'p: "[[Ada]]"\n'),
        ("#1 back", 'p: "#1 back"\n'),
        ("+4930123", 'p: "+4930123"\n'),
        ("01234", 'p: "01234"\n'),
        ("1.10", 'p: "1.10"\n'),
        ("1e3", 'p: "1e3"\n'),
        ("0x1F", 'p: "0x1F"\n'),
        ("null", 'p: "null"\n'),
        ("True", 'p: "True"\n'),
        (".inf", 'p: ".inf"\n'),
        ("14:30", "p: 14:30\n"),
        ("yes", "p: yes\n"),
        ("2026-11-22", "p: 2026-11-22\n"),
        ("a\tb", 'p: "a\\tb"\n'),
        ("a\x00\x1b\x07\x85\u2028b", 'p: "a\\0\\e\\a\\N\\Lb"\n'),
        ("party 🎉", "p: party 🎉\n"),
        ("O'Brien", "p: O'Brien\n"),
        ("a word " * 40, 'p: "' + "a word " * 40 + '"\n'),
        (True, "p: true\n"),
        (20, "p: 20\n"),
        (20.0, "p: 20\n"),
        (0.5, "p: 0.5\n"),
        (-0.0, "p: 0\n"),
        (1e-7, "p: 1e-7\n"),
        (0.00001, "p: 0.00001\n"),
        (dt.date(2026, 11, 22), "p: 2026-11-22\n"),
        (dt.datetime(2026, 11, 22, 14, 30), "p: 2026-11-22T14:30:00\n"),
        (Moment(dt.date(2026, 11, 22), dt.time(14, 30)), "p: 2026-11-22T14:30:00\n"),
        (Moment(dt.date(2026, 11, 22)), "p: 2026-11-22\n"),
    ],
)
def test_each_kind_of_value_is_written_as_obsidian_writes_it(value: PropertyValue, written: str) -> None:
    assert write_block({"p": value}) == written
    assert our_reading(written) == {"p": as_read(value)}


@pytest.mark.parametrize("name", ["", " a", "a\n", "a\nb", "x" * 201, "\ud800", "a\x00"])
def test_what_cannot_name_a_property_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"cannot be the name|surrogate"):
        write_block({name: "x"})


@pytest.mark.parametrize(
    "value", [{"a": 1}, [[1]], [None], float("inf"), float("nan"), 2**53 + 1, "\ud800", b"x", object()]
)
def test_what_a_property_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"cannot hold|no number|half a character"):
        write_block({"p": value})  # type: ignore[dict-item]  # what a faulty caller may pass


@settings(max_examples=500)
@given(st.dictionaries(NAMES, VALUES, max_size=4))
def test_what_is_written_reads_back_the_same(properties: Mapping[str, PropertyValue]) -> None:
    assert our_reading(write_block(properties)) == {name: as_read(value) for name, value in properties.items()}


@given(TEXTS)
def test_a_text_never_becomes_another_property(text: str) -> None:
    lines = write_block({"p": text, "q": [text], "r": None}).splitlines()
    assert [line[0] for line in lines if line and line[0] != " "] == ["p", "q", "r"]


def yaml_package(blocks: list[str]) -> list[dict[str, object]]:
    """What the npm package `yaml` makes of each block. Skips when there is no node, or not the package."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed, so Obsidian's own YAML package cannot be asked")
    asked = json.dumps([{"block": block} for block in blocks])
    done = subprocess.run([node, str(EMIT)], input=asked, capture_output=True, text=True, encoding="utf-8", check=False)
    if "Cannot find module" in done.stderr:
        pytest.skip("the npm package yaml is not in NODE_PATH (npm install yaml@2.7.0), so it cannot be asked")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["version"] == "2.7.0"
    return list(answer["answers"])


def samples(count: int) -> list[dict[str, PropertyValue]]:
    """So many dictionaries of properties, the same ones every time."""
    made: list[dict[str, PropertyValue]] = []

    def collect(properties: dict[str, PropertyValue]) -> bool:
        made.append(properties)
        return False

    steady = settings(max_examples=count, derandomize=True, database=None, deadline=None)
    with pytest.raises(NoSuchExample):
        find(st.dictionaries(NAMES, VALUES, max_size=4), collect, settings=steady)
    return made


UNSEEN = set(map(chr, [*range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF]))


def is_ordinary(value: PropertyValue) -> bool:
    """Without characters that nobody can see, and without line breaks in odd places: these we write our own way."""
    texts = value if isinstance(value, list) else [value]
    return all(
        not isinstance(text, str)
        or (not set(text) & UNSEEN and (("\n" not in text) or (text[0] != "\n" and text.strip() and text[-1] != " ")))
        for text in texts
    )


def test_obsidians_yaml_reads_the_same_and_writes_it_unchanged() -> None:
    assert yaml_package([]) == []
    cases = samples(3000)
    blocks = [write_block(properties) for properties in cases]
    for properties, block, answer in zip(cases, blocks, yaml_package(blocks), strict=True):
        assert "error" not in answer, (block, answer)
        expected = {name: as_read(value) for name, value in properties.items()}
        assert (answer["read"] or {}) == json.loads(json.dumps(expected)), block
        if all(map(is_ordinary, properties.values())):
            assert answer["again"] == block
