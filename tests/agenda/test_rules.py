"""The table of rules and the table of stages: complete, readable, and each row seen in a situation."""

import re
import string

from infoview_md.agenda.rules import FINISH_DRAFT, RULES
from infoview_md.agenda.stages import STAGES
from infoview_md.notes.properties import MESSAGE_TYPES, SETTINGS, TYPES
from tests.agenda.test_situations import ALL
from tests.agenda.vaults import agenda_of


def test_the_stages_are_those_of_the_format_in_order() -> None:
    assert list(STAGES) == [
        *("known", "identified", "drafted", "waiting", "silent", "later", "declined", "agreed", "scheduled"),
        *("met", "thanked", "in-touch", "resting"),
    ]
    assert [row.order for row in STAGES.values()] == list(range(len(STAGES)))
    assert all(row.meaning for row in STAGES.values())


def test_every_stage_is_seen_in_a_situation() -> None:
    assert {one.stage for one in ALL} == set(STAGES)


def test_every_rule_is_seen_in_a_situation() -> None:
    seen = {action.rule for one in ALL for action in agenda_of(one.notes, one.now).actions}
    assert seen == {rule.name for rule in RULES}


def test_no_two_rules_have_one_name() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert FINISH_DRAFT in RULES


def test_a_rule_names_only_what_there_is() -> None:
    for rule in RULES:
        assert set(rule.stages) <= set(STAGES), rule.name
        assert set(rule.drafts) <= set(MESSAGE_TYPES), rule.name
        assert isinstance(rule.wait.count, int) or rule.wait.count in SETTINGS, rule.name
        if rule.command:
            assert re.fullmatch(r"infoview new [a-z-]+ \{contact\}(?: --about \{about\})?", rule.command), rule.name
            assert rule.command.split()[2] in TYPES, rule.name


def test_a_rule_can_be_read_without_python() -> None:
    for rule in RULES:
        assert rule.when[0].islower(), rule.name
        assert not rule.when.endswith("."), rule.name
        assert rule.because.endswith((".", "{agreed}")), rule.name
        assert re.fullmatch(r"[\w`, ]+", str(rule.wait)), str(rule.wait)
        fields = [name for _, name, _, _ in string.Formatter().parse(rule.because + rule.action) if name]
        assert all(name.isidentifier() for name in fields), rule.name


def test_how_long_a_rule_waits_is_said_in_words() -> None:
    waits = {rule.name: str(rule.wait) for rule in RULES}
    assert waits["follow-up"] == "`retry_after` workdays after the last contact"
    assert waits["confirm"] == "1 day before the interview"
    assert waits["write-again"] == "the first workday from `later_on`"
