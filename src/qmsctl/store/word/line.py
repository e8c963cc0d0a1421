"""What stands in a line of a Word file: texts, letters of several kinds, pictures."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from qmsctl.regex import regex
from qmsctl.store.word.layout import WIDTH
from qmsctl.store.word.tree import Element
from qmsctl.value import dataclass, replace

_BLANK = regex(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Style:
    """How letters look."""

    bold: bool = False
    italic: bool = False
    code: bool = False
    strike: bool = False
    script: str = ""


class Line:
    """Writes what stands in a line."""

    def __init__(self, paragraph: Any) -> None:
        self._paragraph = paragraph
        self._open = False
        """Whether a word stands before, from which a blank divides the next."""

    def add(self, inside: Iterable[Element | str], style: Style) -> None:
        """Texts and elements, one after another."""
        for each in inside:
            if isinstance(each, str):
                self._words(each, style)
            elif each.is_seen:
                self._element(each, style)

    def _words(self, text: str, style: Style) -> None:
        for number, line in enumerate(text.split("\n\n")) if text.strip("\n") == "" else ((0, _BLANK.sub(" ", text)),):
            if number:
                self._paragraph.add_run().add_break()
            shown = line if self._open else line.lstrip(" ")
            if shown:
                write_run(self._paragraph, shown, style)
                self._open = not shown.endswith(" ")

    def _element(self, element: Element, style: Style) -> None:
        match element.tag:
            case "br":
                self._paragraph.add_run().add_break()
                self._open = False
            case "img":
                _picture(self._paragraph, element)
            case "strong" | "b" | "th":
                self.add(element.inside, replace(style, bold=True))
            case "em" | "i":
                self.add(element.inside, replace(style, italic=True))
            case "code" | "kbd" | "samp":
                self.add(element.inside, replace(style, code=True))
            case "s" | "del":
                self.add(element.inside, replace(style, strike=True))
            case "sub" | "sup":
                self.add(element.inside, replace(style, script=element.tag))
            case "svg":
                return
            case _:
                self.add(element.inside, style)


def write_run(paragraph: Any, text: str, style: Style) -> None:
    """Add a text in its letters to a paragraph."""
    run = paragraph.add_run(text)
    run.bold, run.italic = style.bold or None, style.italic or None
    run.font.strike = style.strike or None
    run.font.subscript, run.font.superscript = style.script == "sub" or None, style.script == "sup" or None
    if style.code:
        run.font.name = "Courier New"


def _picture(paragraph: Any, element: Element) -> None:
    from docx.shared import Mm

    data = b64decode(element.attributes.get("src", "").partition(",")[2])
    try:
        shape = paragraph.add_run().add_picture(BytesIO(data))
    except Exception:  # noqa: BLE001 — anybody's picture, of a kind the library may not know
        paragraph.add_run(element.attributes.get("alt", ""))
        return
    if shape.width > Mm(WIDTH):
        shape.height, shape.width = int(shape.height * Mm(WIDTH) / shape.width), Mm(WIDTH)
