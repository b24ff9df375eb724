"""The calendar: read again by the library's own parser and, where it is installed, by the program khal."""

import datetime as dt
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from infoview_md import Vault
from infoview_md.exchange.calendar import as_calendar
from tests.agenda.vaults import agenda_of, index_of, moment, notes_in
from tests.command_line import infoview
from tests.views.conftest import HOSTILE_NAMES

EXAMPLE = Path(__file__).parents[2] / "examples" / "vault"
BERLIN = ZoneInfo("Europe/Berlin")
ME = "=== Me.md\ntype: me\ntimezone: Europe/Berlin\n"
ADA = "=== People/Ada Lovelace.md\ntype: contact\n"


def interview(date: str, more: str = "", path: str = "Interviews/Ada.md") -> str:
    return f'=== {path}\ntype: interview\ncontact: "[[Ada Lovelace]]"\ndate: {date}\n{more}\n'


def calendar_of(text: str, now: str = "2026-11-23", *, interviews: bool = True, actions: bool = False) -> str:
    notes = notes_in(text)
    found = agenda_of(notes, now).actions if actions else ()
    return as_calendar(index_of(notes).network, found, moment(now), interviews=interviews)


def events(text: str) -> list[Any]:
    """The events as the library reads them again; its own types are unions of everything."""
    calendar = Calendar.from_ical(text)
    assert not calendar.errors
    return list(calendar.walk("VEVENT"))


def only(text: str) -> Any:  # noqa: ANN401 - as in events
    [event] = events(text)
    return event


def when(event: Any) -> tuple[Any, Any]:  # noqa: ANN401 - as in events
    return event.decoded("dtstart"), event.decoded("dtend")


# --- Interviews ------------------------------------------------------------------------------------------------------


def test_an_interview_is_in_utc_and_as_long_as_agreed() -> None:
    event = only(calendar_of(ME + ADA + interview("2026-12-01T14:30:00", "duration: 25")))
    assert when(event) == (
        dt.datetime(2026, 12, 1, 13, 30, tzinfo=dt.UTC),
        dt.datetime(2026, 12, 1, 13, 55, tzinfo=dt.UTC),
    )
    assert event["summary"] == "Interview with Ada Lovelace"


def test_an_interview_alarms_the_day_before_and_at_its_start() -> None:
    alarms = only(calendar_of(ME + ADA + interview("2026-12-01T14:30:00"))).walk("VALARM")
    assert [(one["action"], one.decoded("trigger")) for one in alarms] == [
        ("DISPLAY", dt.timedelta(days=-1)),
        ("DISPLAY", dt.timedelta()),
    ]
    assert alarms[0]["description"] == "Tomorrow: interview with Ada Lovelace. Is it confirmed?"


def test_an_interview_without_an_hour_takes_the_day_and_alarms_at_nine_the_day_before() -> None:
    event = only(calendar_of(ME + ADA + interview("2026-12-01")))
    assert when(event) == (dt.date(2026, 12, 1), dt.date(2026, 12, 2))
    assert [one.decoded("trigger") for one in event.walk("VALARM")] == [dt.timedelta(hours=-15)]


@pytest.mark.parametrize(
    ("date", "begins"),
    [
        ("2026-03-28T14:30:00", "2026-03-28T13:30"),
        ("2026-03-29T02:30:00", "2026-03-29T01:30"),  # in the gap: 03:30 by the new clock
        ("2026-03-30T14:30:00", "2026-03-30T12:30"),
        ("2026-10-24T14:30:00", "2026-10-24T12:30"),
        ("2026-10-25T02:30:00", "2026-10-25T00:30"),  # twice: the first
        ("2026-10-26T14:30:00", "2026-10-26T13:30"),
        ("2026-12-01T14:30:00-05:00", "2026-12-01T19:30"),
    ],
)
def test_summer_time_comes_and_goes(date: str, begins: str) -> None:
    event = only(calendar_of(ME + ADA + interview(date), "2026-03-01"))
    assert event.decoded("dtstart") == dt.datetime.fromisoformat(f"{begins}+00:00")


def test_an_interview_over_the_switch_lasts_its_minutes() -> None:
    begins, ends = when(only(calendar_of(ME + ADA + interview("2026-03-29T01:45:00", "duration: 30"), "2026-03-01")))
    assert ends - begins == dt.timedelta(minutes=30)


def test_without_a_time_zone_a_time_stands_as_it_is() -> None:
    text = calendar_of(ADA + interview("2026-12-01T14:30:00"))
    assert "DTSTART:20261201T143000\r\n" in text


def test_what_was_cancelled_says_so_and_is_quiet() -> None:
    for status in ("cancelled", "no-show"):
        event = only(calendar_of(ME + ADA + interview("2026-12-01T14:30:00", f"status: {status}")))
        assert event["status"] == "CANCELLED"
        assert not event.walk("VALARM")


def test_what_is_over_is_quiet_and_has_its_real_times() -> None:
    more = "started: 2026-11-20T14:35:00\nended: 2026-11-20T15:20:00"
    event = only(calendar_of(ME + ADA + interview("2026-11-20T14:30:00", more)))
    assert [one.astimezone(BERLIN).strftime("%H:%M") for one in when(event)] == ["14:35", "15:20"]
    assert not event.walk("VALARM")


@pytest.mark.parametrize("date", ["", "8999-12-31", "1000-01-01T00:10:00"])
def test_a_day_that_is_in_no_calendar_is_left_out(date: str) -> None:
    assert events(calendar_of(ME + ADA + interview(date))) == []


def test_an_end_before_the_beginning_is_no_end() -> None:
    more = "started: 2026-11-20T14:35:00\nended: 2026-11-20T13:00:00"
    begins, ends = when(only(calendar_of(ME + ADA + interview("2026-11-20T14:30:00", more))))
    assert ends - begins == dt.timedelta(minutes=30)


# --- Actions ---------------------------------------------------------------------------------------------------------

REQUEST = '=== Request.md\ntype: request\ncontact: "[[Ada Lovelace]]"\nsent: 2026-11-16\n'


def test_an_action_is_a_whole_day_that_blocks_nothing() -> None:
    event = only(calendar_of(ME + ADA + REQUEST, actions=True))
    assert event["summary"] == "Ada Lovelace: send a follow-up"
    assert when(event) == (dt.date(2026, 11, 25), dt.date(2026, 11, 26))
    assert event["transp"] == "TRANSPARENT"
    assert event["description"].split("\n") == [
        "You wrote on 16 November, and there is no answer.",
        'infoview new follow-up "Ada Lovelace"',
        "Note: Request.md",
    ]


def test_an_action_for_never_is_left_out() -> None:
    later = REQUEST + "replied: 2026-11-17\nreply: later\nlater_on: 8999-12-31\n"
    assert events(calendar_of(ME + ADA + later, actions=True)) == []


# --- The format ------------------------------------------------------------------------------------------------------


def test_nobody_is_invited() -> None:
    text = calendar_of(ME + ADA + REQUEST + interview("2026-12-01T14:30:00"), actions=True)
    assert not re.search(r"^(ORGANIZER|ATTENDEE|METHOD)", text, re.MULTILINE)


def test_every_event_has_what_the_standard_asks_for() -> None:
    text = calendar_of(ME + ADA + REQUEST + interview("2026-12-01T14:30:00"), actions=True)
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert "\r\nVERSION:2.0\r\n" in text
    for event in events(text):
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"} <= set(event)


def test_lines_end_in_crlf_and_are_folded_between_characters() -> None:
    name = "Zoë O'Brien; the 1st, of " + "艾達·勒芙蕾絲" * 12
    note = f'=== People/Z.md\ntype: contact\nname: "{name}"\n'
    text = calendar_of(ME + note + interview("2026-12-01").replace("Ada Lovelace", "Z"))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    assert only(text)["summary"] == f"Interview with {name}"
    assert r"Brien\; the 1st\, of" in text.replace("\r\n ", "")


@pytest.mark.parametrize("name", ["Call Ada; ask re: B, C\nthen D", *HOSTILE_NAMES])
def test_a_name_stays_a_name(name: str) -> None:
    note = f"=== People/Z.md\ntype: contact\nname: {json.dumps(name)}\n"
    text = calendar_of(ME + note + interview("2026-12-01").replace("Ada Lovelace", "Z"), actions=True)
    assert len(events(text)) == text.count("BEGIN:VEVENT") == 3
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u202e]", text)


def test_the_same_notes_give_the_same_bytes_on_any_day_and_in_any_order() -> None:
    text = (
        ME
        + ADA
        + REQUEST
        + interview("2026-11-24T14:30:00", "status: scheduled")
        + interview("2026-12-01", path="B.md")
    )
    notes = notes_in(text)
    texts = {
        as_calendar(index_of(one).network, (), moment(day))
        for one in (notes, dict(reversed(notes.items())))
        for day in ("2026-11-17", "2026-11-23", "2026-11-24T14:00")
    }
    assert len(texts) == 1


def test_a_change_keeps_the_identifier_and_never_looks_older() -> None:
    before = only(calendar_of(ME + ADA + REQUEST + interview("2026-12-10T14:30:00")))
    moved = REQUEST + "replied: 2026-11-20\nreply: accepted\n" + interview("2026-12-03T10:00:00")
    after = only(calendar_of(ME + ADA + moved))
    assert after["uid"] == before["uid"]
    assert after.decoded("dtstart") != before.decoded("dtstart")
    assert after.decoded("dtstamp") == dt.datetime(2026, 11, 20, tzinfo=dt.UTC) > before.decoded("dtstamp")
    assert after["sequence"] > before["sequence"]


def test_every_event_of_a_vault_has_an_identifier_of_its_own() -> None:
    vault = Vault(EXAMPLE, today=dt.date(2026, 11, 23))
    identifiers = [str(one["uid"]) for one in events(vault.calendar())]
    assert len(identifiers) == len(set(identifiers)) > 20


# --- On the command line ---------------------------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    (root / "Interviews").mkdir(parents=True)
    (root / "People").mkdir()
    (root / "Me.md").write_text("---\ntype: me\ntimezone: Europe/Berlin\n---\n", encoding="utf-8")
    (root / "People/Ada Lovelace.md").write_text("---\ntype: contact\n---\n", encoding="utf-8")
    return root


def put_interview(root: Path, name: str, date: str) -> None:
    text = f'---\ntype: interview\ncontact: "[[Ada Lovelace]]"\ndate: {date}\nduration: 25\n---\n'
    (root / "Interviews" / f"{name}.md").write_text(text, encoding="utf-8")


def test_the_answer_is_the_calendar_to_the_byte(root: Path, tmp_path: Path) -> None:
    put_interview(root, "A", "2026-12-01T14:30")
    answer = infoview("export", "--format", "ics", "--vault", str(root))
    written = infoview("export", "--format", "ics", "--vault", str(root), "-o", str(tmp_path / "a.ics"))
    assert (answer.status, answer.err, written.status, written.out) == (0, "", 0, "")
    assert written.err == f"wrote {tmp_path / 'a.ics'}\n"
    assert (tmp_path / "a.ics").read_bytes() == answer.out.encode()


def test_what_can_be_done_any_day_is_on_the_list_and_not_in_the_export(root: Path, tmp_path: Path) -> None:
    assert "draft a request" in infoview("due", "--vault", str(root), "--ics", str(tmp_path / "due.ics")).out
    assert "draft a request" in (tmp_path / "due.ics").read_text("utf-8")
    assert events(infoview("export", "--format", "ics", "--vault", str(root)).out) == []


def test_the_list_of_due_is_without_interviews_and_keeps_its_filters(root: Path, tmp_path: Path) -> None:
    put_interview(root, "A", "2026-12-01T14:30")
    place = tmp_path / "due.ics"
    infoview("due", "--vault", str(root), "--ics", str(place), "--within", "5")
    assert [str(one["summary"]) for one in events(place.read_bytes().decode())] == [
        "Ada Lovelace: prepare for the interview"
    ]
    infoview("due", "--vault", str(root), "--ics", str(place), "--within", "30", "--stage", "met")
    assert events(place.read_bytes().decode()) == []


def test_a_time_that_the_clocks_jump_over_is_told(root: Path, tmp_path: Path) -> None:
    put_interview(root, "Gap", "2026-03-29T02:30")
    answer = infoview(
        "export", "--format", "ics", "--vault", str(root), "-o", str(tmp_path / "a.ics"), today="2026-03-01"
    )
    assert answer.status == 0
    assert "Interviews/Gap.md:4: warning time-gap" in answer.err


@pytest.mark.parametrize("zone", ["Mars/Base", "../../etc/passwd"])
def test_an_unknown_time_zone_is_an_error_that_names_it(root: Path, zone: str) -> None:
    put_interview(root, "A", "2026-12-01T14:30")
    (root / "Me.md").write_text(f"---\ntype: me\ntimezone: {zone}\n---\n", encoding="utf-8")
    answer = infoview("export", "--format", "ics", "--vault", str(root))
    assert answer.status == 1
    assert f"Me.md:3: error bad-timezone timezone: {zone}" in answer.err
    assert "DTSTART:20261201T143000\r\n" in answer.out


def test_an_empty_time_zone_is_none(root: Path) -> None:
    (root / "Me.md").write_text('---\ntype: me\ntimezone: ""\n---\n', encoding="utf-8")
    assert infoview("export", "--format", "ics", "--vault", str(root)).status == 0


def test_in_json_the_calendar_is_a_text(root: Path, tmp_path: Path) -> None:
    answer = json.loads(infoview("export", "--format", "ics", "--vault", str(root), "--json").out)
    assert answer["format"] == "ics"
    assert answer["path"] is None
    assert answer["text"].startswith("BEGIN:VCALENDAR\r\n")
    place = str(tmp_path / "a.ics")
    answer = json.loads(infoview("export", "--format", "ics", "--vault", str(root), "--json", "-o", place).out)
    assert answer == {"format": "ics", "path": place, "text": None}


# --- In a calendar program -------------------------------------------------------------------------------------------

KHAL = """
[calendars]
[[own]]
path = {place}/events
[locale]
local_timezone = Europe/Berlin
default_timezone = Europe/Berlin
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {place}/khal.db
"""


def test_khal_shows_the_local_times_and_a_second_import_doubles_nothing(root: Path, tmp_path: Path) -> None:
    khal = shutil.which("khal")
    if khal is None:
        pytest.skip("khal is not installed (Debian has a package)")
    days = ("2026-03-28", "2026-03-30", "2026-10-24", "2026-10-26")
    for one in days:
        put_interview(root, one, f"{one}T14:30")
    infoview("export", "--format", "ics", "--vault", str(root), "-o", str(tmp_path / "a.ics"), today="2026-03-01")
    place = tmp_path / "khal"
    (place / "events").mkdir(parents=True)
    (place / "khal.conf").write_text(KHAL.format(place=place), encoding="utf-8")

    def run(*arguments: str) -> str:
        command = [khal, "-c", str(place / "khal.conf"), *arguments]
        return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout

    for _ in range(2):
        run("import", "--batch", "-a", "own", str(tmp_path / "a.ics"))
    listed = run("list", "--format", "{start-date} {start-time}-{end-time} {title}", "2026-03-20", "2026-11-01")
    shown = [line.strip() for line in listed.splitlines() if "Interview with" in line]
    assert shown == [f"{one} 14:30-14:55 Interview with Ada Lovelace" for one in days]
