"""What is in the vault: which notes there are, in what state, and their bytes. It never writes and never judges text.

Follows Obsidian: only `.md` files are notes, nothing below a name with a dot in front is seen, and links to folders are
not followed.
"""

import codecs
import errno
import json
import os
import stat
import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import ST_INO, ST_MODE, ST_SIZE
from types import MappingProxyType

from infoview_md.disk.files import listed, name_key, read_regular, reason
from infoview_md.errors import FileTroubleError
from infoview_md.notes.findings import Finding, finding

__all__ = [
    "FileState",
    "NoteBytes",
    "Row",
    "Scan",
    "Walked",
    "find_vault",
    "is_note_name",
    "look_at",
    "read_note",
    "read_templates",
    "scan",
    "task_filter",
    "template_folders",
    "walk",
]

LARGEST_WHOLE_NOTE = 5_000_000
HEAD = 1_000_000
"""Bytes that are read of a note that is larger than that."""
LARGEST_TEMPLATE = 512 * 1024
LARGEST_CONFIGURATION = 5_000_000

_ON_WINDOWS = os.name == "nt"
_REGULAR = stat.S_IFREG >> 12
"""The kind of a regular file, as the uppermost bits of a mode have it."""

_CONFIGURED = (
    (".obsidian/templates.json", "folder"),
    (".obsidian/plugins/templater-obsidian/data.json", "templates_folder"),
    (".obsidian/plugins/quickadd/data.json", "templateFolderPaths"),
    (".obsidian/plugins/quickadd/data.json", "templateFolderPath"),
)
_TASKS = ".obsidian/plugins/obsidian-tasks-plugin/data.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileState:
    """What changes when a file does. Compare for equality, never for newer: clocks go back.

    Times count nanoseconds. `ctime_ns` also changes when the time of an edit is set back; it and `inode` are 0 on
    Windows. Of a link, all are its target's.
    """

    size: int
    mtime_ns: int
    ctime_ns: int = 0
    inode: int
    link: bool = False


Row = tuple[str, int, int, int, int, bool]
"""A note in its folder: its name, then what `FileState` has, in that order. Plain, because there may be 50,000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What a walk found: the notes of each folder by its vault path (the root's is empty), in the disk's own order."""

    folders: Mapping[str, list[Row]]
    other_files: tuple[str, ...]
    unreadable_folders: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What was found, in the order of the paths, which are vault paths with `/`.

    A name that is not UTF-8 has surrogates in place of the bytes that are not. What was known below a folder that is
    now unreadable is not to be taken for deleted.
    """

    notes: Mapping[str, FileState]
    other_files: tuple[str, ...]
    unreadable_folders: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteBytes:
    """The bytes of one note, or with `truncated` only its beginning; `size` is that of the whole note, in bytes.

    `state` is from just before they were read, and equals the one that `scan` gives for as long as nothing changes.
    """

    data: bytes
    size: int
    truncated: bool
    state: FileState


def is_note_name(name: str) -> bool:
    """Tell whether a file of this name (not path) is a note: `.md`, not hidden, not an editor's temporary file."""
    return _is_seen(name) and name_key(name).endswith(".md")


def scan(root: Path, *, skipped_folders: Iterable[str] = ()) -> Scan:
    """Look through the vault, without opening a note; `skipped_folders` are vault paths, compared as names are.

    Raises FileTroubleError when the root is no folder or cannot be read.
    """
    walked = walk(root, skipped_folders=skipped_folders)
    notes = {_joined(folder, row[0]): _state_of_row(row) for folder, rows in walked.folders.items() for row in rows}
    return Scan(
        notes=MappingProxyType(dict(sorted(notes.items()))),
        other_files=walked.other_files,
        unreadable_folders=walked.unreadable_folders,
        findings=walked.findings,
    )


def walk(
    root: Path, *, skipped_folders: Iterable[str] = (), within: Mapping[str, Collection[str]] | None = None
) -> Walked:
    """Look through the vault as `scan` does, and leave what was found as it was found, which is twice as fast.

    `within` are the only folders to look into, none of them a skipped one, each with the `name_key` of those of its
    folders that are looked through as well.
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
    return _row(path, status, link=os.path.islink(root / path))  # noqa: PTH114


def read_note(root: Path, path: str, limit: int = HEAD) -> NoteBytes | Finding | None:
    """Read one note that `scan` found: its bytes, a finding when it cannot be read, None when it is gone.

    Of a note over 5,000,000 bytes only whole lines within the first `limit` bytes are read, or that many bytes when
    they are one line. A note in a pipe's place is not waited for.
    """
    place = root / path
    try:
        data, status = read_regular(place, whole=LARGEST_WHOLE_NOTE, head=limit)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if error.errno in {errno.ENXIO, errno.EOPNOTSUPP}:
            return finding("not-a-file", path, what="a socket or a device")
        return finding("unreadable", path, what="the note", reason=reason(error))
    if data is None:
        return finding("not-a-file", path, what=_kind(status.st_mode))
    truncated = status.st_size > LARGEST_WHOLE_NOTE
    return NoteBytes(
        data=_whole_lines(data) if truncated else data,
        size=status.st_size,
        truncated=truncated,
        state=_state_of_row(_row("", status, link=os.path.islink(place))),  # noqa: PTH114 - as in find_vault
    )


def find_vault(start: Path) -> Path | None:
    """Return the nearest folder, from `start` upwards, that has `Me.md` or `.obsidian`; None when there is none."""
    here = start.absolute()
    for folder in (here, *here.parents):
        # os.path and not pathlib: a folder that may not be looked into is simply no vault.
        if os.path.isfile(folder / "Me.md") or os.path.isdir(folder / ".obsidian"):  # noqa: PTH112, PTH113
            return folder
    return None


def template_folders(root: Path) -> tuple[str, ...]:
    """Return the folders, as vault paths, in which Obsidian, Templater and QuickAdd are told to keep templates."""
    found: dict[str, str] = {}
    for file, key in _CONFIGURED:
        value = _configuration(root / file).get(key)
        for folder in value if isinstance(value, list) else [value]:
            if isinstance(folder, str) and (plain := folder.strip().strip("/")):
                found.setdefault(name_key(plain), plain)
    return tuple(found.values())


def task_filter(root: Path) -> str:
    """Return what a line must hold to be a task for Obsidian's Tasks plugin; empty when any checkbox is one."""
    value = _configuration(root / _TASKS).get("globalFilter")
    return value.strip() if isinstance(value, str) else ""


def read_templates(folder: Path) -> Mapping[str, bytes]:
    """Read all `.md` files below one folder, by their paths in it; none when there is no such folder.

    Left out: what is over 512 KB, what cannot be read, and links that lead out of the folder.
    """
    if not os.path.isdir(folder):  # noqa: PTH112 - as in find_vault
        return MappingProxyType({})
    home = os.path.realpath(folder)
    templates: dict[str, bytes] = {}
    for path, state in scan(folder).notes.items():
        if state.link and not Path(os.path.realpath(folder / path)).is_relative_to(home):
            continue
        note = read_note(folder, path)
        if isinstance(note, NoteBytes) and note.size <= LARGEST_TEMPLATE:
            templates[path] = note.data
    return MappingProxyType(templates)


class _RootError(Exception):
    """The vault itself cannot be looked into; the text is the reason."""


class _Walk:
    """Collects what a walk meets; `visit` looks into one folder and returns the folders in it."""

    def __init__(self, root: str, skipped_folders: Iterable[str]) -> None:
        self._root = root
        self._skipped = {name_key(folder.strip("/")) for folder in skipped_folders}
        self._folders: dict[str, list[Row]] = {}
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
        others: list[os.DirEntry[str]] = []
        folders: list[str] = []
        try:
            with listed(_joined(self._root, folder)) as entries:
                self._sort(folder, entries, rows, others)
                for entry in others:
                    self._meet(folder, entry, rows, folders)
        except OSError as error:
            is_gone = isinstance(error, FileNotFoundError | NotADirectoryError)  # since its parent was read
            if not (folder and is_gone):
                self._cannot_read(folder, error)
        if rows:
            self._folders[folder] = rows
        return folders

    def _sort(
        self, folder: str, entries: Iterable[os.DirEntry[str]], rows: list[Row], others: list[os.DirEntry[str]]
    ) -> None:
        """Take the notes from among the entries. Nothing is called that need not be: this runs for every file."""
        for entry in entries:
            name = entry.name
            if name[-3:] != ".md" or name[0] in ".~" or _ON_WINDOWS:
                others.append(entry)
                continue
            try:
                found = entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue  # gone since its folder was read
            except OSError as error:
                self._cannot_read(folder, error)
                continue
            if found[ST_MODE] >> 12 == _REGULAR:
                rows.append((name, found[ST_SIZE], found.st_mtime_ns, found.st_ctime_ns, found[ST_INO], False))
            else:
                others.append(entry)

    def _meet(self, folder: str, entry: os.DirEntry[str], rows: list[Row], folders: list[str]) -> None:
        try:
            if _is_seen(entry.name):
                self._meet_other(folder, entry, rows, folders)
        except FileNotFoundError:
            pass  # gone since its folder was read
        except OSError as error:
            self._cannot_read(folder, error)

    def _meet_other(self, folder: str, entry: os.DirEntry[str], rows: list[Row], folders: list[str]) -> None:
        path = _joined(folder, entry.name)
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
                rows.append(_row(entry.name, entry.stat(follow_symlinks=False), link=True))
            return
        self._meet_file(path, status, rows, link=True)

    def _meet_file(self, path: str, status: os.stat_result, rows: list[Row], *, link: bool) -> None:
        name = path.rpartition("/")[2]
        if not stat.S_ISREG(status.st_mode):
            if is_note_name(name):
                self._is_not_a_note(path, f"{'a link to ' if link else ''}{_kind(status.st_mode)}")
        elif is_note_name(name):
            rows.append(_row(name, status, link=link))
        else:
            self._other_files.append(path)

    def _is_not_a_note(self, path: str, what: str) -> None:
        self._findings.append(finding("not-a-file", path, what=what))

    def _cannot_read(self, folder: str, error: OSError) -> None:
        if not folder:
            raise _RootError(reason(error)) from error
        self._unreadable[folder] = finding("unreadable", folder, what="the folder", reason=reason(error))


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder and name else folder or name


def _is_link(entry: os.DirEntry[str]) -> bool:
    # A junction is Windows' other link to a folder, and may lead round in a ring as well.
    return entry.is_symlink() or (sys.version_info >= (3, 12) and entry.is_junction())


def _is_seen(name: str) -> bool:
    return not name.startswith((".", "~$")) and not name.endswith("~") and not name_key(name).endswith(".tmp")


def _row(name: str, status: os.stat_result, *, link: bool) -> Row:
    if _ON_WINDOWS:
        # It gives a file's number when the file is open, but not while a folder is listed; its ctime is another thing.
        return name, status.st_size, status.st_mtime_ns, 0, 0, link
    return name, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, link


def _state_of_row(row: Row) -> FileState:
    _, size, mtime_ns, ctime_ns, inode, link = row
    return FileState(size=size, mtime_ns=mtime_ns, ctime_ns=ctime_ns, inode=inode, link=link)


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    if stat.S_ISFIFO(mode):
        return "a named pipe"
    return "a socket" if stat.S_ISSOCK(mode) else "a device"


def _whole_lines(data: bytes) -> bytes:
    """Leave out a last line that is cut, so that no character is."""
    if end := data.rfind(b"\n") + 1:
        return data[:end]
    return data[: codecs.utf_8_decode(data, "replace", False)[1]]  # noqa: FBT003 - takes no keywords


def _configuration(file: Path) -> Mapping[str, object]:
    try:
        data, _ = read_regular(file, whole=LARGEST_CONFIGURATION, head=0)
        settings = json.loads((data or b"").decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return {}  # a broken file of Obsidian's is Obsidian's to report
    return settings if isinstance(settings, dict) else {}
