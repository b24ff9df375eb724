"""Throws bytes at the reader and the index, guided by the lines of our code they reach, until stopped.

Needs atheris, which is no dependency of ours; give it an environment of its own:

    python3.11 -m venv .fuzz
    .fuzz/bin/pip install atheris .
    .fuzz/bin/python benchmarks/fuzz_reader.py -max_total_time=480 [CORPUS]

CORPUS is a folder that keeps the inputs which reached something new; without one they are forgotten. The options are
libFuzzer's. An input that breaks a promise is written to a file `crash-...` and told; run the script with that file to
see it again, mend the cause, and keep the input as a test.
"""

import base64
import json
import sys
import tempfile
import unicodedata
from pathlib import Path

import atheris
import yaml

with atheris.instrument_imports(include=["infoview_md"]):
    from infoview_md.network.index import Changes, Index
    from infoview_md.notes.keeping import keep, recall
    from infoview_md.notes.properties import Recognition
    from infoview_md.notes.quick import START, Sieve
    from infoview_md.notes.reading import NotOurs, Read, Reading, Unreadable, read_note
    from infoview_md.notes.shortcut import read_simple

__all__ = ["check"]

HERE = Path(__file__).resolve().parent
PATHS = ("Outreach/x.md", "People/Ada Lovelace.md", "Me.md", "x.md")
OWN = Recognition(types=("mentor",), tags=("x",), folders=("CRM",))
SIEVE = Sieve(OWN)
NEVER_SHOWN = frozenset({"Cc", "Cs", "Zl", "Zp"})
OTHERS = {
    path: read_note(path, f"---\n{text}\n---\nbody\n".encode())
    for path, text in {
        "People/Ada.md": "type: contact\naliases: [Countess]\nreferred_by: '[[Bo]]'\norganization: '[[Engines]]'",
        "People/Bo.md": "type: person\nmet_via: '[[Ada]]'",
        "Orgs/Engines.md": "type: organization\naliases: AE",
        "i.md": "type: interview\ncontact: '[[Ada]]'\nreferrals: ['[[Cy]]']",
    }.items()
}
INDEX = Index(OTHERS)
WORDS = (
    *("---\n", "type: ", "contact", "request", "interview", "me", "person", "organization", "prep", "name: ", "sent: "),
    *(
        "2026-11-22",
        "T14:30",
        "[[",
        "]]",
        "[[Ada]]",
        "{{",
        "}}",
        "<%",
        "- ",
        "  - ",
        "&x ",
        "*x",
        "!!int ",
        "|\n  ",
        ">-",
    ),
    *("\x1b", "\u2028", "\x85", "\ufeff", "<<<<<<< ", "=======\n", ">>>>>>> ", "```", "%%", "==✎ ", "\\ud83d", "\r\n"),
    *(
        "referred_by: ",
        "contact: ",
        "referrals: ",
        "reply: later",
        "tags: ",
        "email: ",
        "timezone: ",
        "date: ",
        "about: ",
    ),
)


def check(path: str, data: bytes) -> None:
    """Read a note and index it among others. Raises AssertionError when a promise of the reader is broken."""
    reading = read_note(path, data, OWN)
    assert reading == read_note(path, data, OWN), "reading is not deterministic"
    _check_findings(reading, data)
    kept = keep(reading)
    assert json.loads(kept) is not None
    assert recall([path], [kept]) == [reading], "what was kept does not come back"
    _check_short_ways(path, data, reading)
    _check_index(reading)


def _check_findings(reading: Reading, data: bytes) -> None:
    lines = data.count(b"\n") + 1
    assert reading.findings or not isinstance(reading, Unreadable), "unreadable without a reason"
    for found in reading.findings:
        assert found.line is None or 1 <= found.line <= lines, f"line {found.line} of {lines}"
        shown = {unicodedata.category(char) for char in found.message + found.hint}
        assert not shown & NEVER_SHOWN, f"shows what cannot be shown: {found!r}"
    if isinstance(reading, Read):
        places = [*reading.record.lines.values(), *(one.line for one in reading.record.body_links)]
        assert all(1 <= line <= lines for line in places), "a line that is not there"


def _check_short_ways(path: str, data: bytes, reading: Reading) -> None:
    simple = read_simple(path, data, OWN)
    assert simple is None or simple == reading, "the short way reads otherwise"
    if path == "x.md" and not SIEVE.may_be_ours(data[:START], whole=len(data) < START):
        assert reading == NotOurs(path), "kept back by the sieve"


def _check_index(reading: Reading) -> None:
    if isinstance(reading, NotOurs):
        return
    changed = INDEX.apply(Changes(read={reading.path: reading}))
    fresh = Index({reading.path: reading, **OTHERS})
    assert changed.network == fresh.network, "incremental is not whole"
    assert changed.findings == fresh.findings
    back = changed.apply(Changes(read={}, removed=frozenset({reading.path})))
    assert back.network == INDEX.network, "a note that is gone leaves something behind"


def one_input(data: bytes) -> None:
    """What libFuzzer calls: the first byte chooses the path."""
    if data:
        check(PATHS[data[0] % len(PATHS)], data[1:])


def _seeds() -> list[bytes]:
    catalogue = yaml.safe_load((HERE.parent / "tests/bad_inputs/cases.yaml").read_text(encoding="utf-8"))
    given = [case["input"] for case in catalogue["cases"] if case["area"].startswith("fm-")]
    notes = [one["text"].encode() if "text" in one else base64.b64decode(one.get("b64", "")) for one in given]
    notes += [note.read_bytes()[:2000] for note in sorted((HERE.parent / "examples/vault").rglob("*.md"))]
    return [bytes([number]) + note for note in notes for number in range(2)]


def _escaped(word: str) -> str:
    """A word as libFuzzer's dictionaries want it."""
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


def main() -> None:
    """Fuzz until told to stop."""
    with tempfile.TemporaryDirectory() as folder:
        words = Path(folder) / "words.dict"
        words.write_text("".join(f'"{_escaped(word)}"\n' for word in WORDS), encoding="utf-8")
        seeds = Path(folder) / "seeds"
        seeds.mkdir()
        for number, seed in enumerate(_seeds()):
            (seeds / str(number)).write_bytes(seed)
        given = sys.argv[1:]
        corpora = [] if any(Path(one).exists() for one in given) else [str(seeds)]
        atheris.Setup([sys.argv[0], f"-dict={words}", "-max_len=3000", "-timeout=20", *given, *corpora], one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
