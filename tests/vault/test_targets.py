import pytest

from infoview_md.errors import AmbiguousError, UnknownError
from infoview_md.network.index import Changes, Index
from infoview_md.notes.reading import Unreadable
from infoview_md.vault.people import contact_named
from infoview_md.vault.targets import target_named
from tests.agenda.vaults import index_of

INDEX = index_of(
    {
        "People/Ada Mill.md": "type: contact\nemail: ada@example.org\naliases: Countess\norganization: Weir Works",
        "People/Bob.md": 'type: contact\norganization: "[[The Mill]]"',
        "Places/The Mill.md": "type: organization\naliases: TM",
        "People/Lock.md": "type: contact\norganization: Lock",
    }
)


@pytest.mark.parametrize(
    ("words", "ident"),
    [
        ("Ada Mill", "People/Ada Mill.md"),
        ("countess", "People/Ada Mill.md"),
        ("ADA@example.org", "People/Ada Mill.md"),
        ("[[Ada Mill]]", "People/Ada Mill.md"),
        ("ada", "People/Ada Mill.md"),
        ("the mill", "Places/The Mill.md"),
        ("[[The Mill|they]]", "Places/The Mill.md"),
        ("Places/The Mill.md", "Places/The Mill.md"),
        ("Places/The Mill", "Places/The Mill.md"),
        ("tm", "Places/The Mill.md"),
        ("weir", "organization:Weir Works"),
        ("People/Lock", "People/Lock.md"),
        ("organization:Lock", "organization:Lock"),
    ],
)
def test_people_and_organizations_are_found_by_what_names_them(words: str, ident: str) -> None:
    assert target_named(words, INDEX).id == ident


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ("mill", "Ada Mill (People/Ada Mill.md)\n  The Mill (Places/The Mill.md)"),
        ("Lock", "Lock (People/Lock.md)\n  Lock (organization:Lock)"),
    ],
)
def test_what_fits_several_lists_how_to_name_each(words: str, listed: str) -> None:
    with pytest.raises(AmbiguousError) as caught:
        target_named(words, INDEX)
    assert caught.value.hint == f"name one of them:\n  {listed}"


def test_of_very_many_the_first_are_listed() -> None:
    index = index_of({f"P{number:02}.md": "type: contact" for number in range(30)})
    with pytest.raises(AmbiguousError, match="P09") as caught:
        target_named("P", index)
    assert caught.value.hint.splitlines()[-1] == "  and 20 more"


def test_an_unknown_name_shows_the_nearest_people_and_organizations() -> None:
    with pytest.raises(UnknownError, match="did you mean The Mill") as caught:
        target_named("Teh Mill", INDEX)
    assert caught.value.hint.endswith('infoview new contact "Teh Mill"')


@pytest.mark.parametrize("words", ["", " ", "[[]]"])
def test_no_name_is_no_target(words: str) -> None:
    with pytest.raises(UnknownError):
        target_named(words, INDEX)


def test_an_error_stays_on_its_lines_whatever_the_names_are() -> None:
    index = index_of({"A1.md": 'type: contact\nname: "Ada\\nLovelace"', "A2.md": "type: contact\nname: Ada L"})
    with pytest.raises(AmbiguousError) as caught:
        target_named("ada", index)
    assert len(caught.value.hint.splitlines()) == 3


def test_a_note_that_the_disk_refuses_is_not_nobody_either() -> None:
    index = Index().apply(Changes(read={"People/Ada.md": Unreadable("People/Ada.md", ())}))
    for look_up in (contact_named, target_named):
        with pytest.raises(UnknownError, match=r"^the note People/Ada\.md cannot be read\nsee why: infoview check$"):
            look_up("Ada", index)
