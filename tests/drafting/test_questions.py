"""The question bank, and the choice of what to ask."""

import pytest

from infoview_md.drafting.limits import RefusedError
from infoview_md.drafting.questions import Question, QuestionBank, asked_in, read_bank, timing

BANK = """---
x: 1
---
Explanation, with a - dash.

## Trends

- How fast? #essential #topic/market
* What next? #topic/market

## Insights
1. How did you begin? #essential #topic/path (5 min)
2. [ ] What is a week like?
- [x] Which skills? #topic/skills/hard

### advice ###
- Where would you start? #essential

```
- not a question
```

## Their garden
- What grows there?

## Small talk
- How are you?

## Closing
- Who else? #essential
-
"""


def bank() -> QuestionBank:
    return read_bank([BANK])


def texts(*questions: Question) -> list[str]:
    return [one.text for one in questions]


def test_headings_are_phases_and_list_items_questions_with_their_tags() -> None:
    assert bank().questions[:4] == (
        Question(text="How fast?", phase="Trends", topics=("market",), essential=True),
        Question(text="What next?", phase="Trends", topics=("market",)),
        Question(text="How did you begin?", phase="Insights", topics=("path",), essential=True, minutes=5),
        Question(text="What is a week like?", phase="Insights"),
    )
    assert texts(*bank().questions[4:]) == [
        *("Which skills?", "Where would you start?", "What grows there?", "How are you?", "Who else?")
    ]
    assert bank().questions[5].phase == "Advice"
    assert bank().phases() == ("Trends", "Insights", "Advice", "Their garden")
    assert bank().topics() == ("market", "path", "skills/hard")


def test_a_users_own_bank_adds_and_does_not_repeat() -> None:
    both = read_bank(["## Trends\n- A?\n- B?\n", "\ufeff## Trends\r\n- b?\r\n- C?\r\n", ""])
    assert texts(*both.questions) == ["A?", "B?", "C?"]


def test_questions_before_any_heading_are_insights() -> None:
    assert read_bank(["- A?"]).questions[0].phase == "Insights"


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (20, (5, 10, 5, 3)),
        (30, (5, 20, 5, 6)),
        (60, (5, 50, 5, 16)),
        (15, (3, 9, 3, 3)),
        (10, (2, 6, 2, 3)),
        (0, (0, 0, 0, 3)),
    ],
)
def test_the_minutes_agreed_are_divided(minutes: int, expected: tuple[int, ...]) -> None:
    plan = timing(minutes)
    assert (plan.small_talk, plan.questions, plan.closing, plan.count) == expected
    assert plan.small_talk + plan.questions + plan.closing == minutes


def test_a_short_talk_gets_the_essential_questions_in_the_order_of_the_conversation() -> None:
    assert texts(*bank().choose(20)) == ["How fast?", "How did you begin?", "Where would you start?"]


def test_a_longer_talk_gets_more_from_every_phase_as_far_as_the_minutes_go() -> None:
    chosen = bank().choose(30)
    assert texts(*chosen) == [
        *("How fast?", "What next?", "How did you begin?", "What is a week like?", "Where would you start?"),
        "What grows there?",
    ]
    assert sum(one.minutes for one in chosen) <= 20


def test_a_count_overrules_the_minutes() -> None:
    assert len(bank().choose(count=2)) == 2
    assert len(bank().choose(10, count=99)) == 7
    assert bank().choose(count=0) == ()


def test_a_topic_is_found_by_its_whole_name_or_a_part() -> None:
    assert texts(*bank().choose(topic="market")) == ["How fast?", "What next?"]
    assert texts(*bank().choose(topic="#topic/Skills")) == ["Which skills?"]
    assert texts(*bank().choose(topic="hard")) == ["Which skills?"]


def test_a_phase_gives_all_of_its_questions() -> None:
    assert texts(*bank().choose(phase="closing")) == ["Who else?"]
    assert texts(*bank().choose(phase="Insights", count=1)) == ["How did you begin?"]


@pytest.mark.parametrize(("what", "hint"), [({"topic": "markt"}, "market"), ({"phase": "Closng"}, "Closing")])
def test_an_unknown_topic_or_phase_is_refused_with_the_nearest(what: dict[str, str], hint: str) -> None:
    with pytest.raises(RefusedError) as caught:
        bank().choose(**what)  # type: ignore[arg-type]  # one of the two
    assert hint in caught.value.hint


def test_an_empty_bank_gives_nothing() -> None:
    assert QuestionBank().choose(30) == ()
    assert read_bank(["", "---\nbroken"]).questions == ()


def test_the_choice_is_always_the_same() -> None:
    assert bank().choose(45) == bank().choose(45)


def test_the_questions_of_a_prep_sheet_are_found_under_their_heading() -> None:
    asked = "## Questions\n\n1. How?\n\n### Trends\n- What? #essential\n- [ ] Why?\n- How?\n\nprose\n"
    sheet = f"---\ntype: prep\n---\n## Before\n- not this\n\n{asked}## After\n- not that\n"
    assert asked_in(sheet) == ("How?", "What?", "Why?")
    assert asked_in("no questions here") == ()
