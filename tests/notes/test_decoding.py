"""From bytes to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoview_md.notes.decoding import decode

BOM = b"\xef\xbb\xbf"


def test_utf8_is_read_as_it_stands() -> None:
    decoded = decode("Zoë\r\n日本 😀\n".encode(), "a.md")
    assert decoded.text == decoded.guess == "Zoë\r\n日本 😀\n"
    assert not decoded.findings


def test_a_byte_order_mark_is_taken_off_and_mentioned() -> None:
    decoded = decode(BOM + b"---\n", "a.md")
    assert decoded.text == "---\n"
    assert [(one.code, one.line) for one in decoded.findings] == [("bom", 1)]


def test_only_the_first_byte_order_mark_is_one() -> None:
    assert decode(BOM + BOM + b"x", "a.md").text == "\ufeffx"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_named_and_guessed(encoding: str) -> None:
    decoded = decode("\ufefftype: contact\n".encode(encoding), "a.md")
    assert decoded.text is None
    assert "type: contact" in decoded.guess
    assert [(one.code, one.line) for one in decoded.findings] == [("utf16", 1)]
    assert "UTF-8" in decoded.findings[0].message


def test_latin_1_is_named_with_its_line_and_byte() -> None:
    decoded = decode(BOM + "---\nname: Zo\u00eb\n".encode("latin-1"), "a.md")
    assert decoded.text is None
    assert [(one.code, one.line) for one in decoded.findings] == [("bom", 1), ("not-utf8", 2)]
    assert "0xeb" in decoded.findings[1].message


def test_surrogates_in_utf8_are_no_utf8() -> None:
    assert decode(b"\xed\xa0\xbd", "a.md").text is None


@given(st.binary())
def test_any_bytes_can_be_decoded(data: bytes) -> None:
    decoded = decode(data, "a.md")
    assert decoded.text is not None or decoded.findings
