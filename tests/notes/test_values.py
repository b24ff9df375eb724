"""From what stands behind a property's colon to a value, or a finding on that line."""

import datetime as dt
import unicodedata
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoview_md.notes.findings import Finding
from infoview_md.notes.frontmatter import read_block
from infoview_md.notes.links import Link
from infoview_md.notes.properties import PROPERTIES, PropertyKind
from infoview_md.notes.records import Moment
from infoview_md.notes.values import Spot, is_empty, read_value

EMPTY = ["", "~", "null", '""', "''", "[]", "{}", "[[]]", "['', null]", "\n  -\n  - ''", '"  "']


def read(value: str, name: str) -> tuple[object, list[Finding]]:
    """The value of `name: value` as line 2 of a note."""
    findings: list[Finding] = []
    block = read_block(f"{name}: {value}\n", "a.md")
    assert block.readable, block.findings
    return read_value(PROPERTIES[name], block.properties[0].value, Spot("a.md", name, findings)), findings


def short(findings: list[Finding]) -> list[tuple[str, int | None]]:
    return [(one.code, one.line) for one in findings]


NOTHING = {"texts": (), "links": (), "emails": (), "tags": ()}
ONE_OF_EACH = {row.kind: name for name, row in PROPERTIES.items()}


@pytest.mark.parametrize("name", ONE_OF_EACH.values())
@pytest.mark.parametrize("value", EMPTY)
def test_every_way_of_saying_nothing_means_the_same(name: str, value: str) -> None:
    assert is_empty(read_block(f"x: {value}\n").properties[0].value)
    assert read(value, name) == (NOTHING.get(PROPERTIES[name].kind), [])


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("role", "Analyst", "Analyst"),
        ("role", "'  Analyst '", "Analyst"),
        ("role", "[Analyst]", "Analyst"),
        ("role", "true", "true"),
        ("role", "|\n  two\n  lines", "two lines"),
        ("role", ">-\n  a\n  b", "a b"),
        ("role", "&x Analyst", "Analyst"),
        ("phone", '"+4930123"', "+4930123"),
        ("phone", "'0301234567'", "0301234567"),
        ("phone", "+49 30 123", "+49 30 123"),
        ("subject", "14:30", "14:30"),
        ("terms", "datum", ("datum",)),
        ("terms", "[datum, ' drift ', '']", ("datum", "drift")),
        ("tags", "x", ("x",)),
        ("tags", '["#a/b", c]', ("a/b", "c")),
        ("tags", '"#a, b #c"', ("a", "b", "c")),
        ("contact", '"[[Ada]]"', (Link("Ada", line=2),)),
        ("contact", "Ada Lovelace", (Link("Ada Lovelace", line=2, style="bare"),)),
        ("contact", '\n  - "[[Ada]]"\n  - "[[Grace|G]]"', (Link("Ada", line=3), Link("Grace", shown="G", line=4))),
        ("contact", '"[[Ada]], [[Grace]]"', (Link("Ada", line=2), Link("Grace", line=2))),
        ("interview", '"[[2026-11-22 Ada]]"', Link("2026-11-22 Ada", line=2)),
        ("sent", "2026-11-22", dt.date(2026, 11, 22)),
        ("sent", "'2026-11-22'", dt.date(2026, 11, 22)),
        ("sent", "2026-11-22T10:00:00", dt.date(2026, 11, 22)),
        ("sent", '"[[2026-11-22]]"', dt.date(2026, 11, 22)),
        ("sent", '"[[Daily/2026-11-22|that day]]"', dt.date(2026, 11, 22)),
        ("sent", "2024-02-29", dt.date(2024, 2, 29)),
        ("date", "2026-11-22", Moment(dt.date(2026, 11, 22))),
        ("date", "2026-11-22T14:30", Moment(dt.date(2026, 11, 22), dt.time(14, 30))),
        ("date", "2026-11-22 14:30:05.250", Moment(dt.date(2026, 11, 22), dt.time(14, 30, 5))),
        ("date", "2026-11-22T14:30Z", Moment(dt.date(2026, 11, 22), dt.time(14, 30, tzinfo=dt.UTC))),
        (
            "date",
            "2026-11-22T14:30:00+05:30",
            Moment(dt.date(2026, 11, 22), dt.time(14, 30, tzinfo=dt.timezone(dt.timedelta(hours=5, minutes=30)))),
        ),
        (
            "date",
            "2026-11-22T14:30-0800",
            Moment(dt.date(2026, 11, 22), dt.time(14, 30, tzinfo=dt.timezone(dt.timedelta(hours=-8)))),
        ),
        ("duration", "30", 30),
        ("duration", '"30"', 30),
        ("rating", "0", 0),
        ("may_mention", "true", True),
        ("may_mention", "True", True),
        ("may_mention", "yes", True),
        ("may_mention", '"no"', False),
        ("may_mention", "FALSE", False),
        ("medium", "video", "video"),
        ("medium", "In Person", "in-person"),
        ("status", "No_Show", "no-show"),
        ("reply", '" accepted "', "accepted"),
        ("email", "ada@example.org", "ada@example.org"),
        ("email", "mailto:ada@example.org", "ada@example.org"),
        ("email", "Ada Lovelace <ada@example.org>", "Ada Lovelace <ada@example.org>"),
        ("to", "[a@example.org, b@example.org]", ("a@example.org", "b@example.org")),
        ("timezone", "Europe/Berlin", "Europe/Berlin"),
        ("timezone", "UTC", "UTC"),
    ],
)
def test_a_good_value_is_read_without_a_finding(name: str, value: str, expected: object) -> None:
    assert read(value, name) == (expected, [])


@pytest.mark.parametrize(
    ("name", "value", "code", "words"),
    [
        ("sent", "2026-02-30", "bad-date", ("sent", "2026-02-30", "calendar")),
        ("sent", "0000-01-01", "bad-date", ("0000-01-01", "calendar")),
        ("sent", "2026-13-45", "bad-date", ("2026-13-45",)),
        ("sent", "05/01/2026", "bad-date", ("day and month cannot be told apart",)),
        ("sent", "5.1.26", "bad-date", ("day and month cannot be told apart",)),
        ("sent", "2026-1-5", "bad-date", ("two digits",)),
        ("sent", "2026-W03", "bad-date", ("2026-W03",)),
        ("sent", "20261122", "bad-date", ("20261122",)),
        ("sent", "yesterday", "bad-date", ("yesterday",)),
        ("sent", "true", "bad-date", ("true",)),
        ("sent", "\u0662\u0660\u0662\u0666-11-22", "bad-date", ()),
        ("sent", "0999-12-31", "bad-date", ("years go from 1000 to 8999",)),
        ("sent", "9999-12-31", "bad-date", ("years go from 1000 to 8999",)),
        ("sent", "2026-11-22T25:00", "bad-date", ("no clock",)),
        ("date", "2026-01-01 25:61:00", "bad-date", ("no clock", "2026-11-22T14:30")),
        ("date", "2026-11-22T24:00", "bad-date", ("no clock",)),
        ("date", "2026-11-22T14:30+24:30", "bad-date", ("no clock",)),
        ("date", "14:30", "bad-date", ("14:30",)),
        ("date", '"[[Tomorrow]]"', "bad-date", ("Tomorrow",)),
        ("duration", "half an hour", "bad-number", ("half an hour", "from 1 to 9999")),
        ("duration", "0", "bad-number", ("0",)),
        ("duration", "-5", "bad-number", ("-5",)),
        ("duration", "30.5", "bad-number", ("30.5",)),
        ("duration", "10000", "bad-number", ("10000",)),
        ("duration", "\u0663\u0660", "bad-number", ()),
        ("rating", "9" * 5000, "bad-number", ("9999",)),
        ("may_mention", "maybe", "bad-checkbox", ("maybe", "true nor false")),
        ("may_mention", "1", "bad-checkbox", ()),
        ("reply", "acepted", "bad-choice", ("accepted, declined, later", "did you mean accepted?")),
        ("reply", "xyz", "bad-choice", ("accepted, declined, later",)),
        ("timezone", "Europe/Berln", "bad-timezone", ("did you mean Europe/Berlin?",)),
        ("timezone", "../../etc/passwd", "bad-timezone", ()),
        ("timezone", "/etc/localtime", "bad-timezone", ()),
        ("timezone", "Europe", "bad-timezone", ()),
        ("timezone", "zone.tab", "bad-timezone", ()),
        ("timezone", '"Europe\\u0001/Berlin"', "bad-timezone", ("\\x01",)),
        ("timezone", "x" * 5000, "bad-timezone", ()),
        ("role", "{a: b}", "bad-shape", ("one text",)),
        ("role", "[a, b]", "bad-shape", ("2 values",)),
        ("sent", "[2026-11-22, 2026-11-23]", "bad-shape", ("one date",)),
        ("interview", '["[[A]]", "[[B]]"]', "bad-shape", ("one link",)),
    ],
)
def test_a_bad_value_is_a_finding_on_its_line_and_no_value(
    name: str, value: str, code: str, words: tuple[str, ...]
) -> None:
    found, findings = read(value, name)
    assert not found
    assert short(findings) == [(code, 2)]
    assert findings[0].property == name
    assert "None" not in findings[0].message
    for word in words:
        assert word in findings[0].message + findings[0].hint


def test_the_line_of_a_bad_member_is_its_own() -> None:
    found, findings = read("\n  - a@example.org\n  - nobody\n", "to")
    assert found == ("a@example.org", "nobody")
    assert short(findings) == [("bad-email", 4)]


@pytest.mark.parametrize(
    "value", ["a@example.org, b@example.org", "nobody", "a b@example.org", "a@b@c", "<a@b>x", "a@b>"]
)
def test_what_is_not_one_address_is_told(value: str) -> None:
    assert short(read(value, "email")[1]) == [("bad-email", 2)]


def test_of_two_addresses_none_is_taken_silently() -> None:
    found, findings = read("[a@example.org, b@example.org]", "email")
    assert found is None
    assert short(findings) == [("bad-email", 2)]


@pytest.mark.parametrize(
    ("value", "code", "number"),
    [
        ("+4930123", "number-lost", "4930123"),
        ("1.10", "number-lost", "1.1"),
        ("1e3", "number-lost", "1000"),
        ("0x1F", "number-lost", "31"),
        ("12345678901234567890", "number-lost", "12345678901234567000"),
        ("0301234567", "yaml-octal", "301234567"),
        ("01234", "yaml-octal", "1234"),
    ],
)
def test_a_bare_number_that_obsidian_would_change_is_kept_and_told(value: str, code: str, number: str) -> None:
    found, findings = read(value, "phone")
    assert found == value
    assert short(findings) == [(code, 2)]
    assert number in findings[0].message
    assert findings[0].hint == f'put it in quotes: "{value}"'


def test_a_bare_number_that_obsidian_keeps_is_nothing_to_tell() -> None:
    assert read("4930123", "phone") == ("4930123", [])


@pytest.mark.parametrize(
    ("value", "char"),
    [
        ('"Ada \u202egnp.md"', "\\u202e"),
        ("x\u2028y", "\\u2028"),
        ("x\u0085y", "\\x85"),
        ("Ada\u200b", "\\u200b"),
        ('"Ada\\e[31m"', "\\x1b"),
    ],
)
def test_what_cannot_be_seen_is_told_and_shown(value: str, char: str) -> None:
    _, findings = read(value, "name")
    assert short(findings) == [("suspicious-unicode", 2)]
    assert findings[0].message.startswith("name: ")
    assert findings[0].message.count(char) == 2
    assert not any(ord(one) < 32 or one in "\u202e\u2028\x85\u200b" for one in findings[0].message)


def test_a_link_that_obsidian_rewrote_as_a_list_is_read_again() -> None:
    found, findings = read("\n  - - Ada Lovelace\n", "referred_by")
    assert found == (Link("Ada Lovelace", line=3),)
    assert short(findings) == [("link-unquoted", 3)]
    assert findings[0].hint == 'put it in quotes: "[[Ada Lovelace]]"'


@pytest.mark.parametrize("value", ["[[Ada, Grace], Bob]", "[{a: b}, x]", "\n  - - - Ada\n  - x"])
def test_what_is_too_deep_is_told_and_left_out(value: str) -> None:
    found, findings = read(value, "contact")
    assert isinstance(found, tuple)
    assert len(found) == 1
    assert [one.code for one in findings] == ["bad-shape"]


def test_a_long_value_is_cut_in_the_message() -> None:
    _, findings = read("x" * 5000, "sent")
    assert len(findings[0].message) < 300


@given(st.sampled_from(list(PROPERTIES)), st.text(max_size=40))
def test_any_text_can_be_read_as_any_property(name: str, text: str) -> None:
    quoted = "'" + text.replace("'", "''").replace("\n", " ").replace("\r", " ") + "'"
    block = read_block(f"{name}: {quoted}\n", "a.md")
    findings: list[Finding] = []
    for one in block.properties:
        read_value(PROPERTIES[name], one.value, Spot("a.md", name, findings))
    for found in findings:
        assert found.line == 2
        assert not {unicodedata.category(char) for char in found.message} & {"Cc", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize("kind", sorted({row.kind for row in PROPERTIES.values()}))
def test_every_kind_has_its_reader(kind: str) -> None:
    node = read_block("x: 1\n").properties[0].value
    read_value(PropertyKind(kind=kind, meaning=""), node, Spot("a.md", "x", []))  # type: ignore[arg-type]


def test_moments_are_in_order_with_and_without_a_time() -> None:
    day, next_day = dt.date(2026, 11, 22), dt.date(2026, 11, 23)
    moments = [
        Moment(day),
        Moment(day, dt.time(9)),
        Moment(day, dt.time(9, tzinfo=dt.UTC)),
        Moment(day, dt.time(14, 30)),
        Moment(next_day),
    ]
    assert all(sorted(shuffled) == moments for shuffled in permutations(moments))
    assert max(moments) == moments[-1]
    assert moments[0] <= moments[0] < moments[1]
    assert str(moments[3]) == "2026-11-22T14:30:00"
    assert str(moments[0]) == "2026-11-22"
