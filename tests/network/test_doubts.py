"""What is doubtful about dates, seen from today."""

import datetime as dt

import pytest

from infoview_md.network.doubts import dated_findings
from infoview_md.network.index import Index
from infoview_md.notes.findings import Finding
from infoview_md.notes.reading import read_note

TODAY = dt.date(2026, 11, 22)
BERLIN = "type: me\ntimezone: Europe/Berlin"


def doubts(*, me: str = "type: me", **notes: str) -> list[Finding]:
    """The findings of a vault of notes, written as name to properties, one a line."""
    texts = {"Me.md": me, **{f"{name}.md": text for name, text in notes.items()}}
    readings = {path: read_note(path, f"---\n{text}\n---\n".encode()) for path, text in texts.items()}
    assert not [one for reading in readings.values() for one in reading.findings]
    return list(dated_findings(Index(readings).network, TODAY))


def short(findings: list[Finding]) -> list[tuple[str, str, int | None, str | None]]:
    return [(one.code, one.path, one.line, one.property) for one in findings]


@pytest.mark.parametrize("name", ["sent", "replied"])
def test_a_message_from_the_future_is_doubted(name: str) -> None:
    found = doubts(r=f"type: request\ncontact: Ada\n{name}: 2999-01-01")
    assert short(found) == [("date-future", "r.md", 4, name)]
    assert "2999-01-01" in found[0].message


def test_a_last_contact_in_the_future_is_doubted() -> None:
    assert short(doubts(a="type: contact\nlast_contact: 2026-11-23")) == [("date-future", "a.md", 3, "last_contact")]
    assert short(doubts(a="type: person\nlast_contact: 2026-11-23")) == [("date-future", "a.md", 3, "last_contact")]


def test_today_is_not_the_future_and_plans_may_be() -> None:
    assert (
        doubts(
            a="type: contact\nlast_contact: 2026-11-22\nfollow_up: 2027-01-01",
            r="type: request\ncontact: Ada\nsent: 2026-11-22\nreply: later\nlater_on: 2999-01-01",
            i="type: interview\ncontact: Ada\ndate: 2027-01-01T10:00",
        )
        == []
    )


def test_a_reply_before_its_message_is_doubted() -> None:
    found = doubts(r="type: request\ncontact: Ada\nsent: 2026-11-02\nreplied: 2026-11-01")
    assert short(found) == [("date-order", "r.md", 5, "replied")]
    assert "replied (2026-11-01) is before sent (2026-11-02)" in found[0].message


def test_a_reply_on_the_same_day_is_not() -> None:
    assert doubts(r="type: request\ncontact: Ada\nsent: 2026-11-02\nreplied: 2026-11-02") == []


def test_a_time_that_the_clocks_jump_over_is_doubted() -> None:
    found = doubts(me=BERLIN, i="type: interview\ncontact: Ada\ndate: 2026-03-29T02:30")
    assert short(found) == [("time-gap", "i.md", 4, "date")]
    assert "2026-03-29T02:30:00 does not exist in Europe/Berlin" in found[0].message
    assert "2026-03-29T03:30:00" in found[0].hint


@pytest.mark.parametrize(
    "date",
    [
        "2026-03-29T01:59:59",
        "2026-03-29T03:00",
        "2026-10-25T02:30",
        "2026-03-29",
        "2026-03-29T02:30Z",
        "2026-03-29T02:30+01:00",
    ],
)
def test_a_time_that_exists_is_not(date: str) -> None:
    assert doubts(me=BERLIN, i=f"type: interview\ncontact: Ada\ndate: {date}") == []


def test_without_a_time_zone_no_time_is_doubted() -> None:
    assert doubts(i="type: interview\ncontact: Ada\ndate: 2026-03-29T02:30") == []


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati", "Etc/GMT+12"])
@pytest.mark.parametrize("date", ["1000-01-01T00:00", "8999-12-31T23:59"])
def test_the_ends_of_the_calendar_break_nothing(zone: str, date: str) -> None:
    assert doubts(me=f"type: me\ntimezone: {zone}", i=f"type: interview\ncontact: Ada\ndate: {date}") == []
