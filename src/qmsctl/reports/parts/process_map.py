"""The map of the processes: boxes in bands, one for each layer, and the arrows between them."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from qmsctl.core.procedures.process_links import LAYERS, Link
from qmsctl.value import dataclass

WIDTH, HEIGHT = 212, 92
GAP_X, GAP_Y = 44, 74
MARGIN, TITLE = 16, 26
MOST_IN_ROW = 4
_CHARACTERS, _LINES, _LINE = 25, 3, 18
_HEAD = 7


@dataclass(frozen=True, slots=True)
class Box:
    """A process as it is drawn: its upper left corner in units of the drawing, and its title in lines."""

    id: str
    x: int
    y: int
    lines: tuple[str, ...]

    @property
    def words(self) -> tuple[tuple[int, str], ...]:
        """The id and the lines of the title, each with the height it stands at: all in the middle of the box."""
        first = self.y + (HEIGHT - _LINE * (len(self.lines) + 1)) // 2 + 13
        return tuple((first + _LINE * number, text) for number, text in enumerate((self.id, *self.lines)))


@dataclass(frozen=True, slots=True)
class Band:
    """The strip of a layer."""

    layer: str
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line as SVG path data, and the three corners of its head."""

    path: str
    head: str


@dataclass(frozen=True, slots=True)
class ProcessMap:
    """A drawing of ``width`` by ``height`` units, about one CSS pixel each."""

    width: int
    height: int
    bands: tuple[Band, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True, slots=True)
class _End:
    box: Box
    side: str


def process_map(titles: Mapping[str, str], layers: Mapping[str, str], links: Sequence[Link]) -> ProcessMap:
    """The drawing of processes with these titles and layers, by id, in their order."""
    rows = [
        (layer, ids[start : start + MOST_IN_ROW])
        for layer in LAYERS
        if (ids := [each for each in titles if layers[each] == layer])
        for start in range(0, len(ids), MOST_IN_ROW)
    ]
    most = max((len(ids) for _layer, ids in rows), default=1)
    width = 2 * MARGIN + most * WIDTH + (most - 1) * GAP_X
    boxes: dict[str, Box] = {}
    bands: list[Band] = []
    top = 0
    for number, (layer, ids) in enumerate(rows):
        is_first = number == 0 or rows[number - 1][0] != layer
        y = top + (TITLE if is_first else 0) + GAP_Y // 2
        boxes |= _row(ids, titles, width, y)
        bottom = y + HEIGHT + GAP_Y // 2
        bands.append(Band(layer if is_first else "", top, bottom - top))
        top = bottom
    arrows = tuple(_arrows(boxes, links)) if boxes else ()
    return ProcessMap(width, top, tuple(bands), tuple(boxes.values()), arrows)


def _row(ids: Sequence[str], titles: Mapping[str, str], width: int, y: int) -> dict[str, Box]:
    left = (width - len(ids) * WIDTH - (len(ids) - 1) * GAP_X) // 2
    return {
        each: Box(each, left + place * (WIDTH + GAP_X), y, tuple(_lines(titles[each])))
        for place, each in enumerate(ids)
    }


def _lines(title: str) -> list[str]:
    return textwrap.wrap(title, _CHARACTERS, max_lines=_LINES, placeholder=" …")


def _arrows(boxes: Mapping[str, Box], links: Sequence[Link]) -> Iterator[Arrow]:
    ends = [_ends(boxes[link.source], boxes[link.target]) for link in links]
    places = _places(ends)
    for number, (start, end) in enumerate(ends):
        yield _arrow(start, end, places[number, 0], places[number, 1])


def _ends(source: Box, target: Box) -> tuple[_End, _End]:
    """The sides at which a line leaves and arrives: those that face each other."""
    if source.y < target.y:
        return _End(source, "bottom"), _End(target, "top")
    if source.y > target.y:
        return _End(source, "top"), _End(target, "bottom")
    if abs(source.x - target.x) > WIDTH + GAP_X:
        return _End(source, "top"), _End(target, "top")
    return (_End(source, "right"), _End(target, "left")) if source.x < target.x else (_End(source, "left"), _End(target, "right"))


def _places(ends: Sequence[tuple[_End, _End]]) -> Mapping[tuple[int, int], tuple[int, int]]:
    """Where each end touches its box: the ends at one side evenly apart, in the order of what they lead to."""
    at: dict[tuple[str, str], list[tuple[int, int, int]]] = defaultdict(list)
    for number, pair in enumerate(ends):
        for which, end in enumerate(pair):
            at[end.box.id, end.side].append((pair[1 - which].box.x, number, which))
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for touching in at.values():
        for place, (_other, number, which) in enumerate(sorted(touching), 1):
            found[number, which] = _point(ends[number][which], place, len(touching) + 1)
    return found


def _point(end: _End, place: int, parts: int) -> tuple[int, int]:
    box = end.box
    if end.side in ("top", "bottom"):
        return box.x + WIDTH * place // parts, box.y + (HEIGHT if end.side == "bottom" else 0)
    return box.x + (WIDTH if end.side == "right" else 0), box.y + HEIGHT * place // parts


_OUTWARD = {"top": (0, -1), "bottom": (0, 1), "left": (-1, 0), "right": (1, 0)}


def _arrow(start: _End, end: _End, begin: tuple[int, int], tip: tuple[int, int]) -> Arrow:
    (x1, y1), (x2, y2) = begin, tip
    (a, b), (c, d) = _OUTWARD[start.side], _OUTWARD[end.side]
    bend = GAP_Y // 2 if a or start.side == end.side else max(GAP_Y // 2, abs(y2 - y1) // 2)
    bend = GAP_X // 2 if a else bend
    foot = (x2 + c * _HEAD, y2 + d * _HEAD)
    path = f"M{x1} {y1}C{x1 + a * bend} {y1 + b * bend} {x2 + c * bend} {y2 + d * bend} {foot[0]} {foot[1]}"
    half = _HEAD // 2 + 1
    corners = [tip, (foot[0] + d * half, foot[1] + c * half), (foot[0] - d * half, foot[1] - c * half)]
    return Arrow(path, " ".join(f"{x},{y}" for x, y in corners))
