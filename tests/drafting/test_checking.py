"""Faults in templates: all of them are told, with their lines, and none in a template that is good."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from infoview_md.drafting.checking import template_faults
from infoview_md.drafting.questions import read_bank
from infoview_md.drafting.templates import QUESTIONS, TemplateSet
from infoview_md.errors import UnknownError
from infoview_md.notes.findings import Finding, Severity

FOLDER = Path(__file__).parents[2] / "templates"
BUNDLED = {path.name: path.read_bytes() for path in FOLDER.glob("*.md")}
BANK = read_bank([BUNDLED[QUESTIONS].decode()])
HEAD = '---\ntype: request\ncontact: "{{ contact.link }}"\nto: "{{ contact.email }}"\nsubject: A word\n---\n'
GREETING = "Dear {{ contact.first_name }},\n\n"


def faults(body: str, head: str = HEAD, extra: Mapping[str, object] | None = None, **others: str) -> list[Finding]:
    own = {"t.md": (head + body).encode()} | {f"{name}.md": text.encode() for name, text in others.items()}
    bundled = {name: text for name, text in BUNDLED.items() if f"bundled/{name}" in body}
    found = template_faults(TemplateSet(bundled, own, "T"), bank=BANK, extra=extra or {})
    assert all(one.path.startswith("T/") for one in found)
    return list(found)


def told(body: str, head: str = HEAD, **others: str) -> list[tuple[int | None, str]]:
    return [(one.line, one.message) for one in faults(body, head, None, **others)]


def test_the_bundled_templates_have_no_fault() -> None:
    assert template_faults(TemplateSet(BUNDLED), bank=BANK, extra={}) == ()


def test_all_faults_are_told_and_not_the_first_alone() -> None:
    head = """---
template_path: "{{ tody }}.md"
type: request
contact: "{{ contact.lnik }}"
to: "{{ me.email|uper }}"
---
"""
    body = """{{ contact.frist_name }}
{{ nobody }}
{{ contact.tags + 1 }}
{% for one in contacts %}{{ one.nmae }}{% endfor %}
"""
    assert told(body, head) == [
        (2, "nothing is called tody here"),
        (4, "there is no contact.lnik"),
        (5, "there is no filter uper"),
        (7, "there is no contact.frist_name"),
        (8, "nothing is called nobody here"),
        (9, "+ is for numbers only"),
        (10, "there is no one.nmae"),
    ]


def test_each_fault_says_what_to_mend() -> None:
    (found,) = faults("{{ contact.frist_name }}")
    assert (found.code, found.severity, found.path, found.line) == ("template-error", Severity.ERROR, "T/t.md", 7)
    assert found.hint == "did you mean contact.first_name?"


def test_what_the_example_never_reaches_is_read_all_the_same() -> None:
    body = "{% if false %}{{ referrer.nmae }}{% else %}Hello{% endif %}\n{% if not me.name %}{{ nobody }}{% endif %}"
    assert told(body) == [(7, "there is no referrer.nmae"), (8, "nothing is called nobody here")]


@pytest.mark.parametrize(
    "body",
    [
        "{{ minutes|default(20) }}",
        "{% if place is defined %}{{ place }}{% endif %}",
        "{% set x = 1 %}{{ x }}{% for a in contacts %}{{ a.name }}{{ loop.index }}{% endfor %}",
        "{% macro m(y) %}{{ y }}{% endmacro %}{{ m(1) }}",
        "{{ contact.shoe|default('?') }}{{ contact.get('hat', '') }}",
        "{% if interview %}{{ interview.date|date }}{% endif %}",
        '{{ contact.why or fill("why") }} {{ questions(count=1)|join }}',
    ],
)
def test_what_may_be_missing_is_no_fault(body: str) -> None:
    assert told(f"{GREETING}Grace Hopper, fellow Leeds: {body}?") == []


def test_a_users_own_properties_may_be_named() -> None:
    body = f"{GREETING}Grace Hopper, Leeds: {{{{ contact.shoe }}}}?"
    assert told(body) == [(9, "there is no contact.shoe")]
    assert faults(body, extra={"shoe": 42}) == []


def test_a_template_that_builds_on_another_knows_its_names() -> None:
    body = '{% extends "bundled/request.md" %}\n{% block greeting %}\nHi {{ reason }} {{ raeson }}\n{% endblock %}'
    assert told(body, "---\ntemplate_summary: Mine\n---\n") == [(6, "nothing is called raeson here")]


def test_a_fault_in_a_template_to_build_on_is_told_of_that_one() -> None:
    found = faults('{% extends "below.md" %}\n{% block x %}Hi{% endblock %}', "", below="{% if %}")
    assert {(one.path, one.line) for one in found} == {("T/below.md", 1)}


def test_a_part_that_others_include_is_read_too() -> None:
    assert told(f'{GREETING}Grace Hopper, Leeds? {{% include "part.md" %}}', part="{{ contact.nmae }}") == [
        (1, "there is no contact.nmae")
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("---\na: {{ b }} x {{ c\n---\n", 2, "it is not clear where this value ends"),
        ("---\ntype: request\n---\n{% if x %}\n", 4, "the text ends before everything in it is closed"),
        ("---\ntype: request\nsent: [a\n---\n", None, "cannot be read"),
        ('{% extends "nothing.md" %}', 1, "no template is called nothing.md"),
        ('{% include "../secret" %}', None, ""),
        ("---\ntype: request\n---\n{{ ''.__class__ }}\n", 4, "there is no ''.__class__"),
        (
            "---\ntype: request\n---\n{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}\n",
            4,
            "goes round in a circle",
        ),
        (
            "---\ntype: request\n---\n{% for i in range(9999) %}{% for j in range(9999) %}x{% endfor %}{% endfor %}",
            4,
            "far too much",
        ),
    ],
)
def test_what_cannot_be_read_or_never_ends_is_one_fault_in_bounded_time(
    text: str, line: int | None, message: str
) -> None:
    found = told(text, "")
    assert len(found) <= 1
    if message:
        assert line in {None, found[0][0]}
        assert message in found[0][1]


def test_the_note_that_it_makes_is_read_as_any_note() -> None:
    head = HEAD.replace("A word", "ALL IN CAPITALS").replace('"{{ contact.email }}"', '"{{ contact.name }}"')
    found = faults("Dear Ada,\n\n[your name]: I want a job. {{ fill('what it is')|truncate(6) }}\n", head)
    codes = {one.code: one for one in found}
    assert {"bad-email", "template-mark-left", "request-job", "subject-capitals", "greeting-other"} <= codes.keys()
    assert "(on line 9 of the note that it makes)" in codes["request-job"].message
    assert codes["request-job"].line is None
    assert any("a fill-in is cut" in one.message for one in found)


def test_a_subject_of_two_lines_is_told() -> None:
    head = HEAD.replace("A word", '"{{ contact.name }}\\nBcc: all@example.org"')
    assert "header-injection" in {one.code for one in faults(f"{GREETING}Grace Hopper, Leeds?", head)}


def test_one_template_can_be_asked_for() -> None:
    templates = TemplateSet(BUNDLED, {"a.md": b"{{ x }}", "b.md": b"{{ y }}"}, "T")
    (found,) = template_faults(templates, "b", bank=BANK, extra={})
    assert found.path == "T/b.md"
    with pytest.raises(UnknownError, match="no template is called c"):
        template_faults(templates, "c", bank=BANK, extra={})
