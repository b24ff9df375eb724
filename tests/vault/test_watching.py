"""The watcher as a library user has it: a generator of refreshes."""

import datetime as dt
import errno
import shutil
import threading
from pathlib import Path

from infoview_md import State, Vault
from infoview_md.disk.upkeep import Upkeep, Upkept
from infoview_md.vault import watching

CONTACT = "---\ntype: contact\nreferred_by: {by}\n---\n"
NOW = dt.datetime(2026, 11, 23, 9, 30)


def save(vault: Vault, name: str) -> None:
    (vault.root / f"People/{name}.md").write_text(CONTACT.format(by="Charles"), encoding="utf-8")


def views(vault: Vault) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in (vault.root / "Infoview").iterdir() if one.name[0] != "."}


def test_the_views_that_the_watcher_writes_do_not_wake_it(tmp_path: Path) -> None:
    vault, _ = Vault.make(tmp_path / "v")
    vault.make_profile({"name": "Imogen"})
    views = vault.make_views()
    people = vault.root / "People"
    refreshes = vault.watch()
    next(refreshes)
    before = {path: (vault.root / path).read_bytes() for path in views}
    for name in ("Ada", "Grace", "Mary"):
        (people / f"{name}.md").write_text(CONTACT.format(by="Charles"), encoding="utf-8")
        assert next(refreshes).paths == (f"People/{name}.md",)
    refreshes.close()
    assert before["Infoview/Network.md"] != (vault.root / "Infoview/Network.md").read_bytes()


def test_a_view_that_says_the_same_is_not_written_again(tmp_path: Path) -> None:
    vault, _ = Vault.make(tmp_path / "v")
    assert len(vault.make_views()) == 5
    assert vault.make_views() == ()
    assert vault.refresh_views(vault.index()) == ()


def test_a_view_that_became_the_users_own_is_kept(tmp_path: Path) -> None:
    vault, _ = Vault.make(tmp_path / "v")
    vault.make_views()
    view = vault.root / "Infoview/Due.md"
    view.write_text("my own list\n", encoding="utf-8")
    vault.refresh_views(vault.index())
    assert view.read_text("utf-8") == "my own list\n"


def test_a_finding_is_told_once(tmp_path: Path) -> None:
    vault, _ = Vault.make(tmp_path / "v")
    refreshes = vault.watch()
    next(refreshes)
    note = vault.root / "People" / "Ada.md"
    note.write_text("---\ntype: contact\nlast_contact: 2026-02-30\n---\n", encoding="utf-8")
    assert [one.code for one in next(refreshes).findings] == ["bad-date"]
    (vault.root / "People" / "Grace.md").write_text("---\ntype: contact\n---\n", encoding="utf-8")
    refresh = next(refreshes)
    assert refresh.findings == ()
    assert [one.code for one in refresh.state.findings] == ["bad-date"]
    refreshes.close()


def test_who_only_reads_leaves_the_views_as_they_are(tmp_path: Path) -> None:
    vault, _ = Vault.make(tmp_path / "v")
    vault.make_views()
    refreshes = vault.watch(read_only=True)
    next(refreshes)
    before = views(vault)
    save(vault, "Ada")
    assert next(refreshes).paths == ("People/Ada.md",)
    assert views(vault) == before
    refreshes.close()


def test_a_vault_that_is_polled_is_followed_too(tmp_path: Path) -> None:
    vault, _ = Vault.make(tmp_path / "v")
    vault.make_views()
    refreshes = vault.watch(poll=0.1)
    assert next(refreshes).mode == "polling"
    before = views(vault)
    save(vault, "Ada")
    assert next(refreshes).paths == ("People/Ada.md",)
    assert views(vault) != before
    refreshes.close()


def test_a_vault_that_goes_away_keeps_its_state_and_is_followed_when_it_is_back(tmp_path: Path) -> None:
    vault, _ = Vault.make(tmp_path / "v")
    save(vault, "Ada")
    refreshes = vault.watch()
    assert len(next(refreshes).state.network.contacts) == 2
    vault.root.rename(tmp_path / "elsewhere")
    gone = next(refreshes)
    assert (gone.paths, len(gone.state.network.contacts)) == ((), 2)
    assert len(gone.notices) == 1
    assert str(tmp_path / "elsewhere") in gone.notices[0]
    (tmp_path / "elsewhere").rename(vault.root)
    assert "is back" in next(refreshes).notices[0]
    save(vault, "Grace")
    assert next(refreshes).paths == ("People/Grace.md",)
    refreshes.close()


def test_a_vault_that_is_deleted_and_made_again_is_followed(tmp_path: Path) -> None:
    vault, _ = Vault.make(tmp_path / "v")
    save(vault, "Ada")
    refreshes = vault.watch()
    next(refreshes)
    shutil.rmtree(vault.root)
    assert "is gone" in next(refreshes).notices[0]
    (vault.root / "People").mkdir(parents=True)
    save(vault, "Grace")
    paths: set[str] = set()
    while not {"People/Ada.md", "People/Grace.md"} <= paths:
        paths |= set(next(refreshes).paths)
    refreshes.close()


def test_an_index_that_fails_once_is_tried_again(tmp_path: Path) -> None:
    """The disk refuses a moment: what the user hears is that, and then that all is well."""
    vault, _ = Vault.make(tmp_path / "v")
    upkeep = Upkeep(vault.root, cache=None)
    asked = iter([False, True, True, False])

    def state_of(kept: Upkept) -> State:
        if next(asked, False):
            raise OSError(errno.EIO, "Input/output error")
        return State(kept, NOW, lambda *_: ())

    refreshes = watching.refreshes(vault.root, upkeep, state_of)
    next(refreshes)
    save(vault, "Ada")
    told = next(refreshes)
    assert told.notices == ("the notes could not be read and will be tried again: [Errno 5] Input/output error",)
    assert not told.state.network.contacts
    told = next(refreshes)
    assert told.notices == ("the notes can be read again",)
    assert len(told.state.network.contacts) == 2
    refreshes.close()


def test_views_that_cannot_be_written_do_not_end_the_watch(guarded: Path) -> None:
    vault, _ = Vault.make(guarded / "v")
    vault.make_views()
    refreshes = vault.watch()
    next(refreshes)
    (vault.root / "Infoview").chmod(0o500)
    save(vault, "Ada")
    notices: list[str] = []
    while not notices:
        notices += next(refreshes).notices
    assert notices[0].startswith("the views are not up to date: Infoview/")
    (vault.root / "Infoview").chmod(0o700)
    before = views(vault)
    save(vault, "Grace")
    while "Grace" not in (vault.root / "Infoview/Due.md").read_text("utf-8"):
        assert not next(refreshes).notices
    assert views(vault) != before
    refreshes.close()


def test_when_another_day_begins_what_is_due_is_told(tmp_path: Path) -> None:
    vault, _ = Vault.make(tmp_path / "v")
    upkeep = Upkeep(vault.root, cache=None)
    days = iter([NOW, NOW, NOW + dt.timedelta(days=1), NOW + dt.timedelta(days=1)])
    refreshes = watching.refreshes(vault.root, upkeep, lambda kept: State(kept, next(days), lambda *_: ()), poll=0.1)
    assert next(refreshes).state.now == NOW
    assert next(refreshes).state.now == NOW + dt.timedelta(days=1)  # the look in between had nothing to tell
    refreshes.close()


class Obsidian(threading.Thread):
    """Writes the properties of each note that changes anew, as a plugin that keeps the time of an edit does."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.root = root
        self.writes = 0
        self.own: dict[Path, str] = {}
        self.is_over = threading.Event()

    def run(self) -> None:
        while not self.is_over.wait(0.01):
            for note in self.root.rglob("*.md"):
                text = note.read_text("utf-8")
                if text.startswith("---\n") and self.own.get(note) != text:
                    self.rewrite(note, text)

    def rewrite(self, note: Path, text: str) -> None:
        _, block, body = text.split("---\n", 2)
        lines = [line for line in block.splitlines() if not line.startswith("modified:")]
        self.writes += 1
        self.own[note] = "\n".join(["---", *lines, f"modified: {self.writes}", f"---\n{body}"])
        note.write_text(self.own[note], encoding="utf-8")


def test_a_program_that_answers_every_change_with_one_does_not_keep_us_going_round(tmp_path: Path) -> None:
    """Our views change, it rewrites them, and there it ends."""
    vault, _ = Vault.make(tmp_path / "v")
    vault.make_profile({"name": "Imogen"})
    vault.make_views()
    refreshes = vault.watch()
    next(refreshes)
    obsidian = Obsidian(vault.root)
    obsidian.start()
    told = 0
    names = ("Ada", "Grace", "Mary", "Zoë", "Last")
    for name in names:
        save(vault, name)
        paths: tuple[str, ...] = ()
        while f"People/{name}.md" not in paths:
            paths = next(refreshes).paths
            told += 1
    end = threading.Timer(8.0, save, (vault, "The end"))  # longer than it takes until everything is looked at once more
    end.start()
    while "People/The end.md" not in next(refreshes).paths:
        told += 1
    obsidian.is_over.set()
    obsidian.join()
    refreshes.close()
    changes = len(names) + 1
    assert told <= 2 * changes + 1  # each note as saved and as rewritten, and Me.md
    assert obsidian.writes <= 4 * changes + 4  # each of ours, and the two views in Markdown that follow from it
