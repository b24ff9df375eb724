"""Readings as text and back, so that they can be kept between commands: one line of JSON for each note.

JSON, because the cache is a file that others may write to: pickle would run what stands in it, marshal may crash on it.
A reading that comes back equals the one that was kept. Lines are kept apart so that one note's can be replaced alone.
"""

import dataclasses
import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from infoview_md.notes.links import Link
from infoview_md.notes.packing import Packed, pack_finding, unpack_finding
from infoview_md.notes.reading import NotOurs, Read, Reading, Unreadable
from infoview_md.notes.records import (
    ContactNote,
    FillIn,
    InterviewNote,
    MeNote,
    MessageNote,
    Moment,
    OrganizationNote,
    PrepNote,
    Settings,
    Value,
)

__all__ = ["keep", "recall"]

_NOT_OURS, _UNREADABLE = 0, 1
_RECORDS = (MeNote, ContactNote, MessageNote, PrepNote, InterviewNote, OrganizationNote)


def keep(reading: Reading) -> str:
    """Write a reading as one line of ASCII."""
    findings = [pack_finding(one, reading.path) for one in reading.findings]
    if isinstance(reading, Read):
        record = reading.record
        codec = _CODECS[type(record)]
        return _encode([codec.number, findings, *codec.pack(record)])
    return _encode([_NOT_OURS if isinstance(reading, NotOurs) else _UNREADABLE, findings])


def recall(paths: Iterable[str], lines: Iterable[str]) -> list[Reading]:
    """Give back the readings of the notes at `paths` from what `keep` wrote for each of them, in that order."""
    kept = json.loads(f"[{','.join(lines)}]")
    return [_reading(path, one) for path, one in zip(paths, kept, strict=True)]


_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def _reading(path: str, kept: Packed) -> Reading:
    findings = tuple([unpack_finding(one, path) for one in kept[1]]) if kept[1] else ()
    number = kept[0]
    if number == _NOT_OURS:
        return NotOurs(path, findings)
    if number == _UNREADABLE:
        return Unreadable(path, findings)
    return Read(_NUMBERED[number].unpack(path, kept), findings)


# One way to pack and one to unpack for each type that a field of a record has


_pack_link = attrgetter("target", "shown", "heading", "line", "style")


def _unpack_link(kept: Packed) -> Link:
    return Link(*kept)


def _pack_moment(moment: Moment) -> Packed:
    return [moment.day.isoformat(), None if moment.clock is None else moment.clock.isoformat()]


def _unpack_moment(kept: Packed) -> Moment:
    day, clock = kept
    return Moment(dt.date.fromisoformat(day), None if clock is None else dt.time.fromisoformat(clock))


def _pack_values(values: Mapping[str, Value]) -> Packed:
    return {name: _pack_value(value) for name, value in values.items()}


def _pack_value(value: Value) -> Packed:
    if isinstance(value, Mapping):
        return _pack_values(value)
    return list(map(_pack_value, value)) if isinstance(value, tuple) else value


def _unpack_value(kept: Packed) -> Value:
    if isinstance(kept, dict):
        return {name: _unpack_value(value) for name, value in kept.items()}
    return tuple(map(_unpack_value, kept)) if isinstance(kept, list) else kept


def _unpack_values(kept: Packed) -> Mapping[str, Value]:
    return MappingProxyType({name: _unpack_value(value) for name, value in kept.items()})


def _pack_settings(settings: Settings) -> Packed:
    return {name: _pack_value(getattr(settings, name)) for name in Settings.__slots__}


def _unpack_settings(kept: Packed) -> Settings:
    values: dict[str, Any] = {name: _unpack_value(value) for name, value in kept.items()}
    return Settings(**values)


def _pack_fill_ins(fill_ins: tuple[FillIn, ...]) -> Packed:
    return [[one.line, one.prompt] for one in fill_ins]


def _unpack_fill_ins(kept: Packed) -> tuple[FillIn, ...]:
    return tuple([FillIn(line, prompt) for line, prompt in kept])


def _pack_links(links: tuple[Link, ...]) -> Packed:
    return list(map(_pack_link, links))


def _unpack_links(kept: Packed) -> tuple[Link, ...]:
    return tuple([Link(*one) for one in kept])


_Way = tuple[Callable[[Any], Packed] | None, Callable[[Packed], Any]] | None

_WAYS: Mapping[object, _Way] = {
    str: None,
    str | None: None,
    bool: None,
    bool | None: None,
    int | None: None,
    tuple[str, ...]: (None, tuple),
    Link | None: (_pack_link, _unpack_link),
    tuple[Link, ...]: (_pack_links, _unpack_links),
    dt.date | None: (dt.date.isoformat, dt.date.fromisoformat),
    Moment | None: (_pack_moment, _unpack_moment),
    Mapping[str, int]: (dict, MappingProxyType),
    Mapping[str, Value]: (_pack_values, _unpack_values),
    tuple[FillIn, ...]: (_pack_fill_ins, _unpack_fill_ins),
    Settings: (_pack_settings, _unpack_settings),
}
"""By the type that the field is declared with; a field of another type fails as soon as this is imported.

JSON writes a tuple as a list, so that only the way back is needed.
"""


class _Codec:
    """How one class of records is packed: its fields in order, without the path."""

    def __init__(self, number: int, record: type[Any]) -> None:
        self.number = number
        self._record = record
        fields = [one for one in dataclasses.fields(record) if one.name != "path"]
        names = [one.name for one in fields]
        self._values = attrgetter(*names)
        ways = [_WAYS[one.type] for one in fields]
        self._packs = [(at, way[0]) for at, way in enumerate(ways) if way and way[0]]
        self._unpacks = [(at, way[1]) for at, way in enumerate(ways, 2) if way]
        # Slots are filled directly: a frozen record's own way of filling them takes three times as long.
        self._set_path = record.path.__set__
        self._setters = [(at, getattr(record, name).__set__) for at, name in enumerate(names, 2)]

    def pack(self, record: object) -> list[Packed]:
        values = list(self._values(record))
        for at, pack in self._packs:
            if values[at] is not None:
                values[at] = pack(values[at])
        return values

    def unpack(self, path: str, kept: list[Packed]) -> Any:  # noqa: ANN401 - one of six records
        for at, unpack in self._unpacks:
            if kept[at] is not None:
                kept[at] = unpack(kept[at])
        record = object.__new__(self._record)
        self._set_path(record, path)
        for at, put in self._setters:
            put(record, kept[at])
        return record


_CODECS = {record: _Codec(number, record) for number, record in enumerate(_RECORDS, _UNREADABLE + 1)}
_NUMBERED = {codec.number: codec for codec in _CODECS.values()}
