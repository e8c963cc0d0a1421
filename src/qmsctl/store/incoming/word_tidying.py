"""What of a Word document is no text of its own: shapes around it, its table of contents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from qmsctl.regex import regex
from qmsctl.store.incoming.word_names import MC, W, child, parents, text_of, value

MOST_COLUMNS = 63
_TOC = regex(r"toc ?\d|toc ?heading|mục lục \d", re.IGNORECASE)
_HEADING = regex(r"(?:heading|tiêu đề) ?([1-6])|title|tiêu đề", re.IGNORECASE)
_REFERENCE = regex(r"\s*(?:REF|PAGEREF|NOTEREF)\s")


def take_out_shapes(root: ET.Element) -> int:
    """Put the text of boxes and shapes behind the paragraph they are anchored in; how many had any."""
    count, above = 0, parents(root)
    for paragraph in reversed(list(root.iter(W + "p"))):  # the inner ones first
        if not _has_box(paragraph):
            continue
        boxes = list(_boxes(paragraph, above))
        place = list(above[paragraph]).index(paragraph) + 1
        for number, block in enumerate(block for box in boxes for block in box):
            above[paragraph].insert(place + number, block)
            above[block] = above[paragraph]
        count += len(boxes)
    return count


def _has_box(paragraph: ET.Element) -> bool:
    return paragraph.find(f".//{W}txbxContent") is not None


def _boxes(paragraph: ET.Element, above: dict[ET.Element, ET.Element]) -> Iterator[list[ET.Element]]:
    """The blocks of each box in the paragraph, taken out of it; of two ways to draw a shape those of the first that has words."""
    for choice in list(paragraph.iter(MC + "AlternateContent")):
        ways = [each for each in choice if each.find(f".//{W}txbxContent") is not None]
        for other in ways[1:] if ways and text_of(ways[0]).strip() else ways[:-1]:
            choice.remove(other)
    for box in list(paragraph.iter(W + "txbxContent")):
        blocks = list(box)
        above[box].remove(box)
        if "".join(text_of(each) for each in blocks).strip():
            yield blocks


def take_out_contents(root: ET.Element, names: dict[str, str]) -> str:
    """Take out the table of contents; what it said. ``names`` are those of the styles, by id."""
    said = []
    above = parents(root)
    for each in list(root.iter(W + "sdt")):
        gallery = each.find(f".//{W}docPartGallery")
        if gallery is not None and value(gallery).casefold() == "table of contents":
            said.append(text_of(each))
            above[each].remove(each)
    for paragraph in list(root.iter(W + "p")):
        style = value(child(paragraph, "pPr", "pStyle"))
        if style and _TOC.fullmatch(names.get(style, style)) and paragraph in above and paragraph in list(above[paragraph]):
            said.append(text_of(paragraph))
            above[paragraph].remove(paragraph)
    return "\n".join(said)


def hold_columns(root: ET.Element) -> None:
    """No cell is wider than Word itself can make one, and no row by its wide cells; none goes on with one above that does not go on."""
    for table in root.iter(W + "tbl"):
        merged: set[int] = set()
        for row in _within(table, W + "tr"):
            room, going = MOST_COLUMNS, set()
            for cell in _within(row, W + "tc"):
                span, merge = child(cell, "tcPr", "gridSpan"), child(cell, "tcPr", "vMerge")
                wide = max(1, min(_number(value(span)), room))
                if span is not None:
                    span.set(W + "val", str(wide))
                column = MOST_COLUMNS - room
                if merge is not None:
                    if column not in merged and value(merge) in ("", "continue"):
                        merge.set(W + "val", "restart")
                    going.add(column)
                room -= wide
            merged = going


def _within(element: ET.Element, tag: str) -> Iterator[ET.Element]:
    """The rows of a table or the cells of a row, whatever they are wrapped in, without those of tables within."""
    for each in element:
        if each.tag == tag:
            yield each
        elif each.tag != W + "tbl":
            yield from _within(each, tag)


def _number(text: str) -> int:
    """How wide a cell says it is; 1 where it says nothing of sense."""
    return int(text[:9]) if text.isdecimal() else 1


def name_headings(root: ET.Element, names: dict[str, str], levels: dict[str, int]) -> None:
    """Call the style of each heading by its level, in whatever language or under whatever name it goes."""
    for paragraph in root.iter(W + "p"):
        style = child(paragraph, "pPr", "pStyle")
        found = _HEADING.fullmatch(names.get(value(style), value(style)))
        outline = child(paragraph, "pPr", "outlineLvl")
        level = int(found[1] or 1) if found else int(value(outline)) + 1 if value(outline) in tuple("012345") else levels.get(value(style))
        if style is not None and level:
            style.set(W + "val", f"Heading{level}")


def style_names(styles: ET.Element) -> tuple[dict[str, str], dict[str, int]]:
    """What the styles of paragraphs are called, and which of them are headings by their level."""
    found = {value(each, "styleId"): each for each in styles.iter(W + "style")}
    levels = {name: value(child(each, "pPr", "outlineLvl")) for name, each in found.items()}
    return {name: value(child(each, "name")) for name, each in found.items()}, {name: int(level) + 1 for name, level in levels.items() if level in tuple("012345")}


def references(root: ET.Element) -> int:
    """How many cross references there are, whose numbers may have gone stale."""
    return sum(1 for each in root.iter(W + "instrText") if _REFERENCE.match(each.text or "")) + sum(1 for each in root.iter(W + "fldSimple") if _REFERENCE.match(value(each, "instr")))


def of_lists(styles: ET.Element) -> ET.Element:
    """The styles that make lists: all that is still to be asked of them, and a tenth of what there is."""
    found = ET.Element(W + "styles")
    found.extend(each for each in styles.iter(W + "style") if child(each, "pPr", "numPr") is not None)
    return found
