"""Whether the system tells of changes at a place: which drives never do, and which folders it has no room to watch.

All of it is known from Linux' own tables; elsewhere nothing is known, and events are taken to work.
"""

import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path

from infoview_md.disk.files import reason
from infoview_md.disk.supervising import BROKE_OFF, TOO_MANY_FOLDERS, Deafness

__all__ = ["deafness_at", "deafness_from", "deafnesses", "drive_kind", "silent", "unheard_folders"]

SILENT_DRIVES = frozenset({
    "9p", "afs", "ceph", "cifs", "davfs", "drvfs", "fuse.davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone",
    "fuse.s3fs", "fuse.sshfs", "fuse.vmhgfs-fuse", "ncpfs", "nfs", "nfs4", "prl_fs", "smb3", "smbfs", "vboxsf",
    "virtiofs",
})  # fmt: skip
"""Kinds of drives, as Linux calls them, on which others may change what no event here tells of."""

_TABLES = Path("/proc/self")
_OCTAL = re.compile(r"\\([0-7]{3})")


def silent(kind: str) -> Deafness:
    """Say of a kind of drive that it tells nothing."""
    return Deafness(
        because=f"the vault is on a drive ({kind}) on which changes made elsewhere are not told",
        advice="for another time: --poll SECONDS",
    )


def deafness_at(root: Path) -> Deafness | None:
    """Say why no change is told of at this place, if that is known."""
    try:
        mounts = (_TABLES / "mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    kind = drive_kind(os.path.realpath(root), mounts)
    return silent(kind) if kind in SILENT_DRIVES else None


def drive_kind(place: str, mounts: str) -> str | None:
    """Return the kind of the drive that a real path is on, given Linux' table of mounts (proc_mounts(5))."""
    kind, longest = None, -1
    for line in mounts.splitlines():
        _, point, found, *_ = *line.split(" "), "", "", ""
        point = _OCTAL.sub(lambda code: chr(int(code[1], 8)), point)
        inside = point in {"/", place} or place.startswith(point + "/")
        if point and inside and len(point) >= longest:  # of two in one place, the later hides the earlier
            kind, longest = found, len(point)
    return kind


def deafness_from(error: OSError | RuntimeError) -> Deafness:
    """Say why listening could not begin, and what to do about it."""
    code = error.errno if isinstance(error, OSError) else None
    if code in {errno.EMFILE, errno.ENFILE}:
        return TOO_MANY_PROGRAMS
    if code == errno.ENOSPC:
        return TOO_MANY_FOLDERS
    return _other(reason(error) if isinstance(error, OSError) else str(error))


TOO_MANY_PROGRAMS = Deafness(
    because="the system lets no further program listen for changes",
    advice="to allow more: sudo sysctl fs.inotify.max_user_instances=512, or ulimit -n 4096",
    passing=True,
)


def _other(words: str) -> Deafness:
    return Deafness(
        because=f"listening for changes cannot begin ({words})",
        advice="it is tried again every five minutes",
        passing=True,
    )


def deafnesses(kind: str, words: str) -> tuple[Deafness, ...]:
    """Every reason for hearing nothing, for the docs: with a kind of drive, and with the system's own words."""
    return silent(kind), TOO_MANY_FOLDERS, TOO_MANY_PROGRAMS, _other(words), BROKE_OFF


def unheard_folders(root: Path) -> frozenset[str]:
    """Return the visible folders, as vault paths, for which this program holds no watch; nothing when unknown."""
    watched = frozenset(_watched_numbers())
    folders = dict(_folders(str(root), ""))
    if folders.get("") not in watched:
        return frozenset()  # nothing is watched, or the drive numbers its folders in another way than it tells
    return frozenset(path for path, number in folders.items() if number not in watched)


def _watched_numbers() -> Iterator[int]:
    """The numbers (inodes) of all that is watched by this program, as Linux' tables say."""
    try:
        descriptors = [*(_TABLES / "fd").iterdir()]
    except OSError:
        return
    for one in descriptors:
        try:
            is_watch = str(one.readlink()) == "anon_inode:inotify"
            lines = (_TABLES / "fdinfo" / one.name).read_text(encoding="ascii").splitlines() if is_watch else []
        except OSError:
            continue  # closed since
        for line in lines:
            if line.startswith("inotify "):
                fields = dict(field.partition(":")[::2] for field in line.split())
                yield int(fields["ino"], 16)


def _folders(root: str, path: str) -> Iterator[tuple[str, int]]:
    """All visible folders that can be read, with their numbers; links are not followed."""
    place = f"{root}/{path}" if path else root
    try:
        number = os.stat(place).st_ino  # noqa: PTH116 - os throughout, as in scan.py
        with os.scandir(place) as entries:
            inside = [one.name for one in entries if one.name[0] != "." and one.is_dir(follow_symlinks=False)]
    except OSError:
        return
    yield path, number
    for name in inside:
        yield from _folders(root, f"{path}/{name}" if path else name)
