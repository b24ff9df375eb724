"""Where the properties begin and end, and why a block that was meant as properties is none."""

import pytest

from infoview_md.notes.fences import body_findings, split
from infoview_md.notes.findings import Finding, Severity

PATH = "People/Ada.md"


def short(findings: tuple[Finding, ...]) -> list[tuple[str, int | None, str]]:
    return [(one.code, one.line, one.severity.value) for one in findings]


@pytest.mark.parametrize(
    ("text", "block", "body", "body_line"),
    [
        ("---\na: 1\n---\nbody\n", "a: 1\n", "body\n", 4),
        ("---\r\na: 1\r\n---\r\nbody", "a: 1\r\n", "body", 4),
        ("---  \na: 1\n---\t\nbody\n", "a: 1\n", "body\n", 4),
        ("---\n---\n", "", "", 3),
        ("---\n---", "", "", 2),
        ("---\na: 1\n---", "a: 1\n", "", 3),
        ("---\r\na: 1\r\n---\r", "a: 1\r\n", "", 3),
        ("---\na: |\n  x\n  ---\n  y\nb: 2\n---\n\n\nbody", "a: |\n  x\n  ---\n  y\nb: 2\n", "\n\nbody", 8),
        ("---\na: ---x\n--- x\n---\n", "a: ---x\n--- x\n", "", 5),
        ("---\na: x\u2028y\n---\nbody", "a: x\u2028y\n", "body", 4),
        ("---\n# only a comment\n---\n", "# only a comment\n", "", 4),
    ],
)
def test_a_block_ends_at_the_next_three_dashes(text: str, block: str, body: str, body_line: int) -> None:
    parts = split(text, PATH)
    assert (parts.block, parts.body, parts.body_line) == (block, body, body_line)
    assert text[parts.block_start :].startswith(block)
    assert text[parts.body_start :] == body
    assert not parts.findings


@pytest.mark.parametrize(
    "text",
    [
        "# Just a note\n",
        "+++\nnever closed\n",
        "{a}\n",
        "text\n---\na: 1\n---\n",
        "----\na: 1\n----\n",
        "--- # x\na: 1\n---\n",
    ],
)
def test_a_note_may_have_no_properties(text: str) -> None:
    parts = split(text, PATH)
    assert (parts.block, parts.body, parts.body_line, parts.findings) == (None, text, 1, ())


@pytest.mark.parametrize(
    ("text", "code", "line", "severity"),
    [
        ("", "empty-note", None, "info"),
        (" \n\t\n\u00a0", "empty-note", None, "info"),
        ("---", "fence-unclosed", 1, "warning"),
        ("---\n", "fence-unclosed", 1, "warning"),
        ("---\r\n", "fence-unclosed", 1, "warning"),
        ("---\nname: Ada\n\nbody\n", "fence-unclosed", 1, "error"),
        ('---\n"name": Ada\n', "fence-unclosed", 1, "error"),
        ("---\nA rule, then prose.\n", "fence-unclosed", 1, "warning"),
        ("---\nname: Ada\n----\nbody\n", "fence-odd", 3, "warning"),
        ("---\r\nname: Ada\r\n-----\r\nbody\r\n", "fence-odd", 3, "warning"),
        ("---\nname: Ada\n...\nbody\n", "fence-odd", 3, "warning"),
        ("---\nname: Ada\n  ---\nbody\n", "fence-unclosed", 1, "error"),
        ("---\nname: Ada\nprose follows here\n\nThe end\n...\n", "fence-unclosed", 1, "error"),
        ("\n---\nname: Ada\n---\n", "fence-late", 2, "warning"),
        ("\r\n\r\n---\r\nname: Ada\r\n---\r\n", "fence-late", 3, "warning"),
        ("  ---\nname: Ada\n---\n", "fence-late", 1, "warning"),
        ("---\rname: Ada\r---\r", "cr-only", 1, "warning"),
        ('{\n"name": "Ada"\n}\n', "fm-json", 1, "info"),
        ('+++\nname = "Ada"\n+++\n', "fm-toml", 1, "info"),
        ("+++\r\n+++", "fm-toml", 1, "info"),
    ],
)
def test_why_there_are_no_properties_is_told(text: str, code: str, line: int | None, severity: str) -> None:
    parts = split(text, PATH)
    assert parts.block is None
    assert parts.body == text
    assert short(parts.findings) == [(code, line, severity)]
    assert parts.findings[0].path == PATH


def test_the_odd_fence_is_named() -> None:
    assert "-----" in split("---\na: 1\n-----\n").findings[0].message


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("\n---\nname: Ada\nstage: sent\n---\nbody\n", 5),
        ("---\r\nname: Ada\r\ntags:\r\n  - x\r\n# c\r\n\r\n---\r\n", 4),
    ],
)
def test_a_second_block_of_properties_is_reported(body: str, line: int) -> None:
    parts = split(f"---\npermalink: x\n---\n{body}", PATH)
    assert short(body_findings(parts, PATH)) == [("fm-double", line, "error")]


@pytest.mark.parametrize(
    "body",
    [
        "\n---\nOnly prose between two rules.\n---\n",
        "\n---\n\n---\n",
        "text\n---\nname: Ada\n---\n",
        "\n---\nname: Ada\nThis is a sentence without\n---\n",
        "\n---\nname: Ada\n",
    ],
)
def test_rules_in_the_body_are_no_second_block(body: str) -> None:
    assert not body_findings(split(f"---\na: 1\n---\n{body}", PATH), PATH)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n", 4),
        ("text\r\n<<<<<<< HEAD\r\n=======\r\n>>>>>>> x\r\n", 5),
        ("=======\n<<<<<<< old\n<<<<<<< HEAD\na\n||||||| base\n=======\nb\n>>>>>>> x\n", 6),
    ],
)
def test_conflict_markers_in_the_body_are_reported(body: str, line: int) -> None:
    assert short(body_findings(split(f"---\na: 1\n---\n{body}", PATH), PATH)) == [("conflict-markers", line, "warning")]


@pytest.mark.parametrize(
    "body", ["Title\n=======\n", "<<<<<<< HEAD\na\n", "=======\n>>>>>>> x\n", "    <<<<<<< HEAD\n"]
)
def test_one_marker_alone_is_no_conflict(body: str) -> None:
    assert not body_findings(split(f"---\na: 1\n---\n{body}", PATH), PATH)


def test_a_million_markers_are_read_in_one_go() -> None:
    body = "<<<<<<< HEAD\n=======\n" * 50_000
    assert not body_findings(split(f"---\na: 1\n---\n{body}", PATH), PATH)


def test_severities_are_as_the_reader_needs_them() -> None:
    assert split("---\na: 1\n").findings[0].severity is Severity.ERROR
