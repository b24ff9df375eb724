"""Where to look when some paths are said to have changed, and what is known of the vault once that was done.

It only reckons: the looking is done by `walking`. Names are compared as `name_key` has it, because what is told of a
change may be spelt in another way than the folder spells it.
"""

from collections.abc import Collection, Container, Mapping
from types import MappingProxyType

from infoview_md.disk.files import name_key
from infoview_md.disk.walking import Walked
from infoview_md.notes.findings import Finding

__all__ = ["merged", "places"]

MOST = 500
"""Paths; with more, a look at everything is as quick."""


def places(before: Walked, paths: Collection[str]) -> Mapping[str, frozenset[str]] | None:
    """Return the known folders to list, each with the keys of those of its folders to walk; None for everything."""
    if before.unreadable_folders or len(paths) > MOST or "" in paths:
        return None
    wanted: dict[str, set[str]] = {}
    for path in paths:
        folder, name = _nearest_known(before, path)
        wanted.setdefault(folder, set()).add(name_key(name))
    anew = _walked_anew(wanted)
    # What lies below a folder that is walked anew is met on the way, if it is still there.
    return {folder: frozenset(names) for folder, names in wanted.items() if not _is_in(folder, anew)}


def merged(before: Walked, within: Mapping[str, frozenset[str]], seen: Walked) -> Walked:
    """Put what was seen in some places in the stead of what was known of them."""
    anew = _walked_anew(within)

    def stays(path: str) -> bool:
        return path.rpartition("/")[0] not in within and not _is_in(path, anew)

    kept = {
        folder: rows for folder, rows in before.folders.items() if folder not in within and not _is_in(folder, anew)
    }
    return Walked(
        folders=MappingProxyType({**kept, **seen.folders}),
        other_files=tuple(sorted({*filter(stays, before.other_files), *seen.other_files})),
        unreadable_folders=seen.unreadable_folders,
        findings=tuple(sorted((*(one for one in before.findings if stays(one.path)), *seen.findings), key=_place)),
    )


def _nearest_known(before: Walked, path: str) -> tuple[str, str]:
    """Return the nearest folder above a path in which notes are known, and what stands in it on the way to the path."""
    folder, _, name = path.rpartition("/")
    while folder and folder not in before.folders:
        folder, _, name = folder.rpartition("/")
    return folder, name


def _walked_anew(within: Mapping[str, Collection[str]]) -> frozenset[tuple[str, str]]:
    """Return the folders that are walked, each as the folder that it is in and the key of its name."""
    return frozenset((folder, name) for folder, names in within.items() for name in names)


def _is_in(path: str, folders: Container[tuple[str, str]]) -> bool:
    """Whether a path is one of these folders or below one of them."""
    while path:
        path, _, name = path.rpartition("/")
        if (path, name_key(name)) in folders:
            return True
    return False


def _place(finding: Finding) -> tuple[str, str]:
    return finding.path, finding.code
