"""File names from names, and paths in the vault."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoview_md.errors import UsageError
from infoview_md.notes.filenames import MAX_BYTES, file_name, is_name, numbered, same_file, vault_path

WINDOWS_FORBIDDEN = set('<>:"/\\|?*')
LINK_BREAKING = set("[]#^|")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("AC/DC Person", "AC-DC Person"),
        ("He / She", "He-She"),
        ("AC/", "AC"),
        ("a\\b", "a-b"),
        ("/etc/passwd", "etc-passwd"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows", "C-Windows"),
        ('Who? "A" <b> *', "Who A b"),
        ("Sam Jr.", "Sam Jr"),
        ("Sam ", "Sam"),
        (" Sam", "Sam"),
        (".hidden", "hidden"),
        ("~$lock", "$lock"),
        ("CON", "CON_"),
        ("nul", "nul_"),
        ("Aux. Smith", "Aux_. Smith"),
        ("COM1", "COM1_"),
        ("COM¹", "COM¹_"),
        ("Connie", "Connie"),
        ("-rf", "-rf"),
        ("Ann-Marie O'Neil", "Ann-Marie O'Neil"),
        ("[[Ada]] #1 ^x | y", "Ada 1 x y"),
        ("100 %% sure", "100 % sure"),
        ("line\nbreak\tand\x00nul", "line break andnul"),
        ("Ada\u202egnp.exe", "Adagnp.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("محمد صلاح", "محمد صلاح"),
        ("מרים 🎉", "מרים 🎉"),
        ("👩‍💻 Grace", "👩‍💻 Grace"),
        ("🎉", "🎉"),
        ("e\u0301mile", "émile"),
        ("İpek", "İpek"),
        ("Straße", "Straße"),
        ("Jr. .. . ", "Jr"),
        ("O\u2044O", "O-O"),
        ("a:b", "ab"),
        ("$100", "$100"),
    ],
)
def test_a_name_becomes_a_portable_file_name(name: str, expected: str) -> None:
    assert file_name(name) == expected


@pytest.mark.parametrize("name", ["", "   ", "...", "???", "-", "/", "\u200b", "\u0301", "<>", "$$", "\ud800"])
def test_a_name_without_a_letter_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="bad name"):
        file_name(name)
    assert not is_name(name)


def test_a_long_name_is_cut_at_a_word() -> None:
    cut = file_name("Wolfeschlegelstein " * 20)
    assert len(cut.encode()) <= MAX_BYTES - 3
    assert cut.endswith("Wolfeschlegelstein")


def test_a_long_name_without_blanks_is_cut_between_letters() -> None:
    assert file_name("x" * 300) == "x" * 237
    assert file_name("é" * 200) == "é" * 118


def test_a_cut_keeps_marks_and_joined_emoji_whole() -> None:
    family = "👨‍👩‍👧‍👦"
    cut = file_name(family * 40)
    assert len(cut.encode()) <= 237
    assert cut.replace(family, "") == ""
    zalgo = "q\u0323\u0307" * 100
    assert file_name(zalgo) == unicodedata.normalize("NFC", "q\u0323\u0307" * 47)


@given(st.text(max_size=400))
def test_any_name_is_refused_or_portable(name: str) -> None:
    try:
        made = file_name(name)
    except UsageError:
        return
    assert len(f"{made}.md".encode()) <= MAX_BYTES
    assert unicodedata.is_normalized("NFC", made)
    assert not set(made) & (WINDOWS_FORBIDDEN | LINK_BREAKING)
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in made)
    assert made[0] not in ". ~"
    assert made[-1] not in ". "
    assert "%%" not in made
    assert file_name(made) == made


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("People/Ada.md", "People/Ada.md"),
        ("People/Ada", "People/Ada.md"),
        ("/People//Ada.md", "People/Ada.md"),
        ("./People/Ada.MD", "People/Ada.md"),
        ("People\\Ada.md", "People/Ada.md"),
        (".obsidian/Ada.md", "obsidian/Ada.md"),
        ("aux/con.md", "aux_/con_.md"),
        ("People/Sam Jr..md", "People/Sam Jr.md"),
        ("Outreach/2026-11-22 Request - Who?.md", "Outreach/2026-11-22 Request - Who.md"),
    ],
)
def test_a_path_is_made_portable_folder_by_folder(path: str, expected: str) -> None:
    assert vault_path(path) == expected


@pytest.mark.parametrize(
    "path", ["../x.md", "People/../../x.md", "a/ .. /x.md", "..\\x.md", "", "/", "People/.md", "???/x"]
)
def test_a_path_that_leaves_the_vault_or_names_nothing_is_refused(path: str) -> None:
    with pytest.raises(UsageError):
        vault_path(path)


@given(st.text(max_size=120))
def test_any_path_is_refused_or_stays_in_the_vault(path: str) -> None:
    try:
        made = vault_path(path)
    except UsageError:
        return
    parts = made.split("/")
    assert made.endswith(".md")
    assert all(part and part not in {".", ".."} and not part.startswith(".") for part in parts)
    assert vault_path(made) == made


def test_a_taken_name_gets_a_number() -> None:
    assert numbered("People/Ada.md", 2) == "People/Ada 2.md"
    assert numbered("Ada.md", 12) == "Ada 12.md"
    assert len(numbered("x" * 237 + ".md", 10).encode()) <= MAX_BYTES


@pytest.mark.parametrize(
    ("one", "other"),
    [("People/Ada Lovelace.md", "people/ADA LOVELACE.md"), ("Straße.md", "STRASSE.md"), ("é.md", "e\u0301.md")],
)
def test_names_that_differ_only_in_case_or_form_are_one_file(one: str, other: str) -> None:
    assert same_file(one, other)


def test_other_names_are_other_files() -> None:
    assert not same_file("Ann-Marie O'Neil.md", "Ann Marie ONeil.md")
