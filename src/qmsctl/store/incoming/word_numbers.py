"""The numbers that Word itself writes before headings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from qmsctl.regex import regex
from qmsctl.store.incoming.word_names import W, child, own_runs, parsed, value

_PLACE = regex(r"%([1-9])")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class Numbering:
    """The lists of a document; each is asked in the order of the text."""

    def __init__(self, parts: Mapping[str, bytes], styles: ET.Element) -> None:
        root = parsed(parts["word/numbering.xml"]) if "word/numbering.xml" in parts else ET.Element("none")
        abstract = {value(each, "abstractNumId"): each for each in root.iter(W + "abstractNum")}
        self._lists = {value(each, "numId"): value(child(each, "abstractNumId")) for each in root.iter(W + "num")}
        self._levels = {name: {value(each, "ilvl"): each for each in found.iter(W + "lvl")} for name, found in abstract.items()}
        self._of_style = {value(each, "styleId"): found for each in styles.iter(W + "style") if (found := child(each, "pPr", "numPr")) is not None}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def write_out(self, root: ET.Element) -> None:
        """Write its number before every heading that has one, and make it an ordinary paragraph."""
        for paragraph in root.iter(W + "p"):
            number = self._number(paragraph)
            if number and _is_heading(paragraph):
                properties = child(paragraph, "pPr")
                assert properties is not None  # its style or its list stands there
                for each in properties.findall(W + "numPr"):
                    properties.remove(each)
                ET.SubElement(properties, W + "numPr").append(ET.Element(W + "numId", {W + "val": "0"}))
                first = next(own_runs(paragraph))
                text = ET.Element(W + "t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
                text.text = f"{number} "
                first.insert(1 if child(first, "rPr") is not None else 0, text)

    def _number(self, paragraph: ET.Element) -> str:
        """The number of a paragraph, counting it; nothing for bullets and where there is none."""
        style = value(child(paragraph, "pPr", "pStyle"))
        own = child(paragraph, "pPr", "numPr")
        found = own if own is not None else self._of_style.get(style)
        name = self._lists.get(value(child(found, "numId")) or value(child(self._of_style.get(style), "numId")), "")
        levels = self._levels.get(name, {})
        level = value(child(found, "ilvl")) or "0"
        if level not in levels:
            return ""
        counts, depth = self._counts[name], int(level)
        counts[depth] = counts.get(depth, _start(levels[level]) - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        kinds = {int(each): value(child(found, "numFmt")) for each, found in levels.items()}
        if kinds[depth] in ("bullet", "none"):
            return ""
        text = value(child(levels[level], "lvlText"))
        return _PLACE.sub(lambda place: _shown(counts.get(int(place[1]) - 1, 1), kinds.get(int(place[1]) - 1, "")), text)


def _start(level: ET.Element) -> int:
    start = value(child(level, "start"))
    return int(start[:6]) if start.isdigit() else 1


def _shown(number: int, kind: str) -> str:
    match kind:
        case "upperRoman":
            return _roman(number)
        case "lowerRoman":
            return _roman(number).lower()
        case "upperLetter":
            return chr(64 + number) if number <= 26 else str(number)
        case "lowerLetter":
            return chr(96 + number) if number <= 26 else str(number)
    return str(number)


def _roman(number: int) -> str:
    found = ""
    for worth, letters in _ROMAN:
        found += letters * min(number // worth, 99)
        number %= worth
    return found


def _is_heading(paragraph: ET.Element) -> bool:
    """True for one whose style says so, or all of whose words are bold."""
    runs = [each for each in own_runs(paragraph) if any((text.text or "").strip() for text in each.iter(W + "t"))]
    return bool(runs) and (value(child(paragraph, "pPr", "pStyle")).startswith("Heading") or all(_is_bold(each) for each in runs))


def _is_bold(run: ET.Element) -> bool:
    mark = child(run, "rPr", "b")
    return mark is not None and value(mark) not in ("0", "false")


