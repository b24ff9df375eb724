"""The table of findings, and the one door through which a finding is made."""

import re
from pathlib import Path
from string import Formatter

import pytest

import infoview_md
from infoview_md.notes.findings import CODES, Severity, finding

PACKAGE = Path(infoview_md.__file__).parent


def words_of(code: str) -> dict[str, object]:
    """Something for every place in the texts of a row; a number where the text wants one."""
    kind = CODES[code]
    places = [*Formatter().parse(kind.message), *Formatter().parse(kind.hint)]
    return {name: 7 if form else f"<{name}>" for _, name, form, _ in places if name}


@pytest.mark.parametrize("code", CODES)
def test_the_texts_of_every_row_can_be_filled(code: str) -> None:
    words = {name: word for name, word in words_of(code).items() if name != "property"}
    made = finding(code, "People/Ada.md", 3, property_name="sent", **words)  # type: ignore[arg-type]
    assert (made.code, made.path, made.line, made.property) == (code, "People/Ada.md", 3, "sent")
    assert "{" not in (made.message + made.hint).replace("begins with {", "")
    assert made.message[0] == made.message[0].lower() or made.message.startswith(("git", "<"))
    assert made.hint


@pytest.mark.parametrize("code", CODES)
def test_every_row_is_made_somewhere(code: str) -> None:
    sources = [path for path in PACKAGE.rglob("*.py") if path.name != "findings.py"]
    assert any(f'"{code}"' in path.read_text(encoding="utf-8") for path in sources)


def test_no_code_is_made_that_the_table_lacks() -> None:
    made = {
        code
        for path in PACKAGE.rglob("*.py")
        for code in re.findall(r"\bfinding\(\s*\"([^\"]+)\"", path.read_text(encoding="utf-8"))
    }
    assert made <= CODES.keys()


def test_a_row_gives_the_severity_unless_it_is_overruled() -> None:
    assert finding("fence-unclosed", "a.md").severity is Severity.ERROR
    assert finding("fence-unclosed", "a.md", severity=Severity.WARNING).severity is Severity.WARNING


def test_a_missing_word_is_our_fault() -> None:
    with pytest.raises(KeyError):
        finding("utf16-be", "a.md")
    with pytest.raises(KeyError):
        finding("bad-name ", "a.md")
    with pytest.raises(KeyError):
        finding("control-char", "a.md")


def test_a_message_is_one_line_and_shows_what_cannot_be_seen() -> None:
    made = finding("unrecorded", "a.md", property_name="con\u202etact", target="Ada\n\x1b[31m\tLovelace", quoted="\x07")
    assert made.message == r"con\u202etact: there is no note about Ada\n\x1b[31m Lovelace yet"
    assert made.hint == r"record them: infoview new contact \x07"
    assert made.property == "con\u202etact"


def test_a_message_is_not_endless() -> None:
    made = finding("link-ambiguous", "a.md", target="x", count=2, paths="y" * 10_000, used="z", used_target="z")
    assert len(made.message) < 700
    assert "…" in made.message
