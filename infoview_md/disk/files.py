"""Single files, whole or not at all: the only room that writes. It does not know what a note says.

Every file is first completed under a hidden name of its own beside its place, then put there in one step: a crash, a
full disk or Ctrl-C leaves what was there before. An existing note is only ever replaced by `replace`, which first
looks whether it is still what was read.
"""

import contextlib
import errno
import itertools
import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path, PurePath

from infoview_md.errors import ConflictError, FileTroubleError, UsageError

__all__ = [
    "Outcome",
    "create",
    "free_path",
    "make_folders",
    "name_key",
    "private_folder",
    "read_regular",
    "reason",
    "renew_view",
    "replace",
    "write_output",
    "write_view",
]

# Windows translates line ends and other systems wait at a pipe unless told not to; each knows only its own flag.
_PLAIN = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_READ = os.O_RDONLY | _PLAIN | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_CHANGE = os.O_RDWR | _PLAIN
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _PLAIN

_NO_HARD_LINKS = {
    errno.EACCES, errno.EINVAL, errno.EMLINK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM,
}  # fmt: skip

_LARGEST_VIEW = 100_000_000
_HEAD = 4096
_PROPERTIES = re.compile(rb"---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_OURS = re.compile(rb"^generated_by:[ \t]*[\"']?infoview[\"']?[ \t]*\r?$", re.MULTILINE)
_OURS_ELSEWHERE = re.compile(rb"\bgenerated_by[\"']?\s*(?:[:=]|content=)\s*[\"']?infoview\b")
_BOM = b"\xef\xbb\xbf"
_LEFTOVER = re.compile(r"\.infoview-[0-9a-f]{16}\.tmp")


class Outcome(StrEnum):
    """What became of a write."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    """The file says the same already; it was not touched."""
    KEPT = "kept"
    """The file is the user's (now); it was not touched."""
    ABSENT = "absent"
    """There is no such view, and none was wanted."""


def name_key(name: str) -> str:
    """Return what two names have in common when a file system or Obsidian may take them for one."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def reason(error: OSError) -> str:
    """Return why the disk refused, in words, beginning with a small letter."""
    words = error.strerror or str(error)
    return words[:1].lower() + words[1:]


def read_regular(path: Path, *, whole: int, head: int) -> tuple[bytes | None, os.stat_result]:
    """Read a file of up to `whole` bytes, or the first `head` bytes of a larger one, and its state before that.

    The bytes are None when this is a folder, a pipe or a device; nothing ever waits for one. Raises OSError.
    """
    descriptor = os.open(path, _READ)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return None, status
        most = whole if status.st_size <= whole else head
        with open(descriptor, "rb", closefd=False) as file:
            # Python makes room for all that it is asked for; asking for `most` at once is four times slower.
            data = file.read(min(status.st_size + 1, most))
            grown = file.read(most - len(data)) if len(data) > status.st_size else b""
            return data + grown, status
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def listed(folder: str) -> Iterator[Iterable[os.DirEntry[str]]]:
    """Open a folder and give what is in it, to be looked at before it is closed. Raises OSError."""
    with _folder(folder) as descriptor, os.scandir(folder if descriptor is None else descriptor) as entries:
        yield entries


def read_starts(folder: str, names: Iterable[str], most: int) -> Iterator[tuple[str, bytes | None]]:
    """Read up to `most` bytes of some files of one folder, each when it is asked for; None where that does not succeed.

    Nothing is said of why not, and a pipe looks empty: `read_regular` takes a closer look.
    """
    with _folder(folder, missing_ok=True) as descriptor:
        for name in names:
            try:
                file = os.open(f"{folder}/{name}" if descriptor is None else name, _READ, dir_fd=descriptor)
            except OSError:
                yield name, None
                continue
            try:
                data = os.read(file, most)
            except OSError:
                data = None
            finally:
                os.close(file)
            yield name, data


@contextlib.contextmanager
def _folder(folder: str, *, missing_ok: bool = False) -> Iterator[int | None]:
    """Open a folder where the system can then find entries by it alone: half a path saved for each of them."""
    descriptor = None
    if os.scandir in os.supports_fd and os.open in os.supports_dir_fd:
        with contextlib.suppress(*[OSError] if missing_ok else []):
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | _PLAIN)
    try:
        yield descriptor
    finally:
        if descriptor is not None:
            os.close(descriptor)


def make_private_folder(folder: Path) -> None:
    """Make a folder that only the user can look into, and the folders above it. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def private_folder(folder: Path | None) -> Path:
    """Make sure of a folder that only the user can look into; for None, a new one among the temporary files.

    Raises FileTroubleError.
    """
    import tempfile  # noqa: PLC0415 - slow to load, and seldom needed

    with _reported(str(folder or tempfile.gettempdir())):
        if folder is None:
            return Path(tempfile.mkdtemp(prefix="infoview-"))
        make_private_folder(folder)
        return folder


def forget(file: Path) -> None:
    """Delete a file of ours outside of the vault, if it is there. Raises OSError."""
    file.unlink(missing_ok=True)


def create(root: Path, path: str, text: str) -> str:
    """Make a new file from `text` at `path` in the vault, with missing folders; return the path as it is spelt there.

    An existing folder keeps its own spelling. Raises ConflictError when the name is taken, in whatever case or Unicode
    form; UsageError when the path leaves the vault; FileTroubleError when the disk refuses.
    """
    content = _encoded(path, text)
    with _reported(path):
        target, path = _place(root, path)
        _refuse_taken(target, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        with _completed(target.parent, content) as complete:
            _take_name(complete, target)
        _sync_folder(target.parent)
    return path


def make_folders(root: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """Make the folders at `paths` in the vault, `""` being the vault itself; return those that are new.

    Raises as `create` does.
    """
    made = []
    for path in paths:
        with _reported(path or str(root)):
            folder = _place(root, path)[0] if path else root
            if not folder.is_dir():
                folder.mkdir(parents=True)
                made.append(path or str(root))
    return tuple(made)


def free_path(root: Path, path: str) -> str:
    """Return the first of `X.md`, `X 2.md`, `X 3.md`, ... that is not taken; raises as `create` does."""
    with _reported(path):
        target, path = _place(root, path)
        taken = {name_key(name) for name in _names(target.parent)}
    numbered = (f"{target.stem} {number}{target.suffix}" for number in itertools.count(2))
    names = itertools.chain([target.name], numbered)
    free = next(name for name in names if taken.isdisjoint({name_key(name), name_key(_placeholder(name))}))
    return PurePath(path).with_name(free).as_posix()


def replace(root: Path, path: str, *, before: bytes, after: bytes, lasting: bool = True) -> Outcome:
    """Put `after` in the place of an existing file that still says `before`; its mode, group and links to it stay.

    A file with several names (hard links) has to be written where it stands, once the text is safe on the disk. When it
    need not be `lasting`, the old text may be back after a power cut, and never half of one.

    Raises ConflictError when the file says something else by now, UsageError when it stands outside of the vault,
    FileTroubleError when it is write-protected or the disk refuses. Nothing is written when nothing changes.
    """
    if after == before:
        return Outcome.UNCHANGED
    with _reported(path):
        place, path = _place(root, path)
        target = _within(root, place, path)
        _refuse_changed(target, path, before)
        old = _writable(target, path)
        with _completed(target.parent, after, old) as complete:
            _refuse_changed(target, path, before)
            if old.st_nlink > 1:
                _write_through(target, before, after)
            else:
                complete.replace(target)
        if lasting:
            _sync_folder(target.parent)
    return Outcome.WRITTEN


def forget_leftovers(path: Path, *, before_ns: int) -> None:
    """Delete what writes that were killed left beside a file; `before_ns` is how old it must be, in ns since 1970."""
    folder = Path(os.path.realpath(path)).parent
    with contextlib.suppress(OSError):
        for left in filter(_LEFTOVER.fullmatch, _names(folder)):
            if (folder / left).lstat().st_mtime_ns < before_ns:
                (folder / left).unlink()


def write_view(root: Path, path: str, text: str, *, make: bool = False) -> Outcome:
    """Refresh a generated view: only when it exists (or `make`), is still ours, and would say something else.

    Ours is a Markdown file with the property `generated_by: infoview`, or another file with that mark in its first or
    last 4,096 bytes. CRLF line ends and a byte order mark stay. Raises as `create` and `replace` do.
    """
    return renew_view(root, path, text, lambda before: text if _is_generated(path, before) else None, make=make)


def renew_view(
    root: Path, path: str, text: str, renewed: Callable[[bytes], str | None], *, make: bool = False
) -> Outcome:
    """Refresh a view as `write_view` does, with what `renewed` makes of its bytes; None when it is the user's by now.

    `text` is what it says where there is none yet.
    """
    with _reported(path):
        place, path = _place(root, path)
        try:
            before, _ = read_regular(place, whole=_LARGEST_VIEW, head=0)
        except FileNotFoundError:
            if not make:
                return Outcome.ABSENT
            create(root, path, text)
            return Outcome.WRITTEN
    after = None if before is None else renewed(before)
    if before is None or after is None:
        return Outcome.KEPT
    # A view that a power cut made old is made anew from the notes; syncing it takes longer than drawing it.
    return replace(root, path, before=before, after=_in_style_of(before, _encoded(path, after)), lasting=False)


def write_output(path: Path, text: str, *, lasting: bool = True) -> None:
    """Write a file that the user named, anywhere, replacing what was there once the text is complete.

    What need not be `lasting` may be gone after a power cut, and is written in less time. A link is written through; a
    device or pipe is written to. Raises FileTroubleError, and makes no folder.
    """
    content = _encoded(str(path), text)
    with _reported(str(path)):
        try:
            is_special = not stat.S_ISREG(path.stat().st_mode)
        except FileNotFoundError:
            is_special = False
        if is_special:
            path.write_bytes(content)
            return
        target = Path(os.path.realpath(path))
        old = _writable(target, str(path)) if target.exists() else None
        with _completed(target.parent, content, old, lasting=lasting) as complete:
            complete.replace(target)
        if lasting:
            _sync_folder(target.parent)


# --- Where a path leads ----------------------------------------------------------------------------------------------


def _place(root: Path, path: str) -> tuple[Path, str]:
    """Find where a vault path stands on disk, and how its folders are spelt there."""
    *folders, name = _parts(path)
    folder, spelt = root, []
    for part in folders:
        spelt.append(_spelling(folder, part))
        folder /= spelt[-1]
        if folder.exists() and not folder.is_dir():
            raise ConflictError(f"{'/'.join(spelt)} is a file, so {path} cannot stand in it", "choose another folder")
    _within(root, folder, path)
    return folder / name, "/".join((*spelt, name))


def _parts(path: str) -> tuple[str, ...]:
    pure = PurePath(path)
    if "\0" in path or path.endswith("/") or not _can_be_a_name(path):
        raise UsageError(f"{path!r} cannot be the name of a file", "leave the odd characters out")
    if not pure.parts or pure.anchor or ".." in pure.parts:
        raise UsageError(f"{path!r} leads out of the vault", "give a path inside of it, like People/Ada Lovelace.md")
    if any(part.startswith(".") for part in pure.parts):
        raise UsageError(f"{path} would be hidden: Obsidian shows no name with a dot in front", "leave the dot out")
    return pure.parts


def _can_be_a_name(path: str) -> bool:
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        return False
    return True


def _spelling(folder: Path, name: str) -> str:
    if (folder / name).exists():
        return name
    return next((other for other in _names(folder) if name_key(other) == name_key(name)), name)


def _names(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries)
    except FileNotFoundError:
        return []


def _within(root: Path, place: Path, path: str) -> Path:
    # os.path.realpath and not Path.resolve, which raises RuntimeError at a ring of links before Python 3.13.
    real = Path(os.path.realpath(place))
    if not real.is_relative_to(os.path.realpath(root)):
        raise UsageError(f"{path} leads out of the vault through a symbolic link", "write to a folder of the vault")
    return real


def _placeholder(name: str) -> str:
    """Return the name under which iCloud keeps the place of a file that it took off this computer."""
    return f".{name}.icloud"


def _refuse_taken(target: Path, path: str) -> None:
    wanted, evicted = name_key(target.name), name_key(_placeholder(target.name))
    for name in _names(target.parent):
        if name_key(name) == wanted:
            existing = PurePath(path).with_name(name).as_posix()
            raise ConflictError(f"{existing} exists already", "choose another name, or edit what is there")
        if name_key(name) == evicted:
            raise ConflictError(f"{path} is in iCloud, but not on this computer", "download it in Finder first")


def _refuse_changed(target: Path, path: str, before: bytes) -> None:
    try:
        current, _ = read_regular(target, whole=len(before) + 1, head=len(before) + 1)
    except FileNotFoundError:
        current = None
    if current != before:
        raise ConflictError(f"{path} changed while it was being worked on", "look at it, then do this again")


def _writable(target: Path, path: str) -> os.stat_result:
    """Return the state of a file that is not write-protected."""
    status = target.stat()
    if not stat.S_IMODE(status.st_mode) & 0o222:
        raise FileTroubleError(f"{path} is write-protected", "take the protection off first")
    return status


def _write_through(target: Path, before: bytes, after: bytes) -> None:
    """Write a file where it stands, so that all its names keep meaning it; put back what was there when that fails."""
    descriptor = os.open(target, _CHANGE)
    with os.fdopen(descriptor, "r+b", buffering=0), contextlib.ExitStack() as undo:
        undo.callback(_write_all, descriptor, before)
        _write_all(descriptor, after)
        undo.pop_all()


def _write_all(descriptor: int, content: bytes) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    os.ftruncate(descriptor, len(content))
    os.fsync(descriptor)


# --- Bytes and words -------------------------------------------------------------------------------------------------


def _encoded(path: str, text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        half = text[error.start]
        raise UsageError(f"the text for {path} holds half a character, {half!a}", "take it out") from error


def _is_generated(path: str, data: bytes) -> bool:
    if name_key(path).endswith(".md"):
        properties = _PROPERTIES.match(data.removeprefix(_BOM))
        return bool(properties and _OURS.search(properties[1]))
    return bool(_OURS_ELSEWHERE.search(data[:_HEAD]) or _OURS_ELSEWHERE.search(data[-_HEAD:]))


def _in_style_of(before: bytes, content: bytes) -> bytes:
    if before.partition(b"\n")[0].endswith(b"\r"):
        content = content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return _BOM + content if before.startswith(_BOM) else content


# --- The disk --------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _reported(path: str) -> Iterator[None]:
    """Say in one sentence what the disk refused, and what to do."""
    try:
        yield
    except FileExistsError as error:
        raise ConflictError(f"{path} exists already", "choose another name, or edit what is there") from error
    except FileNotFoundError as error:
        raise FileTroubleError(
            f"{path} cannot be written: its folder does not exist", "make the folder first"
        ) from error
    except OSError as error:
        hint = _ADVICE.get(error.errno or 0, "nothing was changed; try again when this is mended")
        raise FileTroubleError(f"{path} cannot be written: {reason(error)}", hint) from error


_ADVICE = {
    errno.EACCES: "allow writing to its folder, or close the program that holds the file",
    errno.EDQUOT: "free some space; nothing was changed",
    errno.EISDIR: "name a file, not a folder",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.ENOSPC: "free some space; nothing was changed",
    errno.EPERM: "allow writing to its folder",
    errno.EROFS: "this disk takes no changes; work on a copy",
}


@contextlib.contextmanager
def _completed(
    folder: Path, content: bytes, old: os.stat_result | None = None, *, lasting: bool = True
) -> Iterator[Path]:
    """Write `content` under a hidden name in `folder`, safe on the disk if `lasting`; the name is gone afterwards.

    It gets the mode and, where the system lets us give it away, the owner and group of the file whose state is `old`.
    """
    # Not made from the note's name, which may be as long as a name can be.
    complete = folder / f".infoview-{os.urandom(8).hex()}.tmp"
    try:
        descriptor = os.open(complete, _NEW, 0o666 if old is None else 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        if old is not None:
            _give_to(complete, old)
            complete.chmod(stat.S_IMODE(old.st_mode))
        yield complete
    finally:
        with contextlib.suppress(OSError):
            complete.unlink(missing_ok=True)


def _give_to(complete: Path, old: os.stat_result) -> None:
    new = complete.stat()
    if hasattr(os, "chown") and (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        with contextlib.suppress(OSError):
            os.chown(complete, new.st_uid, old.st_gid)
        with contextlib.suppress(OSError):
            os.chown(complete, old.st_uid, old.st_gid)


def _take_name(complete: Path, target: Path) -> None:
    """Put a complete file in its place unless the name is taken (FileExistsError)."""
    try:
        target.hardlink_to(complete)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        os.close(os.open(target, _NEW, 0o666))
        with contextlib.ExitStack() as undo:
            undo.callback(target.unlink, missing_ok=True)
            complete.replace(target)
            undo.pop_all()


def _sync_folder(folder: Path) -> None:
    """Make a new name survive a power cut where folders can be synced; where not, the system does it in time."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
