"""The catalogue's `due` cases: days are counted as people count them. A request to Ada, and Bob at the same place.

The catalogue's rule `3B` (three workdays) is the setting `retry_after: 3` and the default of `second_contact_after`.
"""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.bad_inputs.catalogue import cases, check_rows, write_files
from tests.command_line import infoview

CASES = cases("due")
FOLLOW_UP, SECOND = "send a follow-up", "draft a request, as the second person there"


def due(root: Path, today: str, *, request: str, me: str = "") -> dict[str, tuple[str, int]]:
    """The day of each action, and how many days late it is."""
    person = "---\ntype: contact\norganization: Four Rivers\n---\n"
    notes = {
        "Me.md": f"---\ntype: me\n{me}---\n",
        "People/Ada.md": person,
        "People/Bob.md": person,
        "Outreach/Request.md": f'---\ntype: request\ncontact: "[[Ada]]"\n{request}---\n',
    }
    write_files(root, {path: {"text": text} for path, text in notes.items()})
    answer = infoview("--vault", str(root), "due", "--within", "60", "--json", today=today)
    assert answer.status == 0
    return {one["action"]: (one["due"], one["overdue_days"]) for one in json.loads(answer.out)}


def three_workdays_later(root: Path, case: str) -> None:
    sent = CASES[case]["input"]["data"]["sent"]
    (wanted,) = (words[:10] for words in CASES[case]["expect"]["must"])
    assert due(root, "2026-11-29", request=f"sent: {sent}\n", me="retry_after: 3\n") == {
        FOLLOW_UP: (wanted, 0),
        SECOND: (wanted, 0),
    }


def a_pause_makes_nothing_late(root: Path, case: str) -> None:
    begins, ends = map(dt.date.fromisoformat, CASES[case]["input"]["data"]["pause"])
    pause = f"paused_from: {begins}\npaused_until: {ends}\n"
    for sent in (begins - dt.timedelta(days=days) for days in range(1, 5)):
        for ahead in range((ends - begins).days + 1):
            today = begins + dt.timedelta(days=ahead)
            for action, (day, late) in due(root, str(today), request=f"sent: {sent}\n", me=pause).items():
                assert (day > str(ends), late) == (True, 0), (action, sent, today)


def an_answer_ends_the_waiting(root: Path, case: str) -> None:
    sent, replied = (CASES[case]["input"]["data"][name] for name in ("sent", "replied"))
    waiting = due(root, "2026-11-03", request=f"sent: {sent}\n")
    assert waiting.keys() == {FOLLOW_UP, SECOND}
    answered = due(root, "2026-11-05", request=f"sent: {sent}\nreplied: {replied}\n")
    assert waiting.keys() & answered.keys() == set()


OUTCOMES: MappingProxyType[str, Callable[[Path, str], None]] = MappingProxyType(
    {
        "DUE-01": three_workdays_later,
        "DUE-03": three_workdays_later,
        "DUE-05": a_pause_makes_nothing_late,
        "DUE-07": an_answer_ends_the_waiting,
    }
)


def test_every_case_has_a_row() -> None:
    check_rows("due", OUTCOMES)


@pytest.mark.parametrize("case", CASES)
def test_due(case: str, tmp_path: Path) -> None:
    OUTCOMES[case](tmp_path, case)
