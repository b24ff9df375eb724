"""The network as an SVG picture: the layout drawn, every text escaped, all colours in one style sheet.

Nothing here knows where anybody stands; no text of a note is ever anything but text.
"""

import html
import math
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from infoview_md.views.colours import SIGNS, STAGE_COLOURS, VARIABLES
from infoview_md.views.labels import wide
from infoview_md.views.layout import ABOVE_NAME, DETAIL, LINE, PADDING, SIGN, Layout, Place, Strand, StrandKind
from infoview_md.views.lines import counted, one_line, shown_name
from infoview_md.views.packing import FRAME
from infoview_md.views.ways import Point

__all__ = ["STYLE", "stage_class", "svg"]

_STAGE_RULES = "".join(
    f".stage-{one}{{--line:var(--stage-{one});--fill:var(--stage-{one}-fill)}}\n" for one in (*STAGE_COLOURS, "other")
)

STYLE = f"""{VARIABLES}{_STAGE_RULES}\
.network{{font-family:"Segoe UI","Helvetica Neue",Arial,"Noto Sans",sans-serif}}
.network .paper{{fill:var(--paper)}}
.network text{{fill:var(--ink);unicode-bidi:isolate}}
.network .card{{fill:var(--fill);stroke:var(--line);stroke-width:1.5}}
.network .unrecorded .card{{fill:var(--paper);stroke-dasharray:5 3}}
.network .unrecorded .name{{font-style:italic}}
.network .name{{font-weight:600}}
.network .detail{{font-size:{DETAIL:g}px}}
.network .sign{{fill:none;stroke:var(--line);stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}}
.network .me .card{{fill:var(--me-fill);stroke:var(--me-fill)}}
.network .me text{{fill:var(--me-ink)}}
.network .reach rect{{fill:var(--paper);stroke:var(--line);stroke-width:1.5}}
.network .reach text{{font-weight:600;text-anchor:middle}}
.network .group rect{{fill:var(--frame-fill);stroke:var(--frame);stroke-width:1}}
.network .group text{{fill:var(--muted);font-size:{DETAIL:g}px;font-weight:600}}
.network .edge{{fill:none;stroke:var(--tie);stroke-width:1.4;stroke-linecap:round;stroke-linejoin:round}}
.network .referred{{stroke:var(--strand);stroke-width:2}}
.network .also{{stroke:var(--also);stroke-width:1.3;opacity:.7}}
.network .wrote{{stroke-dasharray:6 4}}
.network .known{{stroke-dasharray:1 5}}
.network .legend text{{fill:var(--muted);font-size:{DETAIL:g}px}}
"""
"""The style sheet of the picture, for a page that puts `svg(..., standalone=False)` in its midst."""

_ROUND = 10.0
"""Pixels: the radius of a bend."""
_ROLE = 'role="img" aria-labelledby="network-title network-desc"'
_SAMPLE = 34.0
"""Pixels from the beginning of a sign in the legend to its words."""
_BETWEEN = 24.0
"""Pixels between two entries of the legend."""
_LEFT = 24.0
_LEGEND_ROW = 28.0
_LEGEND_WIDTH = 560.0
_FIRST_CONNECTORS = 5
"""People whom the description names."""
_TIP = 6.0
_LINES: Mapping[tuple[StrandKind, bool], str] = MappingProxyType(
    {
        ("referred", True): "gave you this contact",
        ("referred", False): "gave you this contact, too",
        ("met", True): "you met",
        ("wrote", True): "you wrote",
        ("known", True): "neither yet",
    }
)


def svg(layout: Layout, *, title: str = "Contact network", standalone: bool = True) -> str:
    """The picture as one `svg` element that ends in a line break.

    `standalone` brings style sheet, paper and a legend, for a file of its own; else it is an element for a page that
    has `STYLE`. Nodes are `g.node` with the ids n0, n1, ... in the order of the layout's places; `data-id`, and
    `data-source` and `data-target` of the lines, are the ids of the network as they may be shown.
    """
    width, height, legend = layout.width, layout.height, list[str]()
    if standalone:
        width = max(width, _LEGEND_WIDTH)
        legend, rows = _legend(layout, width)
        height += rows
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="network" {size} {_ROLE}>',
        f'<title id="network-title">{_text(title)}</title>',
        f'<desc id="network-desc">{_text(_description(layout))}</desc>',
    ]
    if standalone:
        lines += [f"<style>\n{STYLE}</style>", '<rect class="paper" width="100%" height="100%"/>']
    lines += [
        '<g class="groups">',
        *_groups(layout),
        '</g>\n<g class="edges">',
        *(_edge(one) for one in layout.strands if one.backbone),
        '</g>\n<g class="nodes">',
        *_nodes(layout),
        '</g>\n<g class="edges">',
        *(_edge(one) for one in layout.strands if not one.backbone),
        "</g>",
        *legend,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def stage_class(stage: str | None) -> str:
    """The CSS class of a stage."""
    return f"stage-{stage}" if stage in STAGE_COLOURS else "stage-other"


def _text(text: str) -> str:
    """A text of a note as text or as the value of an attribute, never as markup."""
    return html.escape(one_line(text))


# What is drawn


def _groups(layout: Layout) -> Iterator[str]:
    for group in layout.groups:
        boxes = "".join(
            f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" rx="8"/>'
            f'<text x="{box.x + FRAME:g}" y="{box.y + 16:g}">{_text(group.label)}</text>'
            for box in group.boxes
        )
        yield f'<g class="group" data-id="{_text(group.id)}"><title>{_text(shown_name(group.name))}</title>{boxes}</g>'


def _edge(strand: Strand) -> str:
    ends = f'data-source="{_text(strand.source)}" data-target="{_text(strand.target)}"'
    return f"<path {ends} {_line(strand)}/>"


def _line(strand: Strand) -> str:
    kind = strand.kind if strand.backbone else f"{strand.kind} also"
    way = _bow(strand.points) if strand.bow else _bent(strand.points)
    tip = _tip(strand.points[-2], strand.points[-1]) if strand.kind == "referred" else ""
    return f'class="edge {kind}" d="{way}{tip}"'


def _bow(points: Sequence[Point]) -> str:
    (x, y), (cx, cy), (ex, ey) = points
    return f"M{x:g} {y:g}Q{cx:g} {cy:g} {ex:g} {ey:g}"


def _bent(points: Sequence[Point]) -> str:
    """A way as the path of an SVG, its corners rounded."""
    x, y = points[0]
    path = [f"M{x:g} {y:g}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(_ROUND, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        (ax, ay), (bx, by) = _towards(corner, before, radius), _towards(corner, after, radius)
        path.append(f"L{ax:g} {ay:g}Q{corner[0]:g} {corner[1]:g} {bx:g} {by:g}")
    x, y = points[-1]
    return f"{''.join(path)}L{x:g} {y:g}"


def _towards(start: Point, end: Point, length: float) -> Point:
    """The point so many pixels from the start on the way to the end, to a tenth."""
    whole = math.dist(start, end) or 1.0
    part = length / whole
    return round(start[0] + (end[0] - start[0]) * part, 1), round(start[1] + (end[1] - start[1]) * part, 1)


def _tip(before: Point, end: Point) -> str:
    """The head of an arrow."""
    back = _towards(end, before, _TIP)
    dx, dy = (end[1] - back[1]) * 0.6, (back[0] - end[0]) * 0.6
    return f"M{back[0] + dx:.1f} {back[1] + dy:.1f}L{end[0]:g} {end[1]:g}L{back[0] - dx:.1f} {back[1] - dy:.1f}"


def _nodes(layout: Layout) -> Iterator[str]:
    names = {one.id: shown_name(one.name) for one in layout.places}
    givers = _givers(layout, names)
    for number, place in enumerate(layout.places):
        yield _node(number, place, givers.get(place.id, ""))


def _node(number: int, place: Place, givers: str) -> str:
    left, top = place.x - place.width / 2, place.y - place.height / 2
    classes = ["node", place.kind]
    if place.kind == "contact":
        classes.append(stage_class(place.stage))
        classes += ["unrecorded"] if place.path is None else []
    about = f'data-id="{_text(place.id)}" data-name="{_text(shown_name(place.name))}"'
    if place.stage:
        about += f' data-stage="{_text(place.stage)}"'
    if place.organization:
        about += f' data-organization="{_text(place.organization)}"'
    return (
        f'<g class="{" ".join(classes)}" id="n{number}" {about} transform="translate({left:g} {top:g})">'
        f"<title>{_text(_sentence(place, givers))}</title>"
        f'<rect class="card" width="{place.width:g}" height="{place.height:g}" rx="8"/>'
        f"{_writing(place)}{_badge(place)}</g>"
    )


def _writing(place: Place) -> str:
    """The name, and below it the sign of the stage and the small line."""
    y, rows = ABOVE_NAME, []
    for row in place.label:
        baseline = round(y + place.size, 1)
        rows.append(
            f'<text class="name" font-size="{place.size:g}" x="{PADDING:g}" y="{baseline:g}">{_text(row)}</text>'
        )
        y += place.size * LINE
    x = PADDING
    if place.kind == "contact":
        sign = SIGNS[STAGE_COLOURS.get(place.stage or "", "grey")]
        rows.append(f'<path class="sign" transform="translate({x:g} {y + 2:.4g})" d="{sign}"/>')
        x += SIGN
    rows.append(f'<text class="detail" x="{x:g}" y="{round(y + DETAIL, 1):g}">{_text(place.detail)}</text>')
    return "".join(rows)


def _badge(place: Place) -> str:
    """How many people this one led to, at the end where the lines to them begin."""
    if place.kind == "me" or not place.reach:
        return ""
    return _pill(place.width, place.height / 2, f"{place.reach:,}", place.size - 2)


def _pill(x: float, y: float, number: str, size: float) -> str:
    """A number in letters of `size` pixels, around a point."""
    width, height = round(wide(number, size) + 10, 1), size + 7
    box = f'x="{x - width / 2:g}" y="{y - height / 2:g}" width="{width:g}" height="{height:g}" rx="{height / 2:g}"'
    text = f'<text x="{x:g}" y="{y + size * 0.36:g}" font-size="{size:g}">{number}</text>'
    return f'<g class="reach"><rect {box}/>{text}</g>'


# What is said


def _givers(layout: Layout, names: Mapping[str, str]) -> dict[str, str]:
    """Who gave each contact, in words."""
    found: dict[str, list[str]] = {}
    for strand in layout.strands:
        if strand.kind == "referred":
            found.setdefault(strand.target, []).append(names[strand.source])
    return {one: " and ".join(filter(None, [", ".join(givers[:-1]), givers[-1]])) for one, givers in found.items()}


def _sentence(place: Place, givers: str) -> str:
    if place.kind == "me":
        return f"{shown_name(place.name)} (you)"
    at = f"works at {shown_name(place.workplace)}" if place.workplace else ""
    parts = [shown_name(place.name), place.stage or "", "no note yet" if place.path is None else "", at]
    parts += [
        f"given by {givers}" if givers else "",
        f"led to {counted(place.reach, 'person', 'people')}" if place.reach else "",
    ]
    return "; ".join(filter(None, parts))


def _description(layout: Layout) -> str:
    people = [one for one in layout.places if one.kind == "contact"]
    best = sorted((one for one in people if one.reach), key=lambda one: -one.reach)[:_FIRST_CONNECTORS]
    led = [f"{shown_name(one.name)} led to {counted(one.reach, 'person', 'people')}." for one in best]
    return " ".join(
        [f"{counted(len(people), 'contact')}; lines lead from whoever gave a name to the person named.", *led]
    )


# The legend


def _legend(layout: Layout, width: float) -> tuple[list[str], float]:
    """What the signs and lines mean, as far as they occur, in rows below the picture; and the height of these."""
    drawn, x, y = [], 0.0, 0.0
    for drawing, words in _meanings(layout):
        room = _SAMPLE + wide(words, DETAIL) + _BETWEEN
        if x and x + room > width - 2 * FRAME:
            x, y = 0.0, y + _LEGEND_ROW
        drawn.append(f'<g transform="translate({x:g} {y:g})">{drawing}<text x="{_SAMPLE:g}" y="14">{words}</text></g>')
        x = round(x + room, 1)
    if not drawn:
        return [], 0.0
    begin = f'<g class="legend" transform="translate({_LEFT:g} {layout.height:g})">'
    return [begin, *drawn, "</g>"], y + _LEGEND_ROW + _LEFT


def _meanings(layout: Layout) -> Iterator[tuple[str, str]]:
    """A drawing of 26 by 20 pixels and its words, for all that occurs."""
    card = '<rect class="card" width="26" height="20" rx="5"/>'
    families: dict[str, list[str]] = {}
    used = {one.stage for one in layout.places}
    for stage in filter(used.__contains__, STAGE_COLOURS):
        families.setdefault(STAGE_COLOURS[stage], []).append(stage)
    for family, stages in families.items():
        sign = f'<path class="sign" transform="translate(7 4)" d="{SIGNS[family]}"/>'
        yield f'<g class="{stage_class(stages[0])}">{card}{sign}</g>', ", ".join(stages)
    people = layout.places[1:]
    if any(one.path is None for one in people):
        yield f'<g class="stage-other unrecorded">{card}</g>', "no note yet"
    if any(one.reach for one in people):
        yield f'<g class="stage-other">{_pill(13, 10, "7", DETAIL)}</g>', "people reached through somebody"
    drawn = {(one.kind, one.backbone) for one in layout.strands}
    for kind, backbone in filter(drawn.__contains__, _LINES):
        line = Strand(source="", target="", kind=kind, points=((0, 10), (26, 10)), backbone=backbone)
        yield f"<path {_line(line)}/>", _LINES[kind, backbone]
    if layout.groups:
        yield '<g class="group"><rect width="26" height="20" rx="5"/></g>', "work at the same organization"
