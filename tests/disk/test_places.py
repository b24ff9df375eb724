"""Where a path that a shell completed leads in the vault."""

from pathlib import Path

import pytest

from infoview_md.disk.places import path_in_vault, vault_root


@pytest.fixture
def root(vault: Path) -> Path:
    (vault / "Out").mkdir()
    (vault / "Out/Ask.md").write_bytes(b"")
    return vault_root(vault)


def test_a_path_may_start_at_the_working_folder_or_at_the_top(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root.parent)
    assert path_in_vault(root, "vault/Out/Ask.md") == "Out/Ask.md"
    assert path_in_vault(root, str(root / "Out/../Out/Ask.md")) == "Out/Ask.md"
    monkeypatch.chdir(root / "Out")
    assert path_in_vault(root, "Ask.md") == "Out/Ask.md"
    assert path_in_vault(root, "./nobody yet") == "Out/nobody yet"


def test_what_is_elsewhere_or_no_path_is_none(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root.parent)
    for words in ("Ada Lovelace", "../Ask.md", "~nobody-of-that-name", "a\0b", "x" * 5000, ""):
        assert path_in_vault(root, words) is None


@pytest.mark.skipif("sys.platform == 'win32'", reason="links need rights on Windows")
def test_links_to_the_vault_are_followed_and_links_in_it_kept(root: Path) -> None:
    (root / "Link.md").symlink_to("Out/Ask.md")
    (root.parent / "way").symlink_to(root)
    assert path_in_vault(root, str(root.parent / "way/Link.md")) == "Link.md"
