"""What was known at the last look, kept in the user's cache folder: only to save time, never to be relied on.

It is one SQLite file for each vault, outside of the vault, because tools that synchronise folders break databases. A
row is what is known of one folder. Each row carries a digest of itself and of the key: the vault, the code that read
it, and the settings that say which notes are ours. A row that does not fit is as good as none, and every row says no
more than "a note in this state said this", which stays true whoever wrote it and when. So several commands may write at
once, a power cut may mix old rows with new ones, and whatever goes wrong here costs time and nothing else.

Beside the rows stand answers: what followed from all of them. An answer is kept under the digest of all rows, of all
our code and of whatever else it was made from, so that it is found again only for as long as nothing of that changed.

Columns of numbers and lines of JSON, because nothing that stands in them can be run.
"""

import json
import os
import re
import sqlite3
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, fields
from hashlib import sha256
from pathlib import Path

from infoview_md.disk.files import forget, make_private_folder, reason
from infoview_md.disk.known import Known, Packed
from infoview_md.disk.states import Row, States, path_bytes
from infoview_md.notes.whose import Recognition

__all__ = ["Answers", "Cache", "Remembered", "cache_file", "cache_folder"]

LAYOUT = 2
"""Of the tables, as the file's `user_version`; a file with a higher one was written by a newer infoview."""
_WAIT = 3.0
"""Seconds to wait for another command that is writing."""
_SHORT_WAIT = 0.05
"""The same for an answer, which is sooner found again than waited for."""
_PACKAGE = Path(__file__).parent.parent

_STATES = [field.name for field in fields(States)]
_COLUMNS = [*_STATES, "doubts", "ours", "readings"]
_TABLES = (
    f"CREATE TABLE folders (folder BLOB PRIMARY KEY, {', '.join(_COLUMNS)}, digest BLOB)",
    "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT, digest BLOB)",
    "CREATE TABLE answers (name TEXT PRIMARY KEY, source BLOB, value TEXT, digest BLOB)",
)
_INSERT = f"INSERT OR REPLACE INTO folders VALUES ({', '.join('?' * (len(_COLUMNS) + 2))})"  # noqa: S608 - nothing of it comes from outside
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_TROUBLE = (sqlite3.Error, UnicodeDecodeError)
"""What sqlite3 raises: the second when it cannot even say what is damaged, because its name is."""


_NO_OWN_WORDS = Recognition()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What `Me.md` had to say about the index at the last look, and in what state it was then.

    `me` is None when it was absent, or had been written just then.
    """

    me: Row | None = None
    templates: str = ""
    recognition: Recognition = _NO_OWN_WORDS


def cache_folder() -> Path | None:
    """The folder for caches: INFOVIEW_CACHE, else the system's place for them; None when there is none, or `off`."""
    named = os.environ.get("INFOVIEW_CACHE")
    if named is None:
        from platformdirs import user_cache_path  # noqa: PLC0415 - a fifth of the time that a command takes to start

        folder = user_cache_path("infoview-md", appauthor=False)
    else:
        folder = Path(named)
    return folder if named != "off" and folder.is_absolute() else None


def cache_file(root: Path, folder: Path) -> Path:
    """Where the cache of the vault at `root` stands; two vaults may share a file, then each drives out the other."""
    real = os.path.realpath(root)
    name = re.sub(r"[^A-Za-z0-9]+", "-", os.path.basename(real))[:40]  # noqa: PTH119 - as realpath
    return folder / f"{name}-{zlib.crc32(path_bytes(real)):08x}.sqlite3"


class Cache:
    """The cache of one vault. No method raises for the cache's sake; `notice` says what was in the way."""

    def __init__(self, root: Path, folder: Path | None) -> None:
        self.notice: str | None = None
        self._root = root
        self._file: Path | None = None
        self._identity = b""
        self._is_sound = False
        self._digests: dict[str, bytes] = {}
        if folder is None:
            return
        if Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(root)):
            self.notice = f"nothing is cached, because the cache folder {folder} is inside of the vault"
            return
        try:
            self._identity = _identity(root)
        except OSError:
            return  # whoever looks at the vault next will say what is wrong with it
        self._file = cache_file(root, folder)

    def load(self) -> tuple[Remembered | None, list[tuple[object, ...]]]:
        """Read the file: what was remembered, and the raw rows, for `folders`."""
        if self._file is None or not os.path.exists(self._file):  # noqa: PTH110 - raises nothing
            return None, []
        try:
            with closing(self._connect()) as database:
                if self._is_newer(database):
                    return None, []
                # One transaction, so that all is from one moment: another command may be writing.
                database.execute("BEGIN")
                about = database.execute("SELECT value, digest FROM about WHERE name = 'me'").fetchone()
                rows = database.execute("SELECT * FROM folders").fetchall()
        except _TROUBLE as error:
            self._cannot(error)
            return None, []
        self._is_sound = True
        return self._remembered(about), rows

    def folders(self, rows: Iterable[tuple[object, ...]], recognition: Recognition) -> dict[str, Known]:
        """Unpack the rows that are whole and belong to this vault, these settings and this code."""
        seed = self._seed(recognition)
        found: dict[str, Known] = {}
        for row in rows:
            if known := _known_of(row, seed):
                found[known.folder] = known
                self._digests[known.folder] = row[-1]  # type: ignore[assignment]  # it was just compared with one
        return found

    def save(self, remembered: Remembered, changed: Iterable[Known], gone: Iterable[str], *, afresh: bool) -> bool:
        """Write what changed, or with `afresh` drop everything else first; true when that succeeded."""
        if self._file is None:
            return False
        if afresh:
            self._digests = {}
        rows = [*self._rows(changed, gone, self._seed(remembered.recognition))]
        for _ in range(2):  # a damaged file is deleted, and then written
            try:
                self._write(self._file, remembered, rows, gone, afresh=afresh)
            except _TROUBLE as error:
                if not self._cannot(error):
                    return False
                afresh = True
            except OSError as error:
                self.notice = f"nothing is cached: {self._file.parent}: {reason(error)}"
                return False
            else:
                self._is_sound = True
                return True
        return False

    def answers(self, folders: Iterable[str]) -> "Answers":
        """The answers that follow from these folders as they were last loaded or saved."""
        try:
            source = b"".join([self._digests[folder] for folder in sorted(folders)])
        except KeyError:
            return Answers.none()
        return Answers(self._file, source)

    def _rows(self, changed: Iterable[Known], gone: Iterable[str], seed: bytes) -> Iterator[tuple[object, ...]]:
        for folder in gone:
            self._digests.pop(folder, None)
        for one in changed:
            row = _row_of(one, seed)
            self._digests[one.folder] = row[-1]
            yield row

    def _write(
        self,
        file: Path,
        remembered: Remembered,
        rows: list[tuple[object, ...]],
        gone: Iterable[str],
        *,
        afresh: bool,
    ) -> None:
        make_private_folder(file.parent)
        with closing(self._connect()) as database:
            # Cheap instead of safe: what a power cut leaves behind is caught by the digests.
            database.execute("PRAGMA synchronous = OFF")
            database.execute("BEGIN IMMEDIATE")
            if self._is_newer(database):
                return
            if afresh or not self._is_sound:
                self._make_tables(database)
            database.executemany("DELETE FROM folders WHERE folder = ?", [(path_bytes(folder),) for folder in gone])
            database.executemany(_INSERT, rows)
            value = _about(remembered)
            about = ("me", value, _digest([value.encode()], self._identity))
            database.execute("INSERT OR REPLACE INTO about VALUES (?, ?, ?)", about)
            database.execute("COMMIT")

    @staticmethod
    def _make_tables(database: sqlite3.Connection) -> None:
        for table in ("folders", "about", "answers"):
            database.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in _TABLES:
            database.execute(statement)
        database.execute(f"PRAGMA user_version = {LAYOUT}")

    def _connect(self) -> sqlite3.Connection:
        assert self._file is not None  # noqa: S101 - no method comes here without
        return _connect(self._file, _WAIT)

    def _is_newer(self, database: sqlite3.Connection) -> bool:
        (layout,) = database.execute("PRAGMA user_version").fetchone()
        if layout > LAYOUT:
            self.notice = f"nothing is cached: a newer infoview than this one wrote {self._file}; update this one"
            self._file = None
        return bool(layout > LAYOUT)

    def _cannot(self, error: sqlite3.Error | UnicodeDecodeError) -> bool:
        """Note what is in the way; true when it was only a damaged file, which is then gone."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        file, self._is_sound = self._file, False
        assert file is not None  # noqa: S101 - no database, no error
        if code in _DAMAGED:
            try:
                forget(file.with_name(file.name + "-journal"))
                forget(file)
            except OSError as trouble:
                self.notice = f"the cache {file} is damaged and cannot be deleted: {reason(trouble)}"
                self._file = None
            return self._file is not None
        what = "another command is writing it" if code in _BUSY else str(error)
        self.notice = f"the cache {file} is not used this time: {what}"
        self._file = None
        return False

    def _remembered(self, about: tuple[str, bytes] | None) -> Remembered | None:
        if about is None or not isinstance(about[0], str):
            return None
        value, digest = about
        if _digest([value.encode()], self._identity) != digest:
            return None
        me, templates, types, tags, folders = json.loads(value)
        recognition = Recognition(types=tuple(types), tags=tuple(tags), folders=tuple(folders))
        return Remembered(me=me and (*me[:5], bool(me[5])), templates=templates, recognition=recognition)

    def _seed(self, recognition: Recognition) -> bytes:
        """What each row's digest begins with, so that one under another key does not fit."""
        return _digest([json.dumps(_words(recognition)).encode()], self._identity)


def _words(recognition: Recognition) -> list[tuple[str, ...]]:
    return [recognition.types, recognition.tags, recognition.folders]


def _about(remembered: Remembered) -> str:
    return json.dumps([remembered.me, remembered.templates, *_words(remembered.recognition)])


class Answers:
    """What followed from all notes in the states that they have now, as text. No method raises for the cache's sake."""

    def __init__(self, file: Path | None, source: bytes) -> None:
        self._file = file
        self._source = source

    @classmethod
    def none(cls) -> "Answers":
        """Where nothing is sure enough to be kept."""
        return cls(None, b"")

    def recall(self, name: str, *about: str) -> str | None:
        """An answer that was kept under the same `about`, as is the day that it is for; None when there is none."""
        if self._file is None:
            return None
        question = "SELECT source, value, digest FROM answers WHERE name = ?"
        try:
            with closing(_connect(self._file, _SHORT_WAIT)) as database:
                row = database.execute(question, (name,)).fetchone()
        except _TROUBLE:
            return None
        if row is None or row[0] != self._under(about) or not isinstance(row[1], str):
            return None
        return row[1] if row[2] == _digest([row[1].encode()], row[0]) else None

    def keep(self, name: str, value: str, *about: str) -> None:
        """Keep an answer in place of an earlier one of that name."""
        if self._file is None:
            return
        source = self._under(about)
        row = (name, source, value, _digest([value.encode()], source))
        with suppress(*_TROUBLE), closing(_connect(self._file, _SHORT_WAIT)) as database:
            database.execute("PRAGMA synchronous = OFF")
            (layout,) = database.execute("PRAGMA user_version").fetchone()
            if layout == LAYOUT:
                database.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", row)

    def _under(self, about: Iterable[str]) -> bytes:
        return _digest([self._source, *(one.encode() for one in about)], _state_of_code(_ROOMS))


def _connect(file: Path, wait: float) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=wait, isolation_level=None)


_ROOMS = ("notes", "network", "agenda", "drafting", "disk", "vault")
"""The rooms in which answers are made."""


def _identity(root: Path) -> bytes:
    """The vault, by its real path and its place on the disk, and the code that reads: version, tables, Python."""
    status = root.stat()
    parts = [os.path.realpath(root), status.st_dev, status.st_ino, sys.version, LAYOUT]
    return _digest([json.dumps(parts).encode()], _state_of_code(("notes", "disk")))


def _state_of_code(rooms: Iterable[str]) -> bytes:
    modules = []
    for room in rooms:
        with os.scandir(_PACKAGE / room) as files:
            code = sorted((file.name, file.stat()) for file in files if file.name.endswith(".py"))
            modules += [(name, found.st_size, found.st_mtime_ns) for name, found in code]
    return json.dumps(modules).encode()


def _row_of(known: Known, seed: bytes) -> tuple[bytes, ...]:
    packed = known.packed()
    states = [getattr(packed.states, name) for name in _STATES]
    cells = (path_bytes(known.folder), *states, packed.doubts, packed.ours, packed.readings)
    return (*cells, _digest(cells, seed))


def _known_of(row: tuple[object, ...], seed: bytes) -> Known | None:
    *columns, digest = row
    cells = [one for one in columns if isinstance(one, bytes)]
    if len(cells) != len(columns) or _digest(cells, seed) != digest:
        return None
    folder, *states, doubts, ours, readings = cells
    packed = Packed(states=States(*states), doubts=doubts, ours=ours, readings=readings)
    return Known.from_cache(folder.decode("utf-8", "surrogatepass"), packed)


def _digest(parts: Iterable[bytes], seed: bytes) -> bytes:
    """One that two different lists of parts do not have in common, nor one list under two seeds."""
    parts = (seed, *parts)
    # Most processors have a circuit for this one.
    made = sha256(b"".join([len(part).to_bytes(8, "little") for part in parts]))
    for part in parts:
        made.update(part)
    return made.digest()[:16]
