"""From a template, the names and the answers to a whole note."""

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoview_md.drafting.drafts import Draft, fill_in, render
from infoview_md.drafting.questions import read_bank
from infoview_md.drafting.templates import TemplateSet
from infoview_md.errors import TemplateError, UnknownError, UsageError
from infoview_md.notes.fences import split
from infoview_md.notes.frontmatter import plain_value, read_block
from infoview_md.notes.links import Link
from infoview_md.notes.records import FillIn, Moment, Value

CONTEXT: Mapping[str, object] = {
    "contact": {"name": "Ada Lovelace", "path": "People/Ada Lovelace.md", "email": None, "field": "tides"},
    "me": {"name": "Imogen Clough"},
    "today": dt.date(2026, 11, 22),
    "now": dt.datetime(2026, 11, 22, 9, 0),
}
BANK = read_bank(["## Insights\n- How? #essential\n- What? #topic/work\n## Closing\n- Who else?"])


def draft(
    template: str,
    context: Mapping[str, object] | None = None,
    /,
    answers: Mapping[str, object] | None = None,
    **names: object,
) -> Draft:
    if "template_path" not in template and "extends" not in template:
        head = 'template_path: "x/{{ today }}.md"\n'
        template = (
            template.replace("---\n", f"---\n{head}", 1) if template[:3] == "---" else f"---\n{head}---\n{template}"
        )
    templates = TemplateSet({}, {"t.md": template.encode()}, "T")
    return render(templates, "t", {**(CONTEXT if context is None else context), **names}, answers, bank=BANK)


def properties(text: str) -> dict[str, Value]:
    block = split(text).block
    assert block is not None
    return {one.name: plain_value(one.value) for one in read_block(block).properties}


def refusal(template: str, **names: object) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        draft(template, None, None, **names)
    return caught.value


def test_a_draft_is_a_whole_note() -> None:
    made = draft(
        "---\ntype: request\nto: '{{ contact.email }}'\nsent:\n---\nDear {{ contact.first_name }},\n\n{{ fill('why') }}"
    )
    assert made.text == "---\ntype: request\nto:\nsent:\n---\nDear Ada,\n\n==✎ why==\n"
    assert made.type == "request"
    assert made.template == "t"
    assert made.path == "x/2026-11-22.md"
    assert dict(made.properties) == {"type": "request", "to": None, "sent": None}
    assert made.fill_ins == (FillIn(8, "why"),)


def test_what_belongs_to_the_template_is_not_written_into_the_note() -> None:
    made = draft('---\ntemplate_path: "x.md"\ntemplate_summary: y\ntemplate_author: z\na: 1\n---\n')
    assert made.text == "---\na: 1\n---\n"


def test_a_note_without_properties_keeps_its_body_out_of_them() -> None:
    assert draft("---\ntemplate_path: x.md\n---\n---\na: 1\n---\n").text == "---\n---\n---\na: 1\n---\n"


# Properties


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ('p: "{{ today }}"', "p: 2026-11-22"),
        ('p: "{{ now }}"', "p: 2026-11-22T09:00:00"),
        ('p: "{{ when }}"', "p: 2026-11-24T16:15:00"),
        ('p: "{{ 20 }}"', "p: 20"),
        ('p: "{{ 20 }} minutes"', "p: 20 minutes"),
        ('p: "{{ true }}"', "p: true"),
        ('p: "{{ contact.email }}"', "p:"),
        ("p: \"{{ '+4930123' }}\"", 'p: "+4930123"'),
        ('p: "{{ people }}"', 'p:\n  - "[[Ada]]"\n  - "[[Bob|B]]"'),
        ('p: "{{ [] }}"', "p: []"),
        ("p:\n  - '{{ contact.name }}'\n  - x\n  - '{{ contact.email }}'", "p:\n  - Ada Lovelace\n  - x"),
        ("p: {{ contact.name }}", "p: Ada Lovelace"),
        ('p: "{% if contact.email %}a{% else %}b{% endif %}"', "p: b"),
        ("p: 14:30", "p: 14:30"),
        ("p: 20", "p: 20"),
        ("p: 01234", 'p: "01234"'),
    ],
)
def test_a_property_is_a_value_of_its_kind(line: str, written: str) -> None:
    people = [Link("Ada"), Link("Bob", shown="B")]
    made = draft(f"---\n{line}\n---\n", when=Moment(dt.date(2026, 11, 24), dt.time(16, 15)), people=people)
    assert made.text == f"---\n{written}\n---\n"


@pytest.mark.parametrize(
    "name",
    [
        "x\nstage: accepted",
        "x\n---\nbody",
        'Dwayne "The Rock" J',
        "Ada: the Great",
        "#hash",
        "yes",
        "- dash",
        "O'Brien",
        "\\n",
        "{{ 7 * 7 }}",
        "{% include 'x' %}",
        "\u2028line",
        "🎉",
        "null",
        "",
    ],
)
@pytest.mark.parametrize(
    "template", ["---\nname: {{ n }}\nstage: sent\n---\n", '---\nname: "{{ n }}"\nstage: sent\n---\n']
)
def test_a_name_never_becomes_another_property(template: str, name: str) -> None:
    made = draft(template, n=name)
    assert properties(made.text) == {"name": name, "stage": "sent"}
    assert made.properties["name"] == name


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_data_gives_a_note_that_reads_back(text: str) -> None:
    made = draft('---\nname: "{{ n }}"\nlist:\n  - "a {{ n }}"\nstage: sent\n---\n{{ n }}\n', n=text)
    assert list(properties(made.text)) == ["name", "list", "stage"]
    assert "<%" not in made.text
    assert properties(made.text)["name"] == made.properties["name"]


def test_line_breaks_in_a_contacts_name_become_blanks() -> None:
    made = draft("# {{ contact.name }}\n", contact={"name": "Ada\n\nLovelace\t of %%London"})
    assert made.text.endswith("# Ada Lovelace of %London\n")


def test_data_cannot_run_code_in_templater() -> None:
    made = draft("---\nname: '{{ contact.name }}'\n---\n{{ contact.name }}", contact={"name": "<% tp.x() %>"})
    assert "<%" not in made.text
    assert "<\u200b% tp.x() %>" in made.text


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("---\na: 1\nto: '{{ contact.emial }}'\n---\n", "T/t.md:4: there is no contact.emial"),
        ("---\na: |\n  x\nto: 'x {{ contact.email }}'\n---\n", "T/t.md:5: contact.email is empty"),
        ("---\na: 1\n---\n\nDear {{ contact.emial }},\n", "T/t.md:6: there is no contact.emial"),
        ("---\na: '{{ contact }}'\n---\n", "T/t.md:3: contact is no single value"),
        ("---\na: '{{ [[1]] }}'\n---\n", "T/t.md:3: a: this is no single value"),
        ("---\na: '{{ [contact] }}'\n---\n", "T/t.md:3: a: this is no single value"),
        ("---\na: '{{ fill(\"x\") }}'\n---\n", "T/t.md:3: a fill-in cannot stand in a"),
        ("---\na: '{{ questions(topic=\"zzz\") }}'\n---\n", "T/t.md:3: no question has the topic zzz"),
        ("---\na: '{{ 2 ** 60 }}'\n---\n", "T/t.md:1: 1152921504606846976 is no number"),
        ("---\ntemplate_path: 7\n---\n", "T/t.md:2: template_path is not a path"),
        ("---\ntemplate_path:\n---\n", "T/t.md:2: template_path is not a path"),
        ("---\ntemplate_path: '../{{ today }}'\n---\n", "T/t.md:2: the path ../2026-11-22 leaves the vault"),
        ("---\ntemplate_path: '{{ fill(\"x\") }}'\n---\n", "T/t.md:2: a fill-in cannot stand in template_path"),
        ("---\ntemplate_path: '{{ contact.email }}'\n---\n", "T/t.md:2: "),
    ],
)
def test_a_trouble_is_named_with_the_line_in_the_template_file(template: str, message: str) -> None:
    assert refusal(template).message.startswith(message)


def test_a_template_that_names_no_path_gets_the_usual_one() -> None:
    templates = TemplateSet({}, {"say hello.md": b"x"}, "T")
    assert render(templates, "say hello", CONTEXT).path == "Outreach/2026-11-22 Say hello - Ada Lovelace.md"
    assert render(templates, "say hello.md", {}).path == "Outreach/Say hello.md"
    two = {**CONTEXT, "contacts": [{"name": "AC/DC"}, {"name": "Bob"}]}
    assert render(templates, "say hello", two).path == "Outreach/2026-11-22 Say hello - AC-DC and Bob.md"


def test_an_unknown_template_is_refused() -> None:
    with pytest.raises(UnknownError):
        render(TemplateSet({}, {"t.md": b"x"}, "T"), "u", CONTEXT)


def test_too_long_properties_are_refused() -> None:
    assert "over 100,000 characters" in refusal("---\na: '{{ t }}'\nb: '{{ t }}'\n---\n", t="x" * 60_000).message


def test_a_text_that_is_half_a_character_is_refused() -> None:
    with pytest.raises(UsageError, match=r"contact\.name is not UTF-8 text"):
        draft("x", contact={"name": "Ada\udce9"})
    with pytest.raises(UsageError, match="why is not UTF-8 text"):
        draft("{{ why }}", answers={"why": "\udce9"})


def test_what_is_no_data_cannot_reach_a_template() -> None:
    with pytest.raises(TypeError, match="is no data"):
        draft("x", thing=object())
    deep: list[object] = []
    for _ in range(20):
        deep = [deep]
    with pytest.raises(TypeError, match="is no data"):
        draft("x", thing=deep)


# Paths


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Ada Lovelace", "People/Ada Lovelace.md"),
        ("AC/DC Person", "People/AC-DC Person.md"),
        ("/etc/passwd", "People/etc-passwd.md"),
        ("..\\..\\x", "People/x.md"),
        ('Who? "A" <b> *', "People/Who A b.md"),
        ("Sam Jr.", "People/Sam Jr.md"),
        ("CON", "People/CON_.md"),
        ("-rf", "People/-rf.md"),
        ("🎉", "People/🎉.md"),
        ("שלום", "People/שלום.md"),
        ("e\u0301", "People/é.md"),
        ("x" * 300, f"People/{'x' * 237}.md"),
    ],
)
def test_a_name_becomes_one_portable_file(name: str, path: str) -> None:
    made = draft(
        '---\ntemplate_path: "People/{{ contact.name }}.md"\nname: "{{ contact.name }}"\n---\n', contact={"name": name}
    )
    assert made.path == path
    assert made.properties["name"] == name


@pytest.mark.parametrize("name", ["   ", "...", "???", "", "-"])
def test_a_name_without_letters_is_wrong_use(name: str) -> None:
    with pytest.raises(UsageError, match="bad name") as caught:
        draft('---\ntemplate_path: "Outreach/Request - {{ contact.name }}.md"\n---\n', contact={"name": name})
    assert not isinstance(caught.value, TemplateError)


def test_slashes_outside_of_expressions_are_folders() -> None:
    made = draft('---\ntemplate_path: "A/{{ x }}/{{ x ~ x }}.md"\n---\n', x="b/c")
    assert made.path == "A/b-c/b-cb-c.md"


# Answers


def test_an_answer_fills_in_and_leaves_no_mark() -> None:
    made = draft("{{ fill('what you admire', key='admire') }}", answers={"admire": "your tables"})
    assert made.text.endswith("your tables\n")
    assert made.fill_ins == ()
    assert draft("{{ fill('x', key='admire') }}", answers={"admire": ""}).fill_ins != ()


def test_a_fill_in_stands_on_one_line_and_ends_where_it_should() -> None:
    assert fill_in(" a\n b == c= ") == "==✎ a b = c=="
    assert draft("{{ fill('==') }} {{ fill('') }}").fill_ins == (
        FillIn(3, "something of your own"),
        FillIn(3, "something of your own"),
    )


def test_a_fill_in_may_stand_in_the_subject() -> None:
    made = draft("---\nsubject: \"About {{ fill('what', key='topic') }}\"\n---\n")
    assert made.properties["subject"] == "About ==✎ what=="
    assert made.fill_ins == (FillIn(2, "what"),)
    answered = draft("---\nsubject: \"About {{ fill('what', key='topic') }}\"\n---\n", answers={"topic": "tides"})
    assert answered.properties["subject"] == "About tides"


def test_an_answer_sets_a_property_and_is_a_name() -> None:
    made = draft(
        "---\nto: '{{ contact.email }}'\n---\n{{ to }} {{ extra }}", answers={"to": "a@example.org", "extra": "x"}
    )
    assert made.text == "---\nto: a@example.org\n---\na@example.org x\n"


@pytest.mark.parametrize(
    ("name", "answer", "written"),
    [
        ("duration", "20", "duration: 20"),
        ("duration", 20, "duration: 20"),
        ("may_mention", "yes", "may_mention: true"),
        ("may_mention", "False", "may_mention: false"),
        ("phone", "+4930123", 'phone: "+4930123"'),
        ("date", "2026-11-24", "date: 2026-11-24"),
        ("date", dt.date(2026, 11, 24), "date: 2026-11-24"),
        ("leads", ["a", ""], "leads:\n  - a"),
        ("subject", "", "subject:"),
        ("why", "{{ 1 }} <% x %>", 'why: "{{ 1 }} <\u200b% x %>"'),
    ],
)
def test_an_answer_becomes_the_kind_of_its_property(name: str, answer: object, written: str) -> None:
    made = draft(f"---\n{name}: '{{{{ 0 }}}}'\n---\n", answers={name: answer})
    assert made.text == f"---\n{written}\n---\n"


@pytest.mark.parametrize(("name", "answer"), [("duration", "long"), ("may_mention", "perhaps"), ("duration", "-1")])
def test_an_answer_of_the_wrong_kind_is_wrong_use(name: str, answer: str) -> None:
    with pytest.raises(UsageError, match=name):
        draft(f"---\n{name}:\n---\n", answers={name: answer})


def test_a_property_of_the_notes_type_can_be_set_though_the_template_has_it_not() -> None:
    made = draft("---\ntype: request\n---\n", answers={"cc": "b@example.org", "sent": "2026-11-22"})
    assert made.text == "---\ntype: request\ncc: b@example.org\nsent: 2026-11-22\n---\n"


@pytest.mark.parametrize(
    ("key", "hint"),
    [("admir", "did you mean admire?"), ("subjct", "did you mean subject?"), ("zzz", "it asks for admire, subject")],
)
def test_an_answer_that_nothing_asks_for_is_refused_with_the_nearest(key: str, hint: str) -> None:
    with pytest.raises(UsageError, match=f"does not ask for {key}") as caught:
        draft("---\nsubject: x\n---\n{{ fill('x', key='admire') }}", answers={key: "x"})
    assert caught.value.hint == hint


def test_an_answer_asked_for_only_sometimes_is_no_mistake() -> None:
    own = {
        "t.md": b'---\ntemplate_path: "x.md"\n---\n{% if false %}{{ note }}{% include "part" %}{% endif %}',
        "part.md": b"{{ fill('x', key='deep') }}{% include 'missing' ignore missing %}",
    }
    made = render(TemplateSet({}, own, "T"), "t", CONTEXT, {"note": "x", "deep": "y"})
    assert made.text == "---\n---\n"


@pytest.mark.parametrize("key", ["contact", "me", "today", "fill", "type", "interview", "template_path", "questions"])
def test_what_the_command_gives_cannot_be_set(key: str) -> None:
    with pytest.raises(UsageError, match="cannot be set"):
        draft("---\ntype: request\n---\n{{ fill('x', key='a') }}", answers={key: "x"})


def test_organization_can_be_set_as_a_property_and_stays_a_group_elsewhere() -> None:
    made = draft(
        "---\ntype: contact\norganization:\n---\n{{ organization.name }}",
        answers={"organization": "Acme"},
        organization={"name": "Other"},
    )
    assert made.text == "---\ntype: contact\norganization: Acme\n---\nOther\n"


# Names


def test_every_name_is_there_even_when_the_notes_say_nothing() -> None:
    nothing = ("contact.linkedin", "me.resume", "referrer", "interview", "prep", "request", "organization")
    template = "".join(f"{{{{ {name} is none }}}}" for name in nothing)
    template += "{{ contacts|length }}{{ contact.aliases|length }}"
    assert draft(template).text.endswith("yesyesyesyesyesyesyes10\n")
    bare = draft(f"---\ntemplate_path: x.md\n---\n{template}", {})
    assert bare.text.endswith("yesyesyesyesyesyesyes00\n")


def test_a_contact_without_first_name_or_link_gets_both_from_the_name() -> None:
    made = draft("{{ contact.first_name }} {{ contact.link }}", contact={"name": "Prof. Ada L/D"})
    assert made.text.endswith("Ada [[Prof. Ada L-D|Prof. Ada L/D]]\n")


def test_the_contacts_own_properties_are_offered() -> None:
    assert draft("{{ contact.hobby }}", contact={"name": "Ada", "hobby": "whist"}).text.endswith("whist\n")


def test_questions_come_from_the_bank() -> None:
    made = draft(
        "{{ questions(count=1)|join }}|{{ questions(topic='work')|join }}|{{ questions(phase='closing')|first }}|"
        "{% for group in question_groups(minutes=60) %}{{ group.phase }}: {{ group.questions|join }}{% endfor %}|"
        "{{ timing(30).questions }}"
    )
    assert made.text.endswith("How?|What?|Who else?|Insights: How?, What?|20\n")


# Inheritance


def test_a_child_changes_a_block_and_a_property() -> None:
    bundled = {
        "request.md": b'---\ntemplate_path: "x.md"\ntype: request\nto: x\n---\nA\n{% block b %}\nB\n{% endblock %}\nC\n'
    }
    child = b'{% extends "bundled/request.md" %}\n{% block b %}\nmine, {{ super() }}{% endblock %}'
    own = {"request.md": b"---\nto:\n---\n" + child}
    made = render(TemplateSet(bundled, own, "T"), "request", CONTEXT)
    assert made.text == "---\ntype: request\nto:\n---\nA\nmine, B\nC\n"


def test_a_trouble_in_a_parent_names_the_parent_and_its_line() -> None:
    bundled = {"request.md": b'---\ntemplate_path: "x.md"\nto: "{{ oops }}"\n---\n\n{{ ouch }}'}
    own = {"a.md": b'{% extends "request" %}', "b.md": b'---\nto:\n---\n{% extends "request" %}'}
    with pytest.raises(TemplateError, match=r"^bundled/request\.md:3: nothing is called oops"):
        render(TemplateSet(bundled, own, "T"), "a", CONTEXT)
    with pytest.raises(TemplateError, match=r"^bundled/request\.md:6: nothing is called ouch"):
        render(TemplateSet(bundled, own, "T"), "b", CONTEXT)


def test_a_bom_and_crlf_in_a_template_do_not_reach_the_note() -> None:
    data = b'\xef\xbb\xbf---\r\ntemplate_path: "x.md"\r\na: 1\r\n---\r\nx\r\ny\r\n'
    assert render(TemplateSet({}, {"t.md": data}, "T"), "t", CONTEXT).text == "---\na: 1\n---\nx\ny\n"


@given(st.text(max_size=80), st.text(max_size=40))
def test_any_template_and_name_give_a_draft_or_an_error_of_ours(body: str, name: str) -> None:
    with suppress(TemplateError, UsageError):
        made = draft(f"---\na: {body}\nb: '{{{{ contact.name }}}}'\n---\n{body}", contact={"name": name})
        assert made.text.startswith("---\n")
