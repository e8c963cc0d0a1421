"""The styles of a Word document, and what they say of a run that does not say it itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from xml.etree import ElementTree as ET

from qmsctl.store.incoming.word_names import W, child, parents, value

_NO = ("0", "false", "off")


class Styles:
    """The styles by their ids, ``usual`` the one of paragraphs that name none, and the ``defaults`` of runs."""

    def __init__(self, root: ET.Element) -> None:
        self._styles = {value(each, "styleId"): each for each in root.iter(W + "style")}
        self.defaults = child(root, "docDefaults", "rPrDefault", "rPr")
        self.usual = next((value(each, "styleId") for each in self._styles.values() if value(each, "type") == "paragraph" and value(each, "default") in ("1", "true", "on")), "")
        self._hides = cache(self._chain_hides)

    def chain(self, name: str) -> Iterator[ET.Element]:
        """A style and what it is based on; a circle ends where it began."""
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = value(child(self._styles[name], "basedOn"))

    def hide(self, run: ET.Element, paragraph: str) -> bool:
        """True for a run in a paragraph of this style that Word does not show: of two styles that hide, one takes back the other (ECMA-376-1, 17.7.3)."""
        properties = child(run, "rPr")
        own = _hides(properties)
        if own is not None:
            return own
        return bool(_hides(self.defaults)) or self._hides(value(child(properties, "rStyle"))) != self._hides(paragraph or self.usual)

    def _chain_hides(self, name: str) -> bool:
        return next((found for each in self.chain(name) if (found := _hides(child(each, "rPr"))) is not None), False)


def take_out_hidden(root: ET.Element, styles: Styles) -> int:
    """Take out the runs that Word does not show; how many had words."""
    above = parents(root)
    hidden = [each for each in root.iter(W + "r") if styles.hide(each, _style_of(each, above))]
    for each in hidden:
        above[each].remove(each)
    return len([each for each in hidden if any(text.text for text in each.iter(W + "t"))])


def _style_of(run: ET.Element, above: dict[ET.Element, ET.Element]) -> str:
    """The style of the paragraph around a run."""
    while run.tag != W + "p" and run in above:
        run = above[run]
    return value(child(run, "pPr", "pStyle"))


def _hides(properties: ET.Element | None) -> bool | None:
    mark = child(properties, "vanish")
    return None if mark is None else value(mark) not in _NO
