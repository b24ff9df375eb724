"""What JSON Canvas 1.0 (jsoncanvas.org/spec/1.0) asks of a file."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

__all__ = ["broken_rules", "overlapping"]

CONTENT = {"text": ("text",), "file": ("file",), "link": ("url",), "group": ()}
"""The types of nodes, and what each has to have."""
TEXTS = ("text", "file", "subpath", "url", "label", "background", "backgroundStyle", "color", "type", "id")
SIDES = {"top", "right", "bottom", "left"}
ENDS = {"none", "arrow"}
COLOUR = re.compile(r"[1-6]|#[0-9a-fA-F]{6}")


def broken_rules(text: str) -> list[str]:
    """Each rule that a canvas breaks, with the node or edge that does."""
    canvas = json.loads(text, parse_constant=float)
    nodes, edges = canvas.get("nodes", []), canvas.get("edges", [])
    ids = Counter(one.get("id") for one in (*nodes, *edges))
    twice = [f"the id {one!r} stands twice" for one, number in ids.items() if number > 1]
    known = {one["id"] for one in nodes}
    return [
        *twice,
        *(f"{one['id']}: {rule}" for one in nodes for rule in _of_node(one)),
        *(f"{one['id']}: {rule}" for one in edges for rule in _of_edge(one, known)),
    ]


def _of_node(node: dict[str, Any]) -> Iterator[str]:
    if node.get("type") not in CONTENT:
        yield f"no type {node.get('type')!r}"
        return
    yield from (f"{key} is no whole number" for key in ("x", "y", "width", "height") if type(node.get(key)) is not int)
    yield from (f"{key} is no text" for key in ("id", *CONTENT[node["type"]]) if not isinstance(node.get(key), str))
    yield from _of_texts(node)
    if node["type"] == "file" and not _is_in_vault(str(node.get("file"))):
        yield f"{node.get('file')!r} leads out of the vault"
    if "subpath" in node and not str(node["subpath"]).startswith("#"):
        yield "a subpath begins with #"


def _of_edge(edge: dict[str, Any], known: set[str]) -> Iterator[str]:
    yield from (f"{key} {edge.get(key)!r} is nobody" for key in ("fromNode", "toNode") if edge.get(key) not in known)
    for keys, words in ((("fromSide", "toSide"), SIDES), (("fromEnd", "toEnd"), ENDS)):
        yield from (f"{key} cannot be {edge[key]!r}" for key in keys if key in edge and edge[key] not in words)
    yield from _of_texts(edge)


def _of_texts(part: dict[str, Any]) -> Iterator[str]:
    yield from (f"{key} is no text" for key in TEXTS if key in part and not isinstance(part[key], str))
    if "color" in part and not COLOUR.fullmatch(str(part["color"])):
        yield f"no colour {part['color']!r}"


def _is_in_vault(path: str) -> bool:
    pure = PurePosixPath(path)
    return not pure.is_absolute() and ".." not in pure.parts and path.isprintable()


def overlapping(text: str) -> list[tuple[str, str]]:
    """The ids of cards that lie on each other; a group may have cards in it."""
    cards = [one for one in json.loads(text)["nodes"] if one["type"] != "group"]
    return [
        (one["id"], other["id"])
        for number, one in enumerate(cards)
        for other in cards[:number]
        if one["x"] < other["x"] + other["width"]
        and other["x"] < one["x"] + one["width"]
        and one["y"] < other["y"] + other["height"]
        and other["y"] < one["y"] + one["height"]
    ]
