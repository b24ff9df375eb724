"""Which notes belong to which interview, where several might."""

import pytest

from tests.agenda.vaults import agenda_of

FILLED, UNFILLED = "Done.", "==✎ what you admire=="


@pytest.mark.parametrize(
    "properties",
    ["date: 2026-12-01T14:30:00", 'interview: "[[Talk]]"'],
    ids=["of its date", "linked to it"],
)
@pytest.mark.parametrize("order", [("A", "B"), ("B", "A")])
def test_a_sheet_that_says_for_which_talk_it_is_wins_over_one_that_does_not(
    properties: str, order: tuple[str, str]
) -> None:
    vague, exact = order
    notes = {
        "Ada.md": "type: contact",
        "Talk.md": 'type: interview\ncontact: "[[Ada]]"\ndate: 2026-12-01T14:30:00',
        f"{vague}.md": f'type: prep\ncontact: "[[Ada]]"\n\n{UNFILLED}',
        f"{exact}.md": f'type: prep\ncontact: "[[Ada]]"\n{properties}\n\n{FILLED}',
    }
    found = {one.rule for one in agenda_of(notes, "2026-11-30").actions}
    assert not found & {"prepare", "finish-prep"}
