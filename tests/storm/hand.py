"""One of the processes that change a vault, as people and their programs do: run as `hand.py VAULT SEED SECONDS`.

Several work on the same vault and do not know of each other, so anything may be gone before it is touched.
"""

import contextlib
import os
import random
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PEOPLE = ("Ada Lovelace", "Grace Hopper", "Mary Somerville", "Émilie du Châtelet", "Zoë Ångström")
FOLDERS = ("People", "Outreach", "Interviews", "Daily", "Projects/Weir/2026", "People/Friends")


class Hand:
    """Does one thing after another at random."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.chance = random.Random(seed)
        self.outside = root.parent / f"outside {seed}"
        self.outside.mkdir(exist_ok=True)
        self.ways: tuple[Callable[[], None], ...] = (
            self.save_in_place, self.save_in_place, self.save_by_rename, self.save_with_backup, self.save_slowly,
            self.save_from_outside, self.sync, self.delete, self.rename, self.change_case, self.move_folder,
            self.move_out_and_back, self.delete_folder, self.check_out,
        )  # fmt: skip

    def work(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with contextlib.suppress(OSError, shutil.Error):
                self.chance.choice(self.ways)()
            if self.chance.random() < 0.3:
                time.sleep(self.chance.random() / 10)  # people think

    # Notes

    def text(self) -> str:
        who, other = self.chance.sample(PEOPLE, 2)
        day = f"2026-{self.chance.randrange(1, 13):02}-{self.chance.randrange(1, 29):02}"
        return self.chance.choice([
            f'---\ntype: contact\nreferred_by: "[[{other}]]"\nfield: hydrology\n---\n\nMet at the weir.\n',
            f'---\ntype: request\ncontact: "[[{who}]]"\nsent: {day}\nreply:\n---\nDear {who},\n',
            f'---\ntype: interview\ncontact: "[[{who}]]"\ndate: {day}T10:00:00\nreferrals: ["[[{other}]]"]\n---\n',
            f"---\ntype: contact\nlast_contact: {day.replace('-', '-3')}\n---\n",
            f"# {day}\n\nCalled [[{who}]].\n",
            "---\ntype: contact\nname: [not closed\n---\n",
            "",
        ])  # fmt: skip

    def place(self) -> Path:
        """A place for a note, new or not."""
        folder = self.root / self.chance.choice(FOLDERS)
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{self.chance.choice([*PEOPLE, str(self.chance.randrange(20))])}.md"

    def note(self) -> Path:
        """A note that is there."""
        notes = [*self.root.rglob("*.md")]
        return self.chance.choice([one for one in notes if "Infoview" not in one.parts] or [self.place()])

    def save_in_place(self) -> None:
        self.place().write_text(self.text(), encoding="utf-8")

    def save_by_rename(self) -> None:
        place = self.place()
        new = place.with_name(f".{place.name}.{self.chance.randrange(1000)}.tmp")
        new.write_text(self.text(), encoding="utf-8")
        new.replace(place)

    def save_with_backup(self) -> None:
        place = self.note()
        text = self.text()
        backup = place.with_name(f"{place.name}~")
        place.rename(backup)
        place.write_text(text, encoding="utf-8")
        backup.unlink()

    def save_slowly(self) -> None:
        with self.note().open("w", encoding="utf-8") as file:
            time.sleep(self.chance.random() / 5)
            file.write(self.text())

    def save_from_outside(self) -> None:
        new = self.outside / "new"
        new.write_text(self.text(), encoding="utf-8")
        new.replace(self.place())

    def sync(self) -> None:
        """As Syncthing: a temporary file that gets its time, then its name; now and then a conflict."""
        place = self.place()
        new = place.with_name(f".syncthing.{place.name}.tmp")
        new.write_text(self.text(), encoding="utf-8")
        os.utime(new, (1_700_000_000, 1_700_000_000 + self.chance.randrange(1000)))
        if place.exists() and self.chance.random() < 0.3:
            place.rename(place.with_name(f"{place.stem}.sync-conflict-20261123-101010-ABCDEFG.md"))
        new.replace(place)

    def delete(self) -> None:
        self.note().unlink()

    def rename(self) -> None:
        self.note().rename(self.place())

    def change_case(self) -> None:
        place = self.note()
        place.rename(place.with_name(place.name.swapcase().replace(".MD", ".md")))

    # Folders

    def folder(self) -> Path:
        folders = [one for one in self.root.rglob("*") if one.is_dir() and "Infoview" not in one.parts]
        return self.chance.choice(folders or [self.place().parent])

    def move_folder(self) -> None:
        source = self.folder()
        source.rename(self.folder() / f"{source.name} {self.chance.randrange(5)}")

    def move_out_and_back(self) -> None:
        source = self.folder()
        away = self.outside / f"away {self.chance.randrange(3)}"
        source.rename(away)
        for note in away.rglob("*.md"):
            note.write_text(self.text(), encoding="utf-8")
        if self.chance.random() < 0.7:
            away.rename(source)
        else:
            shutil.rmtree(away)

    def delete_folder(self) -> None:
        shutil.rmtree(self.folder())

    def check_out(self) -> None:
        """As git: a hundred files and folders come and go at once."""
        branch = self.root / f"Branch {self.chance.randrange(2)}"
        if branch.exists() and self.chance.random() < 0.5:
            shutil.rmtree(branch)
        for number in range(100):
            place = branch / f"{number % 7}/{number % 3}/{number}.md"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(self.text(), encoding="utf-8")


if __name__ == "__main__":
    Hand(Path(sys.argv[1]), int(sys.argv[2])).work(float(sys.argv[3]))
