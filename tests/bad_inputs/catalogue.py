"""The catalogue of bad inputs, `cases.yaml` beside this file: which cases there are, and a vault to put them into.

A test of one area holds a table from the id of each of its cases to what is checked; `check_rows` fails when the
catalogue and the table part ways.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["Case", "cases", "check_rows", "content", "digests", "write_files"]

Case = Mapping[str, Any]

CATALOGUE = Path(__file__).parent / "cases.yaml"


@cache
def _all_cases() -> tuple[Case, ...]:
    return tuple(yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))["cases"])


def cases(*areas: str) -> dict[str, Case]:
    """The cases of some areas, by id; an area ends with `-` where all that begin so are meant."""
    found = {
        one["id"]: one
        for one in _all_cases()
        if any(one["area"] == area or (area.endswith("-") and one["area"].startswith(area)) for area in areas)
    }
    assert found, f"no case is of {areas}"
    return found


def check_rows(area: str, rows: Iterable[str]) -> None:
    """Fail unless there is a row for each case of an area, and no other."""
    assert sorted(cases(area)) == sorted(rows)


def content(given: Mapping[str, Any]) -> bytes:
    """The bytes of one input: `text`, `b64`, or `build`, a list of texts each with how often it comes."""
    if "text" in given:
        return str(given["text"]).encode()
    if "b64" in given:
        return base64.b64decode(given["b64"])
    return "".join(text * times for text, times in given["build"]).encode()


def write_files(root: Path, files: Mapping[str, Any]) -> None:
    """Put the files of a case into a vault; `chain` is a number of contacts, each referred by the one before."""
    for path, given in files.items():
        if "chain" in given:
            _write_chain(root, given["chain"])
            continue
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if "symlink" in given:
            target.symlink_to(given["symlink"])
        else:
            target.write_bytes(content(given))


def digests(root: Path) -> dict[str, str]:
    """What every file below a folder holds, hashed, and where every link leads."""
    return {str(place.relative_to(root)): _digest(place) for place in root.rglob("*") if not _is_folder(place)}


def _is_folder(place: Path) -> bool:
    return place.is_dir() and not place.is_symlink()


def _digest(place: Path) -> str:
    if place.is_symlink():
        return f"-> {place.readlink()}"
    if not place.is_file():
        return "neither a file nor a link"
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_chain(root: Path, length: int) -> None:
    folder = root / "People"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(length):
        referrer = f'referred_by: "[[P{number - 1}]]"\n' if number else ""
        (folder / f"P{number}.md").write_text(f"---\ntype: contact\nname: P{number}\n{referrer}---\n", encoding="utf-8")
