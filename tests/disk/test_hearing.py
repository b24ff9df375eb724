import errno
import os
import sys
from pathlib import Path

import pytest

from infoview_md.disk.hearing import SILENT_DRIVES, deafness_at, deafness_from, drive_kind, unheard_folders
from infoview_md.disk.lookout import Lookout

MOUNTS = r"""
sysfs /sys sysfs rw 0 0
/dev/vda1 / ext4 rw,relatime 0 0
C:\134 /mnt/c 9p rw,aname=drvfs 0 0
nas:/notes /home/imogen/My\040notes nfs4 rw 0 0
ada@host: /home/imogen/remote fuse.sshfs rw 0 0
/dev/sdb1 /home/imogen/remote/stick vfat rw 0 0
tmpfs /home/imogen/over tmpfs rw 0 0
//nas/x /home/imogen/over cifs rw 0 0
"""

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of its watches")


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/home/imogen/notes", "ext4"),
        ("/mnt/c/Users/imogen/notes", "9p"),
        ("/mnt/cellar", "ext4"),
        ("/home/imogen/My notes", "nfs4"),
        ("/home/imogen/My notes/vault", "nfs4"),
        ("/home/imogen/remote/vault", "fuse.sshfs"),
        ("/home/imogen/remote/stick/vault", "vfat"),
        ("/home/imogen/over/vault", "cifs"),
    ],
)
def test_the_drive_is_that_of_the_nearest_mount_and_of_two_in_one_place_the_later(place: str, kind: str) -> None:
    assert drive_kind(place, MOUNTS) == kind


def test_where_nothing_is_known_events_are_taken_to_work() -> None:
    assert drive_kind("/home", "") is None
    assert drive_kind("/home", "nonsense\n\n") is None


def test_local_drives_tell_of_changes_and_network_drives_do_not() -> None:
    assert {"ext4", "btrfs", "xfs", "tmpfs", "overlay", "fuseblk", "vfat"}.isdisjoint(SILENT_DRIVES)
    assert {"nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "vboxsf", "drvfs"} <= SILENT_DRIVES


def test_this_place_is_listened_to(vault: Path) -> None:
    assert deafness_at(vault) is None


@pytest.mark.parametrize("code", [errno.EMFILE, errno.ENOSPC, errno.EIO])
def test_every_refusal_says_why_and_what_to_do(code: int) -> None:
    deafness = deafness_from(OSError(code, os.strerror(code)))
    assert deafness.because
    assert deafness.advice
    assert deafness.passing


def test_a_system_without_room_for_threads_is_named() -> None:
    assert "can't start new thread" in deafness_from(RuntimeError("can't start new thread")).because


@on_linux
def test_a_folder_without_a_watch_is_found(vault: Path) -> None:
    (vault / "People/Friends").mkdir(parents=True)
    (vault / ".git/objects").mkdir(parents=True)
    with Lookout(vault) as lookout:
        assert unheard_folders(vault) == frozenset()  # no watch at all: nothing is known
        lookout.begin()
        assert unheard_folders(vault) == frozenset()
        outside = vault.parent / "outside"
        outside.mkdir()
        (vault / "link").symlink_to(outside)
        assert unheard_folders(vault) == frozenset()  # links to folders are not followed


@on_linux
def test_a_folder_that_cannot_be_read_is_not_missed(guarded: Path) -> None:
    vault = guarded / "vault"
    (vault / "People/Friends").mkdir(parents=True)
    (vault / "People").chmod(0)
    with Lookout(vault) as lookout:
        lookout.begin()
        assert unheard_folders(vault) == frozenset()
        (vault / "People").chmod(0o700)
        assert unheard_folders(vault) == {"People", "People/Friends"}
