"""`infoview graph` on the command line, as far as the pictures are concerned."""

import datetime as dt
import json
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from infoview_md.errors import UsageError
from infoview_md.vault import Vault
from infoview_md.views.formats import Format
from tests.command_line import REPOSITORY, infoview

EXAMPLE = str(REPOSITORY / "examples/vault")


def test_the_example_vault_as_svg_is_the_same_file_every_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INFOVIEW_CACHE", str(tmp_path / "cache"))
    vault = tmp_path / "vault"
    shutil.copytree(REPOSITORY / "examples/vault", vault)
    first, second = tmp_path / "first.svg", tmp_path / "second.svg"
    for target in (first, second):
        answer = infoview("--vault", str(vault), "graph", "--format", "svg", "-o", str(target))
        assert (answer.status, answer.out) == (0, "")
    assert first.read_bytes() == second.read_bytes()
    root = ET.parse(first).getroot()  # noqa: S314 - made by the command just now
    names = {one.get("data-name") for one in root.iter() if one.get("data-name")}
    assert {"Imogen Clough", "Maureen Pickersgill", "Callum Birtwhistle"} <= names


def test_an_ending_that_says_no_format_is_wrong_use(tmp_path: Path) -> None:
    target = tmp_path / "network.zip"
    answer = infoview("--vault", str(REPOSITORY / "examples/vault"), "graph", "-o", str(target))
    assert answer.status == 2
    assert ".graphml" in answer.err
    assert not target.exists()


@pytest.mark.parametrize("form", [str(one) for one in Format if one is not Format.JSON])
def test_a_picture_that_is_asked_for_as_json_is_a_text_in_the_answer(form: str, tmp_path: Path) -> None:
    plain = infoview("--vault", EXAMPLE, "graph", "--format", form)
    answer = json.loads(infoview("--vault", EXAMPLE, "graph", "--format", form, "--json").out)
    assert (answer["format"], answer["path"]) == (form, None)
    assert answer["text"].removesuffix("\n") == plain.out.removesuffix("\n")
    file = tmp_path / "network"
    told = infoview("--vault", EXAMPLE, "graph", "--format", form, "--json", "-o", str(file))
    assert json.loads(told.out) == {"format": form, "path": str(file), "text": None}
    assert file.read_text("utf-8") == answer["text"]


def test_data_that_is_asked_for_as_json_is_the_answer_itself() -> None:
    plain, twice, asked = (
        infoview("--vault", EXAMPLE, "graph", *arguments).out
        for arguments in (("--format", "json"), ("--format", "json", "--json"), ("--json",))
    )
    assert json.loads(plain)["directed"] is True
    assert plain == twice == asked


@pytest.mark.parametrize(
    ("name", "form"), [("network.svg", "svg"), ("network.json", "json"), ("network.md", "mermaid"), ("network", "json")]
)
def test_the_ending_of_a_file_counts_for_json_too(name: str, form: str, tmp_path: Path) -> None:
    answer = infoview("--vault", EXAMPLE, "graph", "--json", "-o", str(tmp_path / name))
    assert json.loads(answer.out) == {"format": form, "path": str(tmp_path / name), "text": None}
    assert (tmp_path / name).read_text("utf-8").startswith({"svg": "<svg", "mermaid": "---", "json": "{"}[form])


def test_the_help_and_the_library_know_the_same_formats() -> None:
    listed = infoview("graph", "--help").out
    assert f"[{'|'.join(Format)}]" in listed
    vault = Vault(EXAMPLE, today=dt.date(2026, 11, 23))
    assert all(vault.graph(form) for form in Format)
    with pytest.raises(UsageError, match="there is no format pdf"):
        vault.graph("pdf")
