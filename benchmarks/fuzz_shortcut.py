"""Looks for a note that the short way reads otherwise than the long way, or that the sieve keeps back wrongly.

    python benchmarks/fuzz_shortcut.py --blocks 1000000 [--seed 1]

Notes are made at random from lines that are simple, lines that are odd, and mutations of both. Ends with 1 and shows
the note when there is a difference. `tests/notes/test_shortcut.py` runs a few thousand of the same.
"""

import argparse
import random
import sys
from collections.abc import Iterator

from infoview_md.notes.properties import PROPERTIES, SETTINGS, SYNONYMS, TYPES, Recognition
from infoview_md.notes.quick import START, Sieve
from infoview_md.notes.reading import NotOurs, read_note, setting_kind
from infoview_md.notes.shortcut import read_simple

__all__ = ["difference", "notes"]

NAMES = (
    *PROPERTIES,
    *SETTINGS, *(name for row in SYNONYMS.values() for names in row.values() for name in names), "created", "Type",
    "tags", "Tags", "note_type", "categories", "E-mail", "follow up", "on", "y", "1", "a b", "null", "mood", "x" * 120,
)  # fmt: skip
TYPE_WORDS = (
    *TYPES,
    "person",
    "People",
    "article",
    "Contact",
    "thank you",
    "company",
    '"[[Request]]"',
    "[contact]",
    "",
)
SIMPLE = (
    "Ada Lovelace", '"[[Ada Lovelace]]"', "'[[Ada]]'", "2026-11-22", "2026-11-22T14:30:00", "2026-11-22T14:30", "30",
    "true", "email", "video", "ada@example.org", '"+44 7700 900461"', "https://example.org/a?b=c#d", "[]",
    "[daily, a b]",
    "", '""', "Europe/London", "held", "accepted", "later", "Zoë", "a, b", "O'Brien", "(none)", '[a, "b c"]',
    "declined",
)  # fmt: skip
ODD = (
    "null", "~", "Null", "yes", "No", "on", "12:30", "2026-02-30", "0999-01-01", "9000-01-01", "0123", "1e3", "+49 1",
    "0x1F", "1_000", ".5", "-5", "+5", "[[Ada]]", '"[[Ada|x]]"', '"[[Ada#h]]"', '"[[Ada.md]]"', '"[A](B%20c.md)"',
    "- x",
    "a: b", "a:", "a #b", "a#b", "a :b", "...", "---", "|", ">", "&a x", "*a", "!!str x", "@x", "`x`", "%x", "{a: b}",
    "[a, [b]]", "[a,b]", "[a , b]", "[a, ]", '"a\\tb"', '"\\u0070erson"', "'it''s'", '"a" b', "a  b", "x\t", "\tx",
    '" x "',
    "24:00", "2026-11-22T25:00", "2026-11-22T14:30:00Z", "2026-11-22 14:30", '"2026-11-22"', '"30"', "007",
    "12345", "99",
    "a@b", "a@b, c@d", "<a@b>", "mailto:a@b", "TRUE", "False", "in-person", "In Person", "Mars/Phobos", "#tag", "a,b",
    "{{ name }}", "<% x %>", "\u00a0x", "x\u00a0", "a\u2028b", "a\x85b", "\ufeffx", "\ufffd", "é\u0301",
    "people/friends",
    "per\u017fon", "\u212aelly", "1" * 70, "x" * 600, '"[[a]], [[b]]"', '"[[ ]]"', '"[[x\\]]"', "\u0410da", "=", "<<",
    "?", ", a",
)  # fmt: skip
BODIES = (
    "", "text\n", "[[x]] and `[[y]]` and ==✎ why==\n", "---\na: b\n---\n", "\n\n---\ntype: contact\n---\n",
    "type: contact\n",
    "<<<<<<< a\n=======\n>>>>>>> b\n", '%% [[c]] %% [a](b.md) [c](<d e.md> "t")\n', "```\n[[x]]\n```\n[[z|Z]]",
    "\ufeff\x00",
)  # fmt: skip
LETTERS = ":#\"'[]{}-&*!|>%@`~,?=<\\ \t\r\n0+.eé\u00a0\u2028\ufeff_/"
FENCES = (
    "---\n",
    "---\n",
    "---\n",
    "---\n",
    "---\n",
    "--- \n",
    "---\r\n",
    "\n---\n",
    "----\n",
    "\ufeff---\n",
    "{\n",
    " ---\n",
    "",
)
PATHS = ("Outreach/x.md", "x.md", "People/Zoë.md", "A/Ñandú 2.md", "a/\u0410da.md", "a/ .md", "a/--.md", "Me.md")
RECOGNITIONS = (Recognition(), Recognition(types=("mentor",), tags=("Freunde/ß",), folders=("A",)))


def notes(chance: random.Random) -> Iterator[tuple[str, bytes, Recognition]]:
    """Notes without end: a path, the bytes, and the user's own words for contacts."""
    while True:
        text = _note(chance)
        for _ in range(chance.choice((0, 0, 0, 1, 1, 2, 5))):
            text = _mutated(chance, text)
        data = text.encode("utf-8", "surrogatepass")
        if chance.random() < 0.01:
            at = chance.randrange(len(data) + 1)
            data = data[:at] + bytes([chance.randrange(256)]) + data[at:]
        path = PATHS[0] if chance.random() < 0.7 else chance.choice(PATHS)
        path = "Me.md" if text.startswith("---\ntype: me\n") and chance.random() < 0.8 else path
        yield path, data, chance.choice(RECOGNITIONS)


def _note(chance: random.Random) -> str:
    if chance.random() < 0.6:
        return _calm_note(chance)
    type_name = chance.choice(TYPE_WORDS)
    own = TYPES[type_name].properties if type_name in TYPES else NAMES
    lines = [] if chance.random() < 0.05 else [f"type: {type_name}\n"]
    lines += [_line(chance, name) for name in chance.sample(own, min(len(own), chance.randrange(7)))]
    lines += [_line(chance, chance.choice(NAMES)) for _ in range(chance.choice((0, 0, 1, 2)))]
    if chance.random() < 0.1:
        chance.shuffle(lines)
    opening = chance.choice(FENCES) if chance.random() < 0.1 else "---\n"
    closing = chance.choice(FENCES) if chance.random() < 0.1 else "---\n"
    return opening + "".join(lines) + closing + chance.choice(BODIES)


def _calm_note(chance: random.Random) -> str:
    """A note that goes the short way, but for at most one value, unless it is mutated."""
    type_name = chance.choice([*TYPES, "person", "contact", "request", "interview"])
    row = TYPES.get(type_name, TYPES["contact"])
    own = (*row.properties, *SETTINGS) if type_name == "me" else row.properties
    names = [*row.required, *chance.sample(own, chance.randrange(min(8, len(own))))]
    values = {name: chance.choice(_KINDS[name].choices or _FITTING.get(_KINDS[name].kind, CALM)) for name in names}
    for name in chance.sample(CALM_NAMES, chance.choice((0, 0, 1))):
        values[name] = chance.choice(SIMPLE)
    if chance.random() < 0.5:
        values[chance.choice([*values, "mood"])] = chance.choice(ODD if chance.random() < 0.7 else SIMPLE)
    lines = [f"type: {type_name}\n"]
    for name, value in values.items():
        many = value and chance.random() < 0.2
        lines.append(f"{name}:\n  - {value}\n  - {value}\n" if many else f"{name}: {value}\n")
    return f"---\n{''.join(lines)}---\n{chance.choice(BODIES[:3])}"


CALM = ("Ada Lovelace", '"x: y"', "'a #b'", "a, b", "Zoë")
CALM_NAMES = ("mood", "created", "Tags", "follow up", "a b")


def _line(chance: random.Random, name: str) -> str:
    if chance.random() < 0.2:
        indent = chance.choice(("", "  ", "  ", "    ", "\t"))
        items = [f"{indent}- {_value(chance)}\n" for _ in range(chance.randrange(1, 4))]
        return f"{name}:\n" + "".join(items)
    return f"{name}: {_value(chance, name)}\n" if chance.random() < 0.95 else f"{name}:{_value(chance)}\n"


def _value(chance: random.Random, name: str = "") -> str:
    kind = PROPERTIES[name].kind if name in PROPERTIES else ""
    if chance.random() < 0.7 and kind in _FITTING:
        return chance.choice(_FITTING[kind])
    return chance.choice(SIMPLE if chance.random() < 0.8 else ODD)


_FITTING = {
    "date": ("2026-11-22", "2024-02-29"), "moment": ("2026-11-22T14:30:00", "2026-11-22"), "number": ("30", "1"),
    "checkbox": ("true", "false", "yes"), "email": ("ada@example.org",), "emails": ("ada@example.org",),
    "link": ('"[[Ada]]"',), "links": ('"[[Ada]]"', "Ada"), "timezone": ("Europe/London", "UTC"),
    "texts": ("Ada", "[a, b]", '"a: b"'), "tags": ("x", "[x, y]", "x y"),
}  # fmt: skip


_KINDS = {**{name: setting_kind(name) for name in SETTINGS}, **PROPERTIES}


def _mutated(chance: random.Random, text: str) -> str:
    lines = text.split("\n")
    at, line = chance.randrange(len(text) + 1), chance.randrange(len(lines))
    match chance.randrange(6):
        case 0:
            return text[:at] + chance.choice(LETTERS) + text[at:]
        case 1:
            return text[:at] + text[at + 1 :]
        case 2:
            return text[:at] + chance.choice(LETTERS) + text[at + 1 :]
        case 3:
            lines.insert(line, chance.choice(lines))
        case 4:
            del lines[line]
        case _:
            lines[line] = " " * chance.randrange(4) + lines[line]
    return "\n".join(lines)


def difference(path: str, data: bytes, recognition: Recognition) -> tuple[str, str | None]:
    """Which way a note went (`short`, `long`, `kept back`), and what is wrong with that, if anything."""
    sieve = Sieve(recognition)
    passes = path == "Me.md" or sieve.is_person_folder(path.rpartition("/")[0])
    passes = passes or sieve.may_be_ours(data[:START], whole=len(data) < START)
    if not passes:
        reading = read_note(path, data, recognition)
        return "kept back", None if reading == NotOurs(path) else f"the sieve kept back {reading}"
    short = read_simple(path, data, recognition)
    if short is None:
        return "long", None
    reading = read_note(path, data, recognition)
    return "short", None if short == reading and repr(short) == repr(reading) else f"{short}\nis not\n{reading}"


def main() -> None:
    """Compare so many notes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--blocks", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    counts: dict[str, int] = {}
    for (path, data, recognition), _ in zip(notes(random.Random(given.seed)), range(given.blocks), strict=False):
        way, wrong = difference(path, data, recognition)
        counts[way] = counts.get(way, 0) + 1
        if wrong:
            print(f"{path}\n{data!r}\n{wrong}")
            sys.exit(1)
    print(f"{given.blocks:,} notes, no difference; {counts}")


if __name__ == "__main__":
    main()
