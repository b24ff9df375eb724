"""Whose note it is, by its path, its type and its tags."""

import pytest

from infoview_md.notes.frontmatter import read_block
from infoview_md.notes.properties import Recognition
from infoview_md.notes.recognizing import in_person_folder, looks_like_ours, types_of

OWN = Recognition(
    types=("mentor", "[[Job Leads]]"), tags=("#network", "uni/alumni"), folders=("CRM/", "/Work/Humans", "  ", "")
)


def types(block: str, path: str = "Notes/Ada.md", recognition: Recognition | None = None) -> list[str]:
    return list(types_of(path, read_block(block), recognition or Recognition()))


@pytest.mark.parametrize(
    ("block", "first"),
    [
        ("type: contact\n", "contact"),
        ("Type: Contact\n", "contact"),
        ('type: "[[Contact]]"\n', "contact"),
        ("type: [note, request]\n", "request"),
        ("type: book, contact\n", "contact"),
        ("note-type: Thank You\n", "thank-you"),
        ("record_type: follow_up\n", "follow-up"),
        ("category: interview\n", "interview"),
        ("type: Company\n", "organization"),
        # Known only
        ("type: person\n", "person"),
        ("type: People\n", "person"),
        ("type: Contacts\n", "person"),
        ('categories: ["[[People]]"]\n', "person"),
        ('categories:\n  - "[[Categories/People|Folks]]"\n', "person"),
        ("category: friends people\n", "person"),
        ("tags: [x, people/mentors]\n", "person"),
        ('tags: "#Person"\n', "person"),
        ("tag: contact\n", "person"),
        ("tags: contacts friends\n", "person"),
        ("type: people/mentors\n", "person"),
    ],
)
def test_a_note_says_what_it_is(block: str, first: str) -> None:
    assert types(block)[0] == first


@pytest.mark.parametrize(
    "block",
    [
        "",
        "name: Ada\n",
        "type: book\n",
        "type: job interview\n",
        "type: me\n",
        "tags: [request, interview]\n",
        "tags: [peoples, personal, contact-lens]\n",
        "type: {a: contact}\n",
        "subtype: contact\n",
        'type: "[[Book|contact]]"\n',
    ],
)
def test_other_notes_are_not_ours(block: str) -> None:
    assert types(block) == []


def test_a_word_of_ours_comes_first_and_a_sign_of_a_person_after() -> None:
    assert types("type: update\ntags: person\n", recognition=OWN) == ["update", "person"]
    assert types("type: update\ntags: network\n", recognition=OWN) == ["update", "contact"]


@pytest.mark.parametrize("path", ["People/Ada.md", "Life/contacts/Ada.md", "PEOPLE/Old/Ada.md"])
def test_a_folder_for_people_makes_a_known_person(path: str) -> None:
    assert types("", path) == ["person"]
    assert in_person_folder(path, Recognition())


@pytest.mark.parametrize("path", ["People.md", "Peoples/Ada.md", "Notes/People.md", "CRM/Ada.md"])
def test_other_folders_do_not(path: str) -> None:
    assert types("", path) == []


@pytest.mark.parametrize(
    ("block", "path"),
    [
        ("type: Mentor\n", "x.md"),
        ('type: "[[mentor]]"\n', "x.md"),
        ("categories: [book, mentor]\n", "x.md"),
        ("type: job leads\n", "x.md"),
        ("tags: network\n", "x.md"),
        ("tags: [network/uk]\n", "x.md"),
        ('tags: ["#UNI/alumni"]\n', "x.md"),
        ("", "crm/Ada.md"),
        ("", "CRM/2026/Ada.md"),
        ("", "Work/Humans/Ada.md"),
    ],
)
def test_the_settings_make_contacts(block: str, path: str) -> None:
    assert types(block, path) == []
    assert types(block, path, OWN)[0] == "contact"


@pytest.mark.parametrize(
    ("block", "path"),
    [
        ("tags: mentor\n", "x.md"),
        ("tags: uni\n", "x.md"),
        ("tags: networks\n", "x.md"),
        ("type: network\n", "x.md"),
        ("", "CRM.md"),
        ("", "CRMs/Ada.md"),
        ("", "Work/Ada.md"),
        ("", "x.md"),
    ],
)
def test_the_settings_make_no_others(block: str, path: str) -> None:
    assert types(block, path, OWN) == []


def test_only_me_is_me() -> None:
    assert types("type: contact\n", "Me.md") == ["me"]
    assert types("type: me\n", "Notes/Me.md") == []


@pytest.mark.parametrize(
    "text",
    [
        "---\ntype: contact\nx: y: z\n",
        "---\r\ntype: contact\r\n",
        "---\rtype: contact\r---\r",
        '{\n  "type": "contact"\n}\n',
        "---\nTags:\n  - people/mentors\n",
        "---\ntags: #person\n",
        '---\n"Type" : [x, person]\n',
        "---\nnote-type: Organisation\n",
        "---\ntype: request\ncontact: [[Ada]]\n",
        "---\ntype: interview\npeople: x: y\n",
    ],
)
def test_an_unreadable_note_may_still_show_that_it_is_ours(text: str) -> None:
    assert looks_like_ours(text, Recognition())


@pytest.mark.parametrize(
    "text",
    [
        "---\ntype: request\nx: y: z\n",
        "---\ntags: [update]\n",
        "---\ntype: book\nauthor: a: person\n",
        "---\nx: type: contact\n",
        "My type: contact lenses\n",
        "x\n" * 20_000 + "type: contact\n",
        "",
    ],
)
def test_other_unreadable_notes_are_somebody_elses(text: str) -> None:
    assert not looks_like_ours(text, Recognition())


def test_the_settings_count_for_unreadable_notes_too() -> None:
    assert looks_like_ours("---\ntype: mentor\nx: y: z\n", OWN)
    assert looks_like_ours("---\ntags: [network/uk]\nx: y: z\n", OWN)
    assert not looks_like_ours("---\ntype: mentor\nx: y: z\n", Recognition())
