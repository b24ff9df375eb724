"""Copies that sync tools leave, and people with one name."""

import pytest

from infoview_md.network.copies import doubtful_names, sync_copies
from infoview_md.notes.records import ContactNote


def person(path: str, name: str = "Ada", email: str | None = None) -> ContactNote:
    return ContactNote(path=path, name=name, email=email, lines={"name": 3})


def doubts(*notes: ContactNote) -> list[tuple[str, str, str]]:
    return [(one.code, one.path, one.message) for one in doubtful_names(notes)]


@pytest.mark.parametrize(
    "copy",
    [
        "People/Ada.sync-conflict-20261122-101500-ABCDEFG.md",
        "People/Ada (Imogen's conflicted copy 2026-11-22).md",
        "People/Ada (conflicted copy).md",
        "People/Ada (LAPTOP's Conflicted Copy 2026-11-22 1).md",
    ],
)
def test_a_name_that_only_sync_tools_give_marks_a_copy(copy: str) -> None:
    assert sync_copies([copy, "People/Ada.md", "Ada.md"]) == {copy: "People/Ada.md"}
    assert sync_copies([copy]) == {}


@pytest.mark.parametrize(
    "path", ["People/Ada 2.md", "People/Ada (1).md", "Conflict.md", "Ada (conflict).md", "Ada-LAPTOP.md"]
)
def test_other_names_do_not(path: str) -> None:
    assert sync_copies([path, "People/Ada.md", "Ada.md", ".md"]) == {}


@pytest.mark.parametrize("path", ["People/Ada (1).md", "People/Ada 2.md", "People/Ada-DESKTOP-7F3.md"])
def test_a_name_and_an_address_that_are_alike_mark_a_likely_copy(path: str) -> None:
    both = (person(path, email="ada@example.org"), person("People/Ada.md", email="ada@example.org"))
    for notes in (both, both[::-1]):
        assert [(code, where) for code, where, _ in doubts(*notes)] == [("sync-conflict", path)]
    assert "People/Ada.md" in doubts(*both)[0][2]


def test_every_copy_is_told_and_the_original_is_not() -> None:
    copies = ["People/Ada (1).md", "People/Ada 2.md", "People/Ada-DESKTOP-7F3.md"]
    told = doubts(*map(person, copies), person("People/Ada.md"))
    assert [(code, path) for code, path, _ in told] == [("sync-conflict", copy) for copy in copies]


def test_a_number_may_tell_two_people_apart() -> None:
    assert doubts(person("People/Ada 2.md", name="Ada King"), person("People/Ada.md")) == []
    told = doubts(person("People/Ada 2.md", email="other@example.org"), person("People/Ada.md"))
    assert [(code, path) for code, path, _ in told] == [("same-name", "People/Ada.md")]


def test_one_name_for_two_is_told_once_with_the_others() -> None:
    (found,) = doubtful_names([person("Archive/Sam.md", "SAM"), person("People/Sam.md", "Sam"), person("x.md", "Bo")])
    assert (found.code, found.path, found.line, found.severity) == ("same-name", "People/Sam.md", 3, "info")
    assert "Archive/Sam.md" in found.message


def test_look_alike_letters_are_two_names() -> None:
    assert doubts(person("a.md", "Ada"), person("b.md", "\u0410da")) == []
