"""Which template a name means, what it says, and what it inherits."""

import time
from contextlib import suppress

import pytest

from infoview_md.drafting.templates import TemplateSet
from infoview_md.errors import TemplateError, UnknownError

BUNDLED = {
    "request.md": b"---\ntemplate_path: r.md\ntemplate_summary: ask\ntype: request\nto: x\nsent:\n---\nbundled body\n",
    "prep.md": b'---\ntemplate_path: "p.md"\ntype: prep\n---\n',
    "Questions.md": b"- What?\n",
}


def templates(**own: str) -> TemplateSet:
    return TemplateSet(BUNDLED, {f"{name}.md": text.encode() for name, text in own.items()}, "Templates/Infoview")


def values(text: str) -> dict[str, object]:
    return {one.name: one.value for one in templates(t=text).read("t").properties.values()}


def trouble(text: str) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        templates(t=text).inherited("t")
    return caught.value


# Looking up


@pytest.mark.parametrize("name", ["request", "request.md", "Request", "REQUEST.MD", " request "])
def test_a_template_is_found_by_name_with_or_without_its_ending(name: str) -> None:
    assert templates().read(name).where == "bundled/request.md"


def test_the_users_own_template_wins_and_the_bundled_one_stays_reachable() -> None:
    mine = templates(request="mine")
    assert mine.read("request").where == "Templates/Infoview/request.md"
    assert mine.read("bundled/request.md").where == "bundled/request.md"
    assert mine.read("bundled/request").body == "bundled body\n"


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "bundled/../request", "C:\\x", "", ".", "bundled/"])
def test_nothing_outside_the_two_folders_is_reached(name: str) -> None:
    with pytest.raises(UnknownError):
        templates().read(name)
    assert templates().source(name) is None


def test_an_unknown_template_is_answered_with_the_nearest_names() -> None:
    with pytest.raises(UnknownError, match="no template is called requets") as caught:
        templates().read("requets")
    assert caught.value.hint == "did you mean request?"
    with pytest.raises(UnknownError) as caught:
        templates().read("xyzzy")
    assert caught.value.hint == "there are prep, request"


def test_a_template_in_a_folder_is_named_with_the_folder() -> None:
    nested = TemplateSet(BUNDLED, {"mail/short.md": b"x"}, "T")
    assert nested.read("mail/short").where == "T/mail/short.md"


def test_the_list_shows_where_each_comes_from_and_leaves_out_parts_and_questions() -> None:
    infos = templates(
        request='---\ntemplate_path: "x.md"\ntemplate_summary: mine\n---\n',
        signature="just a part",
        broken="---\na: [\n---\n",
    ).names()
    assert [(one.name, one.summary, one.origin, one.path) for one in infos] == [
        ("broken", "", "own", "Templates/Infoview/broken.md"),
        ("prep", "", "bundled", "bundled/prep.md"),
        ("request", "mine", "own", "Templates/Infoview/request.md"),
    ]
    assert infos[0].problem.startswith("Templates/Infoview/broken.md:2: ")


def test_the_text_of_a_template_is_what_its_file_says() -> None:
    assert templates().text("request") == BUNDLED["request.md"].decode()
    with pytest.raises(UnknownError):
        templates().text("nope")


def test_the_type_of_the_notes_that_a_template_makes() -> None:
    assert templates().type_of("request") == "request"
    assert templates(t='{% extends "request" %}').type_of("t") == "request"
    assert templates(t="x").type_of("t") is None


# Reading


def test_bytes_that_are_no_utf8_are_named_with_file_and_position() -> None:
    with pytest.raises(TemplateError, match=r"T/cafe\.md:1: .* byte 3 is 0xe9") as caught:
        TemplateSet({}, {"cafe.md": b"Caf\xe9"}, "T").read("cafe")
    assert "UTF-8" in caught.value.hint
    with pytest.raises(TemplateError, match="byte 6 is 0xe9"):
        TemplateSet({}, {"cafe.md": b"\xef\xbb\xbfCaf\xe9"}, "T").read("cafe")


def test_a_byte_order_mark_and_crlf_do_not_reach_the_note() -> None:
    read = TemplateSet({}, {"t.md": b"\xef\xbb\xbf---\r\na: 1\r\n---\r\nx\r\ny\r\n"}, "T").read("t")
    assert read.properties["a"].value == 1
    assert read.body == "x\ny\n"
    assert read.body_line == 4


def test_plain_values_keep_their_kind() -> None:
    lines = (
        "a: 20",
        "b: true",
        "c:",
        "d: 2026-11-22",
        "e: 14:30",
        "f: yes",
        "g: []",
        "h:\n  - x\n  - 1",
        "i: '{{ x }}'",
    )
    assert values("\n".join(("---", *lines, "j: 01234", "---", ""))) == {
        "a": 20,
        "b": True,
        "c": None,
        "d": "2026-11-22",
        "e": "14:30",
        "f": "yes",
        "g": (),
        "h": ("x", 1),
        "i": "{{ x }}",
        "j": "01234",
    }


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("name: {{ n }}", "{{ n }}"),
        ("name: {{ n }} Smith", "{{ n }} Smith"),
        ("name: {{ n }}   ", "{{ n }}"),
        ('name: {{ n ~ "\\\\" }}', '{{ n ~ "\\\\" }}'),
        ("name: {{ n|default('x: y') }}", "{{ n|default('x: y') }}"),
        ("name: {{ n ~ ' # ' }}", "{{ n ~ ' # ' }}"),
        ("name: {% if n %}a{% endif %}", "{% if n %}a{% endif %}"),
        ("'name': {{ n }}", "{{ n }}"),
        ("name: Dear {{ n }}", "Dear {{ n }}"),
        ("name: [a, '{{ n }}']", ("a", "{{ n }}")),
        ("name:\n  - {{ n }}\n  - {{ m }}", ("{{ n }}", "{{ m }}")),
        ("name:\n- {{ n }}", ("{{ n }}",)),
        ("name: |-\n  - {{ n }}\n  x", "- {{ n }}\nx"),
        ("name: >-\n  {{ n }}", "{{ n }}"),
    ],
)
def test_an_expression_needs_no_quotes(line: str, value: object) -> None:
    assert values(f"---\n{line}\n---\n") == {"name": value}


@pytest.mark.parametrize(
    ("block", "line"),
    [
        ("a: 1\nname: {{ n }} # comment", 3),
        ("name: {{ n", 2),
        ("name: {{ '}}' }}", 2),
        ("name: [{{ a }}, {{ b }}]", 2),
        ("name: {a: {{ b }}}", 2),
        ("name: {a: b}", 2),
        ("name:\n  a: b", 3),
        ("name:\n  - [a]", 3),
        ("{{ key }}: x", 2),
        ("name: a: {{ b }}", 2),
        ('name: "a" {{ b }}', 2),
        ("name: a\nname: b", 3),
        ("name: @x", 2),
        ("- a", 2),
    ],
)
def test_properties_that_cannot_be_read_are_named_with_their_line(block: str, line: int) -> None:
    error = trouble(f"---\n{block}\n---\n")
    assert error.message.startswith(f"Templates/Infoview/t.md:{line}: ")
    assert error.hint


@pytest.mark.parametrize("text", ["---\na: 1\n", "---\na: 1\n...\nx", "\n\n---\na: 1\n---\n"])
def test_properties_that_obsidian_would_not_see_are_refused(text: str) -> None:
    assert "t.md:" in trouble(text).message


@pytest.mark.parametrize(
    "text", ["{##}" * 9000, "---\na: {{" + " " * 60_000 + "x\n---\n", "---\na:\n  - {{" + " " * 60_000 + "x\n---\n"]
)
def test_no_text_makes_reading_slow(text: str) -> None:
    began = time.process_time()
    with suppress(TemplateError):
        templates(t=text).read("t")
    assert time.process_time() - began < 1


def test_a_template_without_properties_or_text_is_read() -> None:
    assert values("") == {}
    assert templates(t="just text").read("t").body == "just text"


# Inheriting


def test_a_child_inherits_properties_and_its_own_win_even_when_empty() -> None:
    child = '---\nto:\nsubject: mine\n---\n{% extends "bundled/request.md" %}\n'
    merged = templates(request=child).inherited("request")
    assert {name: one.value for name, one in merged.items()} == {
        "template_path": "r.md",
        "template_summary": "ask",
        "type": "request",
        "to": None,
        "sent": None,
        "subject": "mine",
    }
    assert merged["type"].where == "bundled/request.md"
    assert (merged["subject"].where, merged["subject"].line) == ("Templates/Infoview/request.md", 3)


def test_a_chain_of_templates_is_followed() -> None:
    own = templates(a='{# first #}\n{%- extends "b" -%}', b="---\nto: y\n---\n{% extends 'request' %}")
    assert own.inherited("a")["to"].value == "y"


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ({"request": "{% extends 'request' %}"}, "extends itself"),
        ({"a": "{% extends 'b' %}", "b": "\n{% extends 'a' %}", "request": "{% extends 'a' %}"}, "extends itself"),
        ({"request": "---\na: 1\n---\n{% extends 'reqest' %}"}, "request.md:4: no template is called reqest"),
        ({"request": "{% extends '../x' %}"}, "no template is called ../x"),
    ],
)
def test_a_template_cannot_extend_itself_or_nothing(own: dict[str, str], message: str) -> None:
    with pytest.raises(TemplateError, match=message.replace(".", r"\.")) as caught:
        templates(**own).inherited("request")
    assert caught.value.hint
