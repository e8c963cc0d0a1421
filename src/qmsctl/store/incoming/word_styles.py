"""The styles of a Word document, and what they say of a run that does not say it itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from xml.etree import ElementTree as ET

from qmsctl.store.incoming.word_names import W, child, value

_NO = ("0", "false", "off")


class Styles:
    """The styles by their ids, ``usual`` the one of paragraphs that name none, and the ``defaults`` of runs."""

    def __init__(self, root: ET.Element) -> None:
        self._styles = {value(each, "styleId"): each for each in root.iter(W + "style")}
        self.defaults = child(root, "docDefaults", "rPrDefault", "rPr")
        self.usual = next((value(each, "styleId") for each in self._styles.values() if value(each, "type") == "paragraph" and value(each, "default") in ("1", "true", "on")), "")
        self._hides = cache(self._chain_hides)
        self._styled = cache(self._of_styles)
        self.shades = cache(self._chain_shades)
        """True for a style of tables that colours any part of one."""
        self.hides_some = cache(self._chain_hides_some)
        """True for a style of tables that hides some of its rows, columns or corners."""

    def chain(self, name: str) -> Iterator[ET.Element]:
        """A style and what it is based on; a circle ends where it began."""
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = value(child(self._styles[name], "basedOn"))

    def hide(self, run: ET.Element, paragraph: str, table: str) -> bool:
        """True for a run in a paragraph and a table of these styles that Word does not show: of two styles that hide, one takes back the other (ECMA-376-1, 17.7.3)."""
        properties = child(run, "rPr")
        own = _hides(properties)
        if own is not None:
            return own
        styles = (value(child(properties, "rStyle")), paragraph or self.usual, table)
        return bool(_hides(self.defaults)) or sum(map(self._hides, styles)) % 2 == 1

    def look(self, run: ET.Element, paragraph: str, table: str, name: str) -> ET.Element | None:
        """What is said by this name of how a run looks, by itself or by the styles around it."""
        own = child(run, "rPr", name)
        return own if own is not None else self._styled(value(child(run, "rPr", "rStyle")), paragraph, table, name)

    def _of_styles(self, character: str, paragraph: str, table: str, name: str) -> ET.Element | None:
        chains = (each for style in (character, paragraph or self.usual, table) for each in self.chain(style))
        return next((found for each in chains if (found := child(each, "rPr", name)) is not None), child(self.defaults, name))

    def of_paragraph(self, paragraph: str, name: str) -> ET.Element | None:
        """What the style of a paragraph says by this name of the whole of it."""
        return next((found for each in self.chain(paragraph or self.usual) if (found := child(each, "pPr", name)) is not None), None)

    def _chain_shades(self, table: str) -> bool:
        return any(True for each in self.chain(table) for _shade in each.iter(W + "shd"))

    def _chain_hides_some(self, table: str) -> bool:
        return any(_hides(child(part, "rPr")) for each in self.chain(table) for part in each.findall(W + "tblStylePr"))

    def _chain_hides(self, name: str) -> bool:
        return next((found for each in self.chain(name) if (found := _hides(child(each, "rPr"))) is not None), False)


def _hides(properties: ET.Element | None) -> bool | None:
    mark = child(properties, "vanish")
    return None if mark is None else value(mark) not in _NO
