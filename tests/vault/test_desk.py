"""One note for each of many: who is passed over, what goes wrong with one, and what is left behind then."""

import datetime as dt
import json
from pathlib import Path

import pytest

from infoview_md import Vault
from infoview_md.errors import TemplateError, UnknownError, UsageError
from tests.command_line import Answer, infoview

NOTES = {
    "Me.md": "---\ntype: me\nname: Imogen\naccepted: 2026-11-20\n---\n",
    "People/Ada.md": "---\ntype: contact\nemail: ada@example.org\nfield: tides\n---\n",
    "People/Bob.md": "---\ntype: contact\nfield: tides\n---\n",
    "People/Cyd.md": "---\ntype: contact\nemail: cyd@example.org\nfield: tides\n---\n",
    "Templates/Infoview/hello.md": "---\ntype: request\ncontact: '{{ contact.link }}'\n---\nTo {{ contact.email }}\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in NOTES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def talk(root: Path, name: str) -> None:
    (root / "Interviews").mkdir(exist_ok=True)
    text = f'---\ntype: interview\ncontact: "[[{name}]]"\ndate: 2026-11-19\n---\n'
    (root / f"Interviews/Talk with {name}.md").write_text(text, encoding="utf-8")


def new(root: Path, *arguments: str) -> Answer:
    return infoview("--vault", str(root), "new", *arguments)


def notes_made(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "Outreach").glob("*.md")) if (root / "Outreach").exists() else []


def test_an_error_with_one_stops_none_of_the_others(root: Path) -> None:
    answer = new(root, "hello", "--stage", "identified")
    assert answer.lines == ["Outreach/2026-11-23 Hello - Ada.md", "Outreach/2026-11-23 Hello - Cyd.md"]
    assert "Bob: Templates/Infoview/hello.md:5: contact.email is empty" in answer.err
    assert "write email: into People/Bob.md" in answer.err
    assert answer.err.endswith("2 made, 1 failed\n")
    assert answer.status == TemplateError.exit_status
    assert notes_made(root) == ["2026-11-23 Hello - Ada.md", "2026-11-23 Hello - Cyd.md"]


def test_a_place_that_the_disk_refuses_stops_none_of_the_others(root: Path) -> None:
    text = "---\ntype: request\ntemplate_path: '{{ contact.name }}/x.md'\ncontact: '{{ contact.link }}'\n---\nHello\n"
    (root / "Templates/Infoview/hello.md").write_text(text, encoding="utf-8")
    (root / "Bob").write_text("in the way", encoding="utf-8")
    answer = new(root, "hello", "--stage", "identified")
    assert answer.lines == ["Ada/x.md", "Cyd/x.md"]
    assert answer.status == 4
    assert "infoview: Bob: Bob is a file" in answer.err


def test_who_has_one_is_passed_over_and_a_second_run_makes_none(root: Path) -> None:
    for name in ("Ada", "Bob"):
        talk(root, name)
    first = new(root, "announcement", "--stage", "met,identified")
    assert first.lines == [f"Outreach/2026-11-23 Announcement - {name}.md" for name in ("Ada", "Bob", "Cyd")]
    again = new(root, "announcement", "--stage", "met,identified,drafted")
    assert (again.lines, again.status) == ([], 0)
    assert "passed over Ada: the announcement in Outreach/2026-11-23 Announcement - Ada.md is not sent yet" in again.err
    assert again.err.endswith("0 made, 3 passed over\n")


def test_a_dry_run_lists_and_makes_nothing(root: Path) -> None:
    answer = new(root, "request", "--stage", "identified", "--dry-run")
    assert len(answer.lines) == 3
    assert answer.err.endswith("3 would be made\n")
    assert notes_made(root) == []


def test_of_many_each_gets_a_note_of_their_own_also_where_a_panel_would_share_one(root: Path) -> None:
    answer = new(root, "prep", "--stage", "identified", "--on", "2026-12-01")
    assert len(answer.lines) == 3


def test_a_stage_and_an_organization_can_be_asked_for_together(root: Path) -> None:
    (root / "People/Dot.md").write_text("---\ntype: contact\norganization: Navy\n---\n", encoding="utf-8")
    assert new(root, "request", "--stage", "identified", "--organization", "navy").lines == [
        "Outreach/2026-11-23 Request - Dot.md"
    ]


def test_the_answer_as_json_has_a_member_for_each(root: Path) -> None:
    talk(root, "Cyd")
    new(root, "thank-you", "Cyd")
    answer = new(root, "thank-you", "--stage", "identified,met", "--json")
    ada, bob, cyd = json.loads(answer.out)
    assert ada.keys() == bob.keys() == {"contact", "path", "fill_ins", "findings", "skipped", "error"}
    assert (ada["contact"], ada["path"], ada["skipped"]) == ("Ada", None, "there is no interview with Ada")
    assert cyd["skipped"].startswith("the thank-you in Outreach/")
    (made,) = json.loads(new(root, "hello", "--stage", "met", "--json").out)
    assert made["path"] == "Outreach/2026-11-23 Hello - Cyd.md"
    failed = [one["error"] for one in json.loads(new(root, "hello", "--stage", "identified", "--json").out)]
    assert [bool(one) for one in failed] == [False, True]


def test_what_speaks_against_everybody_is_said_once(root: Path) -> None:
    (root / "Me.md").write_text("---\ntype: me\n---\n", encoding="utf-8")
    answer = new(root, "announcement", "--stage", "identified")
    assert answer.status == 2
    assert answer.err.count("you have not accepted a position yet") == 1
    assert "accepted: in Me.md" in answer.err


def test_wrong_use_is_told_before_anything_is_made(root: Path) -> None:
    vault = Vault(root, today=dt.date(2026, 11, 23))
    with pytest.raises(UsageError, match="does not ask for tpyo"):
        list(vault.one_each("request", ["Ada", "Bob"], answers={"tpyo": "x"}))
    with pytest.raises(UnknownError, match="no template is called nonsense"):
        list(vault.one_each("nonsense", ["Ada"]))
    assert notes_made(root) == []


@pytest.mark.parametrize(
    ("option", "reason"),
    [
        (("--on", "2026-12-01"), "speaks of no interview, so --on has no use there"),
        (("--about", "Bob"), "reports on nobody, so --about has no use there"),
        (("--topic", "path"), "chooses no questions by topic, so --topic has no use there"),
        (("--questions", "0"), "chooses no number of questions, so --questions has no use there"),
    ],
)
@pytest.mark.parametrize("whom", [("Ada",), ("--stage", "identified")])
def test_an_option_that_the_template_would_pass_over_is_told_before_anything_is_made(
    whom: tuple[str, ...], option: tuple[str, str], reason: str, root: Path
) -> None:
    answer = new(root, "request", *whom, *option)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith(f"infoview: the template request {reason}\n  leave it out; {option[0]} is for ")
    assert notes_made(root) == []
    assert new(root, "contact", "Eve", *option).status == 2
    assert not (root / "People/Eve.md").exists()


def test_what_was_made_is_known_when_the_rest_is_interrupted(root: Path) -> None:
    vault = Vault(root, today=dt.date(2026, 11, 23))
    outcomes = vault.one_each("request", ["Ada", "Bob", "Cyd"])
    next(outcomes)
    assert notes_made(root) == ["2026-11-23 Request - Ada.md"]


def test_new_contact_for_many_records_those_without_a_note(root: Path) -> None:
    talk(root, "Dot")
    answer = new(root, "contact", "--stage", "identified,met")
    assert answer.lines == ["People/Dot.md"]
    assert "passed over Ada: they are recorded in People/Ada.md" in answer.err


def test_a_prep_sheet_leaves_out_what_they_answered_and_marks_what_others_did(root: Path) -> None:
    (root / "Interviews").mkdir()
    text = "### How does an ordinary week of yours divide up?\n\nTwo days in the van.\n"
    for name, day in (("Ada", "01"), ("Bob", "02")):
        head = f'---\ntype: interview\ncontact: "[[{name}]]"\ndate: 2026-10-{day}\n---\n'
        (root / f"Interviews/Talk with {name}.md").write_text(head + text, encoding="utf-8")
    vault = Vault(root, today=dt.date(2026, 11, 23))
    assert "ordinary week" not in vault.draft("prep", "Ada", count=9).text
    assert (
        "divide up? *(asked before: [[Talk with Bob|Bob]] and [[Talk with Ada|Ada]])*"
        in vault.draft("prep", "Cyd", count=9).text
    )
    answer = new(root, "prep", "Cyd", "--questions", "2", "--topic", "market", "--dry-run")
    section = answer.out.partition("## Questions")[2].partition("## Before")[0]
    assert section.count("\n- ") == 2
    refused = new(root, "prep", "Cyd", "--topic", "markt")
    assert (refused.status, "did you mean market?" in refused.err) == (2, True)


def test_what_was_asked_before_is_no_part_of_the_question(root: Path) -> None:
    sheet = "---\ntype: prep\ncontact: '[[Ada]]'\ndate: 2026-12-01\n---\n"
    sheet += "## Questions\n\n- How so? *(asked before: [[Bob]])*\n"
    (root / "Interviews").mkdir()
    (root / "Interviews/Prep.md").write_text(sheet, encoding="utf-8")
    made = Vault(root, today=dt.date(2026, 11, 23)).draft("interview", "Ada")
    assert "### How so?\n" in made.text


def test_closed_questions_of_ones_own_are_told_in_check(root: Path) -> None:
    (root / "Questions.md").write_text("## Insights\n- Do you like it?\n", encoding="utf-8")
    (root / "Templates/Infoview/Questions.md").write_text("## Advice\n\n- Is it hard?\n", encoding="utf-8")
    lines = infoview("--vault", str(root), "check").lines
    assert lines[0].startswith("Questions.md:2: info question-closed Do you like it? begins with Do")
    assert lines[2].startswith("Templates/Infoview/Questions.md:3: info question-closed Is it hard? begins with Is")


def test_faults_of_templates_are_told_and_end_with_1(root: Path) -> None:
    (root / "Templates/Infoview/bad.md").write_text("---\ntype: request\n---\n{{ contact.nmae }}\n", encoding="utf-8")
    answer = infoview("--vault", str(root), "templates", "bad", "--check")
    assert answer.lines == [
        "Templates/Infoview/bad.md:4: error template-error there is no contact.nmae",
        "  did you mean contact.name?",
    ]
    assert answer.status == 1
    (found,) = json.loads(infoview("--vault", str(root), "templates", "bad", "--check", "--json").out)
    assert (found["code"], found["line"]) == ("template-error", 4)
    good = infoview("--vault", str(root), "templates", "request", "--check")
    assert (good.status, good.err) == (0, "nothing is wrong\n")
