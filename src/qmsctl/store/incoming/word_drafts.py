"""The tracked changes of a Word document: of runs, of rows and cells of tables, and of the ends of paragraphs."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from xml.etree import ElementTree as ET

from qmsctl.store.incoming.word_names import W, child, parents, unwrapped, value

_GONE, _COME = ("del", "moveFrom"), ("ins", "moveTo")
_CELLS = ("cellDel", "cellIns")
_BLOCKS = (W + "p", W + "tbl", W + "sdt", W + "sectPr", None)


def tracked(root: ET.Element) -> dict[str, int]:
    """How many changes there are that nobody has accepted or rejected, by whom."""
    changes = {W + each for each in (*_GONE, *_COME)}
    cells = {W + each for each in _CELLS}
    found = (each for each, above in parents(root).items() if each.tag in cells or (each.tag in changes and (above.tag in (W + "trPr", W + "rPr") or next(each.iter(W + "r"), None) is not None)))
    return dict(Counter(value(each, "author") or "?" for each in found))


def settle(root: ET.Element, *, accepted: bool) -> None:
    """Leave the text as it is with all tracked changes accepted, or with none."""
    gone, kept = (_GONE, _COME) if accepted else (_COME, _GONE)
    cell = W + _CELLS[0 if accepted else 1]
    above = parents(root)
    joined = {each for each in root.iter(W + "p") if any(child(each, "pPr", "rPr", name) is not None for name in gone)}
    for element in list(above):
        holder, name = above[element], element.tag.removeprefix(W)
        if element.tag == cell or (name in gone and holder.tag == W + "trPr"):
            _take_out(above[holder], above)
        elif name in gone:
            holder.remove(element)
        elif name in kept:
            unwrapped(holder, element, above)
    for holder in {above[each] for each in joined}:
        _join(holder, joined)
    for element in root.iter(W + "delText"):
        element.tag = W + "t"


def _take_out(part: ET.Element, above: dict[ET.Element, ET.Element]) -> None:
    """Take out a row or a cell, and what has none left by that."""
    holder = above[part]
    with suppress(ValueError):  # two marks may say so of one
        holder.remove(part)
    inner = {W + "tr": W + "tc", W + "tbl": W + "tr"}.get(holder.tag)
    if inner and next(holder.iter(inner), None) is None:
        _take_out(holder, above)


def _join(holder: ET.Element, joined: set[ET.Element]) -> None:
    """Put what stands in the paragraphs whose end is gone before what the next paragraph says; the last before a table keeps its own."""
    blocks: list[ET.Element] = []
    carried: list[ET.Element] = []
    last: ET.Element | None = None
    for each in [*holder, None]:
        if each is not None and each in joined:
            carried += (one for one in each if one.tag != W + "pPr")
            last = each
            continue
        if last is not None and (each is None or each.tag in _BLOCKS):
            if each is not None and each.tag == W + "p":
                _begin(each, carried)
            elif carried or each is None:
                last[:] = [*last.findall(W + "pPr"), *carried]
                blocks.append(last)
            carried, last = [], None
        if each is not None:
            blocks.append(each)
    holder[:] = blocks


def _begin(paragraph: ET.Element, parts: list[ET.Element]) -> None:
    start = 1 if len(paragraph) and paragraph[0].tag == W + "pPr" else 0
    paragraph[start:start] = parts
