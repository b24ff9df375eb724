"""The example vault on 23 November 2026: its README and the agenda tell the same story."""

import re
from pathlib import Path

import pytest

from infoview_md.agenda.agenda import Agenda
from infoview_md.agenda.making import make_agenda
from infoview_md.network.index import Changes, Index
from infoview_md.notes.reading import read_note
from tests.agenda.vaults import moment

EXAMPLES = Path(__file__).parents[2] / "examples"
STAGE = {"in touch": "in-touch", "identified, unrecorded": "identified"}


@pytest.fixture(scope="module")
def agenda() -> Agenda:
    vault = EXAMPLES / "vault"
    files = [one for one in sorted(vault.rglob("*.md")) if "Templates" not in one.parts]
    paths = {one.relative_to(vault).as_posix(): one.read_bytes() for one in files}
    index = Index().apply(Changes(read={path: read_note(path, data) for path, data in paths.items()}))
    return make_agenda(index.network, index.settings, moment("2026-11-23"))


def intended() -> dict[str, str]:
    """The table of the README: the stage of everybody it names."""
    stages: dict[str, str] = {}
    for row in re.findall(r"^\| (.+?) \| (.+?) \| .+ \|$", (EXAMPLES / "README.md").read_text("utf-8"), re.MULTILINE):
        if row[0] != "contact" and not row[0].startswith("---"):
            people = re.split(r" and (?=[A-Z])", row[0])
            people = re.split(r", (?=[A-Z]\w+ [A-Z])", row[0]) if row[1] == "known" else people
            stages |= {one.partition(",")[0]: STAGE.get(row[1], row[1]) for one in people}
    return stages


def test_the_stages_are_those_of_the_readme(agenda: Agenda) -> None:
    found = {agenda.network.contacts[ident].name: one.stage for ident, one in agenda.standings.items()}
    assert found == intended()


def test_a_monday_morning_reads_like_a_note_from_an_assistant(agenda: Agenda) -> None:
    lines = [f"{one.due:%d %b} {one.contact.name}: {one.text}" for one in agenda.due(within=1)]
    assert lines == [
        "13 Nov Callum Birtwhistle: make a note about them",
        "19 Nov Emeka Obi-Sharp: write up the notes of the interview",
        "19 Nov Wanda Kowalczyk: thank them, and ask who else to talk to",
        "20 Nov Emeka Obi-Sharp: send a thank-you",
        "23 Nov Joost van der Meulen: confirm the interview, with the time zone",
        "23 Nov Joost van der Meulen: finish the prep sheet",
        "23 Nov Zoë Lindqvist: prepare for the interview",
        "23 Nov Oksana Luk'yanenko: agree on a time",
        "23 Nov Béatrice Fontanel: finish and send the request",
        "24 Nov Dilys Marchbanks: draft a request, as the second person there",
    ]
