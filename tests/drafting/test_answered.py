"""Which questions were answered before: how they are recognised in a note, and whose answers count."""

import datetime as dt

import pytest

from infoview_md.drafting.answered import Asked, answered_in, asked_before
from infoview_md.drafting.context import LinkWriter
from infoview_md.drafting.drafts import render
from infoview_md.drafting.questions import question_key, read_bank
from infoview_md.drafting.templates import TemplateSet
from tests.agenda.vaults import index_of, notes_in

BEGAN, WEEK = question_key("How did you begin?"), question_key("What is a week like?")


@pytest.mark.parametrize(
    "body",
    [
        "### How did you begin?\n\nBy accident.\n",
        "## how did  you BEGIN\n- by accident\n",
        "# 3. **How did you begin?** #essential (4 min)\n#### In short\nBy accident.\n",
        "- How did you begin?\n  By accident.\n",
        "- [x] How did you begin?\n\n    By accident.\n",
        "1. How did you begin?\n   - by accident\n",
        "- How did you begin? By accident.\n",
        "- How did you begin? *(asked before: [[Grace Hopper]])*\n  > By accident.\n",
    ],
)
def test_a_question_with_text_under_it_is_answered(body: str) -> None:
    assert BEGAN in answered_in(f"---\ntype: interview\n---\n{body}")


@pytest.mark.parametrize(
    "body",
    [
        "### How did you begin?\n\n### What is a week like?\n\nFull.\n",
        "### How did you begin?\n\n## Who else\n\nGrace.\n",
        "### How did you begin?\n\n==✎ what you learned==\n\n%% ask her %%\n\n---\n",
        "- How did you begin?\n- What is a week like?\n    - full\n",
        "- How did you begin?\n\nBy accident: but this is another paragraph.\n",
        "- How did you begin? *(asked before: [[Grace Hopper]])*\n",
        "How did you begin? By accident.\n",
        "```\n### How did you begin?\nBy accident.\n```\n",
    ],
)
def test_a_question_without_text_is_not_answered(body: str) -> None:
    assert BEGAN not in answered_in(body)


def test_an_answer_belongs_to_the_question_above_it() -> None:
    assert answered_in("### How did you begin?\n\nBy accident.\n\n### What is a week like?\n") == {BEGAN}
    assert answered_in("") == frozenset()


VAULT = """
=== People/Ada.md
type: contact
field: Tides
=== People/Grace.md
type: contact
organization: "[[Navy]]"
=== People/Mary.md
type: contact
field: stars
=== Organizations/Navy.md
type: organization
field: tides
=== Interviews/With Ada.md
type: interview
contact: "[[Ada]]"
date: 2026-10-01

### How did you begin?

By accident.

### Who else?

Grace.
=== Interviews/With Grace.md
type: interview
contact: "[[Grace]]"
date: 2026-10-02

### How did you begin?

By chance.

### What is a week like?

Full.
=== Interviews/With Mary.md
type: interview
contact: "[[Mary]]"
date: 2026-10-03

### What is a week like?

Empty.
"""
BANK = read_bank(["## Insights\n- How did you begin?\n- What is a week like?\n## Closing\n- Who else?\n"])


def asked(*people: str) -> Asked:
    notes = notes_in(VAULT)
    index = index_of(notes)
    contacts = [index.network.find_named(name)[0] for name in people]
    return asked_before(contacts, index.network, lambda path: answered_in(notes[path]), LinkWriter(notes))


def test_what_they_answered_is_known_and_what_others_of_the_same_field_did_is_linked() -> None:
    of_ada = asked("Ada")
    assert of_ada.by_them == {BEGAN, question_key("Who else?")}
    assert of_ada.by_others == {WEEK: ("[[With Grace|Grace]]",)}
    assert asked("Mary").by_others == {}


def test_of_a_panel_all_must_have_answered() -> None:
    both = asked("Ada", "Grace")
    assert both.by_them == {BEGAN}
    assert set(both.by_others) == {WEEK, question_key("Who else?")}


def test_the_bank_leaves_out_what_was_answered_but_closes_each_talk_anew() -> None:
    left = BANK.without(asked("Ada").by_them)
    assert [one.text for one in left.questions] == ["What is a week like?", "Who else?"]


def test_a_template_is_given_fewer_questions_and_the_links() -> None:
    body = (
        "---\ntype: prep\n---\n{% for one in questions(minutes=60) %}\n- {{ one }} {{ asked_before(one)|join(', ') }}\n"
        "{% endfor %}"
    )
    templates = TemplateSet({}, {"t.md": body.encode()}, "T")
    context = {"contact": {"name": "Ada"}, "today": dt.date(2026, 11, 23)}
    made = render(templates, "t", context, bank=BANK, asked=asked("Ada"))
    assert made.text.endswith("---\n- What is a week like? [[With Grace|Grace]]\n")
