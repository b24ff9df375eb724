import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from infoview_md.disk import clock
from infoview_md.disk.upkeep import ChangeCounts, Upkeep, Upkept
from infoview_md.errors import FileTroubleError
from infoview_md.notes.reading import NotOurs, Read, Unreadable
from infoview_md.notes.records import ContactNote

HOUR_NS = 3_600_000_000_000
HISTORIES = int(os.environ.get("INFOVIEW_HISTORIES", "20"))
"""How many random histories are lived through; thousands on occasion."""

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no plain links and no such permissions")


def contact(name: str, extra: str = "") -> str:
    return f"---\ntype: contact\nname: {name}\n{extra}---\n"


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def later() -> int:
    """An hour from now, when no file looks as if it had just been written."""
    return clock.stamp() + HOUR_NS


def upkeep(root: Path, now: Callable[[], int] = later) -> Upkeep:
    return Upkeep(root, cache=root.parent / "cache", now=now)


def fresh(root: Path) -> Upkept:
    return Upkeep(root, cache=None).bring_up_to_date()


def names(upkept: Upkept) -> dict[str, str]:
    readings = upkept.index.readings.values()
    return {
        one.path: one.record.name for one in readings if isinstance(one, Read) and isinstance(one.record, ContactNote)
    }


def rewrite(file: Path, text: str) -> None:
    """Write in place with the old time, until at least the time of the change is another."""
    before = file.stat()
    while file.stat().st_ctime_ns == before.st_ctime_ns:
        file.write_text(text, encoding="utf-8")
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


# --- What changed ----------------------------------------------------------------------------------------------------


def test_at_the_first_look_all_notes_are_new(vault: Path) -> None:
    write(vault, "People/Ada.md", contact("Ada"))
    write(vault, "Daily/x.md", "text")
    upkept = upkeep(vault).bring_up_to_date()
    assert upkept.changes == ChangeCounts(added=2)
    assert upkept.paths == ("Daily/x.md", "People/Ada.md")
    assert upkept.notice is None


def test_the_next_command_knows_what_the_last_one_read(vault: Path) -> None:
    write(vault, "People/Ada.md", contact("Ada"))
    write(vault, "Daily/x.md", "text")
    before = upkeep(vault).bring_up_to_date()
    after = upkeep(vault).bring_up_to_date()
    assert after.changes == ChangeCounts(unchanged=2)
    assert after.index.readings == before.index.readings == fresh(vault).index.readings
    assert after.index.network == before.index.network


def test_only_what_changed_is_read(vault: Path) -> None:
    for name in ("Ada", "Bob", "Cem"):
        write(vault, f"People/{name}.md", contact(name))
    upkeep(vault).bring_up_to_date()
    write(vault, "People/Bob.md", contact("Bobby"))
    (vault / "People/Cem.md").unlink()
    write(vault, "People/Dot.md", contact("Dot"))
    told: list[tuple[int, int]] = []
    upkept = upkeep(vault).bring_up_to_date(lambda done, of: told.append((done, of)))
    assert upkept.changes == ChangeCounts(added=1, modified=1, removed=1, unchanged=1)
    assert upkept.paths == ("People/Bob.md", "People/Cem.md", "People/Dot.md")
    assert told == [(2, 2)]
    assert names(upkept) == {"People/Ada.md": "Ada", "People/Bob.md": "Bobby", "People/Dot.md": "Dot"}


def test_the_second_look_of_one_upkeep_is_incremental_too(vault: Path) -> None:
    write(vault, "People/Ada.md", contact("Ada"))
    watching = upkeep(vault)
    first = watching.bring_up_to_date()
    assert watching.bring_up_to_date().index is first.index
    write(vault, "People/Ada.md", contact("Countess"))
    assert names(watching.bring_up_to_date()) == {"People/Ada.md": "Countess"}


def test_an_edit_of_the_same_size_in_the_same_tick_is_noticed(vault: Path) -> None:
    write(vault, "People/Ada.md", contact("Ada"))
    stamp = (vault / "People/Ada.md").stat().st_mtime_ns
    upkeep(vault, clock.stamp).bring_up_to_date()
    write(vault, "People/Ada.md", contact("Bob"))
    os.utime(vault / "People/Ada.md", ns=(stamp, stamp))
    upkept = upkeep(vault, clock.stamp).bring_up_to_date()
    assert names(upkept) == {"People/Ada.md": "Bob"}
    assert upkept.changes == ChangeCounts(modified=1)


@posix
def test_an_edit_of_the_same_size_whose_time_was_set_back_is_noticed(vault: Path) -> None:
    write(vault, "People/Ada.md", contact("Ada"))
    upkeep(vault).bring_up_to_date()
    rewrite(vault / "People/Ada.md", contact("Bob"))
    assert names(upkeep(vault).bring_up_to_date()) == {"People/Ada.md": "Bob"}


@pytest.mark.parametrize("time", [0, -1_000_000_001, 4_070_908_800_000_000_001])
def test_a_note_with_an_older_or_a_future_time_is_noticed(vault: Path, time: int) -> None:
    write(vault, "People/Ada.md", contact("Ada"))
    upkeep(vault).bring_up_to_date()
    write(vault, "People/Ada.md", contact("Bob"))
    os.utime(vault / "People/Ada.md", ns=(time, time))
    assert names(upkeep(vault).bring_up_to_date()) == {"People/Ada.md": "Bob"}
    assert names(upkeep(vault).bring_up_to_date()) == {"People/Ada.md": "Bob"}


def test_a_note_that_was_touched_but_says_the_same_is_modified_once(vault: Path) -> None:
    write(vault, "Daily/x.md", "text")
    upkeep(vault).bring_up_to_date()
    os.utime(vault / "Daily/x.md", ns=(5, 5))
    assert upkeep(vault).bring_up_to_date().changes == ChangeCounts(modified=1)
    assert upkeep(vault).bring_up_to_date().changes == ChangeCounts(unchanged=1)


def test_a_moved_folder_is_found_at_its_new_place(vault: Path) -> None:
    write(vault, "A/b/Ada.md", contact("Ada"))
    upkeep(vault).bring_up_to_date()
    (vault / "A").rename(vault / "C")
    upkept = upkeep(vault).bring_up_to_date()
    assert upkept.paths == ("A/b/Ada.md", "C/b/Ada.md")
    assert upkept.changes == ChangeCounts(added=1, removed=1)


def test_a_rename_of_case_alone_is_another_path(vault: Path) -> None:
    write(vault, "People/ada.md", contact("Ada"))
    upkeep(vault).bring_up_to_date()
    (vault / "People/ada.md").rename(vault / "People/Ada.md")
    assert list(upkeep(vault).bring_up_to_date().index.readings) == ["People/Ada.md"]


@posix
def test_a_note_replaced_by_a_link_is_read_through_it(vault: Path) -> None:
    write(vault, "People/Ada.md", contact("Ada"))
    write(vault.parent, "outside.md", contact("Bob"))
    upkeep(vault).bring_up_to_date()
    (vault / "People/Ada.md").unlink()
    (vault / "People/Ada.md").symlink_to(vault.parent / "outside.md")
    assert names(upkeep(vault).bring_up_to_date()) == {"People/Ada.md": "Bob"}
    write(vault.parent, "outside.md", contact("Robert"))
    assert names(upkeep(vault).bring_up_to_date()) == {"People/Ada.md": "Robert"}


# --- What cannot be read ---------------------------------------------------------------------------------------------


def test_an_unreadable_note_is_not_a_deleted_note(guarded: Path) -> None:
    root = guarded / "vault"
    write(root, "People/Ada.md", contact("Ada"))
    for keep in (upkeep(root), upkeep(root)):
        keep.bring_up_to_date()
        (root / "People/Ada.md").chmod(0)
        for _ in range(2):
            upkept = keep.bring_up_to_date()
            assert names(upkept) == {"People/Ada.md": "Ada"}
            assert [one.code for one in upkept.findings] == ["unreadable"]
            assert upkept.changes.removed == 0
        (root / "People/Ada.md").chmod(0o600)
        assert keep.bring_up_to_date().findings == ()


def test_a_note_that_was_never_readable_is_known_as_such(guarded: Path) -> None:
    root = guarded / "vault"
    write(root, "People/Ada.md", contact("Ada"))
    (root / "People/Ada.md").chmod(0)
    upkept = upkeep(root).bring_up_to_date()
    assert upkept.index.readings["People/Ada.md"] == Unreadable("People/Ada.md", ())
    (root / "People/Ada.md").chmod(0o600)
    assert names(upkeep(root).bring_up_to_date()) == {"People/Ada.md": "Ada"}


def test_notes_in_a_folder_that_cannot_be_read_are_kept(guarded: Path) -> None:
    root = guarded / "vault"
    write(root, "People/Ada.md", contact("Ada"))
    write(root, "People/Old/Bob.md", contact("Bob"))
    upkeep(root).bring_up_to_date()
    for mode in (0, 0o400):
        (root / "People").chmod(mode)
        upkept = upkeep(root).bring_up_to_date()
        assert names(upkept) == {"People/Ada.md": "Ada", "People/Old/Bob.md": "Bob"}
        assert [(one.path, one.code) for one in upkept.findings][:1] == [("People", "unreadable")]
        assert upkept.changes == ChangeCounts(unchanged=2)
    (root / "People").chmod(0o700)
    (root / "People/Ada.md").unlink()
    assert names(upkeep(root).bring_up_to_date()) == {"People/Old/Bob.md": "Bob"}


def test_a_vault_that_cannot_be_read_is_refused_and_nothing_is_forgotten(guarded: Path) -> None:
    root = guarded / "vault"
    write(root, "People/Ada.md", contact("Ada"))
    keep = upkeep(root)
    keep.bring_up_to_date()
    root.chmod(0)
    with pytest.raises(FileTroubleError):
        keep.bring_up_to_date()
    root.chmod(0o700)
    assert keep.bring_up_to_date().changes == ChangeCounts(unchanged=1)


def test_a_huge_note_is_reported_each_time(vault: Path) -> None:
    write(vault, "People/Big.md", contact("Big") + "x\n" * 3_000_000)
    for _ in range(2):
        upkept = upkeep(vault).bring_up_to_date()
        assert [(one.path, one.code) for one in upkept.findings] == [("People/Big.md", "note-too-large")]
        assert names(upkept) == {"People/Big.md": "Big"}


# --- The settings ----------------------------------------------------------------------------------------------------


def test_new_words_for_contacts_make_every_note_be_read_again(vault: Path) -> None:
    write(vault, "x.md", "---\ntype: mentor\n---\n")
    write(vault, "y.md", "---\ntype: other\n---\n")
    upkeep(vault).bring_up_to_date()
    write(vault, "Me.md", "---\ntype: me\ncontact_types: mentor\n---\n")
    upkept = upkeep(vault).bring_up_to_date()
    assert names(upkept) == {"x.md": "x"}
    assert upkept.changes == ChangeCounts(added=1, modified=1, unchanged=1)
    (vault / "Me.md").unlink()
    assert names(upkeep(vault).bring_up_to_date()) == {}


def test_the_template_folder_is_left_out_as_soon_as_it_is_named(vault: Path) -> None:
    write(vault, "Forms/Ada.md", contact("Ada"))
    assert names(upkeep(vault).bring_up_to_date()) == {"Forms/Ada.md": "Ada"}
    write(vault, "Me.md", "---\ntemplates: Forms\n---\n")
    upkept = upkeep(vault).bring_up_to_date()
    assert names(upkept) == {}
    assert upkept.changes == ChangeCounts(added=1, removed=1)


def test_settings_that_cannot_be_read_stay_as_they_were(guarded: Path) -> None:
    root = guarded / "vault"
    write(root, "Me.md", "---\ncontact_types: mentor\n---\n")
    write(root, "x.md", "---\ntype: mentor\n---\n")
    upkeep(root).bring_up_to_date()
    (root / "Me.md").chmod(0)
    assert names(upkeep(root).bring_up_to_date()) == {"x.md": "x"}


# --- Incremental equals whole ----------------------------------------------------------------------------------------


class History:
    """A small vault to which things happen at random; remembers what has been made unreadable."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.chance = random.Random(seed)
        self.blocked: set[str] = set()
        self.time = 1_000_000_000_000_000_000
        root.mkdir()
        for number in range(6):
            self.create(f"{self.folder()}/n{number}.md")

    def step(self) -> str:
        """Let one thing happen, and say what."""
        done = self.chance.choice([
            self.create, self.create, self.edit, self.edit, self.edit_alike, self.edit_alike, self.edit_unseen,
            self.rename,
            self.move_folder, self.delete, self.block, self.unblock, self.link, self.change_settings, self.make_folder,
        ])  # fmt: skip
        done()
        return done.__name__

    def create(self, path: str | None = None) -> None:
        file = self.root / (path or f"{self.folder()}/n{self.chance.randrange(12)}.md")
        if not file.exists() and not file.is_symlink():
            file.parent.mkdir(parents=True, exist_ok=True)
            self.put(file, self.text())

    def edit(self) -> None:
        if file := self.any_note():
            self.put(file, self.text())

    def edit_alike(self) -> None:
        """Another text of the same size, in place."""
        if file := self.any_note():
            text = file.read_text(encoding="utf-8")
            self.put(
                file, text.replace("contact", "teacher") if "contact" in text else text.replace("teacher", "contact")
            )

    def edit_unseen(self) -> None:
        """As before, and the time is set back."""
        if file := self.any_note():
            text = file.read_text(encoding="utf-8")
            rewrite(file, text.replace("Ada", "Bob") if "Ada" in text else text.replace("Bob", "Ada"))

    def rename(self) -> None:
        if file := self.any_note():
            name = self.chance.choice([file.name.swapcase().replace(".MD", ".md"), "r.md", "r.txt"])
            if not (file.parent / name).exists():
                file.rename(file.parent / name)

    def move_folder(self) -> None:
        folder, target = self.root / self.folder(), self.root / f"f{self.chance.randrange(5)}"
        if folder.is_dir() and not target.exists() and not self.blocked:
            folder.rename(target)

    def delete(self) -> None:
        if file := self.any_note():
            file.unlink()

    def block(self) -> None:
        note = self.any_note()
        place = self.chance.choice([note, note.parent]) if note else self.root
        if (
            place != self.root and not place.is_symlink() and place.name != "Me.md"
        ):  # or no fresh look knows the settings
            place.chmod(0)
            self.blocked.add(place.relative_to(self.root).as_posix())

    def unblock(self) -> None:
        for path in sorted(self.blocked):
            (self.root / path).chmod(0o700)
        self.blocked.clear()

    def link(self) -> None:
        if file := self.any_note():
            outside = self.root.parent / f"{self.root.name}-outside{self.chance.randrange(3)}.md"
            if not outside.exists():
                outside.write_text(self.text(), encoding="utf-8")
            file.unlink()
            file.symlink_to(outside)

    def change_settings(self) -> None:
        words = self.chance.choice(
            ["contact_types: teacher", "contact_tags: friend", "templates: f1", "contact_folders: f2"]
        )
        if not self.blocked:
            self.put(self.root / "Me.md", f"---\n{words}\n---\n")

    def make_folder(self) -> None:
        (self.root / self.folder() / "deep.md").mkdir(parents=True, exist_ok=True)

    def put(self, file: Path, text: str) -> None:
        self.time += 1
        file.write_text(text, encoding="utf-8")
        os.utime(file, ns=(self.time, self.time))

    def folder(self) -> str:
        """A folder that can be reached."""
        free = ["People", "f0", "f1", "f2/g", "f3"]
        reachable = [one for one in free if not any((one + "/").startswith(path + "/") for path in self.blocked)]
        return self.chance.choice(reachable or ["free"])

    def any_note(self) -> Path | None:
        walked = (Path(folder) / name for folder, _, files in os.walk(self.root) for name in files)
        free = [
            one for one in walked if one.suffix == ".md" and not self.is_blocked(one.relative_to(self.root).as_posix())
        ]
        return self.chance.choice(sorted(free)) if free else None

    def is_blocked(self, path: str) -> bool:
        return any(path == one or path.startswith(one + "/") for one in self.blocked)

    def text(self) -> str:
        name = self.chance.choice(["Ada", "Bob"])
        return self.chance.choice([
            f"---\ntype: contact\nname: {name}\n---\n[[x]]\n", f"---\ntype: teacher\nname: {name}\n---\n",
            f"---\ntags: [friend, {name}]\n---\n", "---\ntype: request\nsent: 2026-01-02\n---\n", f"plain {name}",
            "---\ntype: contact\nname: [\n---\n",
            f'---\ntype: interview\ncontact: "[[{name}]]"\ndate: 2026-11-22T14:30\nreferrals: ["[[Bob]]"]\n---\n', "",
        ])  # fmt: skip


@posix
@pytest.mark.parametrize("seed", range(HISTORIES))
def test_after_every_step_of_any_history_the_index_equals_one_built_afresh(guarded: Path, seed: int) -> None:
    history = History(guarded / "vault", seed)
    now = history.chance.choice([later, clock.stamp])
    watching = upkeep(history.root, now)
    watching.bring_up_to_date()
    done: list[str] = []
    for _ in range(25):
        done.append(history.step())
        whole = fresh(history.root)
        for kept in (watching.bring_up_to_date(), upkeep(history.root, now).bring_up_to_date()):
            assert kept.notice is None
            readings = {path: one for path, one in kept.index.readings.items() if not history.is_blocked(path)}
            wanted = {path: one for path, one in whole.index.readings.items() if not history.is_blocked(path)}
            assert readings == wanted, done
            assert kept.findings == whole.findings, done
            changes = kept.changes
            assert changes.added + changes.modified + changes.unchanged == len(kept.index.readings), done
    history.unblock()
    final = watching.bring_up_to_date().index
    assert final.readings == fresh(history.root).index.readings
    assert final.findings == fresh(history.root).index.findings


def test_a_note_that_is_none_of_ours_is_only_a_path(vault: Path) -> None:
    write(vault, "Daily/x.md", "---\nmood: fine\n---\n")
    assert dict(upkeep(vault).bring_up_to_date().index.readings) == {"Daily/x.md": NotOurs("Daily/x.md")}
