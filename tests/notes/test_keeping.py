import random
from itertools import islice

import pytest

from benchmarks.fuzz_shortcut import notes
from infoview_md.notes.keeping import keep, recall
from infoview_md.notes.reading import NotOurs, Reading, Unreadable, read_note

ME = b"""---
name: Ada
templates: T
contact_types: [mentor]
retries: 3
accepted: 2026-11-22
resume: '[[CV#Top|cv]]'
---
"""
MOMENTS = (
    b'---\ntype: interview\ncontact: "[[Ada]]"\ndate: 2026-11-22T14:30:00+01:00\nstarted: 2026-11-22T14:30Z\n---\n'
)
EXTRAS = """---
type: contact
x: {a: [1, 2.5, true, null, {b: c}]}
y: "\\ud800"
z: 12345678901234567890123
---
==\u270e a==
""".encode()
CASES = [
    ("Me.md", ME),
    ("x.md", MOMENTS),
    ("x.md", EXTRAS),
    ("A\udce4.md", b"---\ntype: contact\n---\n"),
    ("x.md", b"text"),
]


def back(reading: Reading) -> Reading:
    (again,) = recall([reading.path], [keep(reading)])
    return again


@pytest.mark.parametrize(("path", "data"), CASES)
def test_a_reading_that_is_kept_comes_back_as_it_was(path: str, data: bytes) -> None:
    reading = read_note(path, data)
    assert back(reading) == reading
    assert repr(back(reading)) == repr(reading)


def test_readings_without_a_record_come_back() -> None:
    assert back(Unreadable("x.md", ())) == Unreadable("x.md", ())
    assert back(NotOurs("x.md")) == NotOurs("x.md")


def test_a_reading_is_kept_in_one_line_of_ascii() -> None:
    kept = keep(read_note("x.md", EXTRAS))
    assert kept.isascii()
    assert "\n" not in kept


def test_the_readings_of_any_notes_come_back() -> None:
    readings = [read_note(path, data, own) for path, data, own in islice(notes(random.Random(4)), 1500)]
    lines = [keep(one) for one in readings]
    assert recall([one.path for one in readings], lines) == readings
