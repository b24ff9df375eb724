from infoview_md.notes.findings import finding
from infoview_md.views.changes import refresh_lines


def told(*paths: str, in_all: int | None = None) -> list[str]:
    found = [finding("bom", "a.md", 1)] if "a.md" in paths else []
    return [str(one) for one in refresh_lines(paths, found, in_all=in_all)]


def test_the_first_turn_counts_all_notes_changed_or_not() -> None:
    assert told(in_all=1) == ["1 note"]
    assert told("a.md", "b.md", in_all=2)[0] == "2 notes"


def test_a_turn_names_what_changed_and_what_is_new_in_it() -> None:
    assert told("a.md") == [
        "a.md",
        "a.md:1: info bom the note begins with a byte order mark",
        "  nothing to do; it is kept",
    ]


def test_many_changes_are_counted() -> None:
    assert told(*(f"{number}.md" for number in range(9))) == ["0.md, 1.md, 2.md, 3.md, 4.md and 4 more"]


def test_a_name_with_a_line_break_stays_on_one_line() -> None:
    assert told("a\nb.md") == ["a\\nb.md"]


def test_a_turn_in_which_nothing_changed_says_nothing() -> None:
    assert told() == []
