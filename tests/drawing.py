"""Drawings of the guide, as SVG: machines and what goes between them, terminals, an editor.

Each has a ground of its own and follows the reader's light or dark colours; letters stand in columns whatever font there is.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

COLUMNS = 88
_CHARACTER, _LINE, _EDGE, _BAR = 8.0, 20, 16, 30
_STYLE = """
.mono { font: 13px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; white-space: pre }
.sans { font: 14px system-ui, "Segoe UI", "DejaVu Sans", Arial, sans-serif }
.small { font-size: 12.5px } .bold { font-weight: 600 } .middle { text-anchor: middle }
.page { fill: #ffffff; stroke: #c6ccd4 } .panel { fill: #f3f5f8; stroke: #c6ccd4 } .bar { fill: #e2e6ec }
.ink { fill: #1d2733 } .dim { fill: #586474 } .typed { fill: #0b5d3b; font-weight: 600 } .bad { fill: #b3261e } .way { fill: #0a558c }
.line { stroke: #586474; fill: none; stroke-width: 1.5 } .arrow { stroke: #0a558c; fill: none; stroke-width: 2.5 } .head { fill: #0a558c }
.wave { stroke: #b3261e; fill: none } .mark { fill: #fde7e5 }
@media (prefers-color-scheme: dark) {
.page { fill: #161b22; stroke: #465060 } .panel { fill: #1f2630; stroke: #465060 } .bar { fill: #2b333f }
.ink { fill: #e6eaf0 } .dim { fill: #a3afbf } .typed { fill: #7fd6a8 } .bad { fill: #ff9b92 } .way { fill: #86c5ff }
.line { stroke: #a3afbf } .arrow { stroke: #86c5ff } .head { fill: #86c5ff } .wave { stroke: #ff9b92 } .mark { fill: #452a2b }
}"""


@dataclass(frozen=True)
class Window:
    """A window with its title and lines; a line is words and their class."""

    title: str
    lines: tuple[tuple[str, str], ...]

    @property
    def height(self) -> int:
        return _BAR + _LINE * len(self.lines) + _EDGE


def drawing(width: int, height: int, about: str, parts: Iterable[str]) -> str:
    """A whole file; ``about`` is read out to whoever does not see it."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{escape(about)}">'
    return "\n".join([head, f"<title>{escape(about)}</title>", f"<style>{_STYLE}\n</style>", *parts, "</svg>", ""])


def windows(about: str, shown: Sequence[Window]) -> str:
    """Windows one below the other."""
    width = round(COLUMNS * _CHARACTER) + 2 * _EDGE
    parts: list[str] = []
    top = 1
    for each in shown:
        parts += _window(each, top, width)
        top += each.height + _EDGE
    return drawing(width + 2, top - _EDGE + 1, about, parts)


def _window(shown: Window, top: int, width: int) -> Iterator[str]:
    yield f'<rect class="page" x="1" y="{top}" width="{width}" height="{shown.height}" rx="8"/>'
    yield f'<path class="bar" d="M1.5 {top + _BAR - 4} v-18 q0 -7.5 7.5 -7.5 h{width - 16} q7.5 0 7.5 7.5 v18 z"/>'
    yield from (f'<circle class="dim" cx="{18 + 16 * number}" cy="{top + 13}" r="4.5"/>' for number in range(3))
    yield f'<text class="sans small dim middle" x="{width // 2}" y="{top + 17}">{escape(shown.title)}</text>'
    for number, (text, kind) in enumerate(shown.lines, 1):
        yield from mono(_EDGE, top + _BAR + _LINE * number - 4, text, kind)


def mono(x: float, y: float, text: str, kind: str) -> Iterator[str]:
    """A line in columns."""
    if text:
        yield f'<text class="mono {kind}" x="{x:g}" y="{y:g}" textLength="{len(text) * _CHARACTER:g}" lengthAdjust="spacingAndGlyphs" xml:space="preserve">{escape(text)}</text>'


def terminal(title: str, transcript: str) -> Window:
    """A terminal with what was typed and answered; what is too long goes on in the next line."""
    return Window(title, tuple(line for text in transcript.splitlines() for line in _folded(text)))


def _folded(text: str) -> Iterator[tuple[str, str]]:
    kind = _kind(text)
    for part in textwrap.wrap(text, COLUMNS, subsequent_indent="    " if kind == "way" else "", break_on_hyphens=False) or [""]:
        yield part, kind


def _kind(text: str) -> str:
    if "$ " in text[:8]:
        return "typed"
    if "error:" in text or "lỗi:" in text:
        return "bad"
    return "way" if text.lstrip().startswith("→") else "ink"


def editor(title: str, written: Sequence[str], first: int, wrong: Sequence[int]) -> Window:
    """A file in an editor, with the numbers of its lines; ``wrong`` ones are marked."""
    rows = ((f"{number:3}{' ●' if number in wrong else '  '} {text}"[:COLUMNS], "bad" if number in wrong else "ink") for number, text in enumerate(written, first))
    return Window(title, tuple(rows))


@dataclass(frozen=True)
class Network:
    """The words of the drawing of two machines and what they share."""

    about: str
    left: str
    right: str
    whole: str
    saves: str
    shared: str
    where: str
    sends: str
    fetches: str


def machines(words: Network) -> str:
    """Two machines with the whole system each, the place they share, and what goes between them."""
    parts = [
        '<rect class="page" x="1" y="1" width="878" height="300" rx="8"/>',
        *_machine(30, words.left, words),
        *_machine(640, words.right, words),
        *_shared(340, words),
        *_arrow(246, 334, 118, words.sends), *_arrow(334, 246, 178, words.fetches),
        *_arrow(634, 546, 118, words.sends), *_arrow(546, 634, 178, words.fetches),
    ]
    return drawing(880, 302, words.about, parts)


def _machine(x: int, name: str, words: Network) -> Iterator[str]:
    middle = x + 105
    yield f'<text class="sans bold ink middle" x="{middle}" y="40">{escape(name)}</text>'
    yield f'<rect class="panel" x="{x}" y="56" width="210" height="150" rx="8"/>'
    yield f'<path class="line" d="M{middle - 26} 230 h52 M{middle} 206 v24"/>'
    yield f'<path class="line" d="M{x + 24} 82 h22 l6 8 h36 v34 h-64 z"/>'
    yield from mono(x + 100, 114, "tan-an/", "ink")
    yield from _lines(middle, 152, words.whole, "small ink")
    yield f'<text class="mono typed middle" x="{middle}" y="192">qmsctl  ·  git</text>'
    yield from _lines(middle, 254, words.saves, "small dim")


def _shared(x: int, words: Network) -> Iterator[str]:
    middle = x + 100
    yield f'<text class="sans bold ink middle" x="{middle}" y="40">{escape(words.shared)}</text>'
    yield f'<path class="panel" d="M{x} 76 v110 a100 20 0 0 0 200 0 v-110"/>'
    yield f'<ellipse class="panel" cx="{middle}" cy="76" rx="100" ry="20"/>'
    yield f'<text class="mono ink middle" x="{middle}" y="134">tan-an.git</text>'
    yield f'<text class="mono typed middle" x="{middle}" y="164">qmsctl sync</text>'
    yield from _lines(middle, 254, words.where, "small dim")


def _lines(x: int, y: int, text: str, kind: str) -> Iterator[str]:
    for number, part in enumerate(text.split("\n")):
        yield f'<text class="sans {kind} middle" x="{x}" y="{y + 18 * number}">{escape(part)}</text>'


def _arrow(start: int, end: int, y: int, words: str) -> Iterator[str]:
    towards = 1 if end > start else -1
    yield f'<path class="arrow" d="M{start} {y} H{end - 8 * towards}"/>'
    yield f'<path class="head" d="M{end} {y} l{-11 * towards} -6 v12 z"/>'
    yield f'<text class="sans small way middle" x="{(start + end) // 2}" y="{y - 10}">{escape(words)}</text>'
