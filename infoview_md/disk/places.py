"""Where things are: the vault, and the templates that come with the package. Reads; never writes."""

import os
from collections.abc import Mapping
from pathlib import Path

from infoview_md.disk.scan import find_vault, read_templates
from infoview_md.errors import FileTroubleError, NoVaultError, UsageError

__all__ = ["bundled_templates", "given_path", "nearest_vault", "page_parts", "path_in_vault", "real_path", "vault_root"]

_PACKAGE = Path(__file__).parent.parent


def nearest_vault(named: str | None) -> str:
    """The vault named, else the one in INFOVIEW_VAULT, else the nearest folder upwards that has `Me.md` or `.obsidian`.

    Raises NoVaultError when there is none.
    """
    chosen = named or os.environ.get("INFOVIEW_VAULT") or find_vault(real_path("."))
    if not chosen:
        raise NoVaultError("there is no vault here", "name one with --vault DIR, or make one: infoview init DIR")
    return str(chosen)


def vault_root(folder: str | os.PathLike[str]) -> Path:
    """The one true path of a vault, however it was given: relative, with `~`, or through a link.

    Raises UsageError when it is no folder.
    """
    root = real_path(folder)
    if not root.is_dir():
        raise UsageError(f"there is no folder {folder}", "name a folder of notes, or make one: infoview init DIR")
    return root


def given_path(place: str | os.PathLike[str]) -> Path:
    """A path as the user gave it, with `~` as their home; `~nobody` stays what it is."""
    return Path(os.path.expanduser(place))  # noqa: PTH111 - Path.expanduser raises where there is no such user


def real_path(place: str | os.PathLike[str]) -> Path:
    """A path without links, `~` and `..`. Raises FileTroubleError when the working folder is gone."""
    try:
        return Path(os.path.realpath(given_path(place)))
    except FileNotFoundError as error:
        raise FileTroubleError("the folder that you are in is gone", "go to another one, with cd") from error


def path_in_vault(root: Path, words: str) -> str | None:
    """The vault path of a file named as a shell completes it: from the working folder, or absolutely.

    None for what lies elsewhere. The file itself may be a link, or missing.
    """
    try:
        place = given_path(words)
        real = Path(os.path.realpath(place.parent)) / place.name
    except ValueError:  # a NUL is in no path
        return None
    return real.relative_to(root).as_posix() if real.is_relative_to(root) else None


def bundled_templates() -> Mapping[str, bytes]:
    """The templates of the package: inside of it when installed, beside it in a checkout."""
    for folder in (_PACKAGE / "_templates", _PACKAGE.parent / "templates"):
        if templates := read_templates(folder):
            return templates
    raise FileTroubleError("the bundled templates are missing", "install infoview-md again")


def page_parts() -> Mapping[str, str]:
    """The texts that the page of the network is made of, by the names of their files."""
    try:
        parts = [file for file in (_PACKAGE / "_page").iterdir() if file.suffix in {".html", ".css", ".js"}]
        return {file.name: file.read_text("utf-8") for file in parts}
    except OSError as error:
        raise FileTroubleError("a part of the page is missing", "install infoview-md again") from error
