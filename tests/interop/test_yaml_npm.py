"""Our reader beside the npm package yaml 2.7.0, with which Obsidian reads properties.

To run these: `npm install --prefix tests/interop yaml@2.7.0`, or let NODE_PATH name a folder with the package.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infoview_md.notes.fences import split
from infoview_md.notes.frontmatter import Block, Keyed, Node, Scalar, Sequence, plain_value, read_block
from infoview_md.notes.nodes import number_as_obsidian_writes_it
from infoview_md.notes.reading import Read, read_note
from infoview_md.notes.records import Value

HERE = Path(__file__).parent
VAULT = HERE.parents[1] / "examples" / "vault"
VERSION = "2.7.0"
INSTALL = f"install it with `npm install --prefix tests/interop yaml@{VERSION}`"

Marked = list[Any]
"""A value with its kind, as read.mjs writes it: `["text", "Ada"]`, `["list", [["number", "1"]]]`."""


class Obsidian:
    """A running node that reads blocks with the package."""

    def __init__(self, node: str) -> None:
        self._process = subprocess.Popen(
            [node, str(HERE / "read.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            encoding="utf-8", errors="surrogatepass",
        )  # fmt: skip
        self.version = self._answer()

    def read(self, block: str) -> Mapping[str, Any]:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(block) + "\n")
        self._process.stdin.flush()
        answer: Mapping[str, Any] = self._answer()
        return answer

    def close(self) -> None:
        self._process.communicate()

    def _answer(self) -> Any:  # noqa: ANN401 - any JSON
        assert self._process.stdout
        line = self._process.stdout.readline()
        return json.loads(line) if line else None


@pytest.fixture(scope="module")
def obsidian() -> Iterator[Obsidian]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    running = Obsidian(node)
    try:
        if running.version is None:
            pytest.skip(f"the npm package yaml is not there: {INSTALL}")
        if running.version != VERSION:
            pytest.skip(f"the npm package yaml is {running.version}, Obsidian has {VERSION}: {INSTALL}")
        yield running
    finally:
        running.close()


def marked(node: Node) -> Marked:
    """A value of ours as read.mjs marks it, with numbers that we keep as text for the numbers they are to Obsidian."""
    match node:
        case Sequence(members=members):
            return ["list", [marked(one) for one in members]]
        case Keyed(entries=entries):
            return ["mapping", [[["text", name], marked(one)] for name, one in entries]]
        case Scalar(text=text, plain=True) if number := number_as_obsidian_writes_it(text):
            return ["number", number]
        case Scalar(text=text, plain=True) if text.lower().lstrip("+-") in {".inf", ".nan"}:
            return ["number", text.lower().removeprefix("+")]
    value = plain_value(node)
    if value is None:
        return ["null"]
    return ["checkbox", value] if isinstance(value, bool) else ["text", value]


def ours(block: Block) -> Marked:
    return ["mapping", [[["text", one.name], marked(one.value)] for one in block.properties]]


def theirs(value: Marked) -> Marked:
    """What they read, with names as text, as Obsidian has them; a lone dash is a list of nothing, and so is nothing."""
    match value:
        case ["list", [["null"]]]:
            return ["null"]
        case ["list", members]:
            return ["list", [theirs(one) for one in members]]
        case ["mapping", entries]:
            return ["mapping", [[["text", as_name(name)], theirs(one)] for name, one in entries]]
    return value


def as_name(name: Marked) -> str:
    return "null" if name == ["null"] else str(name[1]).lower() if name[0] == "checkbox" else str(name[1])


# --- The example vault -----------------------------------------------------------------------------------------------

NOTES = sorted(path.relative_to(VAULT).as_posix() for path in VAULT.rglob("*.md"))


@pytest.mark.parametrize("path", NOTES)
def test_the_example_vault_is_read_alike(obsidian: Obsidian, path: str) -> None:
    """The same text or value stands behind every property, before a property's own reader types it."""
    text = (VAULT / path).read_text(encoding="utf-8")
    block = split(text).block
    if block is None:
        return
    answer = obsidian.read(block)
    assert theirs(answer["value"]) == ours(read_block(block))
    reading = read_note(path, text.encode())
    if isinstance(reading, Read):
        values = {as_name(name): plain_json(value) for name, value in answer["value"][1]}
        assert {name: values[name] for name in reading.record.extra} == dict(reading.record.extra)


def plain_json(value: Marked) -> Value:
    """A value without its marks."""
    match value:
        case ["list", members]:
            return tuple(plain_json(one) for one in members)
        case ["mapping", entries]:
            return {as_name(name): plain_json(one) for name, one in entries}
        case ["number", number]:
            return float(number.replace(".inf", "inf"))
        case ["null"]:
            return None
    return value[1]  # type: ignore[no-any-return]


# --- Blocks of all kinds ---------------------------------------------------------------------------------------------

NAMES = [
    *(
        "name",
        "type",
        "a b",
        "b-c",
        "k.x",
        "Ä",
        "emoji 😀",
        "'q'",
        '"dq"',
        "tags",
        "a\tb",
        "q?",
        "a#b",
        "-x",
        "?y",
        "k[0]",
    ),
    *("(k)", "k,", "EMAIL[HOME]", "x:y", "日本", "$", "^", "_"),
]
VALUES = [
    *(
        "",
        "Ada Lovelace",
        "it's",
        '"quoted"',
        "'single'",
        "a:b",
        "http://x.org/?a=b#c",
        "[a, b]",
        "[a,\n  b]",
        "{a: b}",
    ),
    *('"[[Ada]]"', "1_000", ".5", "5.", "-0", "0o17", "0b1", "+1", "-1", "--1", "1.2.3", "1:2", "1,5", "01234", "1e3"),
    *(
        "~",
        "~x",
        "nullx",
        "Null",
        "True",
        "FALSE",
        "yes",
        "NO",
        "on",
        "!!int 3",
        "! x",
        "!!str 12",
        "2026-11-22",
        "14:30",
    ),
    *("2026-02-30", "2026-11-22T10:00:00", "|\n  a\n  b", "|-\n  a\n\n  b", "|+\n  a\n\n", ">\n  a\n  b\n\n  c"),
    *(">-\n  a\n   b", "|2\n   a", "a\n  b", "a\n\n  b", "\n  a", '"a\\tb"', '"\\u00e9"', '"\\ud83d\\ude00"', '"\\/"'),
    *("'\\ud83d\\ude00'", "\\ud83d\\ude00", '"\\x41"', '"\\q"', "a # c", "a#c", "# c", "x,", "[a,]", "[]", "{}", "[ ]"),
    *("{a}", "{a: }", "{a:1}", '{"a":1}', "[a: b]", "-", "@x", "`x`", "%x", "x%", "x@y", "<<", "=", "é", "日本", "😀"),
    *("a\u2028b", "a\x85b", "a\u2029", "a\u00a0b", "\u00a0", "a\tb", "\ta", "a\t", "a \t# c", "{% x %}", "<% x %>"),
    *("x {{y}}", "[x](y.md)", "!", "|x", ">x", "'", '"', "'a", '"a', "a'", 'a"', "''", '""', "''''", "'\"'", '"\'"'),
    *("...", "x ---", "\\", "C:\\x", "$x", "(x)", "[~]", "[null]", "[1, 01, 1.0]", "\ufeffx", "x\ufeff", "\u200bx"),
    *(
        ".inf",
        "-.INF",
        ".nan",
        "a: b",
        "- x",
        "a:",
        "0x1F",
        "0x",
        "12345678901234567890",
        "1e400",
        "+.5",
        "1.5e-10",
        ".e3",
    ),
]
ODD_TEXT = st.text(alphabet=st.sampled_from("ab:;#-'\"[]{},|>%@`\\0159.~ \té😀\u2028"), max_size=12)
NAME = st.sampled_from(NAMES)
VALUE = st.one_of(
    st.sampled_from(VALUES),
    st.builds("{}{}{}".format, st.sampled_from(VALUES), st.sampled_from(["", " "]), st.sampled_from(VALUES)),
    ODD_TEXT,
)
TAIL = st.sampled_from(["", "", "", " ", "\t", " \t"])
LIST = st.builds(
    lambda indent, members: "".join(f"\n{indent}- {one}" for one in members),
    st.sampled_from(["", " ", "  ", "    "]),
    st.lists(VALUE, min_size=1, max_size=3),
)
MAPPING = st.builds(
    lambda entries: "".join(f"\n  {name}: {value}" for name, value in entries.items()),
    st.dictionaries(st.sampled_from(NAMES), VALUE, min_size=1, max_size=2),
)
REST = st.builds(
    "{}{}{}".format,
    st.sampled_from([":", ":", " :"]),
    st.one_of(
        st.sampled_from([" ", " ", "  ", "\t"]).flatmap(lambda gap: VALUE.map(lambda value: gap + value)), LIST, MAPPING
    ),
    TAIL,
)
LINES = st.lists(NAME, min_size=1, max_size=4, unique=True).flatmap(
    lambda names: st.tuples(*(st.builds("{}{}".format, st.just(name), REST) for name in names))
)
BLOCKS = st.builds(
    lambda lines, between, newline: (f"\n{between}".join(lines) + "\n").replace("\n", newline),
    LINES,
    st.sampled_from(["", "", "", "\n", "# comment\n", "  # c\n", "\t\n", "  \n"]),
    st.sampled_from(["\n", "\n", "\r\n"]),
)

NOT_COMPARED = frozenset({"link-unquoted", "template-in-note", "dup-key"})
"""Findings with which we read on where Obsidian reads something else, or nothing: see the table of differences."""
THEY_ARE_STRICTER = frozenset({"MISSING_CHAR", "BAD_INDENT", "BLOCK_IN_FLOW", "TAB_AS_INDENT"})
WE_ARE_STRICTER = re.compile(r"- +[-?:]\s|\[\?|^ +.*: -\s|:[ \t]+-[ \t]*\r?$", re.MULTILINE)


@settings(max_examples=500)
@given(block=BLOCKS)
def test_blocks_of_all_kinds_are_read_alike(obsidian: Obsidian, block: str) -> None:
    read = read_block(block)
    answer = obsidian.read(block)
    if {one.code for one in read.findings} & NOT_COMPARED:
        return
    is_mapping = "value" in answer and answer["value"][0] == "mapping"
    if not read.readable:
        assert not is_mapping or WE_ARE_STRICTER.search(block), (answer, read.findings[-1])
    elif "error" in answer:
        assert answer["error"] in THEY_ARE_STRICTER
    else:
        assert theirs(ours(read)) == (theirs(answer["value"]) if is_mapping else ["mapping", []])


# --- What stays different, and why -----------------------------------------------------------------------------------

DIFFERENT: Mapping[str, tuple[str, object, object]] = {
    # Ours is what was meant, and a finding says what Obsidian makes of it.
    "an unquoted link is the link": ("a: [[Ada]]\n", {"a": "[[Ada]]"}, {"a": (("Ada",),)}),
    "an unfilled template is nothing": ("a: {{ x }}\n", {"a": None}, {"a": {"x": None}}),
    "a name that stands twice costs itself, and Obsidian the block": ("a: 1\na: 2\nb: 3\n", {"b": 3}, "DUPLICATE_KEY"),
    "a leading nought is kept": ("a: 01234\n", {"a": "01234"}, {"a": 1234.0}),
    "a name that is a number is kept as spelt": ("01: x\n", {"01": "x"}, {"1": "x"}),
    # JSON and other programs could not hold it.
    "infinity is text": ("a: .inf\n", {"a": ".inf"}, {"a": float("inf")}),
    "a number beyond all numbers is text": ("a: 1e400\n", {"a": "1e400"}, {"a": float("inf")}),
    "a large number is kept to the last digit": (
        "a: 12345678901234567\n",
        {"a": 12345678901234567},
        {"a": 12345678901234568.0},
    ),
    # Ours refuses what is a mistake in any note, or dangerous.
    "half a surrogate pair is refused": ('a: "\\ud83d"\n', "bad-escape", {"a": "\ud83d"}),
    "a control character is refused": ("a: \x1b\n", "control-char", {"a": "\x1b"}),
    "deep nesting is refused": ("a: " + "[" * 60 + "]" * 60 + "\n", "yaml-depth", None),
    # Ours has libyaml below it. Nobody writes these.
    "a list in brackets of question marks": ("a: [?]\n", "yaml-syntax", None),
    "an entry that is a lone colon": ("a:\n  - :\n", "yaml-syntax", None),
    "an anchor that is no word": ("a: &é x\n", "yaml-syntax", {"a": "x"}),
    # Theirs refuses what ours reads as it is meant.
    "text in quotes may go on where it likes": ('a:\n  b: "x\n  y"\n', {"a": {"b": "x y"}}, "MISSING_CHAR"),
    "and a list in brackets too": ("a:\n  - [x,\n  y]\n", {"a": (("x", "y"),)}, "BAD_INDENT"),
    "a dash in brackets is a dash": ("a: [-]\n", {"a": ("-",)}, "BLOCK_IN_FLOW"),
    # No difference to anybody: both mean nothing.
    "a lone dash": ("a: -\n", {"a": None}, {"a": (None,)}),
}


@pytest.mark.parametrize("why", DIFFERENT)
def test_what_stays_different_is_known(obsidian: Obsidian, why: str) -> None:
    block, expected_of_us, expected_of_them = DIFFERENT[why]
    read = read_block(block)
    us = {one.name: plain_value(one.value) for one in read.properties} if read.readable else read.findings[-1].code
    assert us == expected_of_us
    if expected_of_them is not None:
        answer = obsidian.read(block)
        them = plain_json(answer["value"]) if "value" in answer else answer["error"]
        assert them == expected_of_them or why.startswith("an unfilled")
        assert them != us
