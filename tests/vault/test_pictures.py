"""The pictures of a vault: the same notes always give the same bytes."""

import datetime as dt
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from infoview_md import Vault

EXAMPLE = Path(__file__).parents[2] / "examples" / "vault"
FORMATS = ("tree", "html", "svg", "mermaid", "canvas", "dot", "graphml", "json")
TODAY = dt.date(2026, 11, 23)
HASHES = f"""
import datetime as dt, hashlib, sys
from infoview_md import Vault
vault = Vault(sys.argv[1], today=dt.date({TODAY.year}, {TODAY.month}, {TODAY.day}))
for form in {FORMATS!r}:
    print(form, hashlib.sha256(vault.graph(form).encode()).hexdigest())
"""


def digests(vault: Path) -> dict[str, str]:
    """What each format says, hashed."""
    opened = Vault(vault, today=TODAY)
    return {form: hashlib.sha256(opened.graph(form).encode()).hexdigest() for form in FORMATS}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLE, tmp_path / "vault")
    return tmp_path / "vault"


def test_whatever_the_order_of_sets_each_format_says_the_same(vault: Path) -> None:
    said = set()
    for seed in ("1", "2"):
        settings = {**os.environ, "PYTHONHASHSEED": seed}
        ran = subprocess.run(
            [sys.executable, "-c", HASHES, str(vault)], capture_output=True, env=settings, encoding="utf-8", check=True
        )
        said.add(ran.stdout)
    assert len(said) == 1
    assert dict(line.split() for line in said.pop().splitlines()) == digests(vault)


def test_notes_that_came_in_another_order_give_the_same(vault: Path) -> None:
    before = digests(vault)
    people = sorted((vault / "People").iterdir())
    opened = Vault(vault, today=TODAY)
    for note in people:
        note.rename(note.with_suffix(".away"))
    opened.index()
    for note in reversed(people):
        note.with_suffix(".away").rename(note)
        opened.index()
    assert {form: hashlib.sha256(opened.graph(form).encode()).hexdigest() for form in FORMATS} == before


def test_a_page_tells_of_how_many_people_it_is_done(vault: Path) -> None:
    told: list[tuple[int, int]] = []
    opened = Vault(vault, today=TODAY)
    page = opened.graph("html", progress=lambda done, in_all: told.append((done, in_all)))
    people = page.count("<tr data-person=")
    assert (told[0], told[-1]) == ((0, people), (people, people))
    assert told == sorted(told)
    assert page == opened.graph("html")
