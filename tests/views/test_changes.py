"""What `watch` says, as lines: values in, text out."""

import dataclasses
import datetime as dt
from collections.abc import Iterable

import pytest

from infoview_md.agenda.making import make_agenda
from infoview_md.agenda.news import News, news_between
from infoview_md.network.index import Index
from infoview_md.notes.findings import Finding, finding
from infoview_md.views.changes import (
    Turn,
    day_line,
    due_words,
    first_line,
    news_words,
    stamped,
    turn_lines,
    watcher_line,
)
from infoview_md.views.lines import line
from infoview_md.views.shapes import refresh_shape, to_json, watcher_shape
from tests.agenda.vaults import agenda_of, index_of, moment

AT = moment("2026-11-23T14:02")
ADA = {"People/Ada.md": "type: contact"}


def turn(
    *paths: str,
    news: Iterable[News] = (),
    findings: Iterable[Finding] = (),
    notices: Iterable[str] = (),
    added: int = 0,
    modified: int = 0,
) -> Turn:
    return Turn(
        at=AT,
        paths=paths,
        changes={"added": added, "modified": modified},
        news=tuple(news),
        findings=tuple(findings),
        notices=tuple(notices),
    )


def said(one: Turn) -> list[str]:
    return [*map(str, turn_lines(one))]


def newcomers(*names: str) -> tuple[News, ...]:
    """News of so many new contacts."""
    nobody = make_agenda(Index().network, Index().settings, AT)
    after = index_of({f"People/{name}.md": "type: contact" for name in names})
    return news_between(nobody, make_agenda(after.network, after.settings, AT), then=AT, now=AT)


def bom(number: int) -> list[Finding]:
    return [finding("bom", f"{one}.md", 1) for one in range(number)]


NOTES = [
    ((), {}, []),
    (("People/Ada.md",), {"modified": 1}, ["1 note changed: Ada"]),
    (("People/Ada.md",), {"added": 1}, ["1 new note: Ada"]),
    (("b.md", "c/a.md"), {"removed": 2}, ["2 notes gone: b, a"]),
    (("a.md", "b.md", "c.md"), {"added": 1, "removed": 1, "modified": 1}, ["3 notes changed (1 new, 1 gone): a, b, c"]),
    (("a\nb.md",), {"modified": 1}, ["1 note changed: a\\nb"]),
    (tuple(f"{number}.md" for number in range(6)), {"modified": 6}, ["6 notes changed"]),
    (("a.md",) * 2000, {"modified": 1200, "added": 800}, ["2,000 notes changed (800 new)"]),
]  # fmt: skip


@pytest.mark.parametrize(("paths", "changes", "expected"), NOTES)
def test_notes_are_named_or_counted(paths: tuple[str, ...], changes: dict[str, int], expected: list[str]) -> None:
    assert said(Turn(at=AT, paths=paths, changes=changes)) == expected


def test_news_stands_in_the_place_of_its_note() -> None:
    assert said(turn("People/Ada.md", news=newcomers("Ada"), added=1)) == [
        "Ada is new among your contacts: draft a request"
    ]


@pytest.mark.parametrize(
    ("counts", "gone", "expected"),
    [
        ({"added": 1, "modified": 1}, (), "1 note changed: Tide"),
        ({"added": 2}, (), "1 new note: Tide"),
        ({"added": 1, "removed": 1}, ("Tide.md",), "1 note gone: Tide"),
    ],
)
def test_the_notes_that_meant_nothing_are_told_beside_the_news(
    counts: dict[str, int], gone: tuple[str, ...], expected: str
) -> None:
    one = dataclasses.replace(
        turn("People/Ada.md", "Tide.md", news=newcomers("Ada")), changes=counts, gone=frozenset(gone)
    )
    assert said(one) == ["Ada is new among your contacts: draft a request", expected]


def test_time_alone_can_be_news() -> None:
    assert said(turn(news=newcomers("Ada"))) == ["Ada is new among your contacts: draft a request"]


def test_much_news_is_one_line_of_counts() -> None:
    talked = "=== i.md\ntype: interview\ncontact: {}\ndate: 2026-11-19\nreferrals: [{}]"
    names = [f'"[[Person {number}]]"' for number in range(1, 9)]
    after = agenda_of(talked.format(names[0], ", ".join(names[1:])), "2026-11-23")
    news = news_between(agenda_of({}, "2026-11-23"), after, then=AT, now=AT)
    assert said(turn("i.md", news=news, added=1)) == ["1 new note: i: 1 interview held, 7 referrals"]
    assert said(turn(news=news)) == ["1 interview held, 7 referrals"]


def test_new_findings_are_told_with_what_to_do() -> None:
    assert said(turn("0.md", findings=bom(1), modified=1)) == [
        "1 note changed: 0",
        "0.md:1: info bom the note begins with a byte order mark",
        "  nothing to do; it is kept",
    ]


def test_many_new_findings_are_counted() -> None:
    many = [*bom(4), finding("bom", "4.md", 1), finding("dup-key", "5.md", 2, name="a", first=2, second=3)]
    assert said(turn(findings=many)) == ["new findings: 1 error, 5 info: infoview check"]


def test_the_time_stands_once_and_the_rest_below_it() -> None:
    assert [str(one) for one in stamped([line("a"), line("b")], AT)] == ["14:02  a", "       b"]
    assert stamped([], AT) == ()
    assert str(day_line(AT)) == "Monday 23 November 2026"


BEGINNINGS = [
    ({}, "process 7 watches 3 notes in /notes by events; nothing is due"),
    ({"read_only": True, "notes": 1}, "process 7 follows, read-only, 1 note in /notes by events; nothing is due"),
    ({"found": bom(1)}, "process 7 watches 3 notes in /notes by events; nothing is due; findings: 1 info"),
    ({"due": ADA}, "process 7 watches 3 notes in /notes by events; due: 1 today"),
]


@pytest.mark.parametrize(("given", "expected"), BEGINNINGS)
def test_the_first_line_says_who_watches_what_and_what_is_due(given: dict[str, object], expected: str) -> None:
    values = {"notes": 3, "read_only": False, "found": [], "due": {}, **given}
    due, found = values.pop("due"), values.pop("found")
    actions = agenda_of(due, "2026-11-23").actions  # type: ignore[arg-type]
    told = first_line(turn(findings=found), "/notes", pid=7, actions=actions, **values)  # type: ignore[arg-type]
    assert str(told) == expected


def test_what_is_due_is_counted_for_a_notification_too() -> None:
    sent = '=== Ada.md\ntype: contact\n=== i.md\ntype: interview\ncontact: "[[Ada]]"\ndate: {}'
    late = agenda_of(sent.format("2026-11-19"), "2026-11-23").actions
    today = agenda_of(sent.format("2026-11-22"), "2026-11-23").actions
    assert due_words([*late, *today], AT.date()) == "due: 1 overdue, 1 today"
    assert due_words([*late], AT.date()) == "due: 1 overdue"
    assert due_words([*today], dt.date(2026, 11, 22)) == ""


def test_a_notification_has_room_for_some_news() -> None:
    news = newcomers("Ada", "Grace", "Mary")
    told = "{} is new among your contacts: draft a request"
    assert news_words(news, most=3) == [told.format(name) for name in ("Ada", "Grace", "Mary")]
    assert news_words(news, most=2) == [told.format("Ada"), told.format("Grace"), "and 1 more"]


def test_a_watcher_is_told() -> None:
    begun = "process 7 watches /notes since 2026-11-23 14:02, by polling"
    assert str(watcher_line("/notes", 7, AT, "polling", None)) == f"{begun}; no note has changed since"
    later = AT.replace(year=2027)
    assert str(watcher_line("/notes", 7, AT, "polling", later)) == f"{begun}; the last change was at 2027-11-23 14:02"
    assert str(watcher_line("/notes", None, None, None, None)) == "a process that has just begun watches /notes"


def test_a_turn_as_json_is_one_line_with_all_of_it() -> None:
    shape = refresh_shape(
        turn("People/Ada.md", news=newcomers("Ada"), findings=bom(1), notices=["it was lost"], added=1)
    )
    assert "\n" not in to_json(shape, one_line=True)
    assert [*shape] == ["at", "mode", "paths", "changes", "news", "findings", "notices"]
    assert isinstance(shape["news"], list)
    (news,) = shape["news"]
    assert isinstance(news, dict)
    action = news.pop("action")
    assert isinstance(action, dict)
    assert (action["action"], action["due"]) == ("draft a request", "2026-11-23")
    assert news == {
        "kind": "contact",
        "contact": "Ada",
        "contact_path": "People/Ada.md",
        "words": "Ada is new among your contacts: draft a request",
        "note": "People/Ada.md",
    }


def test_a_watcher_as_json() -> None:
    told = watcher_shape("/notes", {"pid": 7, "since": AT, "mode": "events", "last_change": None})
    assert (told["watching"], told["since"], told["last_change"]) == (True, "2026-11-23T14:02:00", None)
    assert [*watcher_shape("/notes", None).values()] == ["/notes", False, None, None, None, None]
