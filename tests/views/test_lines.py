import pytest

from infoview_md.views.lines import Line, Segment, columns, counted, cut, line, one_line, shown_name, wrapped


def test_a_line_is_its_pieces_without_the_empty_ones() -> None:
    made = line("", ("Ada", "strong"), " [met]")
    assert made == Line((Segment("Ada", "strong"), Segment(" [met]")))
    assert str(made) == "Ada [met]"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Ada\nLovelace", "Ada\\nLovelace"), ("a\tb", "a\\tb"), ("\x1b[2J", "\\x1b[2J"), ("\u202eadA", "\\u202eadA")],
)
def test_a_name_stays_on_its_line(text: str, shown: str) -> None:
    assert one_line(text) == shown


@pytest.mark.parametrize("name", ["", " ", "\n"])
def test_a_name_of_blanks_gets_words(name: str) -> None:
    assert shown_name(name.replace("\n", "")) == "(no name)"


@pytest.mark.parametrize(
    ("text", "width"), [("Ada", 3), ("Zoë", 3), ("Zoe\u0308", 3), ("艾達", 4), ("👩", 2), ("한글", 4), ("", 0)]
)
def test_wide_letters_take_two_columns_and_accents_none(text: str, width: int) -> None:
    assert columns(text) == width


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("Ada Lovelace", 12, "Ada Lovelace"),
        ("Ada Lovelace", 8, "Ada Lov…"),
        ("Ada Lovelace", 5, "Ada…"),
        ("艾達勒芙", 5, "艾達…"),
        ("Ada", 1, "A…"),
    ],
)
def test_a_text_that_is_too_long_is_cut(text: str, width: int, short: str) -> None:
    assert cut(text, width) == short


def test_the_sign_for_what_is_left_out_can_be_dots() -> None:
    assert cut("Ada Lovelace", 8, "...") == "Ada L..."


def test_pieces_are_wrapped_between_them() -> None:
    assert wrapped(["1 met", "2 waiting", "3 silent"], ", ", 18) == ["1 met, 2 waiting,", "3 silent"]
    assert wrapped(["1 met", "2 waiting"], ", ", None) == ["1 met, 2 waiting"]
    assert wrapped([], ", ", 16) == []


def test_one_is_singular() -> None:
    assert [counted(number, "reply", "replies") for number in (0, 1, 1200)] == ["0 replies", "1 reply", "1,200 replies"]
    assert counted(2, "contact") == "2 contacts"
