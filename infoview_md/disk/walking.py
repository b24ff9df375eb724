"""The walk through a vault: which notes there are and in what state. It opens none of them.

Follows Obsidian: only `.md` files are notes, nothing below a name with a dot in front is seen, and links to folders are
not followed.
"""

import errno
import os
import stat
import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import ST_INO, ST_MODE, ST_SIZE
from types import MappingProxyType

from infoview_md.disk.files import listed, name_key, reason
from infoview_md.disk.states import Row, States, row_of
from infoview_md.errors import FileTroubleError
from infoview_md.notes.findings import Finding, finding

__all__ = ["Walked", "is_note_name", "joined", "kind_of", "look_at", "walk"]

_ON_WINDOWS = os.name == "nt"
_REGULAR = stat.S_IFREG >> 12
"""The kind of a regular file, as the uppermost bits of a mode have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What a walk found: the notes of each folder by its vault path (the root's is empty), in the disk's own order."""

    folders: Mapping[str, States]
    other_files: tuple[str, ...]
    unreadable_folders: tuple[str, ...]
    findings: tuple[Finding, ...]


def is_note_name(name: str) -> bool:
    """Tell whether a file of this name (not path) is a note: `.md`, not hidden, not an editor's temporary file."""
    return _is_seen(name) and name_key(name).endswith(".md")


def walk(
    root: Path, *, skipped_folders: Iterable[str] = (), within: Mapping[str, Collection[str]] | None = None
) -> Walked:
    """Look through the vault, without opening a note; `skipped_folders` are vault paths, compared as names are.

    `within` are the only folders to look into, none of them a skipped one, each with the `name_key` of those of its
    folders that are looked through as well. Raises FileTroubleError when the root is no folder or cannot be read.
    """
    walk = _Walk(str(root), skipped_folders)
    try:
        folders = walk.visit("") if within is None else []
        for folder, names in (within or {}).items():
            folders += [one for one in walk.visit(folder) if name_key(one.rpartition("/")[2]) in names]
        while folders:
            folders += walk.visit(folders.pop())
    except _RootError as error:
        raise FileTroubleError(
            f"the folder {root} cannot be read: {error}", "name another folder, or mend its permissions"
        ) from error
    return walk.result()


def look_at(root: Path, path: str) -> Row | None:
    """Return what a walk would find at one path, which is in the vault's root; None when it is no note or gone."""
    try:
        status = os.stat(root / path)  # noqa: PTH116 - as in find_vault
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return row_of(path, status, link=os.path.islink(root / path))  # noqa: PTH114


class _RootError(Exception):
    """The vault itself cannot be looked into; the text is the reason."""


class _Walk:
    """Collects what a walk meets; `visit` looks into one folder and returns the folders in it."""

    def __init__(self, root: str, skipped_folders: Iterable[str]) -> None:
        self._root = root
        self._skipped = {name_key(folder.strip("/")) for folder in skipped_folders}
        self._folders: dict[str, States] = {}
        self._other_files: list[str] = []
        self._unreadable: dict[str, Finding] = {}
        self._findings: list[Finding] = []

    def result(self) -> Walked:
        findings = [*self._findings, *self._unreadable.values()]
        return Walked(
            folders=MappingProxyType(self._folders),
            other_files=tuple(sorted(self._other_files)),
            unreadable_folders=tuple(sorted(self._unreadable)),
            findings=tuple(sorted(findings, key=lambda found: (found.path, found.code))),
        )

    def visit(self, folder: str) -> list[str]:
        rows: list[Row] = []
        folders: list[str] = []
        states = None
        try:
            with listed(joined(self._root, folder)) as entries:
                met = list(entries)
                states, others = _plain_notes(met)
                for entry in others:
                    self._meet(folder, entry, rows, folders)
        except OSError as error:
            is_gone = isinstance(error, FileNotFoundError | NotADirectoryError)  # since its parent was read
            if not (folder and is_gone):
                self._cannot_read(folder, error)
        if rows:
            states = States.of([*states.rows(), *rows] if states else rows)
        if states:
            self._folders[folder] = states
        return folders

    def _meet(self, folder: str, entry: os.DirEntry[str], rows: list[Row], folders: list[str]) -> None:
        try:
            if _is_seen(entry.name):
                self._meet_other(folder, entry, rows, folders)
        except FileNotFoundError:
            pass  # gone since its folder was read
        except OSError as error:
            self._cannot_read(folder, error)

    def _meet_other(self, folder: str, entry: os.DirEntry[str], rows: list[Row], folders: list[str]) -> None:
        path = joined(folder, entry.name)
        if _is_link(entry):
            self._meet_link(path, entry, rows)
        elif entry.is_dir(follow_symlinks=False):
            if name_key(path) in self._skipped:
                return
            if is_note_name(entry.name):
                self._is_not_a_note(path, "a folder")
            folders.append(path)
        else:
            self._meet_file(path, entry.stat(follow_symlinks=False), rows, link=False)

    def _meet_link(self, path: str, entry: os.DirEntry[str], rows: list[Row]) -> None:
        try:
            status = entry.stat()
        except OSError as error:
            if not is_note_name(entry.name):
                return
            if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}:
                self._findings.append(finding("dangling-link", path))
            else:
                # Its target may only be out of reach: it stays a note, and reading it will say what is wrong.
                rows.append(row_of(entry.name, entry.stat(follow_symlinks=False), link=True))
            return
        self._meet_file(path, status, rows, link=True)

    def _meet_file(self, path: str, status: os.stat_result, rows: list[Row], *, link: bool) -> None:
        name = path.rpartition("/")[2]
        if not stat.S_ISREG(status.st_mode):
            if is_note_name(name):
                self._is_not_a_note(path, f"{'a link to ' if link else ''}{kind_of(status.st_mode)}")
        elif is_note_name(name):
            rows.append(row_of(name, status, link=link))
        else:
            self._other_files.append(path)

    def _is_not_a_note(self, path: str, what: str) -> None:
        self._findings.append(finding("not-a-file", path, what=what))

    def _cannot_read(self, folder: str, error: OSError) -> None:
        if not folder:
            raise _RootError(reason(error)) from error
        self._unreadable[folder] = finding("unreadable", folder, what="the folder", reason=reason(error))


def _plain_notes(met: list[os.DirEntry[str]]) -> tuple[States | None, list[os.DirEntry[str]]]:
    """The states of the notes of a folder, and what else was met there; everything, unless all the notes are plain.

    Column by column, and nothing is called that need not be: this runs for every file.
    """
    notes = [] if _ON_WINDOWS else [entry for entry in met if entry.name[-3:] == ".md" and entry.name[0] not in ".~"]
    if not notes:
        return None, met
    try:
        found = [entry.stat(follow_symlinks=False) for entry in notes]
        if {one[ST_MODE] >> 12 for one in found} != {_REGULAR}:
            return None, met
        states = States.of_columns(
            (
                [entry.name for entry in notes],
                [one[ST_SIZE] for one in found],
                [one.st_mtime_ns for one in found],
                [one.st_ctime_ns for one in found],
                [one[ST_INO] for one in found],
                bytes(len(notes)),
            )
        )
    except (OSError, OverflowError):
        return None, met
    if len(notes) == len(met):
        return states, []
    return states, [entry for entry in met if entry.name[-3:] != ".md" or entry.name[0] in ".~"]


def joined(folder: str, name: str) -> str:
    """Put a name to the path of its folder; the root's path is empty."""
    return f"{folder}/{name}" if folder and name else folder or name


def _is_link(entry: os.DirEntry[str]) -> bool:
    # A junction is Windows' other link to a folder, and may lead round in a ring as well.
    return entry.is_symlink() or (sys.version_info >= (3, 12) and entry.is_junction())


def _is_seen(name: str) -> bool:
    return not name.startswith((".", "~$")) and not name.endswith("~") and not name_key(name).endswith(".tmp")


def kind_of(mode: int) -> str:
    """Say what that is which is no regular file."""
    if stat.S_ISDIR(mode):
        return "a folder"
    if stat.S_ISFIFO(mode):
        return "a named pipe"
    return "a socket" if stat.S_ISSOCK(mode) else "a device"
