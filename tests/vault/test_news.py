"""What a script hears of a vault that it watches, and who else may watch it."""

import datetime as dt
import os
from contextlib import closing
from pathlib import Path

import pytest

from infoview_md import Vault
from infoview_md.errors import ConflictError, FileTroubleError

MORNING = dt.datetime(2026, 11, 23, 9)
TALK = '---\ntype: interview\ncontact: "[[Ada]]"\ndate: 2026-11-23T10:00\nstatus: {}\n---\n'


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    monkeypatch.setenv("INFOVIEW_CACHE", str(tmp_path / "cache"))
    vault, _ = Vault.make(tmp_path / "v", today=MORNING)
    (vault.root / "People/Ada.md").write_text("---\ntype: contact\n---\n", encoding="utf-8")
    (vault.root / "Interviews/Talk.md").write_text(TALK.format("scheduled"), encoding="utf-8")
    return vault


def test_a_script_hears_what_a_change_meant(vault: Vault) -> None:
    with closing(vault.watch()) as refreshes:
        assert next(refreshes).news == ()
        (vault.root / "Interviews/Talk.md").write_text(TALK.format("cancelled"), encoding="utf-8")
        (news,) = next(refreshes).news
        assert (news.kind, news.contact.name, news.note) == ("cancelled", "Ada", "Interviews/Talk.md")


def test_only_one_watches_and_says_so_until_it_ends(vault: Vault) -> None:
    assert vault.watch_status() is None
    with closing(vault.watch()) as refreshes:
        assert vault.watch_status() is None
        next(refreshes)
        begun = vault.watch_status()
        assert begun is not None
        assert (begun.pid, begun.mode, begun.last_change) == (os.getpid(), "events", None)
        with pytest.raises(ConflictError, match="--read-only"):
            next(Vault(vault.root, today=MORNING).watch())
        (vault.root / "Interviews/Talk.md").write_text(TALK.format("held"), encoding="utf-8")
        next(refreshes)
        later = vault.watch_status()
        assert later is not None
        assert begun.since is not None
        assert later.last_change is not None
        assert later.last_change >= begun.since == later.since
    assert vault.watch_status() is None


def test_who_only_reads_follows_beside_a_watcher_and_leaves_the_views_alone(vault: Vault) -> None:
    due = vault.root / "Infoview/Due.md"
    vault.make_views()
    before = due.read_bytes()
    with closing(vault.watch()) as first, closing(Vault(vault.root, today=MORNING).watch(read_only=True)) as second:
        next(second)
        (vault.root / "Interviews/Talk.md").write_text(TALK.format("held"), encoding="utf-8")
        assert [one.kind for one in next(second).news] == ["held"]
        assert due.read_bytes() == before
        next(first)
        assert due.read_bytes() != before


def test_a_watch_that_cannot_begin_claims_nothing(vault: Vault) -> None:
    elsewhere = vault.root.with_name("elsewhere")
    vault.root.rename(elsewhere)
    with pytest.raises(FileTroubleError):
        next(vault.watch())
    elsewhere.rename(vault.root)
    assert vault.watch_status() is None
    with closing(vault.watch()) as refreshes:
        next(refreshes)
