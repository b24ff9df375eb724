"""The values of the YAML 1.2 core schema, as the npm package yaml 2.7.0 gives them."""

import json
import math

import pytest

from infoview_md.notes.nodes import Scalar, is_number, is_too_long_number, number_as_obsidian_writes_it, plain_value
from infoview_md.notes.records import Value


def plain(text: str) -> Value:
    return plain_value(Scalar(text, 1, plain=True, span=(0, len(text))))


CORE = [
    ("14:30", "14:30"),
    ("09:30", "09:30"),
    ("190:20:30", "190:20:30"),
    ("yes", "yes"),
    ("No", "No"),
    ("on", "on"),
    ("y", "y"),
    ("2026-11-22", "2026-11-22"),
    ("2026-13-45", "2026-13-45"),
    ("2026-11-22T10:30:00", "2026-11-22T10:30:00"),
    ("1_000", "1_000"),
    ("0b11", "0b11"),
    ("=", "="),
    ("<<", "<<"),
    ("~", None),
    ("", None),
    ("null", None),
    ("Null", None),
    ("NULL", None),
    ("nUll", "nUll"),
    ("true", True),
    ("True", True),
    ("FALSE", False),
    ("tRUE", "tRUE"),
    ("7", 7),
    ("-7", -7),
    ("+49301234567", 49301234567),
    ("1e3", 1000.0),
    ("1.10", 1.1),
    (".5", 0.5),
    ("1.", 1.0),
    ("0o17", 15),
    ("0x1F", 31),
    ("-0x1F", "-0x1F"),
    ("0o8", "0o8"),
    # Not as Obsidian has them: what a number would destroy, and what JSON cannot hold
    ("01234", "01234"),
    ("08901", "08901"),
    ("+0049", "+0049"),
    (".inf", ".inf"),
    ("-.INF", "-.INF"),
    (".nan", ".nan"),
    ("1e400", "1e400"),
    ("9" * 65, "9" * 65),
    ("\u0661\u0662", "\u0661\u0662"),
]


@pytest.mark.parametrize(("text", "value"), CORE, ids=[text or "(empty)" for text, _ in CORE])
def test_a_plain_scalar_has_its_core_value(text: str, value: Value) -> None:
    found = plain(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("text", [text for text, _ in CORE])
def test_a_quoted_scalar_is_text(text: str) -> None:
    assert plain_value(Scalar(text, 1, plain=False, span=(0, 0))) == text


@pytest.mark.parametrize("text", [text for text, _ in CORE])
def test_every_value_can_be_written_as_json(text: str) -> None:
    assert json.loads(json.dumps(plain(text), allow_nan=False)) == plain(text)


WRITTEN = [
    ("4930123", "4930123"),
    ("+4930123", "4930123"),
    ("0301234567", "301234567"),
    ("01234", "1234"),
    ("-01", "-1"),
    ("00", "0"),
    ("-0", "0"),
    ("1.10", "1.1"),
    ("1.", "1"),
    ("1e3", "1000"),
    ("0x1F", "31"),
    ("12345678901234567890", "12345678901234567000"),
    ("1e21", "1e+21"),
    ("1e-7", "1e-7"),
    ("0.000001", "0.000001"),
    ("1e400", ".inf"),
    ("-1e400", "-.inf"),
    ("14:30", None),
    ("+49 30 123", None),
    ("", None),
    ("9" * 5000, None),
]


@pytest.mark.parametrize(("text", "written"), WRITTEN, ids=[text[:25] or "(empty)" for text, _ in WRITTEN])
def test_what_obsidian_makes_of_a_number_is_known(text: str, written: str | None) -> None:
    assert number_as_obsidian_writes_it(text) == written


def test_a_number_too_long_for_any_program_is_known() -> None:
    assert is_too_long_number("9" * 5000)
    assert is_too_long_number("1" + ":59" * 200 + ".5")
    assert not is_too_long_number("9" * 64)
    assert not is_too_long_number("9" * 100 + "x")
    assert is_number("9" * 5000)
    assert not math.isinf(float(str(plain("1e308"))))
