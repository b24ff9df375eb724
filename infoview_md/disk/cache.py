"""What was known at the last look, kept in the user's cache folder: only to save time, never to be relied on.

It is one SQLite file for each vault, outside of the vault, because tools that synchronise folders break databases. A
row is what is known of one folder. Each row carries a checksum over itself and over the key: the vault, the code that
read it, and the settings that say which notes are ours. A row that does not fit is as good as none, and every row says
no more than "a note in this state said this", which stays true whoever wrote it and when. So several commands may write
at once, a power cut may mix old rows with new ones, and whatever goes wrong here costs time and nothing else.

Columns of numbers and lines of JSON, because nothing that stands in them can be run.
"""

import json
import os
import re
import sqlite3
import sys
import zlib
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path

from infoview_md.disk.files import forget, make_private_folder, reason
from infoview_md.disk.known import Known, Packed, path_bytes
from infoview_md.disk.scan import Row
from infoview_md.notes.properties import Recognition

__all__ = ["Cache", "Remembered", "cache_file", "cache_folder"]

LAYOUT = 1
"""Of the tables, as the file's `user_version`; a file with a higher one was written by a newer infoview."""
_WAIT = 3.0
"""Seconds to wait for another command that is writing."""
_PACKAGE = Path(__file__).parent.parent

_COLUMNS = [field.name for field in fields(Packed)]
_TABLES = (
    f"CREATE TABLE folders (folder BLOB PRIMARY KEY, {', '.join(_COLUMNS)}, checksum INTEGER)",
    "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT, checksum INTEGER)",
)
_INSERT = f"INSERT OR REPLACE INTO folders VALUES ({', '.join('?' * (len(_COLUMNS) + 2))})"  # noqa: S608 - nothing of it comes from outside
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


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
        self._identity = ""
        self._is_sound = False
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
                about = database.execute("SELECT value, checksum FROM about WHERE name = 'me'").fetchone()
                rows = database.execute("SELECT * FROM folders").fetchall()
        except sqlite3.Error as error:
            self._cannot(error)
            return None, []
        self._is_sound = True
        return self._remembered(about), rows

    def folders(self, rows: Iterable[tuple[object, ...]], recognition: Recognition) -> dict[str, Known]:
        """Unpack the rows that are whole and belong to this vault, these settings and this code."""
        seed = self._seed(recognition)
        known = (_known_of(row, seed) for row in rows)
        return {one.folder: one for one in known if one is not None}

    def save(self, remembered: Remembered, changed: Iterable[Known], gone: Iterable[str], *, afresh: bool) -> bool:
        """Write what changed, or with `afresh` drop everything else first; true when that succeeded."""
        if self._file is None:
            return False
        rows = [row for one in changed if (row := _row_of(one, self._seed(remembered.recognition)))]
        for _ in range(2):  # a damaged file is deleted, and then written
            try:
                self._write(self._file, remembered, rows, gone, afresh=afresh)
            except sqlite3.Error as error:
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
            # Cheap instead of safe: what a power cut leaves behind is caught by the checksums.
            database.execute("PRAGMA synchronous = OFF")
            database.execute("BEGIN IMMEDIATE")
            if self._is_newer(database):
                return
            if afresh or not self._is_sound:
                self._make_tables(database)
            database.executemany("DELETE FROM folders WHERE folder = ?", [(path_bytes(folder),) for folder in gone])
            database.executemany(_INSERT, rows)
            value = _about(remembered)
            about = ("me", value, zlib.crc32(value.encode(), zlib.crc32(self._identity.encode())))
            database.execute("INSERT OR REPLACE INTO about VALUES (?, ?, ?)", about)
            database.execute("COMMIT")

    @staticmethod
    def _make_tables(database: sqlite3.Connection) -> None:
        for table in ("folders", "about"):
            database.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in _TABLES:
            database.execute(statement)
        database.execute(f"PRAGMA user_version = {LAYOUT}")

    def _connect(self) -> sqlite3.Connection:
        assert self._file is not None  # noqa: S101 - no method comes here without
        return sqlite3.connect(self._file, timeout=_WAIT, isolation_level=None)

    def _is_newer(self, database: sqlite3.Connection) -> bool:
        (layout,) = database.execute("PRAGMA user_version").fetchone()
        if layout > LAYOUT:
            self.notice = f"nothing is cached: a newer infoview than this one wrote {self._file}; update this one"
            self._file = None
        return bool(layout > LAYOUT)

    def _cannot(self, error: sqlite3.Error) -> bool:
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

    def _remembered(self, about: tuple[str, int] | None) -> Remembered | None:
        if about is None or not isinstance(about[0], str):
            return None
        value, checksum = about
        if zlib.crc32(value.encode(), zlib.crc32(self._identity.encode())) != checksum:
            return None
        me, templates, types, tags, folders = json.loads(value)
        recognition = Recognition(types=tuple(types), tags=tuple(tags), folders=tuple(folders))
        return Remembered(me=me and (*me[:5], bool(me[5])), templates=templates, recognition=recognition)

    def _seed(self, recognition: Recognition) -> int:
        """What each row's checksum begins with, so that one under another key does not fit."""
        return zlib.crc32(json.dumps([self._identity, *_words(recognition)]).encode())


def _words(recognition: Recognition) -> list[tuple[str, ...]]:
    return [recognition.types, recognition.tags, recognition.folders]


def _about(remembered: Remembered) -> str:
    return json.dumps([remembered.me, remembered.templates, *_words(remembered.recognition)])


def _identity(root: Path) -> str:
    """The vault, by its real path and its place on the disk, and the code that reads: version, tables, Python."""
    status = root.stat()
    modules = []
    for room in ("notes", "disk"):
        with os.scandir(_PACKAGE / room) as files:
            code = sorted((file.name, file.stat()) for file in files if file.name.endswith(".py"))
            modules += [(name, found.st_size, found.st_mtime_ns) for name, found in code]
    parts = [os.path.realpath(root), status.st_dev, status.st_ino, sys.version, LAYOUT, modules]
    return json.dumps(parts)


def _row_of(known: Known, seed: int) -> tuple[object, ...] | None:
    packed = known.packed()
    if packed is None:
        return None
    cells = (path_bytes(known.folder), *(getattr(packed, name) for name in _COLUMNS))
    return (*cells, _checksum(cells, seed))


def _known_of(row: tuple[object, ...], seed: int) -> Known | None:
    *columns, checksum = row
    cells = [one for one in columns if isinstance(one, bytes)]
    if len(cells) != len(columns) or _checksum(cells, seed) != checksum:
        return None
    folder = cells[0].decode("utf-8", "surrogatepass")
    return Known.from_cache(folder, Packed(**dict(zip(_COLUMNS, cells[1:], strict=True))))


def _checksum(cells: Iterable[bytes], seed: int) -> int:
    for cell in cells:
        seed = zlib.crc32(cell, zlib.crc32(len(cell).to_bytes(8, "little"), seed))
    return seed
