"""Setting one property: what changes, what stays, and what is refused."""

import contextlib
import datetime as dt
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from infoview_md.errors import ConflictError
from infoview_md.notes.editing import set_property
from infoview_md.notes.fences import split
from infoview_md.notes.frontmatter import plain_value, read_block
from infoview_md.notes.records import Moment, Value
from infoview_md.notes.writing import Single, write_block

INTEROP = Path(__file__).parent.parent / "interop"
DAY = dt.date(2026, 11, 23)
BOM = b"\xef\xbb\xbf"


def edited(block: str, name: str = "sent", value: Single = DAY) -> str:
    """The properties after an edit, of a note that has these; the rest of the note must stay."""
    before, after = "---\n", "---\n\nBody with sent: nothing\n\n\n"
    data = set_property(f"{before}{block}{after}".encode(), name, value).data.decode()
    assert data.startswith(before)
    assert data.endswith(after)
    return data.removeprefix(before).removesuffix(after)


def properties_of(data: bytes) -> dict[str, Value]:
    block = read_block(split(data.decode("utf-8-sig")).block or "")
    assert block.readable
    return {one.name: plain_value(one.value) for one in block.properties}


# --- The value and nothing else --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "wanted"),
    [
        ("sent:\n", "sent: 2026-11-23\n"),
        ("sent: \n", "sent: 2026-11-23\n"),
        ("sent:  \n", "sent: 2026-11-23 \n"),
        ("sent:\t\n", "sent: 2026-11-23\t\n"),
        ("sent: # the day\n", "sent: 2026-11-23 # the day\n"),
        ("sent:   # the day\n", "sent: 2026-11-23  # the day\n"),
        ("sent:\n  # the day\n", "sent: 2026-11-23\n  # the day\n"),
        ("sent: null\n", "sent: 2026-11-23\n"),
        ("sent: ~ # none\n", "sent: 2026-11-23 # none\n"),
        ("sent: ''\n", "sent: 2026-11-23\n"),
        ("sent: []   \n", "sent: 2026-11-23   \n"),
        ("sent: -\n", "sent: 2026-11-23\n"),
        ('sent: "2026-11-01" # first\n', "sent: 2026-11-23 # first\n"),
        ("sent   :   2026-11-01\n", "sent   :   2026-11-23\n"),
        ("'sent': 2026-11-01\n", "'sent': 2026-11-23\n"),
        ('"sent": 2026-11-01\n', '"sent": 2026-11-23\n'),
        ("SENT: 2026-11-01\n", "SENT: 2026-11-23\n"),
        ("sent: [2026-11-01, 2026-11-02] # both\n", "sent: 2026-11-23 # both\n"),
        ("sent: [\n  2026-11-01,\n  2026-11-02,\n]\n", "sent: 2026-11-23\n"),
        ("sent:\n  - 2026-11-01\n  -\n\n# next\nx: 1\n", "sent: 2026-11-23\n\n# next\nx: 1\n"),
        ("sent:\n  # mine\n  - a\n  - b\n", "sent:\n  # mine\n  2026-11-23\n"),
        ("sent:\n- 2026-11-01\nx: 1\n", "sent: 2026-11-23\nx: 1\n"),
        ("sent:\n  2026-11-01\n", "sent:\n  2026-11-23\n"),
        ("sent: on a\n  Monday\n", "sent: 2026-11-23\n"),
        ("sent: 'on a\n\n  Monday'\nx: 1\n", "sent: 2026-11-23\nx: 1\n"),
        ("sent: |\n  on a # no comment\n\n\nx: 1\n", "sent: 2026-11-23\n\n\nx: 1\n"),
        ("sent: >-\n  on a\n", "sent: 2026-11-23\n"),
        ("sent:\n  at: {day: 1}\n  by: [x, y]\nx: 1\n", "sent: 2026-11-23\nx: 1\n"),
        ("sent: {{date}}\n", "sent: 2026-11-23\n"),
        ("a: é🎉日本 # ü\nsent: 日本\nz: 'ñ'\n", "a: é🎉日本 # ü\nsent: 2026-11-23\nz: 'ñ'\n"),
        ("a: x\u2028y\x85z\nsent:\n", "a: x\u2028y\x85z\nsent: 2026-11-23\n"),
        ("  a: 1\n  sent:\n  b: 2\n", "  a: 1\n  sent: 2026-11-23\n  b: 2\n"),
        ("a: &x 1\nsent: 2\nb: *x\n", "a: &x 1\nsent: 2026-11-23\nb: *x\n"),
        ("a: [[Ada]]\nsent:\n", "a: [[Ada]]\nsent: 2026-11-23\n"),
    ],
)
def test_only_the_value_changes(block: str, wanted: str) -> None:
    assert edited(block) == wanted


@pytest.mark.parametrize(
    ("block", "wanted"),
    [
        ("type: request\n", "type: request\nsent: 2026-11-23\n"),
        ("type: request # c\n\n# end\n", "type: request # c\n\n# end\nsent: 2026-11-23\n"),
        ("  type: request\n", "  type: request\n  sent: 2026-11-23\n"),
        ("tags:\n- a\n", "tags:\n- a\nsent: 2026-11-23\n"),
        ("x: |+\n  text\n\n", "x: |+\n  text\n\nsent: 2026-11-23\n"),
        ("x:\n  sent: 1\n", "x:\n  sent: 1\nsent: 2026-11-23\n"),
        ("", "sent: 2026-11-23\n"),
        ("# nothing yet\n", "# nothing yet\nsent: 2026-11-23\n"),
    ],
)
def test_a_missing_property_becomes_the_last(block: str, wanted: str) -> None:
    assert edited(block) == wanted


def test_line_ends_byte_order_mark_fences_and_body_stay() -> None:
    note = BOM + b"---  \r\ntype: request\r\nsent: 'x' # c \r\n---\t\r\n\r\nBody\n---\nsent: no\n---\r\n\r\n\r\n"
    assert set_property(note, "sent", DAY).data == note.replace(b"'x'", b"2026-11-23")
    longer = note.replace(b"---\t", b"reply: later\r\n---\t")
    assert set_property(note, "reply", "later").data == longer


def test_an_empty_block_and_a_note_that_ends_with_its_fence_can_be_edited() -> None:
    assert set_property(b"---\r\n---", "sent", DAY).data == b"---\r\nsent: 2026-11-23\r\n---"


@pytest.mark.parametrize(
    ("block", "value"),
    [
        ("sent: 2026-11-23\n", DAY),
        ('sent: "2026-11-23" # c\n', DAY),
        ("sent: held\n", "held"),
        ("sent: 'held'\n", "held"),
        ("sent: TRUE\n", True),
        ("sent: 1.0\n", 1.0),
        ("sent:\n", None),
        ("sent: ~\n", None),
        ("sent: &a held\n", "held"),
    ],
)
def test_what_is_there_already_is_not_written_again(block: str, value: Single) -> None:
    assert edited(block, value=value) == block


@pytest.mark.parametrize(
    ("block", "value", "wanted"),
    [("sent: true\n", 1, "sent: 1\n"), ("sent: 1\n", "1", 'sent: "1"\n'), ("sent: '1'\n", 1, "sent: 1\n")],
)
def test_what_only_looks_the_same_is_written(block: str, value: Single, wanted: str) -> None:
    assert edited(block, value=value) == wanted


@pytest.mark.parametrize(
    ("block", "before"), [("x: 1\n", None), ("sent:\n", None), ("sent: a\n", "a"), ("sent: [a, 1]\n", ("a", 1))]
)
def test_what_stood_there_is_told(block: str, before: Value) -> None:
    assert set_property(f"---\n{block}---\n".encode(), "sent", DAY).before == before


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ('a: "b" #c', "sent: 'a: \"b\" #c' # why\n"),
        ("yes", "sent: yes # why\n"),
        ("0123", 'sent: "0123" # why\n'),
        (Moment(DAY, dt.time(9, 30)), "sent: 2026-11-23T09:30:00 # why\n"),
        (False, "sent: false # why\n"),
        (None, "sent: # why\n"),
    ],
)
def test_any_single_value_can_be_set(value: Single, written: str) -> None:
    assert edited("sent: old # why\n", value=value) == written


def test_a_text_of_several_lines_is_written_with_the_line_ends_of_the_note() -> None:
    note = set_property(b"---\r\nwhy: x\r\nb: 1\r\n---\r\n", "why", "one\ntwo").data
    assert note == b"---\r\nwhy: |-\r\n  one\r\n  two\r\nb: 1\r\n---\r\n"


def test_a_name_that_is_odd_in_yaml_is_quoted() -> None:
    assert edited("a: 1\n", name="a: b", value=1) == 'a: 1\n"a: b": 1\n'


def test_a_value_that_no_property_can_hold_is_our_callers_fault() -> None:
    with pytest.raises(ValueError, match="half a character"):
        edited("sent:\n", value="\ud800")


# --- What is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ("sent: [x\n", "is not closed"),
        ("- one\n- two\n", "a list"),
        ("sent:\u00a0x\n", "no-break space"),
        ("sent: 1\nsent: 2\n", "sent stands twice, on lines 2 and 3"),
        ("sent:\nx: 1\nx: 2\n", "x stands twice"),
        ("sent: 1\nSent:\n", "Sent stands on line 2 already"),
        ("sent: &a 1\nb: *a\n", "anchor"),
        ("sent: &a 1\n", "anchor"),
        ("a: &a 1\nsent: *a\n", "anchor"),
        ("sent: [&a x]\nb: *a\n", "anchor"),
        ("sent: !!str 1\n", "tag"),
        ("sent:\n  - a # mine\n  - b\n", "comment"),
        ("sent:\n  - a\n  # mine\n  - - b\n", "comment"),
        ("sent: [a, # mine\n  b]\n", "comment"),
        ("sent: | # mine\n  text\n", "comment"),
        ("sent:\n  - | # mine\n    text\n", "comment"),
        ("? sent\n: x\n", "unusual"),
        ('"s\\x65nt": x\n', "unusual"),
        ("&k sent: x\n", "unusual"),
        ("{type: request, sent: }\n", "unusual"),
        ('{\n  "type": "request",\n  "sent": ""\n}\n', "unusual"),
        ("# c\n\n{type: request}\n", "between brackets"),
        ("type: request\n...\n", "midst"),
        ("\ufeffsent: 1\nb: 2\n", "unusual"),
    ],
)
def test_what_cannot_be_edited_safely_is_refused(block: str, words: str) -> None:
    with pytest.raises(ConflictError, match=words) as refused:
        edited(block)
    assert refused.value.hint


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"No properties\n", "no properties"),
        (b"---\nsent:\n\nbody\n", "never closed"),
        (b"---\nsent:\n...\nbody\n", "closed by \\.\\.\\."),
        (b"---\nsent:\n-----\nbody\n", "closed by -----"),
        (b"\n---\nsent:\n---\n", "first line"),
        (b"---\rsent:\r---\r", "carriage returns"),
        (b'{\n  "sent": ""\n}\n', "JSON"),
        (b"---\npermalink: x\n---\n\n---\nsent:\n---\n", "second block"),
        (b"---\nname: \xe9\nsent:\n---\n", "not UTF-8"),
        ("---\nsent:\n---\n".encode("utf-16"), "UTF-16"),
        (b"---\nsent:\nx: \x00\n---\n", "control character"),
        (b"---\n<<<<<<< HEAD\nsent:\n=======\n>>>>>>> x\n---\n", "conflict markers"),
    ],
)
def test_a_note_whose_properties_nobody_can_read_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(ConflictError, match=words) as refused:
        set_property(data, "sent", DAY, path="Outreach/Ask.md")
    assert refused.value.message.startswith("Outreach/Ask.md")
    assert refused.value.exit_status == 4


def test_a_value_that_would_swallow_what_follows_it_is_refused() -> None:
    with pytest.raises(ConflictError, match="without changing something else"):
        edited("sent: old # why\n", value="one\ntwo")


def test_a_refusal_names_the_line() -> None:
    with pytest.raises(ConflictError, match=r"^Ask\.md:3: "):
        set_property(b"---\ntype: request\nsent: &a x\n---\n", "sent", DAY, path="Ask.md")


@given(st.binary(max_size=60) | st.binary(max_size=60).map(lambda middle: b"---\n" + middle + b"\n---\n"))
def test_no_bytes_do_any_harm(data: bytes) -> None:
    try:
        after = set_property(data, "sent", DAY).data
    except ConflictError:
        return
    assert properties_of(after).get("sent") == "2026-11-23" or after == data


# --- Notes as people and programs write them -------------------------------------------------------------------------

NAMES = st.sampled_from(
    ["type", "to", "1.5", "yes", "a b", "é", "日本", "🎉", '"x: y"', "'it''s'", "cc", "subject", "tags", "-x"]
)
WORDS = st.sampled_from(
    ["Ada", "日本語", "🎉", "Zoë's", "14:30", "yes", "2026-11-01", "x\u2028y", "a\x85b", "#1", "C#", "a  b", "-", "1_0"]
)
PLAIN = (
    st.lists(WORDS, min_size=1, max_size=3).map(" ".join).filter(lambda text: text[0] not in "#-" and " #" not in text)
)
DOUBLE = st.lists(WORDS | st.sampled_from([r"\"", r"\n", r"\u263a", ": ", " # ", "]"]), max_size=4).map(
    lambda parts: f'"{"".join(parts)}"'
)
SINGLE = st.lists(
    WORDS.map(lambda word: word.replace("'", "''")) | st.sampled_from(["''", '"', ": ", " # ", "\\"]), max_size=4
).map(lambda parts: f"'{''.join(parts)}'")
FLAT = st.sampled_from(["", "~", "null", "true", "12", "[]", "{}"]) | PLAIN | DOUBLE | SINGLE
FLOW = st.lists(st.sampled_from(["a", "'b, c'", '"[[Ada]]"', "日本", "[d, e]", "{f: g}"]), max_size=3).map(
    lambda members: f"[{', '.join(members)}]"
)
TRAILS = st.sampled_from(["", "", " ", '  # why, and "quotes"', " #", "\t"])
BETWEEN = st.sampled_from(["", "", "", "\n", "# a comment: with 'quotes\n", "  # indented\n", "#\n\n"])
NESTED = st.sampled_from(
    [
        "\n  - a\n  - 'b # no comment'",
        "\n- a\n- [b]",
        "\n    - a\n\n    - b",
        "\n  k: v\n  l: [1, 2]",
        " |\n  text: 1\n\n  # text",
        " >-\n  folded\n  text",
        " two\n  lines",
        ' "two\n  lines"',
        " [a,\n  b,\n ]",
    ]
)
ODD = st.sampled_from([" &a x", " *base", " !!str 1", "\n  - a # why\n  - b", " [&b x, *b]", " {a: &c 1}"])


@dataclass(frozen=True)
class Sample:
    """A note taken apart: up to the colon of `sent` (or to the closing fence), its value, and the rest."""

    head: str
    value: str
    tail: str
    kind: str
    mark: bytes

    def join(self, value: str) -> bytes:
        return self.with_tail(self.tail, value)

    def with_tail(self, tail: str, value: str) -> bytes:
        return self.mark + f"{self.head}{value}{tail}".encode()


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    kind = draw(st.sampled_from(["missing", "flat", "flat", "flow", "nested", "odd"]))
    names = draw(st.lists(NAMES, unique=True, max_size=6))
    lines = [draw(others(name)) for name in names]
    place = draw(st.integers(0, len(lines)))
    value = {
        "missing": st.just(""),
        "flat": st.tuples(st.sampled_from([" ", "  "]), FLAT).map(lambda pair: pair[0] + pair[1] if pair[1] else ""),
        "flow": FLOW.map(" {}".format),
        "nested": NESTED,
        "odd": ODD,
    }
    own = draw(value[kind])
    base = draw(BETWEEN) + ("base: &base 1\n" if own == " *base" else "")
    before, after = base + "".join(lines[:place]), "".join(lines[place:])
    key = draw(st.sampled_from(["sent", "sent", "Sent", "'sent'", '"sent"', "sent "]))
    body = draw(st.sampled_from(["", "\n", "\nDear 日本,\n\nsent: no\n\n\n", "no final line end"]))
    fence = draw(st.sampled_from(["---\n", "---  \n", "---" if not body else "---\t\n"]))
    trail = "" if own.startswith((" |", " >")) or kind == "missing" else draw(TRAILS)
    if kind == "missing":
        parts = ("---\n" + before + after, "", fence + body)
    else:
        parts = (f"---\n{before}{key}:", own, f"{trail}\n{after}{fence}{body}")
    ends = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    head, own, tail = (part.replace("\n", ends) for part in parts)
    return Sample(head, own, tail, kind, draw(st.sampled_from([b"", b"", BOM])))


@st.composite
def others(draw: st.DrawFn, name: str) -> str:
    value = draw(FLAT.map(" {}".format) | FLOW.map(" {}".format) | NESTED | st.just(" &b [x, {y: z}]"))
    trail = "" if value.startswith((" |", " >")) else draw(TRAILS)
    return f"{name}:{value}{trail}\n{draw(BETWEEN)}"


VALUES = st.sampled_from([DAY, "accepted", "no-show", "14:30", "日本 #1", 'say "yes"', True, 30])


@settings(max_examples=200)
@given(samples(), VALUES)
def test_every_byte_outside_of_the_value_stays_or_nothing_changes(sample: Sample, value: Single) -> None:
    before = sample.join(sample.value)
    try:
        after = set_property(before, "sent", value).data
    except ConflictError:
        event(f"refused: {sample.kind}")
        assert sample.kind == "odd"
        return
    event(f"edited: {sample.kind}")
    written = write_block({"sent": value}).removeprefix("sent: ").removesuffix("\n")
    others = {name: one for name, one in properties_of(before).items() if name.lower() != "sent"}
    says = properties_of(after)
    assert {name: one for name, one in says.items() if name.lower() != "sent"} == others
    assert [one for name, one in says.items() if name.lower() == "sent"] == [as_read(value)]
    ends = "\r\n" if sample.head.startswith("---\r") else "\n"
    if sample.kind == "missing":
        assert after == sample.join(f"sent: {written}{ends}")
    elif not sample.value:
        assert after in (sample.join(f" {written}"), sample.with_tail(sample.tail.removeprefix(" "), f" {written}"))
    elif after != before:
        blanks = sample.value[: len(sample.value) - len(sample.value.lstrip())]
        assert after in (sample.join(f" {written}"), sample.join(blanks + written))


def as_read(value: Single) -> Value:
    return str(value) if isinstance(value, dt.date | Moment) else value


# --- Obsidian's own package ------------------------------------------------------------------------------------------


def asked(script: str, question: str) -> str:
    """What the npm package `yaml` answers. Skips when there is no node, or not the package in this version."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed, so Obsidian's own YAML package cannot be asked")
    command = [node, str(INTEROP / script)]
    done = subprocess.run(command, input=question, capture_output=True, encoding="utf-8", check=False)
    if "Cannot find module" in done.stderr:
        pytest.skip("the npm package yaml is not in NODE_PATH (npm install yaml@2.7.0), so it cannot be asked")
    assert done.returncode == 0, done.stderr
    if '"2.7.0"' not in done.stdout:
        pytest.skip("the npm package yaml is there, but not as 2.7.0, which Obsidian has")
    return done.stdout


def some(strategy: st.SearchStrategy[Sample], count: int) -> list[Sample]:
    """So many samples, the same ones every time."""
    found: list[Sample] = []

    def keep(sample: Sample) -> bool:
        found.append(sample)
        return len(found) > count

    with contextlib.suppress(NoSuchExample):
        find(strategy, keep, settings=settings(max_examples=count, derandomize=True, database=None))
    return found[:count]


def test_obsidian_reads_the_new_value_and_all_else_as_before() -> None:
    pairs = []
    for sample in some(samples(), 400):
        before = sample.join(sample.value)
        with contextlib.suppress(ConflictError):
            pairs.append((before, set_property(before, "sent", DAY).data))
    blocks = [[split(data.decode("utf-8-sig")).block for data in pair] for pair in pairs]
    lines = asked("read.mjs", "".join(f"{json.dumps(block)}\n" for pair in blocks for block in pair)).split("\n")
    answers = [json.loads(line) for line in lines[1:-1]]
    told = 0
    for block, before_it, after_it in zip(blocks, answers[::2], answers[1::2], strict=True):
        if "error" not in before_it:
            told += 1
            assert "error" not in after_it, (block, after_it)
            assert sent_and_rest(after_it) == ([["text", "2026-11-23"]], sent_and_rest(before_it)[1]), block
    assert told > 200


def sent_and_rest(answer: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """The values of `sent`, and all other entries, in what read.mjs answers."""
    kind, *value = answer["value"]
    entries = value[0] if kind == "mapping" else []
    sent = [value for key, value in entries if str(key[1]).lower() == "sent"]
    return sent, [pair for pair in entries if str(pair[0][1]).lower() != "sent"]


def test_a_note_as_obsidian_writes_it_is_still_one_after_an_edit() -> None:
    before = write_block(
        {"type": "request", "contact": ["[[Ada]]"], "subject": "Why: #1?", "sent": None, "tags": [], "n": 3}
    )
    edits: list[tuple[str, Single]] = [
        *(("sent", DAY), ("reply", "later"), ("subject", "a: b"), ("tags", "x"), ("contact", "[[Zoë]]")),
    ]
    blocks = []
    for name, value in edits:
        note = set_property(f"---\n{before}---\n".encode(), name, value).data.decode()
        blocks.append(note.removeprefix("---\n").removesuffix("---\n"))
    answers = json.loads(asked("emit.mjs", json.dumps([{"block": block} for block in blocks])))["answers"]
    for block, answer in zip(blocks, answers, strict=True):
        assert answer.get("again") == block
