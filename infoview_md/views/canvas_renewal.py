"""A canvas of ours renewed around what the user changed in it: nothing that is theirs is lost, or moved.

Card by card and key by key: what is still as we made it becomes what we would make now; all else stays.
"""

import json
import math
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import TypeAlias

from infoview_md.views.canvas import ABOVE, LEGEND_ID, MADE, OURS, Card, written

__all__ = ["renewed_canvas"]

_UNITS = (("x", "y", "width", "height"), ("color",), ("text",), ("label",))
"""What a user may change of a card; of what stands together, all is theirs once one is."""
_KEYS = frozenset({"id", "type", "file", MADE, *(key for unit in _UNITS for key in unit)})
"""The keys of our cards; all others somebody else gave them."""

_ENDS = ("fromNode", "toNode")

Corners: TypeAlias = "tuple[float, float, float, float]"
"""Left, top, right, bottom."""


def renewed_canvas(text: str, before: str) -> str | None:
    """What a canvas that says `before` has to say now, when a new one would say `text`.

    None when it cannot be read, or holds no card of ours. Cards of people who are gone go, unless the user wrote into
    them or tied a line to them. A legend that was deleted stays away. When nothing has changed, it is the same text.
    """
    try:
        old, new = _read(before), _read(text)
        return None if old is None or new is None else _renewed(new, old, before)
    except RecursionError:  # nested more deeply than any canvas is
        return None


def _renewed(new: Mapping[str, object], old: Mapping[str, object], before: str) -> str:
    cards, lines = _by_id(new, "nodes"), _by_id(new, "edges")
    nodes, edges = _with_ids_of_now(_parts(old, "nodes"), _parts(old, "edges"), cards)
    if LEGEND_ID not in (_text(one, "id") for one in nodes):
        del cards[LEGEND_ID]
    tied = {_text(one, end) for one in edges if not _is_ours(one) for end in _ENDS}
    renewed = {**old, "nodes": _cards(cards, nodes, tied), "edges": _lines(lines, edges)}
    return before if renewed == old else written(renewed)


# Reading


def _read(text: str) -> dict[str, object] | None:
    """A canvas with a card of ours; None for everything else."""
    try:
        read = json.loads(text, parse_float=_finite, parse_constant=_finite)
    except ValueError:
        return None
    if not isinstance(read, dict):
        return None
    parts = [read.get("nodes", []), read.get("edges", [])]
    if not all(isinstance(part, list) and all(isinstance(one, dict) for one in part) for part in parts):
        return None
    return read if any(map(_is_ours, parts[0])) else None


def _finite(text: str) -> float:
    """A number that can be written again. Raises ValueError."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _parts(canvas: Mapping[str, object], key: str) -> list[Card]:
    parts = canvas.get(key, [])
    return list(parts) if isinstance(parts, list) else []


def _by_id(canvas: Mapping[str, object], key: str) -> dict[str, Card]:
    return {_text(one, "id"): one for one in _parts(canvas, key)}


def _is_ours(part: Card) -> bool:
    return _text(part, "id").startswith(OURS)


def _text(part: Mapping[str, object], key: str) -> str:
    """A text of a card or a line; nothing when there is none, or something else."""
    value = part.get(key)
    return value if isinstance(value, str) else ""


def _record(card: Card) -> Mapping[str, object]:
    """How a card of ours was made."""
    record = card.get(MADE)
    return record if isinstance(record, dict) else {}


def _changed(card: Card) -> tuple[str, ...]:
    """The keys of a card of ours that are not as we made them."""
    made = _record(card)
    return tuple(key for unit in _UNITS if any(card.get(one) != made.get(one) for one in unit) for key in unit)


# Whoever is somebody else by now: a note was renamed, a name has got a note


def _with_ids_of_now(nodes: list[Card], edges: list[Card], fresh: Mapping[str, Card]) -> tuple[list[Card], list[Card]]:
    """The cards and lines, with the id of now for whoever had another when the card was made."""
    there = {_text(one, "id") for one in nodes}
    new = [one for ident, one in fresh.items() if ident not in there]
    by_file = {_text(one, "file"): _text(one, "id") for one in new if "file" in one}
    by_name = {_text(_record(one), "name"): _text(one, "id") for one in new if "name" in _record(one)}
    ids: dict[str, str] = {}
    for one in nodes:
        if _is_ours(one) and _text(one, "id") not in fresh:
            now = by_file.get(_text(one, "file")) or by_name.get(_text(_record(one), "name"))
            if now and now not in ids.values():
                ids[_text(one, "id")] = now
    return (
        [{**one, "id": ids[_text(one, "id")]} if _text(one, "id") in ids else one for one in nodes],
        [{**one, **{end: ids[_text(one, end)] for end in _ENDS if _text(one, end) in ids}} for one in edges],
    )


# Cards and lines


def _cards(fresh: Mapping[str, Card], old: Iterable[Card], tied: AbstractSet[str]) -> list[Card]:
    """The old cards in their order, ours as they are to be now, then the new ones; new groups lie behind all."""
    waiting, kept, pinned = dict(fresh), [], set()
    for one in old:
        ident = _text(one, "id")
        if _is_ours(one) and ident in waiting:
            kept.append(_merged(waiting.pop(ident), one))
            is_pinned = "x" in _changed(one)
        elif not _is_ours(one) or (ident not in fresh and (ident in tied or "text" in _changed(one))):
            kept.append(one)
            is_pinned = True
        else:
            continue
        if is_pinned:
            pinned.add(len(kept) - 1)
    groups = [one for one in waiting.values() if one["type"] == "group"]
    return [*groups, *_apart([*kept, *(one for one in waiting.values() if one["type"] != "group")], pinned)]


def _merged(fresh: Card, old: Card) -> Card:
    """A card as we would make it, but for what the user changed; keys that are not ours stay."""
    changed = _changed(old)
    card = {**fresh, **{key: value for key, value in old.items() if key not in _KEYS}}
    for key in changed:
        if key in old:
            card[key] = old[key]
        else:
            card.pop(key, None)
    # Whoever wrote into a card wants to read it, also when the person has got a note since.
    if "text" in changed and "text" in old:
        card.pop("file", None)
        card["type"] = "text"
    return card


def _lines(fresh: Mapping[str, Card], old: Iterable[Card]) -> list[Card]:
    """The user's lines and ours that still hold, as they are, then the new ones."""
    waiting = dict(fresh)
    kept = [one for one in old if not _is_ours(one) or waiting.pop(_text(one, "id"), {})]
    return [*kept, *waiting.values()]


# Room


def _apart(cards: Iterable[Card], pinned: AbstractSet[int]) -> list[Card]:
    """Move what stands where we put it, and overlaps what stands where the user put it, down to a free place."""
    placed = list(cards)
    corners = {number: _corners(one) for number, one in enumerate(placed) if one.get("type") != "group"}
    fixed = [corners[number] for number in pinned if number in corners]
    for number, own in corners.items():
        if number not in pinned and any(_overlap(own, one) for one in fixed):
            corners[number] = free = _lowered(own, [one for at, one in corners.items() if at != number])
            y = round(free[1])
            placed[number] = {**placed[number], "y": y, MADE: {**_record(placed[number]), "y": y}}
    return placed


def _lowered(own: Corners, others: Iterable[Corners]) -> Corners:
    """The first free place below."""
    left, top, right, bottom = own
    waiting = sorted((one for one in others if one[0] < right and left < one[2]), key=lambda one: one[1])
    for one in waiting:
        if _overlap((left, top, right, bottom), one):
            top, bottom = one[3] + ABOVE, one[3] + ABOVE + bottom - top
    return left, top, right, bottom


def _overlap(one: Corners, other: Corners) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _corners(card: Card) -> Corners:
    x, y, width, height = (_number(card.get(key)) for key in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def _number(value: object) -> float:
    return value if isinstance(value, int | float) else 0
