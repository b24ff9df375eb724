"""The network as a JSON Canvas 1.0 (jsoncanvas.org), with a card for each person, a line for each introduction.

A card of ours carries how it was made, so that later what differs is known to be the user's doing. Obsidian keeps such
a key of a card, and its id, but no key of the whole file that it does not know.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from infoview_md.notes.text import visible
from infoview_md.views.drawing import PALETTE, STAGE_COLOURS, stage_colour
from infoview_md.views.layout import Layout, Place, Strand
from infoview_md.views.lines import cut, shown_name
from infoview_md.views.markdown import escaped
from infoview_md.views.stacking import stacked

__all__ = ["ABOVE", "LEGEND_ID", "MADE", "OURS", "Card", "canvas", "written"]

Card: TypeAlias = dict[str, object]
"""A card or a line, as JSON has it; the specification calls them nodes and edges."""

OURS = "infoview-"
"""How the ids of our cards and lines begin."""
MADE = "infoview"
"""The key under which a card of ours says how it was made."""
_WIDTH, _HEIGHT = 320, 100
_BESIDE, ABOVE = 80, 50
"""Pixels between cards at least; Obsidian writes the title of a card above it."""
_LEGEND_SIZE = (520, 300)
_LONGEST_NAME = 100

_PRESETS: Mapping[str, str] = MappingProxyType({"blue": "cyan", "violet": "purple"})
"""What Obsidian calls the colours of which it has none of our name."""
_LEGEND = (
    "**Contact network**\n\nFrom left to right: who led to whom. The colour is the stage: "
    + "; ".join(
        f"{_PRESETS.get(name, name)}: {', '.join(stage for stage, own in STAGE_COLOURS.items() if own == name)}"
        for name in PALETTE
    )
    + ".\n\n`infoview index` and `infoview watch` keep this current. What you move, resize, colour or write stays so; "
    "cards and lines of your own stay, too."
)


def canvas(layout: Layout) -> str:
    """The network as the text of a new canvas file."""
    layout = stacked(layout)
    at = {one.id: one for one in layout.places}
    return written({"nodes": [*_cards(layout)], "edges": [_line(strand, at) for strand in layout.strands]})


def written(content: Mapping[str, object]) -> str:
    """The text of a canvas file, as Obsidian writes it: a card or a line on each line, and no line break at the end."""
    return "{\n" + ",\n".join(f"\t{_json(key)}:{_list(value)}" for key, value in content.items()) + "\n}"


def _list(value: object) -> str:
    if not isinstance(value, list) or not value:
        return _json(value)
    return "[\n" + ",\n".join(f"\t\t{_json(one)}" for one in value) + "\n\t]"


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    if visible(text) == text:
        return text
    # What cannot be seen, and half a character, which no file can hold, is written by its number and read as it was.
    return "".join(char if visible(char) == char else json.dumps(char)[1:-1] for char in text)


def _cards(layout: Layout) -> Iterator[Card]:
    # No two cards of the layout overlap, so none do when the smallest grows to the size of ours.
    across = (_WIDTH + _BESIDE) / min(one.width for one in layout.places)
    down = (_HEIGHT + ABOVE) / min(one.height for one in layout.places)
    for group in layout.groups:
        label = {"label": cut(shown_name(group.name), _LONGEST_NAME)}
        for number, box in enumerate(group.boxes):
            place = (box.x * across, box.y * down, box.width * across, box.height * down)
            yield _card(f"group {number} {group.id}", {"type": "group"}, place, label)
    width, height = _LEGEND_SIZE
    yield _card("legend", {"type": "text", "text": _LEGEND}, (0, -height - ABOVE, width, height))
    for one in layout.places:
        place = (one.x * across - _WIDTH / 2, one.y * down - _HEIGHT / 2, _WIDTH, _HEIGHT)
        colour = stage_colour(one.stage)
        look = {"color": colour.canvas} if colour and colour.canvas else {}
        yield _card(f"person {one.id}", _content(one), place, look, one.name)


def _card(
    what: str,
    content: Mapping[str, str],
    place: tuple[float, float, float, float],
    look: Mapping[str, str] | None = None,
    name: str = "",
) -> Card:
    x, y, width, height = map(round, place)
    made = {"x": x, "y": y, "width": width, "height": height, **(look or {})}
    also = {key: value for key, value in (("text", content.get("text")), ("name", name)) if value}
    return {"id": _id(what), **content, **made, MADE: {**made, **also}}


def _content(place: Place) -> dict[str, str]:
    if place.path and _is_in_vault(place.path):
        return {"type": "file", "file": place.path}
    name = escaped(cut(place.name, _LONGEST_NAME))
    return {"type": "text", "text": f"{name}\n\n{place.stage}, no note yet" if place.stage else name}


def _is_in_vault(path: str) -> bool:
    """Whether any reader takes the path for one of this vault's: relative, never upwards, and made of characters."""
    return not path.startswith("/") and ".." not in path.split("/") and visible(path) == path


def _line(strand: Strand, at: Mapping[str, Place]) -> Card:
    sides = _sides(at[strand.source], at[strand.target])
    line: Card = {
        "id": _id(f"{strand.kind} {strand.source}\n{strand.target}"),
        "fromNode": _id(f"person {strand.source}"),
        "fromSide": sides[0],
        "toNode": _id(f"person {strand.target}"),
        "toSide": sides[1],
    }
    return {**line, "toEnd": "none"} if strand.kind == "known" else {**line, "label": strand.kind}


def _sides(source: Place, target: Place) -> tuple[str, str]:
    if source.x + source.width / 2 < target.x:
        return "right", "left"
    return ("bottom", "top") if source.y < target.y else ("top", "bottom")


def _id(what: str) -> str:
    return OURS + hashlib.sha256(what.encode(errors="surrogatepass")).hexdigest()[:16]


LEGEND_ID = _id("legend")
