"""The properties as Obsidian reads them, with the line and the place of each, and what cannot be read."""

import threading

import frontmatter
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from infoview_md.errors import UsageError
from infoview_md.notes import frontmatter as room
from infoview_md.notes.findings import Severity
from infoview_md.notes.frontmatter import Block, Keyed, ObsidianHandler, Scalar, Sequence, plain_value, read_block
from infoview_md.notes.records import Value


def values(block: Block) -> dict[str, Value]:
    return {one.name: plain_value(one.value) for one in block.properties}


def codes(block: Block) -> list[tuple[str, int | None, str | None]]:
    return [(one.code, one.line, one.property) for one in block.findings]


def unreadable(block: str) -> tuple[str, int | None]:
    read = read_block(block)
    assert not read.readable
    assert not read.properties
    assert read.findings[-1].severity is Severity.ERROR
    return read.findings[-1].code, read.findings[-1].line


# --- Values ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("a: 14:30\nb: yes\nc: NO\nd: 2026-02-30\n", {"a": "14:30", "b": "yes", "c": "NO", "d": "2026-02-30"}),
        ("a: 14:30\nb: '14:30'\nc: \"14:30\"\n", {"a": "14:30", "b": "14:30", "c": "14:30"}),
        ("a:\nb: ~\nc: []\nd: ''\n", {"a": None, "b": None, "c": (), "d": ""}),
        ("a: [x, 1]\nb:\n  - x\n  - 1\nc:\n- x\n- 1\n", {"a": ("x", 1), "b": ("x", 1), "c": ("x", 1)}),
        ("a: {x: 1, y: [2]}\n", {"a": {"x": 1, "y": (2,)}}),
        ("<<: {a: 1}\nb: <<\n", {"<<": {"a": 1}, "b": "<<"}),
        ("a: &x v\nb: *x\nc: [*x, *x]\n", {"a": "v", "b": "v", "c": ("v", "v")}),
        ("a: |\n  x\n  ---\n  y\nb: >-\n  x\n  y\n", {"a": "x\n---\ny\n", "b": "x y"}),
        ("'a b': 1\n\"c\": 2\nd e: 3\n日本 😀: 4\n", {"a b": 1, "c": 2, "d e": 3, "日本 😀": 4}),
        ('{"name": "Ada", "tags": ["x"]}\n', {"name": "Ada", "tags": ("x",)}),
        ('a: "Zo\\u00eb \\ud83d\\ude00"\n', {"a": "Zoë 😀"}),
        ("a: '\\ud83d\\ude00'\nb: \\ud83d\n", {"a": "\\ud83d\\ude00", "b": "\\ud83d"}),
        ("phone: -\nb: 1\n", {"phone": None, "b": 1}),
        ("a: ! 12\nb: !!str 12\nc: !!int 12\n", {"a": "12", "b": "12", "c": 12}),
        ("content: x\nhandler: y\n", {"content": "x", "handler": "y"}),
        ("", {}),
        ("# nothing\n\n", {}),
        ("null\n", {}),
    ],
)
def test_values_mean_what_they_mean_in_obsidian(block: str, expected: dict[str, Value]) -> None:
    read = read_block(block)
    assert read.readable
    assert values(read) == expected


@pytest.mark.parametrize("value", ["x\u2028y", "x\x85y", "x\u2029y", "'x\u2028y'", '"x\u2028y"'])
def test_only_line_feeds_break_lines(value: str) -> None:
    read = read_block(f"a: {value}\nb: [\u2028x, 1]\nc: 2\n")
    assert values(read)["a"] == value.strip("'\"")
    assert [(one.name, one.line) for one in read.properties] == [("a", 2), ("b", 3), ("c", 4)]


def test_line_breaks_that_only_yaml_1_1_knows_survive_private_characters() -> None:
    read = read_block("a: \uf8f1\nb: x\u2028\n  y\n")
    assert values(read)["a"] == "\uf8f1"


# --- Where things stand ----------------------------------------------------------------------------------------------

WRITTEN = (
    "name: Ada\n"
    "# 日本 😀\n"
    'role: "a, \\"b\\""\n'
    "日本😀: x\u2028y\n"
    "empty:\n"
    "list:\n  - 😀 one\n  - 'two'\n"
    "flow: [a, 'b']\n"
    "text: |\n  x\n  y\n"
    "last: z # why\n"
)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_property_has_its_line(newline: str) -> None:
    read = read_block(WRITTEN.replace("\n", newline))
    assert {one.name: one.line for one in read.properties} == {
        "name": 2,
        "role": 4,
        "日本😀": 5,
        "empty": 6,
        "list": 7,
        "flow": 10,
        "text": 11,
        "last": 14,
    }


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_scalar_has_its_place_in_the_text(newline: str) -> None:
    text = WRITTEN.replace("\n", newline)
    found = {one.name: one.value for one in read_block(text).properties}

    def source(name: str) -> str:
        start, end = found[name].span
        return text[start:end]

    assert source("name") == "Ada"
    assert source("role") == '"a, \\"b\\""'
    assert source("日本😀") == "x\u2028y"
    assert source("empty") == ""
    assert text[: found["empty"].span[0]].endswith("empty:")
    assert source("flow") == "[a, 'b']"
    assert source("last") == "z"
    assert isinstance(listed := found["list"], Sequence)
    assert [text[slice(*one.span)] for one in listed.members] == ["😀 one", "'two'"]
    assert [one.line for one in listed.members] == [8, 9]


def test_the_first_line_may_be_any() -> None:
    assert [one.line for one in read_block("a: 1\n\nb: 2\n", first_line=10).properties] == [10, 12]


def test_an_alias_stands_in_its_own_place() -> None:
    text = "a: &x 2026-02-30\nb: *x\n"
    _, b = read_block(text).properties
    assert isinstance(b.value, Scalar)
    assert (b.value.text, b.value.line) == ("2026-02-30", 3)
    assert text[slice(*b.value.span)] == "*x"


# --- What is doubtful but readable -----------------------------------------------------------------------------------


def test_a_name_that_stands_twice_is_used_neither_way() -> None:
    read = read_block("stage: sent\nname: Ada\nstage: met\n")
    assert values(read) == {"name": "Ada"}
    assert codes(read) == [("dup-key", 4, "stage")]
    assert "lines 2 and 4" in read.findings[0].message


def test_a_name_that_stands_twice_within_a_property_is_reported() -> None:
    read = read_block("a: {x: 1, x: 2}\nb: 1\n")
    assert codes(read) == [("dup-key", 2, "a")]
    assert values(read)["b"] == 1


@pytest.mark.parametrize("name", ["on", "Yes", "1", "1.5", "null", "~", "true", "0x1F"])
def test_a_name_that_is_no_text_elsewhere_is_doubted(name: str) -> None:
    read = read_block(f"{name}: x\nstage: sent\n")
    assert values(read) == {name: "x", "stage": "sent"}
    assert codes(read) == [("fm-key-type", 2, name)]


def test_a_quoted_name_is_not_doubted() -> None:
    assert not read_block("'1': x\n\"on\": y\n").findings


def test_a_list_as_a_name_is_left_out() -> None:
    read = read_block("? [a, b]\n: x\nstage: sent\n")
    assert values(read) == {"stage": "sent"}
    assert codes(read) == [("fm-key-type", 2, None)]


@pytest.mark.parametrize(
    ("block", "line"),
    [("n: " + "9" * 5000 + "\n", 2), ("a: 1\nn: 1" + ":59" * 200 + ".5\n", 3)],
)
def test_a_number_that_no_program_can_hold_stays_text(block: str, line: int) -> None:
    read = read_block(block)
    assert isinstance(values(read)["n"], str)
    assert codes(read) == [("yaml-number", line, "n")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("[[Ada Lovelace]]", "[[Ada Lovelace]]"),
        ("[[Ada: mentor]]", "[[Ada: mentor]]"),
        ("[[People/Ada#Calls|Ada]]", "[[People/Ada#Calls|Ada]]"),
        ("[[Lovelace, Ada]]", "[[Lovelace, Ada]]"),
    ],
)
def test_an_unquoted_link_is_read_as_the_link_it_was_meant_to_be(value: str, text: str) -> None:
    read = read_block(f"a: {value}\nb:\n  - {value}\n  - x\nc: [{value}]\n")
    assert values(read) == {"a": text, "b": (text, "x"), "c": (text,)}
    assert codes(read) == [("link-unquoted", 2, "a"), ("link-unquoted", 4, "b"), ("link-unquoted", 6, "c")]


def test_a_list_in_a_list_is_no_link() -> None:
    assert values(read_block("a: [[x], [y]]\nb: [[]]\nc: [ [x] ]\n")) == {
        "a": (("x",), ("y",)),
        "b": ((),),
        "c": (("x",),),
    }


@pytest.mark.parametrize(
    "value", ["{{ name }}", "{{name}}", '"{{ name }}"', "Dear {{ name }}", "<% tp.x %>", "'{% if %}'"]
)
def test_a_template_that_was_never_filled_in_is_noticed(value: str) -> None:
    read = read_block(f"stage: sent\nname: {value}\n")
    assert read.readable
    assert values(read)["stage"] == "sent"
    assert codes(read) == [("template-in-note", 3, "name")]


def test_a_template_in_place_of_a_name_is_noticed() -> None:
    read = read_block("stage: sent\n{{ title }}: x\n")
    assert values(read) == {"stage": "sent"}
    assert codes(read) == [("template-in-note", 3, None)]


@pytest.mark.parametrize(
    ("value", "kept", "severity"),
    [
        ("!important call", "call", Severity.ERROR),
        ("!!binary aGk=", "aGk=", Severity.WARNING),
        ("!!python/object:os.system x", "x", Severity.WARNING),
        ("!<tag:example.org,2000:x> y", "y", Severity.ERROR),
    ],
)
def test_a_tag_is_reported_and_never_obeyed(value: str, kept: str, severity: Severity) -> None:
    read = read_block(f"note: {value}\n")
    assert values(read) == {"note": kept}
    assert [(one.code, one.line, one.severity) for one in read.findings] == [("yaml-tag", 2, severity)]


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("tags: #people #friends\n", [(2, "#people #friends")]),
        ("role: Analyst #1\r\n", [(2, "#1")]),
        ("tags:\n  - #a\n  - b #c \n", [(3, "#a"), (4, "#c")]),
        ("role: Analyst # for now\n", []),
        ("role: Analyst#1\n", []),
        ("role: '#1' #2\n", []),
        ("tags:\n#a\n  - x\n", []),
    ],
)
def test_a_comment_that_was_not_meant_as_one_is_told(block: str, told: list[tuple[int, str]]) -> None:
    findings = read_block(block).findings
    assert [(one.code, one.line) for one in findings] == [("yaml-comment", line) for line, _ in told]
    assert all(f": {value} is a comment" in one.message for one, (_, value) in zip(findings, told, strict=True))


def test_a_set_is_a_mapping() -> None:
    read = read_block("b: !!set {x, y}\n")
    assert isinstance(read.properties[0].value, Keyed)
    assert values(read) == {"b": {"x": None, "y": None}}


# --- What ends the reading -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "code", "line"),
    [
        ("a: b: c\n", "yaml-syntax", 2),
        ("x: 1\na: b: c\ny: 2\n", "yaml-syntax", 3),
        ("title: “Re: hello”\n", "yaml-syntax", 2),
        ("handle: @ada\n", "yaml-syntax", 2),
        ("repo: `x`\n", "yaml-syntax", 2),
        ("a: %x\n", "yaml-syntax", 2),
        ("a: *nowhere\n", "yaml-syntax", 2),
        ("a: 'it's'\n", "yaml-syntax", 2),
        ("x: 1\na: 'never closed\ny: 2\nz: 3\n", "yaml-syntax", 3),
        ('x: 1\na: "never closed\ny: 2\n', "yaml-syntax", 3),
        ("x: 1\na: [b, c\ny: 2\n", "yaml-syntax", 3),
        ("x: 1\na: {b: c\ny: 2\n", "yaml-syntax", 3),
        ("x: 1\nno colon here\ny: 2\n", "yaml-syntax", 3),
        ("a:\n\t- x\n", "yaml-syntax", 3),
        ("\ta: 1\n", "yaml-syntax", 2),
        ("a: 1\n  b: 2\n", "yaml-syntax", 3),
        ("a:\n - x\n- y\n", "yaml-syntax", 4),
        ("a: 1\n...\nb: 2\n", "yaml-syntax", 4),
        ("a: 1\n--- b\n", "yaml-syntax", 3),
        ('name: "\\ud83d"\n', "bad-escape", 2),
        ('a: 1\nname: "C:\\users"\n', "bad-escape", 3),
        ("name:\u00a0Ada\n", "yaml-nbsp", 2),
        ("x: 1\nname:\u00a0Ada\n", "yaml-nbsp", 3),
        ("- a\n- b\n", "fm-not-mapping", 2),
        ("\n# c\nJust prose\n", "fm-not-mapping", 4),
        ("a:x\n", "fm-not-mapping", 2),
        ("x: {{ a }} and {{ b }}\n", "template-in-note", 2),
        ('x: 1\nname: "A\x00B"\n', "control-char", 3),
        ("x: \x1b[31m\n", "control-char", 2),
        ("x: \ud83d\n", "control-char", 2),
        ("x: 1\n<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n", "conflict-markers", 3),
        ("a: 1\n=======\na: 2\n>>>>>>> x\n", "conflict-markers", 5),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_cannot_be_read_is_told_with_its_line(block: str, code: str, line: int, newline: str) -> None:
    assert unreadable(block.replace("\n", newline)) == (code, line)


@pytest.mark.parametrize(
    ("block", "hint"),
    [
        ("title: “Re: hello”\n", "typographic quotes do not quote"),
        ("handle: @ada\n", "put the value in quotes"),
        ("a:\n\t- x\n", "blanks instead of the tab"),
        ("a: 'it's'\n", "written twice"),
        ("a: 1\nno colon\n", "each line needs a name, a colon"),
    ],
)
def test_a_syntax_error_comes_with_what_to_do(block: str, hint: str) -> None:
    assert hint in read_block(block).findings[-1].hint


def test_the_control_character_is_named() -> None:
    assert "U+0000" in read_block("a: \x00\n").findings[0].message


def test_a_list_is_called_a_list() -> None:
    assert read_block("- a\n").findings[0].message == "the properties are a list; expected lines like `name: value`"
    assert "plain text" in read_block("prose\n").findings[0].message


@pytest.mark.parametrize(
    "block",
    [
        "a: &x [*x]\n",
        "a: &x {b: *x}\n",
        "&x\na: *x\n",
        'a: &a ["lol","lol"]\n'
        + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
        "a: &a {x: 1}\n"
        + "".join(f"k{n}: &k{n} {{<<: [{','.join([f'*k{n - 1}'] * 9)}]}}\n".replace("*k0", "*a") for n in range(1, 9)),
        "a: &x " + "y" * 50_000 + "\nb: [" + ",".join(["*x"] * 200) + "]\n",
    ],
    ids=["loop", "mapping loop", "root loop", "billion laughs", "merge bomb", "long text"],
)
def test_anchors_that_repeat_without_end_are_refused(block: str) -> None:
    assert unreadable(block) == ("yaml-alias", 2)


DEEP = [
    "a: " + "[" * 60_000 + "\n",
    "a: " + "[" * 90_000 + "]" * 90_000 + "\n",
    "a: " + "[" * 300_000 + "\n",
    "a: " + "{x: " * 20_000 + "\n",
    "a: " + "- " * 30_000 + "x\n",
    "a:\n" + "".join(" " * n + "-\n" for n in range(1, 400)),
    "".join(" " * n + "x:\n" for n in range(400)),
    "? " * 30_000 + "x\n",
    "[" * 60_000 + ": x\n",
    "a: " + "!x " * 20_000 + "\n",
    "a: " + "&x " * 20_000 + "\n",
    "a: " + "[[" * 30_000 + "x" + "]]" * 30_000 + "\n",
]


@pytest.mark.parametrize("block", DEEP, ids=range(len(DEEP)))
def test_deep_nesting_is_refused_and_kills_nothing(block: str) -> None:
    assert unreadable(block)[0] in {"yaml-depth", "fm-too-large", "fm-not-mapping", "yaml-syntax"}


def test_deep_nesting_kills_no_thread_with_a_small_stack() -> None:
    found: list[tuple[str, int | None]] = []
    before = threading.stack_size(512 * 1024)
    try:
        thread = threading.Thread(target=lambda: found.extend(map(unreadable, DEEP)))
        thread.start()
        thread.join(60)
    finally:
        threading.stack_size(before)
    assert len(found) == len(DEEP)


def test_deep_nesting_is_called_so_even_in_an_endless_block() -> None:
    assert unreadable("x: 1\na: " + "[" * 300_000 + "\n") == ("yaml-depth", 3)


def test_fifty_levels_are_read() -> None:
    assert read_block("a: " + "[" * 49 + "]" * 49 + "\n").readable
    assert unreadable("a: " + "[" * 51 + "]" * 51 + "\n") == ("yaml-depth", 2)


def test_an_endless_block_is_not_read() -> None:
    read = read_block("a: b\n" * 30_000)
    assert codes(read) == [("fm-too-large", 1, None)]
    assert "100,000" in read.findings[0].message


def test_a_block_may_be_long() -> None:
    assert len(read_block("".join(f"key{n}: value {n}\n" for n in range(4_000))).properties) == 4_000


# --- Whatever the text -----------------------------------------------------------------------------------------------

YAMLISH = st.text(
    alphabet=st.sampled_from("ab:- \t\n\r\"'[]{},&*!|>%@`#?\\0189.~<=\u2028\x85\u00a0\ufeff😀é"), max_size=60
)


@given(
    st.one_of(
        st.text(),
        YAMLISH,
        st.lists(st.sampled_from(["a: ", "- ", "\n", "  ", "[", "]", "x", "&x ", "*x", '"']), max_size=40).map("".join),
    )
)
def test_no_text_makes_the_reader_raise(block: str) -> None:
    read = read_block(block)
    lines = block.count("\n") + 1
    assert read.readable or read.findings
    for found in read.findings:
        assert found.line is not None
        assert 1 <= found.line <= lines + 1
    for one in read.properties:
        assert 2 <= one.line <= lines + 1
        assert 0 <= one.value.span[0] <= one.value.span[1] <= len(block)
    assert read == read_block(block)


@given(st.one_of(st.text(), YAMLISH))
def test_the_parser_in_python_does_for_the_one_in_c(block: str) -> None:
    before = room._Parser  # noqa: SLF001 - what stands in where PyYAML was built without libyaml
    try:
        room._Parser = yaml.SafeLoader  # noqa: SLF001
        read = read_block(block)
    finally:
        room._Parser = before  # noqa: SLF001
    assert read.readable or read.findings


# --- python-frontmatter ----------------------------------------------------------------------------------------------


def test_the_handler_serves_python_frontmatter() -> None:
    text = "---\nname: Ada\nsent: 2026-02-30\nat: 14:30\nreferred_by: '[[Grace]]'\n---\nbody\n"
    post = frontmatter.loads(text, handler=ObsidianHandler())
    assert post.metadata == {"name": "Ada", "sent": "2026-02-30", "at": "14:30", "referred_by": "[[Grace]]"}
    assert post.content == "body"


@pytest.mark.parametrize("text", ["no properties\n", "---\na: 1\n----\n", "---\nnever closed: 1\n"])
def test_the_handler_sees_no_properties_where_obsidian_sees_none(text: str) -> None:
    assert not ObsidianHandler().detect(text)
    assert frontmatter.parse(text, handler=ObsidianHandler())[0] == {}


def test_the_handler_minds_no_byte_order_mark() -> None:
    text = "\ufeff---\nname: Ada\n---\nbody"
    assert ObsidianHandler().detect(text)
    assert ObsidianHandler().split(text) == ("name: Ada\n", "body")


def test_the_handler_keeps_names_that_python_frontmatter_keeps_for_itself() -> None:
    metadata, _ = frontmatter.parse("---\ncontent: x\nhandler: y\n1: z\n---\n", handler=ObsidianHandler())
    assert metadata == {"content": "x", "handler": "y", "1": "z"}


def test_the_handler_says_what_is_wrong_and_where() -> None:
    with pytest.raises(UsageError, match="line 3: the properties cannot be read") as raised:
        frontmatter.loads("---\na: 1\nb: c: d\n---\n", handler=ObsidianHandler())
    assert "quotes" in raised.value.hint
