"""Due.md: tasks as the Tasks plugin reads them; and what happens to the dashboards in a vault over time."""

import datetime as dt
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from infoview_md import Vault
from infoview_md.agenda.agenda import Action
from infoview_md.errors import ConflictError
from infoview_md.network.people import Contact
from infoview_md.views.dashboards import due_note
from tests.agenda.vaults import agenda_of
from tests.views.conftest import HOSTILE_NAMES

EXAMPLE = Path(__file__).parents[2] / "examples" / "vault"
VIEWS = (
    "Infoview/Due.md",
    "Infoview/Network.md",
    "Infoview/Contacts.base",
    "Infoview/Interviews.base",
    "Infoview/Network.canvas",
)
TASK = re.compile(r"^- \[ \] (?P<text>.+?)(?: 📅 (?P<due>\d{4}-\d\d-\d\d))?$")
"""A task with its date at the very end, where the plugin looks for it."""

ADA = Contact(id="People/Ada.md", name="Ada Lovelace", path="People/Ada.md")
THANK = Action(
    contact=ADA,
    stage="met",
    rule="thank",
    text="send a thank-you",
    due=dt.date(2026, 11, 20),
    because="You talked on 19 November, and have not thanked them.",
    note="Interviews/Ada.md",
    command='infoview new thank-you "Ada Lovelace"',
)


def tasks(text: str) -> list[tuple[str, str | None]]:
    return [(found["text"], found["due"]) for line in text.splitlines() if (found := TASK.match(line))]


def test_a_task_links_the_contact_and_ends_with_its_date() -> None:
    assert "- [ ] [[People/Ada|Ada Lovelace]]: send a thank-you 📅 2026-11-20\n" in due_note([THANK])


def test_below_the_task_stand_the_reason_its_note_and_the_command() -> None:
    lines = due_note([THANK]).splitlines()[-2:]
    assert lines == [
        "  - You talked on 19 November, and have not thanked them. [[Interviews/Ada|Ada]]",
        '  - `infoview new thank-you "Ada Lovelace"`',
    ]


def test_tasks_stand_in_the_order_of_their_dates() -> None:
    days = [dt.date(2026, 12, 1), dt.date(2026, 11, 2), dt.date(2026, 11, 20)]
    found = tasks(due_note([replace(THANK, due=day) for day in days]))
    assert [due for _, due in found] == ["2026-11-02", "2026-11-20", "2026-12-01"]


def test_what_can_be_done_any_day_has_no_date() -> None:
    text = due_note([replace(THANK, any_day=True)])
    assert tasks(text) == [("[[People/Ada|Ada Lovelace]]: send a thank-you", None)]
    assert "## Any day" in text
    assert "## By date" not in text


def test_with_a_global_filter_every_task_carries_it() -> None:
    assert tasks(due_note([THANK], "#task"))[0][0].startswith("#task [[People/Ada|")


@pytest.mark.parametrize("odd", ["", "#task\n- [ ] more", "a\tb"])
def test_a_filter_that_cannot_stand_in_a_line_is_left_out(odd: str) -> None:
    assert due_note([THANK], odd) == due_note([THANK])


def test_the_view_carries_the_mark_by_which_it_is_known() -> None:
    assert due_note([]).startswith("---\ngenerated_by: infoview\n---\n")


def test_an_empty_agenda_says_so() -> None:
    assert due_note([]).endswith("\nNothing is due.\n")


def test_the_note_is_the_same_on_another_day_unless_something_became_due() -> None:
    notes = """
=== Ada.md
type: contact
=== Request.md
type: request
contact: "[[Ada]]"
sent: 2026-11-16
=== Mary.md
type: contact
"""
    days = ("2026-11-17", "2026-11-20", "2026-11-24")
    texts = {due_note(agenda_of(notes, day).actions) for day in days}
    assert len(texts) == 1
    assert "📅 2026-11-25" in texts.pop()


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_name_makes_no_further_task_and_hides_no_date(name: str) -> None:
    contact = replace(ADA, name=name, path=None)
    text = due_note([replace(THANK, contact=contact, text=f"tell them how it went with {name}", because=name)])
    assert [due for _, due in tasks(text)] == ["2026-11-20"]
    assert sum(line.lstrip().startswith("- [") for line in text.splitlines()) == 1


# --- In a vault ------------------------------------------------------------------------------------------------------


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    shutil.copytree(EXAMPLE, tmp_path / "vault")
    return Vault(tmp_path / "vault", today=dt.date(2026, 11, 23))


def test_all_views_are_made_once(vault: Vault) -> None:
    assert vault.make_views() == VIEWS
    assert vault.make_views() == ()


def test_views_that_are_not_there_do_not_come_by_themselves(vault: Vault) -> None:
    assert vault.refresh_views(vault.index()) == ()
    assert not (vault.root / "Infoview").exists()


def test_nothing_is_written_when_nothing_changed(vault: Vault) -> None:
    vault.make_views()
    before = {path: (vault.root / path).stat().st_mtime_ns for path in VIEWS}
    assert vault.refresh_views(vault.index()) == ()
    assert {path: (vault.root / path).stat().st_mtime_ns for path in VIEWS} == before


def test_only_what_says_something_else_is_refreshed(vault: Vault) -> None:
    vault.make_views()
    thanks = "---\ntype: thank-you\ncontact: '[[Emeka Obi-Sharp]]'\nsent: 2026-11-20\n---\n"
    (vault.root / "Outreach/Thanks.md").write_text(thanks, encoding="utf-8")
    assert vault.refresh_views(vault.index()) == (
        "Infoview/Due.md",
        "Infoview/Network.md",
        "Infoview/Interviews.base",
    )
    assert "Emeka Obi-Sharp]]: send a thank-you" not in (vault.root / "Infoview/Due.md").read_text("utf-8")


@pytest.mark.parametrize("path", VIEWS)
def test_a_view_without_the_mark_is_the_users_own(vault: Vault, path: str) -> None:
    vault.make_views()
    (vault.root / path).write_text("views: []\n", encoding="utf-8")
    assert vault.refresh_views(vault.index()) == ()
    assert (vault.root / path).read_text("utf-8") == "views: []\n"


@pytest.mark.parametrize("path", VIEWS)
def test_a_view_that_was_deleted_stays_away(vault: Vault, path: str) -> None:
    vault.make_views()
    (vault.root / path).unlink()
    vault.refresh_views(vault.index())
    assert not (vault.root / path).exists()


def test_a_card_that_was_moved_in_the_canvas_stays_when_the_network_grows(vault: Vault) -> None:
    vault.make_views()
    view = vault.root / "Infoview/Network.canvas"
    card = next(line for line in view.read_text("utf-8").splitlines() if '"file":"People/Emeka' in line)
    moved = re.sub(r'"x":-?\d+,"y":-?\d+(.*"infoview")', r'"x":-4321,"y":99\1', card)
    view.write_text(view.read_text("utf-8").replace(card, moved), encoding="utf-8")
    assert vault.refresh_views(vault.index()) == ()
    (vault.root / "People/New Name.md").write_text("---\ntype: contact\n---\n", encoding="utf-8")
    assert "Infoview/Network.canvas" in vault.refresh_views(vault.index())
    text = view.read_text("utf-8")
    assert '"file":"People/New Name.md"' in text
    assert '"file":"People/Emeka Obi-Sharp.md","x":-4321,"y":99,' in text


def test_a_canvas_that_cannot_be_read_is_left_alone(vault: Vault) -> None:
    vault.make_views()
    view = vault.root / "Infoview/Network.canvas"
    for broken in (view.read_bytes()[:-9], view.read_bytes().replace(b"Emeka", b"\xff\xfe"), b""):
        view.write_bytes(broken)
        assert vault.refresh_views(vault.index()) == ()
        assert view.read_bytes() == broken


def test_a_canvas_of_the_users_own_is_not_replaced(vault: Vault) -> None:
    own = vault.root / "My plan.canvas"
    own.write_text('{"nodes":[],"edges":[]}', encoding="utf-8")
    with pytest.raises(ConflictError, match=r"My plan\.canvas is a canvas of yours"):
        vault.write_output(own, vault.graph("canvas"))
    assert own.read_text("utf-8") == '{"nodes":[],"edges":[]}'
    assert vault.write_output(vault.root / "New.canvas", vault.graph("canvas")) == "New.canvas"


def test_the_tasks_plugin_is_asked_for_its_filter(vault: Vault) -> None:
    plugin = vault.root / ".obsidian/plugins/obsidian-tasks-plugin/data.json"
    plugin.parent.mkdir(parents=True)
    plugin.write_text('{"globalFilter": "#task"}', encoding="utf-8")
    vault.make_views()
    found = tasks((vault.root / "Infoview/Due.md").read_text("utf-8"))
    assert found
    assert all(text.startswith("#task ") for text, _ in found)


@pytest.mark.parametrize("data", ["", "[]", '{"globalFilter": 7}', '{"globalFilter": null}', "{"])
def test_a_broken_configuration_of_the_plugin_is_no_filter(vault: Vault, data: str) -> None:
    plugin = vault.root / ".obsidian/plugins/obsidian-tasks-plugin/data.json"
    plugin.parent.mkdir(parents=True)
    plugin.write_text(data, encoding="utf-8")
    vault.make_views()
    assert "- [ ] [[People/Emeka" in (vault.root / "Infoview/Due.md").read_text("utf-8")
