"""The filters that templates may use."""

import datetime as dt
from pathlib import Path

import pytest

from infoview_md.drafting.filters import FILTERS
from infoview_md.drafting.sandbox import Sandbox
from infoview_md.drafting.troubles import Source
from infoview_md.errors import TemplateError

VALUES = {
    "day": dt.date(2026, 11, 2),
    "when": dt.datetime(2026, 11, 22, 14, 5),
    "text": "2026-11-22",
    "nothing": None,
    "people": [{"name": "Grace", "age": 2}, {"name": "ada", "age": 1}, {"name": "Bob", "age": 3}],
    "contact": {"name": "Dr. Ada Lovelace", "first_name": None, "link": "[[Ada Lovelace|Dr. Ada]]"},
    "long": "x" * 90_000,
}


def value(expression: str) -> object:
    return Sandbox(VALUES, lambda _: None).value(Source("t.md", "{{ " + expression + " }}"))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("day|date", "2 November 2026"),
        ('day|date("%A %-d %B %Y, %a %b %d.%m.%y")', "Monday 2 November 2026, Mon Nov 02.11.26"),
        ('when|date("%H:%M %I:%M %p %-I %-H week %V 100%%")', "14:05 02:05 PM 2 14 week 47 100%"),
        ("text|date", "22 November 2026"),
        ("'2026-11-22T14:30:00'|time", "14:30"),
        ("when|weekday", "Sunday"),
        ("when|time", "14:05"),
        ("day|time", None),
        ("when|day", dt.date(2026, 11, 22)),
        ("day|day", dt.date(2026, 11, 2)),
        ("day|days_later(30)", dt.date(2026, 12, 2)),
        ("day|days_later(-2)", dt.date(2026, 10, 31)),
        ("when|minutes_later(20)|time", "14:25"),
        ("'Ada Lovelace'|first_name", "Ada"),
        ("'Prof. Dr. Ada Lovelace'|first_name", "Ada"),
        ("'Lovelace, Ada'|first_name", "Ada"),
        ('"Zoë O\'Brien, PhD"|first_name', "Zoë"),
        ("'O Brien, Zoë, M.Sc., PhD'|first_name", "Zoë"),
        ("'Wei, Ma'|first_name", "Ma"),
        ("'Martin Luther King Jr.'|first_name", "Martin"),
        ("'Dr.'|first_name", "Dr."),
        ("contact|first_name", "Ada"),
        ("contact|link", "[[Ada Lovelace|Dr. Ada]]"),
        ("'Ada Lovelace'|link", "[[Ada Lovelace]]"),
        ("'AC/DC: \"Person\"'|link", '[[AC-DC Person|AC/DC: "Person"]]'),
        ("'People/Ada.md'|link", "[[People/Ada]]"),
        ("'[[Ada]]'|link", "[[Ada]]"),
        ("'[[People/Ada|Ada L]]'|plain", "Ada L"),
        ("['[[People/Ada]]', 'Bob']|plain", ["Ada", "Bob"]),
        ("'aBc'|upper ~ 'aBc'|lower ~ 'a b'|title ~ 'aBC'|capitalize", "ABCabcA BAbc"),
        ("'aBC d'|upper_first ~ 'ABc d'|lower_first ~ 'NASA x'|lower_first", "ABC daBc dNASA x"),
        ("'she teaches'|sentence ~ 'why?'|sentence ~ ''|sentence", "She teaches.Why?"),
        ("'a\nb'|quote", "> a\n> b"),
        ("' a '|trim", "a"),
        ("'a-b'|replace('-', '+')", "a+b"),
        ("'the quick brown fox'|truncate(12)", "the quick…"),
        ("'short'|truncate(12)", "short"),
        ("'one, two, three'|truncate(10)", "one…"),
        ("'see [[Ada Lovelace of London]] today'|wordwrap(12)", "see\n[[Ada Lovelace of London]]\ntoday"),
        ("20|string", "20"),
        ("['a', none, 'b']|join", "a, b"),
        ("['a', 'b']|join(' / ')", "a / b"),
        ("nothing|join", ""),
        ("['Ada', 'Grace', 'Bob']|listed", "Ada, Grace and Bob"),
        ("['Ada', 'Grace']|listed('or')", "Ada or Grace"),
        ("['Ada']|listed ~ nothing|listed", "Ada"),
        ("'abc'|length", 3),
        ("nothing|length", 0),
        ("people|count", 3),
        ("[1, 2]|first", 1),
        ("[1, 2]|last", 2),
        ("[]|first", None),
        ("'solo'|list", ["solo"]),
        ("nothing|list", []),
        ('people|map(attribute="name")', ["Grace", "ada", "Bob"]),
        ("['a', '', none]|select", ["a"]),
        ("['b', 'A', 'c']|sort", ["A", "b", "c"]),
        ('people|sort(attribute="age")|map(attribute="name")', ["ada", "Grace", "Bob"]),
        ("[1, 2]|sort(reverse=true)", [2, 1]),
        ("['a', 'A', 'b', 1, 1]|unique", ["a", "b", 1]),
        ("['b', 'a', 'B']|sort", ["a", "b", "B"]),
        ("[1, 2]|reverse", [2, 1]),
        ("2.567|round(1)", 2.6),
        ("2.5|round", 2),
        ("' 20 '|int", 20),
        ("2.9|int", 2),
        ("(-3)|abs", 3),
        ("nothing|default('x')", "x"),
        ("missing|default('x')", "x"),
        ("contact.nope|default(contact.name)", "Dr. Ada Lovelace"),
        ("''|default('x')", "x"),
        ("0|default('x')", 0),
        ("false|default('x')", False),
    ],
)
def test_each_filter_does_what_its_row_says(expression: str, expected: object) -> None:
    assert value(expression) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "'soon'|date",
        "'2026-13-45'|date",
        "day|date('%Q')",
        "day|days_later(10 ** 9)",
        "day|days_later('x')",
        "'9999-12-31'|days_later(1)",
        "day|minutes_later(5)",
        "'abc'|int",
        "'١٢'|int",
        "('9' * 30)|int",
        "'x'|round",
        "2|round(10 ** 6)",
        "[1, 'a']|sort",
        'people|map(attribute="nmae")',
        "people|map",
        "['a']|map(attribute='upper')",
        "long|replace('x', 'xx')",
        "[long, long]|join",
        "long|truncate(10 ** 9)",
        "'a'|join(1)",
        "[[1], [1]]|unique",
        "'a'|wordwrap(10 ** 6)",
        "'a'.strip('b' * 300)",
        "'a'|upper(1)",
        "'a'|abs",
        "nothing|upper",
    ],
)
def test_what_a_filter_cannot_do_is_an_error_with_a_line(expression: str) -> None:
    with pytest.raises(TemplateError, match=r"^t\.md:1: "):
        value(expression)


def test_every_filter_has_a_meaning_of_one_line_and_is_tested_here() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    for name, row in FILTERS.items():
        assert row.meaning
        assert "\n" not in row.meaning
        assert f"|{name}" in source
