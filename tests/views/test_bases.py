"""The bases: what they ask for exists, they are YAML as Obsidian writes it, and no name gets out of its quotes."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from infoview_md.notes.properties import PROPERTIES, TYPES
from infoview_md.notes.records import Settings
from infoview_md.views.bases import contacts_base, interviews_base
from tests.views.conftest import HOSTILE_NAMES

INTEROP = Path(__file__).parents[1] / "interop"
VERSION = "2.7.0"

PROPERTY = re.compile(r"\bnote\.(\w+)")
TYPE = re.compile(r'note\.type == "([\w-]+)"')
FILE_FIELDS = {"file.name", "file.basename", "file.ext", "file.path", "file.asLink", "file.inFolder", "file.hasTag"}

ODD = (
    "Interviews/a: b #c.md",
    "Ada's/x.md",
    'it\'s "so".md',
    "back\\slash.md",
    "- dash.md",
    "Ünïcode/艾達.md",
    "a\nb.md",
)
OWN = Settings(contact_types=("lead", "O'Hara: x"), contact_tags=("#people/work",), contact_folders=("/CRM/",))

BASES = {
    "contacts": contacts_base(Settings()),
    "contacts with settings": contacts_base(OWN, ("Templates/Infoview", "My: Templates", "It's")),
    "interviews": interviews_base(),
    "interviews with names": interviews_base(ODD, ("Templates",)),
    "hostile": interviews_base(HOSTILE_NAMES[:-1], HOSTILE_NAMES[:-1]),
}


def read(text: str) -> Mapping[str, Any]:
    base: Mapping[str, Any] = yaml.safe_load(text)
    return base


def texts(tree: object) -> Iterator[str]:
    match tree:
        case str():
            yield tree
        case list():
            for one in tree:
                yield from texts(one)
        case Mapping():
            for key, one in tree.items():
                yield key
                yield from texts(one)


@pytest.mark.parametrize("name", BASES)
def test_every_property_is_one_of_ours(name: str) -> None:
    named = {one for text in texts(read(BASES[name])) for one in PROPERTY.findall(text)}
    assert named <= {*PROPERTIES, "type"}


@pytest.mark.parametrize("name", ["contacts", "interviews"])
def test_a_view_shows_only_what_its_notes_have(name: str) -> None:
    for view in read(BASES[name])["views"]:
        types = {one for text in texts(view["filters"]) for one in TYPE.findall(text)}
        have = {one for type_name in types for one in TYPES[type_name].properties} | {"type"}
        assert types
        assert {one for text in texts(view) for one in PROPERTY.findall(text)} <= have, view["name"]


@pytest.mark.parametrize("name", ["contacts", "interviews"])
def test_nothing_is_asked_of_a_file_but_what_the_manual_names(name: str) -> None:
    assert set(re.findall(r"\bfile\.\w+", BASES[name])) <= FILE_FIELDS


@pytest.mark.parametrize("name", BASES)
def test_columns_have_their_labels_and_formulas_exist(name: str) -> None:
    base = read(BASES[name])
    columns = {column for view in base["views"] for column in view["order"]}
    assert set(base["properties"]) <= columns
    assert {one.removeprefix("formula.") for one in columns if one.startswith("formula.")} <= set(
        base.get("formulas", ())
    )


@pytest.mark.parametrize("name", ["contacts", "interviews"])
def test_dates_are_compared_and_never_subtracted(name: str) -> None:
    tests = [text for view in read(BASES[name])["views"] for text in texts(view["filters"])]
    assert any(" <= " in one for one in tests)
    assert not [one for one in tests if " - " in one]


def test_view_names_can_stand_in_a_link() -> None:
    for base in ("contacts", "interviews"):
        names = [view["name"] for view in read(BASES[base])["views"]]
        assert len(set(names)) == len(names)
        assert not re.search(r'[\[\]#|^"\\]', "".join(names))


@pytest.mark.parametrize("name", BASES)
def test_a_base_carries_the_mark_by_which_it_is_known(name: str) -> None:
    assert BASES[name].startswith("generated_by: infoview\n")


def test_templates_are_left_out() -> None:
    tests = read(contacts_base(Settings(), ("Templates/Infoview", "/Vorlagen/")))["filters"]["and"]
    assert tests[1:] == ['!file.inFolder("Templates/Infoview")', '!file.inFolder("Vorlagen")']


def test_the_users_own_words_for_a_contact_count() -> None:
    [contacts, *_] = read(contacts_base(OWN))["views"]
    [words] = contacts["filters"]["and"]
    assert words["or"] == [
        'note.type == "contact"',
        'note.type == "lead"',
        'note.type == "O\'Hara: x"',
        'file.hasTag("people/work")',
        'file.inFolder("CRM")',
    ]


def test_an_interview_nobody_was_thanked_for_is_pending_beside_the_drafts() -> None:
    views = {view["name"]: view for view in read(interviews_base(["Interviews/Ada.md"]))["views"]}
    [pending] = views["Pending thank-yous"]["filters"]["and"]
    assert pending["or"][-1] == 'file.path == "Interviews/Ada.md"'
    assert 'note.type == "thank-you"' in pending["or"][0]["and"]


def test_a_name_with_quotes_is_left_out_rather_than_become_part_of_a_filter() -> None:
    paths = [text for text in texts(read(interviews_base(ODD))) if text.startswith("file.path")]
    assert paths == [
        'file.path == "Interviews/a: b #c.md"',
        'file.path == "Ada\'s/x.md"',
        'file.path == "- dash.md"',
        'file.path == "Ünïcode/艾達.md"',
    ]


@pytest.fixture(scope="module")
def re_emitted() -> Mapping[str, str]:
    """Each base as the npm package yaml writes it again."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    blocks = json.dumps([{"block": text} for text in BASES.values()])
    done = subprocess.run([node, str(INTEROP / "emit.mjs")], input=blocks, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"install the package with `npm install --prefix tests/interop yaml@{VERSION}`")
    answer = json.loads(done.stdout)
    if answer["version"] != VERSION:
        pytest.skip(f"the npm package yaml is {answer['version']}, Obsidian has {VERSION}")
    return {name: one.get("again", one.get("error")) for name, one in zip(BASES, answer["answers"], strict=True)}


@pytest.mark.parametrize("name", BASES)
def test_obsidian_writes_a_base_again_unchanged(re_emitted: Mapping[str, str], name: str) -> None:
    assert re_emitted[name] == BASES[name]
