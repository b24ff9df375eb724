"""Where things are: the vault, and the templates that come with the package. Reads; never writes."""

import os
from collections.abc import Mapping
from pathlib import Path

from infoview_md.disk.scan import find_vault, read_templates
from infoview_md.errors import FileTroubleError, UsageError

__all__ = ["bundled_templates", "nearest_vault", "real_path", "vault_root"]

_PACKAGE = Path(__file__).parent.parent


def nearest_vault(named: str | None) -> str:
    """The vault named, else the one in INFOVIEW_VAULT, else the nearest folder upwards that has `Me.md` or `.obsidian`.

    Raises UsageError when there is none.
    """
    chosen = named or os.environ.get("INFOVIEW_VAULT") or find_vault(Path.cwd())
    if not chosen:
        raise UsageError("there is no vault here", "name one with --vault DIR, or make one: infoview init DIR")
    return str(chosen)


def vault_root(folder: str | os.PathLike[str]) -> Path:
    """The one true path of a vault, however it was given: relative, with `~`, or through a link.

    Raises UsageError when it is no folder.
    """
    root = real_path(folder)
    if not root.is_dir():
        raise UsageError(f"there is no folder {folder}", "name a folder of notes, or make one: infoview init DIR")
    return root


def real_path(place: str | os.PathLike[str]) -> Path:
    """A path without links, `~` and `..`."""
    return Path(os.path.realpath(Path(place).expanduser()))


def bundled_templates() -> Mapping[str, bytes]:
    """The templates of the package: inside of it when installed, beside it in a checkout."""
    for folder in (_PACKAGE / "_templates", _PACKAGE.parent / "templates"):
        if templates := read_templates(folder):
            return templates
    raise FileTroubleError("the bundled templates are missing", "install infoview-md again")
