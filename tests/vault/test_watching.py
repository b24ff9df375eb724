"""The watcher as a library user has it: a generator of refreshes."""

from pathlib import Path

from infoview_md import Vault

CONTACT = "---\ntype: contact\nreferred_by: {by}\n---\n"


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
    assert len(vault.make_views()) == 4
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
