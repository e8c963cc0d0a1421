"""A body cut into passages, and two bodies compared passage by passage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from qmsctl.core.comparison.alignment import runs
from qmsctl.core.comparison.likeness import alike_in_order, share, side_by_side, words_of
from qmsctl.core.model import Item
from qmsctl.core.text.fences import Block
from qmsctl.core.text.text_file import TextFile
from qmsctl.regex import regex

_FENCE = regex(r" {0,3}((?>`{3,}|~{3,}))((?>[^\n`]*))\s*$")
_OWN_LINE = regex(r"\s*(?:[-+*|>#=~`]|\d{1,9}[.)])|\s*$")
_ENDS_LINE = regex(r"\s*(?:#|\|)|.*(?:  |\\)$")


class Passage(NamedTuple):
    """A paragraph, a list, a fenced block: what stands between empty lines.

    ``start`` and ``end`` span it, with the empty lines after it, in the file's text; ``text`` is without them.
    ``block`` is set where it is a data block.
    """

    text: str
    start: int
    end: int
    block: Block | None = None


class Compared(NamedTuple):
    """A passage of the old text, of the new one, or one of each that are the same or alike."""

    old: Passage | None
    new: Passage | None

    @property
    def is_same(self) -> bool:
        """True if both sides say the same."""
        return self.old is not None and self.new is not None and self.old.text == self.new.text


def passages(item: Item, file: TextFile) -> tuple[Passage, ...]:
    """The passages of a body; together they are all of it."""
    found: list[Passage] = []
    here = file.body_start
    for block in item.body.blocks:
        first = file.text.rfind("\n", 0, max(block.start - 1, 0)) + 1
        last = file.text.find("\n", block.end)
        end = _past_empty_lines(file.text, len(file.text) if last < 0 else last + 1)
        found += _prose(file.text, here, first)
        found.append(Passage(file.text[first:end].rstrip("\r\n"), first, end, block))
        here = end
    return (*found, *_prose(file.text, here, len(file.text)))


def _past_empty_lines(text: str, place: int) -> int:
    while place < len(text) and text[place] in "\r\n":
        place += 1
    return place


def _prose(text: str, start: int, end: int) -> Iterator[Passage]:
    """What lies between two data blocks, cut at empty lines outside of fenced code."""
    first, place, fence, empty = start, start, "", False
    for line in text[start:end].splitlines(keepends=True):
        if empty and line.strip() and not fence and text[first:place].strip():
            yield _passage(text, first, place)
            first = place
        empty = not line.strip()
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and not mark[2].strip():
            fence = ""
        place += len(line)
    if first < end:
        yield _passage(text, first, end)


def _passage(text: str, start: int, end: int) -> Passage:
    return Passage(text[start:end].strip("\r\n"), start, end)


def unwrapped(text: str) -> str:
    """A passage with the lines of each paragraph and list item in one, so that a new line break is no change."""
    lines = text.replace("\r\n", "\n").split("\n")
    if any(map(_FENCE.match, lines)):
        return text
    joined = lines[:1]
    for before, line in pairwise(lines):
        if _OWN_LINE.match(line) or _ENDS_LINE.match(before):
            joined.append(line)
        else:
            joined[-1] = f"{joined[-1].rstrip()} {line.lstrip()}"
    return "\n".join(joined)


def compared(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Compared]:
    """All passages of both sides, in the order of a reader: what went stands before what came in its place."""
    for run in runs([each.text for each in old], [each.text for each in new]):
        gone, come = old[run.old.start : run.old.stop], new[run.new.start : run.new.stop]
        if run.same:
            yield from map(Compared, gone, come)
        else:
            yield from _paired(gone, come)


def _paired(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Compared]:
    said, says = [words_of(each.text) for each in old], [words_of(each.text) for each in new]

    def likeness(i: int, j: int) -> float:
        one, two = old[i].block, new[j].block
        if one or two:
            return float(bool(one and two and one.name == two.name))
        return share(said[i], says[j])

    yield from (Compared(*pair) for pair in side_by_side(old, new, alike_in_order(old, new, likeness)))
