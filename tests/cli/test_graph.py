"""`infoview graph` on the command line, as far as the pictures are concerned."""

import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.command_line import REPOSITORY, infoview


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
