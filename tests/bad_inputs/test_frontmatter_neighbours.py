"""More whole notes that must not hurt: the neighbours of the catalogue's cases, class by class."""

import datetime as dt
from collections.abc import Mapping

import pytest

from infoview_md.network.index import Index
from infoview_md.network.interviews import status_at
from infoview_md.notes.links import Link
from infoview_md.notes.reading import Read, Reading, Unreadable, read_note
from infoview_md.notes.records import InterviewNote

PATH = "People/Ada Lovelace.md"
GOOD = "---\ntype: contact\nname: Ada\nstage: sent\n---\nbody\n"

MERGES = "".join(f"k{n}: &k{n} {{<<: [{','.join([f'*k{n - 1}'] * 9)}]}}\n" for n in range(1, 9))

Told = list[tuple[str, int | None]]


def told(reading: Reading) -> Told:
    return [(one.code, one.line) for one in reading.findings]


def value(reading: Reading, name: str) -> object:
    assert isinstance(reading, Read), reading
    return getattr(reading.record, name) if hasattr(reading.record, name) else reading.record.extra[name]


READ: Mapping[str, tuple[str, Told, Mapping[str, object]]] = {
    # Encodings and line ends
    "a byte order mark and CRLF": (
        "\ufeff" + GOOD.replace("\n", "\r\n"),
        [("bom", 1)],
        {"name": "Ada", "stage": "sent"},
    ),
    "mixed line ends": ("---\r\nname: Ada\nstage: sent\r\n---\nbody\r\n", [], {"name": "Ada", "stage": "sent"}),
    "no line end at the end": (GOOD[:-1], [], {"name": "Ada"}),
    "properties and no body": ("---\nname: Ada\nstage: sent\n---", [], {"name": "Ada", "stage": "sent"}),
    "an empty file": ("", [("empty-note", None)], {"name": "Ada Lovelace"}),
    "a byte order mark and nothing else": ("\ufeff", [("bom", 1), ("empty-note", None)], {"name": "Ada Lovelace"}),
    "a name in decomposed letters": ("---\nname: Zoe\u0308\n---\n", [], {"name": "Zoe\u0308"}),
    "a zero-width blank": ("---\nname: Ada\u200b\n---\n", [("suspicious-unicode", 2)], {"name": "Ada\u200b"}),
    "an emoji family and flags": ("---\nname: Ada 👨‍👩‍👧 🇬🇧\n---\n", [], {"name": "Ada 👨‍👩‍👧 🇬🇧"}),
    "an escaped emoji": ('---\nname: "Ada \\ud83d\\ude00"\n---\n', [], {"name": "Ada 😀"}),
    "a no-break space within a value": ("---\nname: Ada\u00a0Lovelace\n---\n", [], {"name": "Ada\u00a0Lovelace"}),
    "a form feed in the body": ("---\nname: Ada\n---\n\x0c\x00\x1b\n", [], {"name": "Ada"}),
    # Fences
    "an empty block": ("---\n---\nbody\n", [], {"name": "Ada Lovelace"}),
    "a block with only a comment": ("---\n# nothing yet\n---\nbody\n", [], {"name": "Ada Lovelace"}),
    "a block of blank lines": ("---\n\n  \n\t\n---\nbody\n", [], {"name": "Ada Lovelace"}),
    "three dashes at the margin within a text": (
        "---\nname: Ada\nbio: |\n  x\n---\ny\n---\n",
        [],
        {"name": "Ada", "bio": "x\n"},
    ),
    "rules in the body": ("---\nname: Ada\n---\na\n\n---\n\nb\n\n---\n", [], {"name": "Ada"}),
    "TOML": ('+++\nname = "Ada"\n+++\nbody\n', [("fm-toml", 1)], {"name": "Ada Lovelace"}),
    "JSON between fences": ('---\n{"name": "Ada", "tags": ["x"]}\n---\n', [], {"name": "Ada", "tags": ("x",)}),
    # Values
    "the clock before and after nine": (
        "---\na: 14:30\nb: 09:30\nc: '14:30'\n---\n",
        [],
        {"a": "14:30", "b": "09:30", "c": "14:30"},
    ),
    "words that YAML 1.1 takes for true and false": (
        "---\ncountry: NO\nx: yes\ny: on\n---\n",
        [],
        {"country": "NO", "x": "yes", "y": "on"},
    ),
    "a person called Null": ("---\nlast: Null\nname: 'Null'\n---\n", [], {"name": "Null"}),
    "a phone number with a plus": ("---\nphone: +4930123456\n---\n", [("number-lost", 2)], {"phone": "+4930123456"}),
    "a phone number with a nought": ("---\nphone: 0301234567\n---\n", [("yaml-octal", 2)], {"phone": "0301234567"}),
    "a phone number in quotes": ('---\nphone: "+4930123456"\n---\n', [], {"phone": "+4930123456"}),
    "a number beyond 64 bits": ("---\nid: 18446744073709551616\n---\n", [], {"id": 18446744073709551616}),
    "a hexadecimal number of any length": ("---\nn: 0x" + "F" * 5000 + "\n---\n", [], {"n": "0x" + "F" * 5000}),
    "a quoted date": ("---\nlast_contact: '2026-11-22'\n---\n", [], {"last_contact": dt.date(2026, 11, 22)}),
    "a date with one digit": ("---\nlast_contact: 2026-1-5\n---\n", [("bad-date", 2)], {"last_contact": None}),
    "the year nought": ("---\nlast_contact: 0000-01-01\n---\n", [("bad-date", 2)], {"last_contact": None}),
    "the end of the calendar": ("---\nfollow_up: 9999-12-31\n---\n", [("bad-date", 2)], {"follow_up": None}),
    "a date with an offset": (
        "---\nlast_contact: 2026-11-22T23:30:00+09:00\n---\n",
        [],
        {"last_contact": dt.date(2026, 11, 22)},
    ),
    "a key named content": ("---\ncontent: x\nstage: sent\n---\n", [], {"content": "x", "stage": "sent"}),
    "the same key twice": ("---\nstage: sent\nname: Ada\nstage: met\n---\n", [("dup-key", 4)], {"name": "Ada"}),
    "a template in quotes": ('---\nname: "{{ contact.name }}"\n---\n', [("template-in-note", 2)], {}),
    "a template of Templater": ("---\nname: <% tp.file.title %>\n---\n", [("template-in-note", 2)], {}),
    "a template in the core plugin's way": (
        "---\ncreated: {{date}}\nstage: sent\n---\n",
        [("template-in-note", 2)],
        {"stage": "sent"},
    ),
    "unquoted links in a list": (
        "---\nreferred_by:\n  - [[Ada]]\n  - [[Bo|B]]\n---\n",
        [("link-unquoted", 3), ("link-unquoted", 4)],
        {"referred_by": (Link("Ada", line=3), Link("Bo", shown="B", line=4))},
    ),
    "an unquoted link that Obsidian rewrote": (
        "---\nreferred_by:\n  - - Ada\n---\n",
        [("link-unquoted", 3)],
        {"referred_by": (Link("Ada", line=3),)},
    ),
    "a value that is a comment": (
        "---\nrole: #1 analyst\nstage: sent\n---\n",
        [("yaml-comment", 2)],
        {"role": None, "stage": "sent"},
    ),
    "tags that are a comment": ("---\ntags: #people\n---\n", [("yaml-comment", 2)], {"tags": ()}),
    "a dash for nothing": ("---\nphone: -\nstage: sent\n---\n", [], {"phone": None, "stage": "sent"}),
    "a Python tag": ("---\nx: !!python/object/apply:os.system [ls]\n---\n", [("yaml-tag", 2)], {"x": ("ls",)}),
    "a merge key": ("---\na: &a {x: 1}\nb:\n  <<: *a\n  y: 2\n---\n", [], {"b": {"<<": {"x": 1}, "y": 2}}),
    "a tab behind the colon": ("---\nname:\tAda\nstage:\t sent\n---\n", [], {"name": "Ada", "stage": "sent"}),
    "a value within a value": (
        "---\nrole: {a: {b: c}}\nstage: sent\n---\n",
        [("bad-shape", 2)],
        {"role": None, "stage": "sent"},
    ),
    "an address without an at": ("---\nemail: ada.example.org\n---\n", [("bad-email", 2)], {}),
    "a name of blanks": ("---\nname: '   '\n---\n", [], {"name": "Ada Lovelace"}),
    "a name of dots": ("---\nname: '...'\n---\n", [("bad-name", 2)], {"name": "..."}),
    "a name of several lines": ("---\nname: |\n  Ada\n  Lovelace\n---\n", [], {"name": "Ada Lovelace"}),
    "a name that steers the terminal": (
        '---\nname: "Ada\\e[31m"\n---\n',
        [("suspicious-unicode", 2)],
        {"name": "Ada\x1b[31m"},
    ),
}

UNREADABLE: Mapping[str, tuple[bytes, Told, str]] = {
    "latin-1": ("---\nname: Zo\u00eb\n---\n".encode("latin-1"), [("not-utf8", 2)], "0xeb"),
    "UTF-16, the other way round": ("\ufeff---\nname: Ada\n---\n".encode("utf-16-be"), [("utf16", 1)], "UTF-16"),
    "half a character": ("---\nname: Zo\u00eb\n---\n".encode()[:13] + b"\n---\n", [("not-utf8", 2)], "0xc3"),
    "an escape character": (b"---\nname: \x1b[31mAda\n---\n", [("control-char", 2)], "U+001B"),
    "a fence that is dots": (b"---\nname: Ada\n...\nbody\n", [("fence-odd", 3)], "..."),
    "blank lines before the fence": (b"\n\n---\nname: Ada\n---\n", [("fence-late", 3)], "very first line"),
    "prose between two rules": (b"---\nJust prose\n---\nrest\n", [("fm-not-mapping", 2)], "plain text"),
    "a sentence with a colon in the wrong place": (b"---\nname:Ada\n---\n", [("fm-not-mapping", 2)], "plain text"),
    "conflict markers in the properties": (
        b"---\nname: Ada\n<<<<<<< HEAD\nstage: sent\n=======\nstage: met\n>>>>>>> x\n---\n",
        [("conflict-markers", 3)],
        "choose one side",
    ),
    "a tab as indentation": (b"---\ntags:\n\t- x\n---\n", [("yaml-syntax", 3)], "tab"),
    "a percent sign": (b"---\nrate: %5\n---\n", [("yaml-syntax", 2)], "quotes"),
    "a star": (b"---\nrole: *very* good\n---\n", [("yaml-syntax", 2)], "quotes"),
    "an alias of nothing": (b"---\nrole: *x\n---\n", [("yaml-syntax", 2)], "*x"),
    "an apostrophe within apostrophes": (b"---\nname: 'O'Brien'\n---\n", [("yaml-syntax", 2)], "twice"),
    "a quote that is never closed": (
        b'---\na: 1\nname: "Ada\nb: 2\n---\n',
        [("yaml-syntax", 3)],
        "quotes are not closed",
    ),
    "a Windows path": (b'---\nresume: "C:\\Users\\ada"\n---\n', [("bad-escape", 2)], "backslash"),
    "three hundred thousand brackets": (b"---\na: " + b"[" * 300_000 + b"\n---\n", [("yaml-depth", 2)], "nested"),
    "brackets that are closed": (b"---\na: " + b"[" * 60 + b"]" * 60 + b"\n---\n", [("yaml-depth", 2)], "flat"),
    "a merge-key bomb": (
        f"---\nk0: &k0 {{x: 1}}\n{MERGES}---\n".encode(),
        [("yaml-alias", 2)],
        "anchors",
    ),
    "endless properties": (b"---\n" + b"a: b\n" * 30_000 + b"---\n", [("fm-too-large", 1)], "100,000"),
}


@pytest.mark.parametrize("name", READ)
def test_a_note_is_read_and_told_of(name: str) -> None:
    text, expected, values = READ[name]
    reading = read_note(PATH, text.encode())
    assert told(reading) == expected
    assert {one: value(reading, one) for one in values} == dict(values)


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_note_that_cannot_be_read_is_told_of(name: str) -> None:
    data, expected, words = UNREADABLE[name]
    reading = read_note(PATH, data)
    assert isinstance(reading, Unreadable)
    assert told(reading) == expected
    assert words in f"{reading.findings[0].message} ({reading.findings[0].hint})"


def test_what_is_good_in_a_half_bad_note_is_kept() -> None:
    reading = read_note(
        PATH, b"---\nname: Ada\nlast_contact: 2026-02-30\nemail: x\nkeep_in_touch: -1\nrole: Analyst\n---\n"
    )
    assert told(reading) == [("bad-date", 3), ("bad-email", 4), ("bad-number", 5)]
    assert (value(reading, "name"), value(reading, "role")) == ("Ada", "Analyst")


def test_times_with_and_without_an_offset_can_be_compared_and_counted() -> None:
    texts = ("2026-11-22T14:30", "2026-11-22T14:30Z", "2026-11-22", "2026-11-22T14:30+05:30")
    interviews = []
    for number, date in enumerate(texts):
        reading = read_note(f"{number}.md", f"---\ntype: interview\ncontact: Ada\ndate: {date}\n---\n".encode())
        assert isinstance(reading, Read)
        assert isinstance(reading.record, InterviewNote)
        interviews.append(reading.record)
    ordered = sorted(one.date for one in interviews if one.date)
    assert [str(one)[:16] for one in ordered] == ["2026-11-22", *["2026-11-22T14:30"] * 3]
    for zone in (None, "Europe/Berlin"):
        assert {status_at(one, dt.datetime(2026, 11, 24), zone) for one in interviews} == {"held"}


def test_the_worst_vault_is_still_a_vault() -> None:
    readings = {
        f"People/{n}.md": read_note(f"People/{n}.md", text.encode()) for n, (text, _, _) in enumerate(READ.values())
    }
    readings |= {
        f"Bad/People/{n}.md": read_note(f"Bad/People/{n}.md", data)
        for n, (data, _, _) in enumerate(UNREADABLE.values())
    }
    index = Index(readings)
    assert len(index.network.contacts) >= len(READ)
    assert {one.path for one in index.findings} >= {
        path for path, one in readings.items() if isinstance(one, Unreadable)
    }
