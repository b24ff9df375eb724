"""Closed questions: which ones are told, and above all which are not."""

from pathlib import Path

import pytest

from infoview_md.drafting.openness import CLOSED_OPENINGS, closed_questions, is_closed
from infoview_md.notes.findings import Severity

BUNDLED = Path(__file__).parents[2] / "templates" / "Questions.md"


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("Do you like your work?", "Do"),
        ("Is it hard to get in?", "Is"),
        ("Don’t you miss the sea?", "Don’t"),
        ("Would you do it again?", "Would"),
        ("**Have** you always worked here?", "Have"),
        ("Are you happy? Do you sleep well?", "Are"),
    ],
)
def test_what_yes_or_no_answers_is_closed(question: str, opening: str) -> None:
    assert is_closed(question) == opening


@pytest.mark.parametrize(
    "question",
    [
        "How did you begin?",
        "Apart from money, what do you find rewarding?",
        "If you were to begin again, would you?",
        "Would you suggest other related fields?",
        "Would you look at my resume and offer me feedback?",
        "Could you describe a week of yours?",
        "Can you tell me how you began?",
        "Is there anything that I should have asked?",
        "Is there anybody else I should talk to?",
        "Do you have any advice for a beginner?",
        "Do people move to another company, or do they move up?",
        "How do people find these jobs? Are they advertised?",
        "May I use your name?",
        "Can I write to you again?",
        "Do you like it? What do you like best?",
        "Does",
        "Have a look at the river",
        "Möchten Sie wieder?",
        "",
    ],
)
def test_what_is_open_a_choice_or_a_request_passes(question: str) -> None:
    assert is_closed(question) == ""


def test_the_questions_that_come_along_are_all_open() -> None:
    assert list(closed_questions(BUNDLED.read_text("utf-8"), "Questions.md")) == []


def test_a_closed_question_is_told_with_its_line_and_the_reason() -> None:
    text = "---\nx: 1\n---\n## Small talk\n- Is it raining?\n\n## Insights\n- Do you like it? #essential\n"
    text += "## Closing\n- Do I go?\n"
    (found,) = closed_questions(text, "Templates/Infoview/Questions.md")
    assert (found.code, found.severity, found.line) == ("question-closed", Severity.INFO, 8)
    assert found.message == "Do you like it? begins with Do, so that yes or no answers it"
    assert found.path == "Templates/Infoview/Questions.md"


def test_no_opening_is_a_word_that_opens() -> None:
    assert not {"who", "what", "when", "where", "why", "how", "which"} & set(CLOSED_OPENINGS)
