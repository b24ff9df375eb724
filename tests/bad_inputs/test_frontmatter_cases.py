"""The catalogue of notes that must not hurt: what is read in each, beside what its `must` and `must_not` ask for.

The catalogue names properties that are not all ours (`stage`, `met_at`). Each case is read as it stands; where its
point would be lost, it is read once more with a property of ours.
"""

import datetime as dt
import json
import time
import tracemalloc
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from infoview_md.disk import scan
from infoview_md.network.doubts import dated_findings
from infoview_md.network.index import Index
from infoview_md.notes.findings import Finding
from infoview_md.notes.keeping import keep, recall
from infoview_md.notes.links import Link
from infoview_md.notes.reading import NotOurs, Read, Reading, Unreadable, read_note
from tests.bad_inputs.catalogue import cases, check_rows, content

CASES = cases("fm-")
PATH = "People/Ada Lovelace.md"
TODAY = dt.date(2026, 11, 22)

Found = tuple[str, int | None, str]
"""Code, line, severity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What must come of a case: `says` must stand in a message or a hint, `never` in none; `values` are the note's."""

    outcome: type[Read] | type[Unreadable] | type[NotOurs] = Read
    found: tuple[Found, ...] = ()
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)


def error(code: str, line: int | None, *says: str, never: tuple[str, ...] = ()) -> Row:
    """A note that cannot be read as a whole."""
    return Row(outcome=Unreadable, found=((code, line, "error"),), says=says, never=never)


SENT = {"name": "Ada Lovelace", "stage": "sent"}

ROWS: Mapping[str, Row] = {
    "FM-ENC-01": Row(found=(("bom", 1, "info"),), says=("it is kept",), values=SENT),
    "FM-ENC-03": Row(values=SENT),
    "FM-ENC-05": Row(
        outcome=Unreadable, found=(("cr-only", 1, "warning"),), says=("carriage returns", "sees no properties")
    ),
    "FM-ENC-07": error("utf16", 1, "UTF-16", "save it as UTF-8"),
    "FM-ENC-09": error("control-char", 2, "U+0000"),
    "FM-ENC-11": error("bad-escape", 2, "backslash"),
    # Read as Obsidian does, where these characters break no line; what may mislead is told, on the line of an editor.
    "FM-ENC-13": Row(
        found=(("suspicious-unicode", 2, "warning"), ("suspicious-unicode", 3, "warning")),
        says=("\\u2028", "\\x85"),
        never=("\u2028", "\x85"),
        values={"name": "x\u2028y", "note": "z\x85w"},
    ),
    "FM-ENC-15": error("yaml-syntax", 2, "typographic quotes do not quote in YAML"),
    "FM-ENC-17": Row(found=(("empty-note", None, "info"),), values={"name": "Ada Lovelace"}),
    "FM-ENC-19": Row(values=SENT),
    "FM-ENC-21": Row(found=(("suspicious-unicode", 2, "warning"),), says=("Ada \\u202egnp.md",), never=("\u202e",)),
    "FM-ENC-23": Row(
        found=(("mixed-script", 2, "info"),),
        says=("Cyrillic and Latin", "not the same name"),
        values={"name": "\u0410da Lovelace"},
    ),
    "FM-ENC-25": error("yaml-nbsp", 2, "U+00A0"),
    "FM-FENCE-01": error("fence-unclosed", 1, "never closed"),
    "FM-FENCE-03": Row(outcome=Unreadable, found=(("fence-odd", 3, "warning"),), says=("----", "exactly ---")),
    "FM-FENCE-05": Row(values={"stage": "sent"}),
    "FM-FENCE-07": Row(outcome=Unreadable, found=(("fence-late", 1, "warning"),), says=("the very first line",)),
    "FM-FENCE-09": Row(values={"name": "Ada", "bio": "x\n---\ny\n", "stage": "sent"}),
    "FM-FENCE-11": Row(
        found=(("fm-double", 5, "error"),), says=("a second block",), values={"permalink": "people/ada"}
    ),
    "FM-FENCE-13": Row(found=(("fence-unclosed", 1, "warning"),)),
    "FM-FENCE-15": Row(outcome=Unreadable, found=(("fm-json", 1, "info"),), says=("JSON", "not read")),
    "FM-FENCE-17": Row(found=(("conflict-markers", 4, "warning"),), values={"stage": "sent"}),
    "FM-TYPE-01": error("fm-not-mapping", 2, "a list; expected lines like `name: value`"),
    "FM-TYPE-03": Row(
        found=(("bad-date", 3, "error"),),
        says=("last_contact: 2026-02-30", "the property is ignored until then"),
        values={"name": "Ada", "last_contact": None, "stage": "sent"},
    ),
    "FM-TYPE-05": Row(values={"met_at": "2026-01-01 25:61:00"}),
    "FM-TYPE-07": Row(
        found=(("bad-date", 2, "error"),),
        says=("05/01/2026", "day and month cannot be told apart", "2026-11-22"),
        values={"last_contact": None},
    ),
    "FM-TYPE-09": Row(found=(("bad-date", 2, "error"),), says=("2026-W03",), values={"last_contact": None}),
    "FM-TYPE-11": Row(values={"time": "09:30"}),
    "FM-TYPE-13": Row(
        found=(("fm-key-type", 2, "warning"), ("fm-key-type", 3, "warning"), ("fm-key-type", 4, "warning")),
        values={"on": "2026-01-01", "1": "a", "null": "b", "stage": "sent"},
    ),
    "FM-TYPE-15": Row(
        found=(("yaml-octal", 2, "warning"), ("yaml-octal", 3, "warning")),
        says=("1234", 'put it in quotes: "01234"'),
        values={"zip": "01234", "zip2": "08901"},
    ),
    "FM-TYPE-17": Row(values={"a": "1_000", "b": 1000.0, "c": ".inf", "d": ".nan", "e": 31}),
    "FM-TYPE-19": Row(found=(("yaml-number", 2, "error"),), says=("5,000",), values={"n": "9" * 5000}),
    "FM-TYPE-21": Row(found=(("yaml-number", 2, "error"),), values={"n": "1" + ":59" * 200 + ".5"}),
    "FM-TYPE-23": Row(values={"handler": "me", "stage": "sent"}),
    "FM-TYPE-25": Row(found=(("dup-key-case", 3, "warning"),), says=("the one on line 2 counts",)),
    "FM-TYPE-27": Row(found=(("template-in-note", 2, "warning"),), says=("template", "template folder")),
    "FM-TYPE-29": Row(
        found=(("link-unquoted", 2, "warning"),),
        values={"referred_by": (Link("Ada Lovelace", line=2),), "stage": "sent"},
    ),
    "FM-TYPE-31": Row(found=(("link-unquoted", 2, "warning"),), values={"referred_by": (Link("Ada: mentor", line=2),)}),
    "FM-TYPE-33": error("yaml-syntax", 2, "put the value in quotes"),
    "FM-TYPE-35": error("yaml-syntax", 2, "put the value in quotes"),
    "FM-TYPE-37": error("yaml-syntax", 2, "put the value in quotes"),
    "FM-TYPE-39": Row(found=(("yaml-tag", 2, "error"),), says=("put the value in quotes",), values={"note": "call"}),
    "FM-TYPE-41": error("yaml-alias", 2, "anchors"),
    "FM-TYPE-43": error("yaml-alias", 2, "anchors"),
    "FM-TYPE-45": Row(
        found=(("yaml-tag", 2, "warning"), ("yaml-tag", 3, "warning")),
        values={"a": "aGk=", "b": {"x": None, "y": None}},
    ),
    "FM-TYPE-47": Row(values={"met_at": "2026-03-29T02:30", "tz": "Europe/Berlin"}),
    "FM-TYPE-49": Row(values={"stage": "snet"}),
    "FM-TYPE-51": Row(values={"next_action": "call"}),
    "FM-TYPE-53": Row(
        found=(("date-future", 2, "warning"),), says=("2999-01-01",), values={"last_contact": dt.date(2999, 1, 1)}
    ),
    "FM-TYPE-55": Row(
        found=(("bad-email", 2, "warning"),), says=("a@example.org, b@example.org is not one e-mail address",)
    ),
}

INTERVIEW = "type: interview\ncontact: Ada\n"
REQUEST = "type: request\ncontact: Ada\n"

ADAPTED: Mapping[str, tuple[str, Row]] = {
    "FM-TYPE-05": (
        INTERVIEW + "date: 2026-01-01 25:61:00",
        Row(
            found=(("bad-date", 4, "error"),),
            says=("date: 2026-01-01 25:61:00", "no clock shows this time"),
            values={"date": None},
        ),
    ),
    "FM-TYPE-15": (
        "type: contact\nphone: 01234",
        Row(found=(("yaml-octal", 3, "warning"),), values={"phone": "01234"}),
    ),
    "FM-TYPE-25": (
        REQUEST + "Sent: 2026-11-01\nsent: 2026-11-02",
        Row(found=(("dup-key-case", 5, "warning"),), says=("line 4 counts",), values={"sent": dt.date(2026, 11, 1)}),
    ),
    "FM-TYPE-47": (
        INTERVIEW + "date: 2026-03-29T02:30",
        Row(found=(("time-gap", 4, "warning"),), says=("does not exist in Europe/Berlin", "2026-03-29T03:30:00")),
    ),
    "FM-TYPE-49": (
        REQUEST + "reply: acepted",
        Row(
            found=(("bad-choice", 4, "error"),),
            says=("accepted, declined, later", "did you mean accepted?"),
            values={"reply": None},
        ),
    ),
    "FM-TYPE-51": (
        REQUEST + "reply: later",
        Row(found=(("later-without-date", 4, "warning"),), says=("does not say when",), values={"reply": "later"}),
    ),
    "FM-TYPE-53": (REQUEST + "sent: 2999-01-01", Row(found=(("date-future", 4, "warning"),))),
}


def findings_of(reading: Reading) -> list[Finding]:
    """All that `check` would tell of a vault with this note and a profile from Berlin, but for other people."""
    me = read_note("Me.md", b"---\ntimezone: Europe/Berlin\n---\n")
    index = Index({"Me.md": me, reading.path: reading})
    everything = [*index.findings, *dated_findings(index.network, TODAY)]
    return [one for one in everything if one.code not in {"unrecorded", "link-unresolved", "ref-self"}]


def value_of(reading: Reading, name: str) -> object:
    assert isinstance(reading, Read)
    return getattr(reading.record, name) if hasattr(reading.record, name) else reading.record.extra[name]


def check(reading: Reading, row: Row) -> None:
    findings = findings_of(reading)
    assert type(reading) is row.outcome
    assert {(one.code, one.line, one.severity.value) for one in findings} == set(row.found)
    assert {one.path for one in findings} <= {reading.path}
    told = "\n".join(f"{one.message} ({one.hint})" for one in findings)
    assert [words for words in row.says if words not in told] == []
    assert [words for words in row.never if words in told] == []
    assert {name: value_of(reading, name) for name in row.values} == dict(row.values)


def test_every_case_has_its_row_and_every_row_its_case() -> None:
    check_rows("fm-", ROWS)
    assert ADAPTED.keys() <= ROWS.keys()


@pytest.mark.parametrize("ident", CASES)
def test_a_case_comes_out_as_it_must(ident: str) -> None:
    given = CASES[ident]["input"]
    check(read_note(given["path"], content(given)), ROWS[ident])


@pytest.mark.parametrize("ident", ADAPTED)
def test_a_case_with_our_own_properties_comes_out_as_it_must(ident: str) -> None:
    text, row = ADAPTED[ident]
    check(read_note("Outreach/x.md", f"---\n{text}\n---\nbody\n".encode()), row)


@pytest.mark.parametrize("ident", CASES)
def test_the_proposed_place_is_where_it_is_told(ident: str) -> None:
    """The catalogue proposes a code, a severity and a place; where ours differ, the table above says why."""
    expected = CASES[ident]["expect"]
    place = str(expected.get("at", "")).removeprefix(PATH).removeprefix(":")
    ours = {ident: row for ident, row in ROWS.items() if ident not in ADAPTED}.get(ident)
    if not place or ours is None or ident == "FM-ENC-13":
        return
    found = ours.found[0]
    assert (found[0], str(found[1]), found[2]) == (expected["code"], place, expected["severity"])


@pytest.mark.parametrize("ident", CASES)
def test_reading_changes_no_byte(ident: str, tmp_path: Path) -> None:
    given = CASES[ident]["input"]
    note = tmp_path / given["path"]
    note.parent.mkdir()
    note.write_bytes(content(given))
    before = note.stat()
    bytes_read = scan.read_note(tmp_path, given["path"])
    assert isinstance(bytes_read, scan.NoteBytes)
    read_note(given["path"], bytes_read.data)
    after = note.stat()
    assert note.read_bytes() == content(given)
    assert (after.st_mtime_ns, after.st_mode, after.st_ino) == (before.st_mtime_ns, before.st_mode, before.st_ino)


@pytest.mark.parametrize("ident", CASES)
def test_what_was_read_can_be_kept_and_written_as_json(ident: str) -> None:
    given = CASES[ident]["input"]
    reading = read_note(given["path"], content(given))
    kept = keep(reading)
    assert json.loads(kept.encode("utf-8"), parse_constant=pytest.fail)
    assert recall([reading.path], [kept]) == [reading]


@pytest.mark.parametrize("ident", CASES)
def test_a_case_is_over_soon_and_needs_little(ident: str) -> None:
    data = content(CASES[ident]["input"])
    tracemalloc.start()
    start = time.perf_counter()
    try:
        str(read_note(PATH, data))
        assert time.perf_counter() - start < 5
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


def test_one_bad_note_never_stops_the_others() -> None:
    readings = {
        f"People/{ident}.md": read_note(f"People/{ident}.md", content(case["input"])) for ident, case in CASES.items()
    }
    readings["People/Good.md"] = read_note("People/Good.md", b"---\ntype: contact\nname: Good\n---\n")
    network = Index(readings).network
    assert network.contacts["People/Good.md"].name == "Good"
    assert "People/FM-TYPE-03.md" in network.contacts
