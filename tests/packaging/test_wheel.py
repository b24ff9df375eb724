"""The wheel, built from the source archive and installed outside the checkout, makes a note from a bundled template.

The only slow test: it makes a virtual environment and installs the runtime dependencies, and nothing else, into it.
`make test` leaves it out, `make check` runs it.
"""

import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """The two files of a release."""

    sdist: Path
    wheel: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """An environment with the wheel in it, and an empty folder to work in."""

    programs: Path
    folder: Path

    def run(self, program: str, *arguments: str) -> str:
        """Run one of the environment's programs in the empty folder; what it prints on standard output."""
        return run([str(self.programs / program), *arguments], self.folder)


def run(command: list[str], folder: Path) -> str:
    surroundings = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    done = subprocess.run(
        command,
        cwd=folder,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("dist")
    # Both are built, the wheel from the source archive; without isolation, by the back end of the dev extra.
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)], folder)
    (sdist,), (wheel,) = folder.glob("*.tar.gz"), folder.glob("*.whl")
    return Built(sdist=sdist, wheel=wheel)


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("away")
    environment = tmp_path_factory.mktemp("environment")
    run([sys.executable, "-m", "venv", str(environment)], folder)
    programs = environment / ("Scripts" if os.name == "nt" else "bin")
    run([str(programs / "python"), "-m", "pip", "install", "--quiet", "--no-cache-dir", str(built.wheel)], folder)
    return Installed(programs=programs, folder=folder)


def test_the_wheel_holds_the_package_its_templates_its_page_and_its_types(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as wheel:
        names = set(wheel.namelist())
    templates = {f"infoview_md/_templates/{file.name}" for file in (ROOT / "templates").glob("*.md")}
    assert templates
    page = {f"infoview_md/_page/{file.name}" for file in (ROOT / "infoview_md/_page").iterdir()}
    assert page
    assert templates | page | {"infoview_md/__init__.py", "infoview_md/py.typed"} <= names
    assert {name.split("/")[0] for name in names} == {"infoview_md", f"infoview_md-{PROJECT['version']}.dist-info"}


def test_the_source_archive_holds_what_a_rebuilder_needs(built: Built) -> None:
    with tarfile.open(built.sdist) as sdist:
        inside = [name.split("/", 1)[1] for name in sdist.getnames() if "/" in name]
    folders = {name.split("/")[0] for name in inside}
    assert {"infoview_md", "templates", "examples", "tests", "LICENSE", "Makefile", "README.md"} <= folders
    assert "tests/packaging/test_wheel.py" in inside
    assert not [name for name in inside if "__pycache__" in name or ".venv" in name]


def test_the_installed_command_knows_its_version(installed: Installed) -> None:
    assert PROJECT["version"] in installed.run("infoview", "--version")
    assert PROJECT["version"] in installed.run("python", "-m", "infoview_md", "--version")


def test_the_installed_command_lists_the_bundled_templates(installed: Installed) -> None:
    listed = installed.run("infoview", "templates")
    assert "request" in listed
    assert "contact" in listed


def test_the_installed_command_makes_a_vault_and_a_note_from_a_bundled_template(installed: Installed) -> None:
    vault = installed.folder / "vault"
    installed.run("infoview", "init", str(vault), "--set", "name=Ada King", "--set", "email=ada@example.org")
    installed.run("infoview", "new", "contact", "Grace Hopper", "--vault", str(vault))
    (note,) = vault.rglob("Grace Hopper.md")
    assert "type: contact" in note.read_text(encoding="utf-8")
    installed.run("infoview", "check", "--vault", str(vault))
    assert "Grace Hopper" in installed.run("infoview", "graph", "--format", "html", "--vault", str(vault))
