"""The library, as a script uses it: one door, whose answers are immutable pictures of the vault."""

import datetime as dt
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import frontmatter
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import infoview_md
from infoview_md import ObsidianHandler, Vault
from infoview_md.errors import AmbiguousError, ConflictError, UnknownError, UsageError
from infoview_md.notes import fences
from infoview_md.notes.frontmatter import read_block
from infoview_md.notes.nodes import plain_value
from infoview_md.notes.records import Value
from tests.command_line import infoview

TODAY = dt.date(2026, 11, 23)
EXAMPLE = Path(__file__).parent.parent / "examples" / "vault"


def contact(**properties: str) -> str:
    lines = "".join(f"{name}: {value}\n" for name, value in properties.items())
    return f"---\ntype: contact\n{lines}---\n"


def vault_of(root: Path, notes: dict[str, str] | None = None) -> Vault:
    for path, text in ({"Me.md": "---\nname: Imogen Clough\n---\n"} | (notes or {})).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return Vault(root, today=TODAY)


@pytest.fixture
def example_vault(tmp_path: Path) -> Vault:
    shutil.copytree(EXAMPLE, tmp_path / "example")
    return Vault(tmp_path / "example", today=TODAY)


# --- The door --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", infoview_md.__all__)
def test_each_public_name_is_there_and_documented(name: str) -> None:
    assert getattr(infoview_md, name).__doc__


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="module 'infoview_md' has no attribute 'Upkeep'"):
        infoview_md.Upkeep  # noqa: B018


def test_a_script_reads_the_vault_in_a_line_or_two(example_vault: Vault) -> None:
    state = example_vault.index()
    assert [one.contact.name for one in state.connectors()[:1]] == ["Maureen Pickersgill"]
    first = state.agenda.due(within=7)[0]
    assert (first.contact.name, bool(first.text), bool(first.because)) == ("Callum Birtwhistle", True, True)
    assert state.stages["People/Priya Venkataraman.md"] == "in-touch"
    assert example_vault.due(within=7) == state.agenda.due(within=7)
    assert example_vault.check() == state.findings
    card = example_vault.card("Priya")
    assert (card.contact.name, card.stage) == ("Priya Venkataraman", "in-touch")
    assert example_vault.graph("tree").startswith("Imogen Clough")
    draft = example_vault.draft("request", "Callum Birtwhistle", admire="Your notes on gauges are a model of patience.")
    assert "Your notes on gauges are a model of patience." in draft.text
    made = example_vault.create(draft)
    assert (example_vault.root / made.path).read_text(encoding="utf-8") == draft.text
    assert example_vault.index().changes.added == 1


def test_a_state_is_a_picture_of_its_time(example_vault: Vault) -> None:
    before = example_vault.index()
    names = [one.name for one in before.network.contacts.values()]
    example_vault.create(example_vault.draft("contact", "Ada Lovelace"))
    assert [one.name for one in before.network.contacts.values()] == names
    assert "Ada Lovelace" in [one.name for one in example_vault.index().network.contacts.values()]
    with pytest.raises(AttributeError):
        before.now = dt.datetime(2027, 1, 1)  # type: ignore[misc]


def test_today_stands_in_for_the_clock(tmp_path: Path) -> None:
    assert vault_of(tmp_path).now == dt.datetime(2026, 11, 23)
    at_three = dt.datetime(2026, 11, 23, 15)
    assert Vault(tmp_path, today=at_three).now == at_three
    assert abs(Vault(tmp_path).now - dt.datetime.now()) < dt.timedelta(minutes=1)  # noqa: DTZ005 - the user's wall clock


def test_a_vault_is_a_folder_that_there_is(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path / "nowhere", tmp_path / "file", "~nobody-is-called-so"):
        with pytest.raises(UsageError, match="there is no folder"):
            Vault(place)


def test_watching_is_a_loop_that_the_caller_leaves(tmp_path: Path) -> None:
    vault = vault_of(tmp_path)
    watching = vault.watch()
    first = next(watching)
    assert (first.changes.added, first.paths) == (1, ("Me.md",))
    (tmp_path / "Ada.md").write_text(contact(last_contact="2026-02-30"), encoding="utf-8")
    second = next(watching)
    assert (second.paths, [one.code for one in second.findings]) == (("Ada.md",), ["bad-date"])
    assert [one.name for one in second.state.network.contacts.values()] == ["Ada"]
    watching.close()
    assert list(watching) == []


def test_who_asks_between_two_turns_takes_no_change_away_from_the_next(tmp_path: Path) -> None:
    vault = vault_of(tmp_path)
    with closing(vault.watch()) as watching:
        next(watching)
        (tmp_path / "Ada.md").write_text(contact(), encoding="utf-8")
        assert vault.index().changes.added == 2
        assert next(watching).paths == ("Ada.md",)


# --- The handler -----------------------------------------------------------------------------------------------------


def test_our_handler_reads_every_note_of_the_example_as_we_do() -> None:
    notes = sorted(EXAMPLE.rglob("*.md"))
    assert len(notes) > 50
    for path in notes:
        text = path.read_text(encoding="utf-8")
        block = fences.split(text).block
        read = {one.name: listed(plain_value(one.value)) for one in read_block(block, "").properties} if block else {}
        loaded = frontmatter.load(str(path), handler=ObsidianHandler())
        assert loaded.metadata == read
        assert loaded.content == fences.split(text).body.strip()


def listed(value: Value) -> object:
    return [listed(one) for one in value] if isinstance(value, tuple) else value


# --- Whom somebody means ---------------------------------------------------------------------------------------------

PEOPLE = {
    "People/Ada Lovelace.md": contact(aliases='["Countess of Lovelace"]', email="ada@example.com"),
    "People/Grace.md": contact(name="Grace Hopper"),
    "People/Sam Lee.md": contact(),
    "Archive/Sam Lee.md": contact(),
}


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("Ada Lovelace", "People/Ada Lovelace.md"),
        ("ada lovelace", "People/Ada Lovelace.md"),
        ("  Ada Lovelace ", "People/Ada Lovelace.md"),
        ("[[Ada Lovelace]]", "People/Ada Lovelace.md"),
        ("countess of lovelace", "People/Ada Lovelace.md"),
        ("ADA@example.com", "People/Ada Lovelace.md"),
        ("People/Ada Lovelace.md", "People/Ada Lovelace.md"),
        ("people/ada lovelace", "People/Ada Lovelace.md"),
        ("lovel", "People/Ada Lovelace.md"),
        ("Grace", "People/Grace.md"),
        ("Hopper", "People/Grace.md"),
        ("Archive/Sam Lee", "Archive/Sam Lee.md"),
    ],
)
def test_a_contact_is_found(words: str, path: str, tmp_path: Path) -> None:
    assert vault_of(tmp_path, PEOPLE).contact(words).path == path


def test_who_fits_several_is_told_all_of_them(tmp_path: Path) -> None:
    with pytest.raises(AmbiguousError, match="Sam Lee fits 2 contacts") as refused:
        vault_of(tmp_path, PEOPLE).contact("Sam Lee")
    assert "Sam Lee (Archive/Sam Lee.md)" in refused.value.hint
    assert "Sam Lee (People/Sam Lee.md)" in refused.value.hint


def test_who_fits_nobody_is_told_the_nearest_and_how_to_record_them(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, PEOPLE)
    with pytest.raises(UnknownError, match="there is no contact Ada Lovelase") as refused:
        vault.contact("Ada Lovelase")
    assert refused.value.hint == 'did you mean Ada Lovelace?\n  record them: infoview new contact "Ada Lovelase"'
    with pytest.raises(UnknownError) as refused:
        vault.contact("[[Zzz]]")
    assert refused.value.hint == 'record them: infoview new contact "Zzz"'
    for nobody in ("", "  ", "[[]]", "..."):
        with pytest.raises(UnknownError) as refused:
            vault.contact(nobody)
        assert refused.value.hint == "say who: infoview show Ada"
    with pytest.raises(UnknownError):
        vault.contact("x" * 100_000)


BROKEN = {"People/Bea Brook.md": "---\ntype: contact\nwhy: [rivers\n---\n"}
WHY_BROKEN = """\
line 3: the properties cannot be read: a list that begins with [ is not closed
  mend it: put the value in quotes: "..."\
"""


@pytest.mark.parametrize("words", ["Bea Brook", "[[bea brook]]", "People/Bea Brook.md", "people/bea brook"])
def test_whose_note_cannot_be_read_is_told_so_and_not_taken_for_nobody(words: str, tmp_path: Path) -> None:
    vault = vault_of(tmp_path, BROKEN | PEOPLE)
    for look_up in (
        vault.contact,
        vault.card,
        vault.path,
        lambda words: vault.draft("request", words),
        lambda words: vault.draft("update", "Ada", about=words),
    ):
        with pytest.raises(UnknownError, match=r"^the note People/Bea Brook\.md cannot be read\n") as refused:
            look_up(words)
        assert refused.value.hint == WHY_BROKEN


def test_a_misspelt_name_leads_to_the_note_that_cannot_be_read_too(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, BROKEN)
    for look_up in (vault.contact, vault.path):
        with pytest.raises(UnknownError, match=r"did you mean Bea Brook\?"):
            look_up("Bee Brook")


def test_who_has_a_note_that_cannot_be_read_gets_no_second_one(tmp_path: Path) -> None:
    with pytest.raises(ConflictError, match=r"^the note People/Bea Brook\.md cannot be read\n") as refused:
        vault_of(tmp_path, BROKEN).draft("contact", "Bea Brook")
    assert refused.value.hint == WHY_BROKEN


def test_all_in_some_stages_or_at_an_organization_are_found(example_vault: Vault) -> None:
    state = example_vault.index()
    wanted = {one.path for ident, one in state.network.contacts.items() if state.stages[ident] in {"waiting", "silent"}}
    assert set(example_vault.contacts_where(stage="waiting, silent")) == wanted
    assert example_vault.contacts_where(organization="harbour MUTUAL") == (
        "People/Sadia Rahmani.md",
        "People/Zoë Lindqvist.md",
    )
    assert example_vault.contacts_where(stage="silent", organization="Harbour Mutual") == ("People/Sadia Rahmani.md",)
    with pytest.raises(UsageError, match="there is no stage asleep"):
        example_vault.contacts_where(stage="asleep")
    with pytest.raises(UnknownError, match="no contact fits"):
        example_vault.contacts_where(stage="silent", organization="Tarn & Moss")
    with pytest.raises(UnknownError, match="there is no organization Nowhere"):
        example_vault.contacts_where(organization="Nowhere")


def test_what_is_due_at_a_place_that_does_not_exist_is_no_empty_list(example_vault: Vault) -> None:
    with pytest.raises(UsageError, match="there is no stage mett"):
        example_vault.due(stage="mett")
    with pytest.raises(UnknownError, match="there is no organization Harbor Mutual") as caught:
        example_vault.due(organization="Harbor Mutual")
    assert caught.value.hint == "did you mean Harbour Mutual?"


# --- New notes -------------------------------------------------------------------------------------------------------


def test_one_note_for_each_in_a_stage_and_one_for_a_panel(example_vault: Vault) -> None:
    at_harbour = example_vault.contacts_where(organization="Harbour Mutual")
    requests = example_vault.drafts("request", *at_harbour)
    assert [one.properties["contact"] for one in requests] == ["[[Sadia Rahmani]]", "[[Zoë Lindqvist]]"]
    (panel,) = example_vault.drafts("interview", *at_harbour, on=dt.date(2026, 12, 3))
    assert panel.properties["contact"] == ("[[Sadia Rahmani]]", "[[Zoë Lindqvist]]")
    with pytest.raises(UsageError, match="request makes one note for each contact"):
        example_vault.draft("request", *at_harbour)


def test_one_note_for_each_is_made_by_the_command_too(example_vault: Vault) -> None:
    vault = ("--vault", str(example_vault.root))
    made = infoview(*vault, "new", "request", "--organization", "Harbour Mutual")
    assert made.lines == ["Outreach/2026-11-23 Request - Sadia Rahmani.md"]
    assert "passed over Zoë Lindqvist: they said yes on" in made.err
    shown = infoview(*vault, "new", "request", "--stage", "resting", "--dry-run")
    assert shown.lines == ["Outreach/2026-11-23 Request - Geraint Pryce-Howell.md"]


def test_what_is_set_goes_into_the_property_of_its_name(tmp_path: Path) -> None:
    vault = vault_of(tmp_path)
    answer = infoview(
        *("--vault", str(tmp_path), "new", "contact", "Ada Lovelace"),
        *("--set", "aliases=Countess of Lovelace", "--set", "aliases=A. A. L.", "--set", "tags=maths"),
        *("--set", "keep_in_touch=30", "--set", "last_contact=2026-10-01", "--set", "paused_until=2026-12-24"),
        *("--set", 'why=she saw: "more" than #1', "--set", "phone=+44 1632 960001", "--set", "email="),
    )
    assert answer.status == 0
    (ada,) = vault.index().network.contacts.values()
    assert ada.note is not None
    assert ada.note.aliases == ("Countess of Lovelace", "A. A. L.")
    assert ada.note.tags == ("maths",)
    assert (ada.note.keep_in_touch, ada.note.last_contact) == (30, dt.date(2026, 10, 1))
    assert ada.note.paused_until == dt.date(2026, 12, 24)
    assert (ada.note.why, ada.note.phone, ada.note.email) == ('she saw: "more" than #1', "+44 1632 960001", None)
    assert vault.check() == ()


def test_what_nothing_asks_for_cannot_be_set(tmp_path: Path) -> None:
    vault = vault_of(tmp_path)
    with pytest.raises(UsageError, match="does not ask for emial") as refused:
        vault.draft("contact", "Ada Lovelace", emial="ada@example.com")
    assert refused.value.hint == "did you mean email?"


def test_a_doubtful_value_is_set_and_told(tmp_path: Path) -> None:
    vault = vault_of(tmp_path)
    draft = vault.draft("contact", "Ada Lovelace", last_contact="2026-02-30")
    assert [one.code for one in vault.findings_in(draft)] == ["bad-date"]


def test_a_contact_is_made_once_and_another_note_gets_a_number(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, PEOPLE)
    for taken in ("Ada Lovelace", "ADA LOVELACE", "Countess of Lovelace", "Grace Hopper"):
        with pytest.raises(ConflictError, match="is recorded already, in People/"):
            vault.draft("contact", taken)
    paths = [vault.create(vault.draft("request", "Grace")).path for _ in range(3)]
    assert paths == [f"Outreach/2026-11-23 Request - Grace Hopper{number}.md" for number in ("", " 2", " 3")]


def test_a_person_whose_file_has_that_name_is_not_overwritten(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, {"People/Ada.md": "A shopping list of mine, and not about a person.\n"})
    draft = vault.draft("contact", "Ada Lovelace")
    (tmp_path / "People/Ada Lovelace.md").write_text("made meanwhile\n", encoding="utf-8")
    with pytest.raises(ConflictError, match=r"People/Ada Lovelace\.md exists already"):
        vault.create(draft)
    assert (tmp_path / "People/Ada Lovelace.md").read_text(encoding="utf-8") == "made meanwhile\n"


def test_an_unrecorded_contact_is_written_to_and_recorded_later_as_the_same_person(tmp_path: Path) -> None:
    held = (
        'type: interview\ncontact: "[[Grace]]"\ndate: 2026-11-10\nreferrals: ["[[Ada Lovelace]]"]\nmay_mention: true\n'
    )
    notes = {"People/Grace.md": contact(name="Grace Hopper"), "Interviews/A talk.md": f"---\n{held}---\n"}
    vault = vault_of(tmp_path, notes)
    request = vault.create(vault.draft("request", "Ada"))
    assert (request.properties["contact"], request.properties["subject"]) == (
        "[[Ada Lovelace]]",
        "Grace Hopper suggested I write to you",
    )
    assert vault.contact("Ada Lovelace").recorded is False
    made = vault.create(vault.draft("contact", "Ada Lovelace"))
    assert made.properties["referred_by"] == ("[[Grace|Grace Hopper]]",)
    ada = vault.contact("Ada Lovelace")
    assert (ada.recorded, len(ada.messages), ada.referred_by) == (True, 1, ("People/Grace.md",))
    assert len(vault.index().network.contacts) == 2


def test_a_link_says_the_path_where_two_notes_have_one_name(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, PEOPLE)
    for path in ("Archive/Sam Lee", "People/Sam Lee"):
        made = vault.create(vault.draft("request", path))
        assert made.properties["contact"] == f"[[{path}|Sam Lee]]"
    contacts = vault.index().network.contacts
    assert [len(contacts[f"{folder}/Sam Lee.md"].messages) for folder in ("Archive", "People")] == [1, 1]
    assert [one.code for one in vault.check() if one.code.startswith("link-")] == []


@pytest.mark.parametrize("name", ["AC #1", "Bo [old]", "C^x", "D|e", "Zwei\nZeilen", "100%25"])
def test_a_link_to_a_name_that_no_wikilink_holds_leads_there_all_the_same(name: str, tmp_path: Path) -> None:
    path = f"People/{name}.md"
    vault = vault_of(tmp_path, {path: contact()})
    for template in ("request", "prep", "interview", "thank-you"):
        vault.create(vault.draft(template, path))
    (one,) = vault.index().network.contacts.values()
    assert (one.path, len(one.messages), len(one.interviews), len(one.preps)) == (path, 2, 1, 1)


def test_the_questions_of_the_prep_sheet_are_carried_over(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, {"People/Ada Lovelace.md": contact()})
    vault.create(vault.draft("prep", "Ada", on=dt.datetime(2026, 12, 1, 14, 30), duration="25"))
    sheet = tmp_path / "Interviews/2026-12-01 Prep - Ada Lovelace.md"
    mine = "- What would you ask the engine first?\n"
    text = sheet.read_text(encoding="utf-8")
    first = next(line for line in text.partition("## Questions")[2].splitlines() if line.startswith("- "))
    sheet.write_text(text.replace(f"{first}\n", f"{first}\n{mine}"), encoding="utf-8")
    interview = vault.draft("interview", "Ada", on=dt.datetime(2026, 12, 1, 14, 30))
    assert "### What would you ask the engine first?\n" in interview.text
    assert f"### {first.removeprefix('- ')}\n" in interview.text
    assert "Prepared in [[2026-12-01 Prep - Ada Lovelace]]." in interview.text
    assert (interview.properties["duration"], interview.path) == (25, "Interviews/2026-12-01 Ada Lovelace.md")


def test_of_two_prep_sheets_that_with_the_day_of_the_talk_is_carried_over(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, {"People/Ada Lovelace.md": contact()})
    vault.create(vault.draft("prep", "Ada Lovelace"))
    vault.create(vault.draft("prep", "Ada Lovelace", on=dt.datetime(2026, 12, 1, 14, 30)))
    interview = vault.draft("interview", "Ada Lovelace")
    assert "Prepared in [[2026-12-01 Prep - Ada Lovelace]]." in interview.text


# --- Views -----------------------------------------------------------------------------------------------------------


def test_views_are_kept_current_while_they_are_ours(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, {"People/Ada Lovelace.md": contact()})
    assert vault.refresh_views(vault.index()) == ()
    made = vault.make_views()
    assert "Infoview/Network.md" in made
    view = tmp_path / "Infoview/Network.md"
    assert vault.refresh_views(vault.index()) == ()
    before = view.read_bytes()
    vault.create(vault.draft("contact", "Grace Hopper"))
    assert "Infoview/Network.md" in vault.refresh_views(vault.index())
    assert b"Grace Hopper" in view.read_bytes() != before
    mine = view.read_bytes().replace(b"generated_by: infoview\n", b"") + b"My own words\n"
    view.write_bytes(mine)
    vault.create(vault.draft("contact", "Mary Somerville"))
    assert "Infoview/Network.md" not in vault.refresh_views(vault.index())
    assert view.read_bytes() == mine
    view.unlink()
    assert "Infoview/Network.md" not in vault.refresh_views(vault.index())
    assert not view.exists()


def test_views_are_no_notes_of_ours(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, {"People/Ada Lovelace.md": contact()})
    before = vault.index().index.counts()
    vault.make_views()
    assert vault.index().index.counts() == before
    assert vault.check() == ()


def test_a_note_of_the_users_is_never_replaced_by_a_graph(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, {"People/Ada Lovelace.md": contact(), "Network.md": "My own thoughts\n"})
    for place in (tmp_path / "Network.md", tmp_path / "People/../network.MD", tmp_path / "People/Ada Lovelace.md"):
        if not place.exists():
            continue  # this file system tells Network.md from network.MD
        before = place.read_bytes()
        with pytest.raises(ConflictError, match="is a note of yours and is left as it is"):
            vault.write_output(place, vault.graph("mermaid", as_note=True))
        assert place.read_bytes() == before
    picture = tmp_path / "Views/Network.md"
    assert vault.write_output(picture, vault.graph("mermaid", as_note=True)) == "Views/Network.md"
    vault.create(vault.draft("contact", "Grace Hopper"))
    assert vault.write_output(picture, vault.graph("mermaid", as_note=True)) == "Views/Network.md"
    assert "Grace Hopper" in picture.read_text(encoding="utf-8")


def test_a_template_is_copied_once_and_then_used(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, {"People/Ada Lovelace.md": contact()})
    assert vault.copy_template("request") == "Templates/Infoview/request.md"
    with pytest.raises(ConflictError, match="exists already"):
        vault.copy_template("request")
    with pytest.raises(UnknownError, match="no template is called reqest"):
        vault.copy_template("reqest")
    own = tmp_path / "Templates/Infoview/request.md"
    own.write_text(own.read_text(encoding="utf-8").replace("Dear ", "Good day, "), encoding="utf-8")
    again = Vault(tmp_path, today=TODAY)
    assert "Good day, Ada," in again.draft("request", "Ada").text
    assert [(one.name, one.origin) for one in again.template_set.names() if one.origin == "own"] == [("request", "own")]
    assert len(again.index().network.contacts) == 1


# --- Names -----------------------------------------------------------------------------------------------------------

_AWKWARD = st.text("Ad %[]#|^:'\"\\/-.,{}&*!@`=~()<>?$éßŁİ✎日", min_size=1, max_size=20)
_PRINTABLE = st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), min_size=1, max_size=60)
_OFTEN = 40


@given(name=_AWKWARD | _PRINTABLE)
@example(name='Zoë O\'Brien: "the" #1')
@example(name="[[Ada]]")
@example(name="{{ contact.name }}")
@example(name="==✎ a fill-in==")
@example(name="- 1e3")
@example(name="null")
@example(name="People/Ada.md")
@example(name="CON")
@example(name="é" * 150)
@example(name="<%d")
@settings(max_examples=_OFTEN)
def test_a_name_survives_every_note(name: str) -> None:
    with _vault() as vault:
        try:
            vault.create(vault.draft("contact", name))
        except UsageError:
            return
        kept = re.sub("%%+", "%", " ".join(name.split()))  # %% would hide the rest of a letter as a comment
        kept = kept.replace("<%", "<\u200b%")  # which would run as a command of Templater
        for template in ("request", "prep", "interview", "thank-you"):
            vault.create(vault.draft(template, kept))
        (one,) = vault.index().network.contacts.values()
        assert one.name == kept
        assert (len(one.messages), len(one.interviews), len(one.preps)) == (2, 1, 1)
        assert [found.code for found in vault.check() if found.severity == "error"] == []
        assert kept in [shown.name for shown in (vault.contact(kept), vault.card(kept).contact)]


@contextmanager
def _vault() -> Iterator[Vault]:
    """An empty vault for one example."""
    with tempfile.TemporaryDirectory() as folder:
        yield vault_of(Path(folder))
