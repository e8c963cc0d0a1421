"""The tracked changes of a Word document: of runs, of rows and cells of tables, of the ends of paragraphs, and of how they look."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from xml.etree import ElementTree as ET

from qmsctl.store.incoming.word_names import W, child, parents, unwrapped, value

_GONE, _COME = ("del", "moveFrom"), ("ins", "moveTo")
_CELLS = ("cellDel", "cellIns")
_MERGED = W + "cellMerge"
_LOOKS = {W + f"{kind}PrChange": W + f"{kind}Pr" for kind in ("r", "p", "tr", "tc", "tbl")}
_APART = {W + each for each in (*_GONE, *_COME, *_CELLS, "cellMerge", "rPr", "sectPr")}
"""What stands among how a thing looks, and is settled by itself."""
_TELLS = {W + each for each in ("vanish", "rStyle", "rFonts", "pStyle", "numPr", "outlineLvl", "gridSpan", "vMerge")}
"""By which of the looks the text that is read becomes another."""
_BLOCKS = (W + "p", W + "tbl", W + "sdt", W + "sectPr", None)


def tracked(root: ET.Element) -> dict[str, int]:
    """How many changes there are that nobody has accepted or rejected, by whom."""
    changes = {W + each for each in (*_GONE, *_COME)}
    alone = {*(W + each for each in _CELLS), _MERGED}
    found = (each for each, above in parents(root).items() if each.tag in alone or (each.tag in _LOOKS and _tells(above) != _tells(each.find(_LOOKS[each.tag]))) or (each.tag in changes and (above.tag in (W + "trPr", W + "rPr") or next(each.iter(W + "r"), None) is not None)))
    return dict(Counter(value(each, "author") or "?" for each in found))


def settle(root: ET.Element, *, accepted: bool) -> None:
    """Leave the text as it is with all tracked changes accepted, or with none."""
    gone, kept = (_GONE, _COME) if accepted else (_COME, _GONE)
    cell = W + _CELLS[0 if accepted else 1]
    above = parents(root)
    joined = {each for each in root.iter(W + "p") if any(child(each, "pPr", "rPr", name) is not None for name in gone)}
    for element in list(above):
        holder, name = above[element], element.tag.removeprefix(W)
        part = above.get(holder, holder)
        if element.tag in _LOOKS:
            _dress(holder, element, accepted=accepted)
        elif element.tag == _MERGED and holder.tag == W + "tcPr":
            _merge(holder, value(element, "vMerge" if accepted else "vMergeOrig"))
        elif (element.tag, holder.tag, part.tag) == (cell, W + "tcPr", W + "tc") or (name in gone and (holder.tag, part.tag) == (W + "trPr", W + "tr")):
            _take_out(part, above)
        elif name in gone:
            holder.remove(element)
        elif name in kept:
            unwrapped(holder, element, above)
    for holder in {above[each] for each in joined}:
        _join(holder, joined)
    for element in root.iter(W + "delText"):
        element.tag = W + "t"


def _tells(looks: ET.Element | None) -> list[tuple[str, dict[str, str]]]:
    return [(each.tag, each.attrib) for mark in (() if looks is None else looks) if mark.tag in _TELLS for each in mark.iter()]


def _dress(holder: ET.Element, change: ET.Element, *, accepted: bool) -> None:
    """Leave how a thing looks, or bring back how it looked."""
    before = change.find(_LOOKS[change.tag])
    if not accepted and before is not None and holder.tag == before.tag:
        holder[:] = [*before, *(each for each in holder if each.tag in _APART)]
    elif change in list(holder):
        holder.remove(change)


def _merge(properties: ET.Element, kind: str) -> None:
    """Merge a cell with the one above (``cont``), begin with it (``rest``), or let it stand alone."""
    for each in properties.findall(W + "vMerge"):
        properties.remove(each)
    if kind:
        ET.SubElement(properties, W + "vMerge", {W + "val": "restart" if kind == "rest" else "continue"})


def _take_out(part: ET.Element, above: dict[ET.Element, ET.Element]) -> None:
    """Take out a row or a cell, and what has none left by that."""
    holder = above.get(part, part)
    with suppress(ValueError):  # two marks may say so of one, and a row may be all there is
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
