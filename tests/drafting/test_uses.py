"""Options that a template would pass over are refused, by what it refers to, with the templates that they are for."""

from pathlib import Path

import pytest

from infoview_md.drafting.templates import TemplateSet
from infoview_md.drafting.uses import OPTIONS, refuse_useless
from infoview_md.errors import UsageError

FOLDER = Path(__file__).parents[2] / "templates"
BUNDLED = {path.name: path.read_bytes() for path in FOLDER.glob("*.md")}


def templates(**own: str) -> TemplateSet:
    """Templates of one's own beside one that is bundled."""
    texts = {f"{name}.md": text.encode() for name, text in own.items()}
    return TemplateSet({"interview.md": BUNDLED["interview.md"]}, texts, "Templates/Infoview")


def passed_over(given: TemplateSet, name: str) -> set[str]:
    found = set()
    for option in OPTIONS:
        try:
            refuse_useless(given, name, {option})
        except UsageError:
            found.add(option)
    return found


@pytest.mark.parametrize(
    ("option", "lacks", "hint"),
    [
        (
            "on",
            "speaks of no interview, so --on has no use there",
            "leave it out; --on is for confirmation, interview, prep, referral-request, thank-you and update",
        ),
        ("about", "reports on nobody, so --about has no use there", "leave it out; --about is for update"),
        ("topic", "chooses no questions by topic, so --topic has no use there", "leave it out; --topic is for prep"),
        (
            "count",
            "chooses no number of questions, so --questions has no use there",
            "leave it out; --questions is for prep",
        ),
    ],
)
def test_the_error_says_what_the_template_lacks_and_which_ones_have_it(option: str, lacks: str, hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        refuse_useless(TemplateSet(BUNDLED), "request", {option})
    assert refused.value.message == f"the template request {lacks}"
    assert refused.value.hint == hint


def test_a_template_of_ones_own_counts_by_what_it_says() -> None:
    given = templates(update="---\ntype: update\n---\nNews!\n", hello="---\ntype: request\n---\n{{ about.name }}")
    with pytest.raises(UsageError) as refused:
        refuse_useless(given, "update", {"about"})
    assert refused.value.hint == "leave it out, or use about in Templates/Infoview/update.md; --about is for hello"
    assert passed_over(given, "hello") == {"on", "topic", "count"}
    refuse_useless(given, "interview", {"on"})


@pytest.mark.parametrize(
    "text",
    [
        "---\ntype: request\n---\n{% if interview %}On that day{% endif %}",
        '---\ntype: request\ntags:\n  - a\n  - "{{ interview.date }}"\n---\n',
        '---\ntype: request\n---\n{% include "part" %}',
        '{% extends "bundled/interview.md" %}\n',
        '---\ntype: request\n---\n{% extends "own" %}\n',
    ],
)
def test_it_is_enough_to_say_it_anywhere_also_in_what_is_included_or_built_on(text: str) -> None:
    given = templates(t=text, part="{{ interview.date }}", own="{{ interview }}")
    refuse_useless(given, "t", {"on"})


@pytest.mark.parametrize(
    "text",
    [
        "---\ntype: prep\ntopic:\n---\n",
        '---\ntype: prep\n---\n{{ fill("on what?", key="topic") }}',
        "---\ntype: prep\n---\n{{ questions(20, topic=topic) }}",
    ],
)
def test_an_answer_also_fills_a_property_or_a_fill_in(text: str) -> None:
    refuse_useless(templates(t=text), "t", {"topic"})


@pytest.mark.parametrize("name", ["interview", "about"])
def test_a_property_is_not_filled_by_what_it_is_called(name: str) -> None:
    assert {"on", "about"} <= passed_over(templates(t=f"---\ntype: update\n{name}:\n---\nHello\n"), "t")


@pytest.mark.parametrize(
    "text", ["---\ntype: [\n---\n", "---\ntype: update\n---\n{% if %}", '{% extends "t" %}', '{% extends "nowhere" %}']
)
def test_a_template_that_cannot_be_read_is_not_judged(text: str) -> None:
    refuse_useless(templates(t=text), "t", {*OPTIONS})


def test_templates_that_include_each_other_are_read_once() -> None:
    given = templates(t='---\ntype: x\n---\n{% include "u" %}', u='{% include "t" %}')
    assert passed_over(given, "t") == {*OPTIONS}
