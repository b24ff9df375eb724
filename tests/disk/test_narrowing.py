"""A look at a few places, told of by events, must find what a look at everything finds."""

import os
import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from infoview_md.disk.narrowing import merged, places
from infoview_md.disk.upkeep import Upkeep
from infoview_md.disk.walking import Walked, walk

if TYPE_CHECKING:
    from collections.abc import Callable

HISTORIES = int(os.environ.get("INFOVIEW_HISTORIES", "20"))
FOLDERS = ("", "A", "A/b", "A/b/c", "a", "People", "People/Ü", ".hidden", "Templates", "X.md")
NAMES = ("Ada.md", "ada.md", "Bob.md", "notes.txt", ".tmp.md", "Ü.md")


def as_it_is(walked: Walked) -> tuple[object, ...]:
    """All of it, with the notes of each folder in one order."""
    folders = {folder: sorted(states.rows()) for folder, states in walked.folders.items()}
    return folders, walked.other_files, walked.unreadable_folders, walked.findings


class Hand:
    """Changes a vault at random, and tells which paths that touched."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self.root = root
        self.chance = chance
        self.touched: set[str] = set()

    def act(self) -> None:
        ways: tuple[Callable[[], None], ...] = (
            self.write, self.write, self.write, self.delete, self.move, self.move_folder, self.delete_folder, self.link
        )  # fmt: skip
        self.chance.choice(ways)()

    def touch(self, *paths: Path) -> None:
        self.touched |= {path.relative_to(self.root).as_posix() for path in paths} - {"."}

    def pick(self, *, folder: bool) -> Path | None:
        found = [one for one in sorted(self.root.rglob("*")) if one.is_dir() == folder and not one.is_symlink()]
        return self.chance.choice(found) if found else None

    def folder(self) -> Path | None:
        """A folder to put something into, made if need be."""
        place = self.root / self.chance.choice(FOLDERS)
        missing = [one for one in (place, *place.parents) if not one.exists() and not one.is_symlink()]
        if any(one.is_symlink() or one.is_file() for one in (place, *place.parents)):
            return None
        place.mkdir(parents=True, exist_ok=True)
        self.touch(*missing)
        return place

    def free(self) -> Path | None:
        folder = self.folder()
        place = folder / self.chance.choice(NAMES) if folder else None
        return None if place is None or place.is_dir() else place

    def write(self) -> None:
        if place := self.free():
            place.write_text(str(self.chance.random()), encoding="utf-8")
            self.touch(place)

    def delete(self) -> None:
        if place := self.pick(folder=False):
            place.unlink()
            self.touch(place)

    def move(self) -> None:
        source, target = self.pick(folder=False), self.free()
        if source and target:
            source.replace(target)
            self.touch(source, target)

    def move_folder(self) -> None:
        source = self.pick(folder=True)
        parent = self.folder()
        target = parent / self.chance.choice(["moved", "A", "B.md"]) if parent else None
        if source and source.exists() and target and not target.exists() and not target.is_symlink():
            if target.is_relative_to(source):
                return
            source.rename(target)
            self.touch(source, target)

    def delete_folder(self) -> None:
        if place := self.pick(folder=True):
            self.touch(place)
            shutil.rmtree(place)

    def link(self) -> None:
        """Put a link in a folder's place, or one that leads nowhere."""
        place = self.pick(folder=True)
        if place and self.chance.random() < 0.3:
            target = self.root.parent / "outside"
            target.mkdir(exist_ok=True)
            (target / "Eve.md").write_text("x", encoding="utf-8")
            shutil.rmtree(place)
            place.symlink_to(target)
            self.touch(place)
        elif (name := self.free()) and not name.exists() and not name.is_symlink():
            name.symlink_to("nowhere")
            self.touch(name)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no plain links")
@pytest.mark.parametrize("seed", range(HISTORIES))
def test_a_look_where_something_changed_finds_what_a_look_at_everything_does(vault: Path, seed: int) -> None:
    hand = Hand(vault, random.Random(seed))
    known = walk(vault, skipped_folders=("Templates",))
    narrow = 0
    for _ in range(40):
        hand.touched.clear()
        for _ in range(hand.chance.randrange(1, 4)):
            hand.act()
        within = places(known, hand.touched)
        if within is None:
            continue
        narrow += 1
        known = merged(known, within, walk(vault, skipped_folders=("Templates",), within=within))
        assert as_it_is(known) == as_it_is(walk(vault, skipped_folders=("Templates",))), hand.touched
    assert narrow


@pytest.mark.skipif(os.name == "nt", reason="Windows has no plain links")
@pytest.mark.parametrize("seed", range(3))
def test_an_index_that_is_told_where_to_look_equals_one_built_afresh(vault: Path, seed: int) -> None:
    hand = Hand(vault, random.Random(1000 + seed))
    upkeep = Upkeep(vault, cache=None)
    upkeep.bring_up_to_date()
    for _ in range(30):
        hand.touched.clear()
        hand.act()
        told = upkeep.bring_up_to_date(paths=frozenset(hand.touched))
        afresh = Upkeep(vault, cache=None).bring_up_to_date()
        assert told.index.readings == afresh.index.readings
        assert told.findings == afresh.findings


def test_the_settings_count_at_once_wherever_one_is_told_to_look(vault: Path) -> None:
    (vault / "Mine").mkdir()
    (vault / "Mine/Ada.md").write_text("---\ntype: sparring partner\n---\n", encoding="utf-8")
    upkeep = Upkeep(vault, cache=None)
    assert not upkeep.bring_up_to_date().index.network.contacts
    (vault / "Me.md").write_text("---\ntype: me\ncontact_types: sparring partner\n---\n", encoding="utf-8")
    assert len(upkeep.bring_up_to_date(paths={"Me.md"}).index.network.contacts) == 1
    (vault / "Me.md").write_text("---\ntype: me\ntemplates: Mine\n---\n", encoding="utf-8")
    assert upkeep.bring_up_to_date(paths={"Me.md"}).paths == ("Me.md", "Mine/Ada.md")


def test_many_paths_and_folders_that_cannot_be_read_ask_for_a_look_at_everything(vault: Path) -> None:
    known = walk(vault)
    assert places(known, {"Ada.md"}) == {"": frozenset({"ada.md"})}
    assert places(known, {f"{number}.md" for number in range(1_000)}) is None
    assert places(known, {"", "Ada.md"}) is None
