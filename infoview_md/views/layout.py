"""Where everybody stands in a picture of the network: places, strands and groups in pixels, for whatever draws them.

Draws nothing itself. The same network always gives the same layout, and nothing here recurses.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from infoview_md.network.graph import EdgeKind, Graph, Node, NodeKind
from infoview_md.network.insights import Forest
from infoview_md.views.drawing import works_at
from infoview_md.views.families import families
from infoview_md.views.labels import clipped, plain, wrapped_name
from infoview_md.views.lines import counted
from infoview_md.views.packing import ABOVE, CARD, FRAME, STEP, TITLE, Part, columns_of, levels_for, settled, stack
from infoview_md.views.ways import BOW, Further, Point, Rect, back, downward, onward

__all__ = ["Box", "Ground", "Group", "Layout", "Place", "Strand", "StrandKind", "lay_out"]

StrandKind = EdgeKind | Literal["known"]
"""How two places are tied; `known` leads from the user to somebody they neither met nor wrote to yet."""

PADDING = 12.0
"""Pixels from the left border of a card to its text, and from the text to the right."""
DETAIL = 11.0
"""Pixels: the size of the small letters."""
LINE = 1.25
"""Pixels from line to line, by the size of the letters."""
SIGN = 18.0
"""Pixels from the left end of the small line to its first letter: there stands the sign of the stage."""
ONE_COLUMN = 760.0
"""Pixels; a picture that is taller has several columns."""
_ASPECT = 2.2
"""Width by height that is aimed at in several columns; as some room stays empty, the picture becomes less wide."""
ABOVE_NAME = 7.0
_MARGIN = 24.0
_ME_LEFT = STEP - CARD
"""Pixels by which the user's card stands out above columns, so that the line to the first one begins below it."""
_SIZES = ((25, 20.0), (10, 17.0), (3, 15.0), (0, 13.0))
"""(people reached, size of the name in pixels): the first row that fits."""
_LINES = 2
"""Lines of a name."""

_Frame = tuple[str, tuple[str, ...]]
"""An organization, and those who stand in one frame, from above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle by its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The card of one node; `x` and `y` are its centre.

    `label` is the name in lines that fit, in letters of `size` pixels; `detail` is a short line below it (stage and
    organization). Nothing invisible is left in either; `name` is the name as it is. `organization` is the id and
    `workplace` the name of where they work. `reach` counts the people reached through this one, `depth` the steps from
    the user. `path` is None for whom no note is about.
    """

    id: str
    name: str
    label: tuple[str, ...]
    detail: str = ""
    kind: NodeKind
    stage: str | None = None
    path: str | None = None
    organization: str | None = None
    workplace: str = ""
    reach: int = 0
    depth: int = 0
    size: float = 13.0
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """One line from a place to another.

    The backbone are the lines along which the layout grew: from the user, or from the first who gave a contact. All
    other strands come from further referrers. `points` are the corners of the way, which may be rounded off; of a `bow`
    they are where it begins, the point towards which it bends (the control point of a quadratic curve), and its end.
    """

    source: str
    target: str
    kind: StrandKind
    points: tuple[Point, ...]
    evidence: tuple[str, ...] = ()
    backbone: bool = True
    bow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People of one organization who stand together, each time in a box of its own; `label` is its name, cut to fit."""

    id: str
    name: str
    label: str
    boxes: tuple[Box, ...]
    path: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The whole picture, from 0, 0 to `width`, `height`; the user's place comes first, each before whom they led to."""

    places: tuple[Place, ...]
    strands: tuple[Strand, ...]
    groups: tuple[Group, ...]
    width: float
    height: float


def lay_out(graph: Graph, forest: Forest, stages: Mapping[str, str], ground: "Ground | None" = None) -> Layout:
    """Lay out the network: who led to whom, from left to right; `stages` are the stage words by the contact's id.

    Everybody stands once, right of the first who gave them. Whom nobody gave stands right of the user or, when there
    are many, in columns below; people of one organization who have the same giver, and led to nobody, stand together.

    `ground` saves time where it is at hand, from a graph of the same people and places.
    """
    return _Drawing(graph, ground or Ground(graph, forest), stages).layout()


class Ground:
    """Where everybody stands, whatever their stages are, and whomever the user met or wrote to."""

    def __init__(self, graph: Graph, forest: Forest) -> None:
        self.forest = forest
        self.me = graph.nodes[0].id
        self.nodes = {one.id: one for one in graph.nodes}
        self.works_at = works_at(graph)
        self.parent = {child: by for by, children in forest.children.items() for child in children}
        self.reach = {self.me: len(forest.walk), **_reach(forest)}
        self.sizes = {one: next(size for least, size in _SIZES if reach >= least) for one, reach in self.reach.items()}
        self.sizes[self.me] = _SIZES[0][1]
        self.labels = {
            one: wrapped_name(self.nodes[one].name, CARD - 2 * PADDING, self.sizes[one], _LINES) for one in self.reach
        }
        self.heights = {one: self._height(one) for one in self.reach}
        self.rects, frames, self.lanes = self._placed()
        self.framed = {one for _, members in frames for one in members}
        self.groups = tuple(self._groups(frames, self.rects))

    def _height(self, ident: str) -> float:
        letters = len(self.labels[ident]) * self.sizes[ident] + DETAIL
        return round(2 * ABOVE_NAME + letters * LINE, 1)

    def _placed(self) -> tuple[dict[str, Rect], list[_Frame], dict[str, float]]:
        """The borders of all cards, who stands in frames, and the heights of the lines that lead to whole blocks."""
        rects: dict[str, Rect] = {}
        frames: list[_Frame] = []
        lanes: dict[str, float] = {}
        waiting = [(block, level * STEP, y) for block, level, y in reversed(self._beginnings(rects, lanes))]
        while waiting:
            block, x, y = waiting.pop()
            for one, middle in block.cards:
                rects[one] = self._rect(one, x, y + middle)
                if block.goes_on:
                    lanes[one] = y + block.tops[0]
            if block.frame is not None:
                frames.append((block.frame, tuple(one for one, _ in block.cards)))
            waiting += [(part, x + level * STEP, y + dy) for part, level, dy in reversed(block.parts)]
        dx = _MARGIN + FRAME - min(one.left for one in rects.values())
        dy = _MARGIN + FRAME - min((*lanes.values(), *(one.top for one in rects.values())))
        moved = {one: rect.moved(dx, dy) for one, rect in rects.items()}
        return moved, frames, {one: y + dy for one, y in lanes.items()}

    def _beginnings(self, rects: dict[str, Rect], lanes: dict[str, float]) -> list[Part]:
        """All that begins at the user: in one column beside when that is not too tall, else in columns below.

        Families have the columns to themselves; whoever nobody gave, and who gave nobody, stands below all families.
        """
        blocks = families(self.forest, self.heights, self.works_at)
        own = self.heights[self.me]
        if len(blocks) <= 1 or stack(blocks).height <= ONE_COLUMN:
            return [(settled(self.me, own, blocks), 0, 0.0)]
        rects[self.me] = self._rect(self.me, -_ME_LEFT, own / 2)
        wide = levels_for(blocks, _ASPECT)
        parts: list[Part] = []
        lane, top = own / 2, own + ABOVE
        for shelf in ([one for one in blocks if one.levels > 1], [one for one in blocks if one.levels == 1]):
            if shelf:
                found, used, end = columns_of(shelf, 0, top, wide=wide)
                parts += found
                lanes.update((one, lane) for block, *_ in found if not block.goes_on for one, _ in block.cards)
                wide, lane, top = max(wide, used), end + ABOVE, end + 2 * ABOVE
        return parts

    def _rect(self, ident: str, left: float, middle: float) -> Rect:
        half = self.heights[ident] / 2
        return Rect(left, middle - half, left + CARD, middle + half)

    def _groups(self, frames: Iterable[_Frame], rects: Mapping[str, Rect]) -> Iterator[Group]:
        boxes: dict[str, list[Box]] = {}
        for place, members in frames:
            boxes.setdefault(place, []).append(_around(rects[members[0]], rects[members[-1]]))
        for place in sorted(boxes):
            node = self.nodes[place]
            label = clipped(plain(node.name), CARD, DETAIL)
            yield Group(id=place, name=node.name, label=label, boxes=tuple(boxes[place]), path=node.path)


class _Drawing:
    """One drawing of one network."""

    def __init__(self, graph: Graph, ground: Ground, stages: Mapping[str, str]) -> None:
        self.ground = ground
        self.stages = stages
        self.evidence: dict[tuple[str, str, StrandKind], tuple[str, ...]] = {
            (one.source, one.target, one.kind): one.evidence for one in graph.edges
        }

    def layout(self) -> Layout:
        """All cards in their places, tied together."""
        rects, groups, strands = self.ground.rects, self.ground.groups, tuple(self._strands())
        ends = [(one.right, one.bottom) for one in rects.values()]
        ends += [(box.x + box.width, box.y + box.height) for one in groups for box in one.boxes]
        ends += [point for one in strands for point in one.points]
        return Layout(
            places=tuple(self._places()),
            strands=strands,
            groups=groups,
            width=round(max(x for x, _ in ends) + _MARGIN, 1),
            height=round(max(y for _, y in ends) + _MARGIN, 1),
        )

    def _places(self) -> Iterator[Place]:
        ground = self.ground
        depth = {ground.me: 0}
        for ident in (ground.me, *ground.forest.walk):
            node, rect = ground.nodes[ident], ground.rects[ident]
            depth.setdefault(ident, depth[ground.parent.get(ident, ground.me)] + 1)
            yield Place(
                id=ident,
                name=node.name,
                label=ground.labels[ident],
                detail=self._detail(node, in_frame=ident in ground.framed),
                kind=node.kind,
                stage=self.stages.get(ident),
                path=node.path,
                organization=ground.works_at.get(ident),
                workplace=self._workplace(ident),
                reach=ground.reach[ident],
                depth=depth[ident],
                size=ground.sizes[ident],
                x=round(rect.x, 1),
                y=round(rect.y, 1),
                width=round(rect.right - rect.left, 1),
                height=round(rect.bottom - rect.top, 1),
            )

    def _workplace(self, ident: str) -> str:
        works_at = self.ground.works_at
        return self.ground.nodes[works_at[ident]].name if ident in works_at else ""

    def _detail(self, node: Node, *, in_frame: bool) -> str:
        """The stage, which also says in a word what the colour says, and where they work unless the frame says it."""
        if node.kind == "me":
            return f"you, and {counted(len(self.ground.forest.walk), 'contact')}"
        words = [self.stages.get(node.id, ""), "no note yet" if node.path is None else ""]
        if node.id in self.ground.works_at and not in_frame:
            words.append(plain(self._workplace(node.id)))
        return clipped(" · ".join(filter(None, words)), CARD - 2 * PADDING - SIGN, DETAIL)

    def _strands(self) -> Iterator[Strand]:
        """The backbone, in the order of the walk, then the strands of the further referrers."""
        me, rects, lanes = self.ground.me, self.ground.rects, self.ground.lanes
        for one in self.ground.forest.walk:
            by = self.ground.parent.get(one, me)
            kind: StrandKind = self._own_tie(one) if by == me else "referred"
            if one not in lanes:
                points = onward(rects[by], rects[one])
            else:
                points = (downward if by == me else back)(rects[by], rects[one], lanes[one])
            evidence = self.evidence.get((by, one, kind), ())
            yield Strand(source=by, target=one, kind=kind, points=_tenths(points), evidence=evidence)
        further = Further()
        for one, others in self.ground.forest.also_from.items():
            for by in others:
                points = further.way(by, rects[by], rects[one])
                evidence = self.evidence.get((by, one, "referred"), ())
                yield Strand(
                    source=by,
                    target=one,
                    kind="referred",
                    points=_tenths(points),
                    evidence=evidence,
                    backbone=False,
                    bow=len(points) == BOW,
                )

    def _own_tie(self, ident: str) -> StrandKind:
        kinds: tuple[EdgeKind, ...] = ("met", "wrote")
        return next((kind for kind in kinds if (self.ground.me, ident, kind) in self.evidence), "known")


def _tenths(points: Iterable[Point]) -> tuple[Point, ...]:
    return tuple((round(x, 1), round(y, 1)) for x, y in points)


def _around(first: Rect, last: Rect) -> Box:
    """The frame around cards below each other."""
    return Box(
        x=round(first.left - FRAME, 1),
        y=round(first.top - TITLE, 1),
        width=CARD + 2 * FRAME,
        height=round(last.bottom - first.top + TITLE + FRAME, 1),
    )


def _reach(forest: Forest) -> dict[str, int]:
    """How many people each contact led to: all who hang below, and whom they gave elsewhere."""
    number = {one: place for place, one in enumerate(forest.walk)}
    reach = dict(forest.below)
    for one, others in forest.also_from.items():
        for by in others:
            if not number[by] <= number[one] <= number[by] + forest.below[by]:
                reach[by] += 1
    return reach
