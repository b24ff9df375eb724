"""What is in the vault: its notes with their states and bytes, and what Obsidian's own files say of it.

It never writes and never judges text.
"""

import codecs
import errno
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from infoview_md.disk.files import name_key, read_regular, reason
from infoview_md.disk.states import Row, row_of
from infoview_md.disk.walking import joined, kind_of, walk
from infoview_md.notes.findings import Finding, finding

__all__ = [
    "FileState",
    "NoteBytes",
    "Scan",
    "find_vault",
    "read_note",
    "read_templates",
    "scan",
    "task_filter",
    "template_folders",
]

LARGEST_WHOLE_NOTE = 5_000_000
HEAD = 1_000_000
"""Bytes that are read of a note that is larger than that."""
LARGEST_TEMPLATE = 512 * 1024
LARGEST_CONFIGURATION = 5_000_000

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


def scan(root: Path, *, skipped_folders: Iterable[str] = ()) -> Scan:
    """Look through the vault as `walk` does, which is twice as fast, and put what was found in order."""
    walked = walk(root, skipped_folders=skipped_folders)
    notes = {
        joined(folder, row[0]): _state_of_row(row) for folder, states in walked.folders.items() for row in states.rows()
    }
    return Scan(
        notes=MappingProxyType(dict(sorted(notes.items()))),
        other_files=walked.other_files,
        unreadable_folders=walked.unreadable_folders,
        findings=walked.findings,
    )


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
        return finding("not-a-file", path, what=kind_of(status.st_mode))
    truncated = status.st_size > LARGEST_WHOLE_NOTE
    return NoteBytes(
        data=_whole_lines(data) if truncated else data,
        size=status.st_size,
        truncated=truncated,
        state=_state_of_row(row_of("", status, link=os.path.islink(place))),  # noqa: PTH114 - as in find_vault
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


def _state_of_row(row: Row) -> FileState:
    _, size, mtime_ns, ctime_ns, inode, link = row
    return FileState(size=size, mtime_ns=mtime_ns, ctime_ns=ctime_ns, inode=inode, link=link)


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
