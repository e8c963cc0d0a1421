"""Texts in old fonts, put into Unicode where they stand: the effective font of each run decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from xml.etree import ElementTree as ET

from qmsctl.core.incoming.old_fonts import Encoding, decoded, encoding_of, joins
from qmsctl.store.incoming.word_names import A, W, child, own_runs, parsed, value
from qmsctl.store.incoming.word_styles import Styles

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SLOTS = (("hAnsi", "hAnsiTheme"), ("ascii", "asciiTheme"))
"""The fonts of what is no ASCII, then that of ASCII."""


class Fonts:
    """The fonts of a document: its styles, its defaults and its theme."""

    def __init__(self, styles: Styles, parts: Mapping[str, bytes]) -> None:
        self._styles = styles
        self._theme = _theme(parts)
        self._known: dict[tuple[str, str], str] = {}

    def of(self, run: ET.Element, style: str) -> str:
        """The font of a run in a paragraph of this style; empty where nothing names one."""
        properties = child(run, "rPr")
        own = self._named(properties)
        return own or self._of_styles(value(child(properties, "rStyle")), style)

    def _of_styles(self, character: str, paragraph: str) -> str:
        key = character, paragraph
        if key not in self._known:
            found = (self._named(child(each, "rPr")) for name in (character, paragraph or self._styles.usual) for each in self._styles.chain(name))
            self._known[key] = next((font for font in found if font), "") or self._named(self._styles.defaults)
        return self._known[key]

    def _named(self, properties: ET.Element | None) -> str:
        fonts = child(properties, "rFonts")
        for slot, theme in _SLOTS:
            if found := value(fonts, slot) or self._theme.get(value(fonts, theme)[:5], ""):
                return found
        return ""


def _theme(parts: Mapping[str, bytes]) -> dict[str, str]:
    part = next((parts[name] for name in sorted(parts) if name.startswith("word/theme/theme")), None)
    if part is None:
        return {}
    root = parsed(part)
    latin = ((kind, root.find(f".//{A}{kind}Font/{A}latin")) for kind in ("major", "minor"))
    return {kind: each.get("typeface") or "" for kind, each in latin if each is not None}


def put_into_unicode(root: ET.Element, fonts: Fonts, lost: Encoding | None = None) -> int:
    """Put every text in an old font into Unicode, and leave the others; how many runs there were of the former.

    Texts whose old font was ``lost`` are in any font.
    """
    count = 0
    for paragraph in root.iter(W + "p"):
        style = value(child(paragraph, "pPr", "pStyle"))
        pieces = [(encoding_of(fonts.of(run, style)) or lost, each) for run in own_runs(paragraph) for each in _texts(run)]
        for encoding, group in groupby(pieces, key=lambda piece: piece[0]):
            if encoding is not None:
                count += 1
                _decode(encoding, [each for _encoding, each in group])
    return count


def _texts(run: ET.Element) -> Iterator[ET.Element]:
    """The parts of a run that are letters, each made a text."""
    for each in run:
        if each.tag == W + "softHyphen":
            each.tag, each.text = W + "t", "\xad"
        elif each.tag == W + "sym" and encoding_of(value(each, "font")):
            each.tag, each.text = W + "t", chr(int(value(each, "char") or "20", 16))
        if each.tag in (W + "t", W + "delText"):
            yield each


def _decode(encoding: Encoding, pieces: list[ET.Element]) -> None:
    texts = [each.text or "" for each in pieces]
    for number, text in enumerate(texts[1:], 1):
        before = texts[number - 1]
        if encoding is Encoding.VNI and text and before and joins(before[-1], text[0]):
            texts[number - 1], texts[number] = before + text[0], text[1:]
    whole = decoded("".join(texts), encoding)
    alike = len(whole) == sum(map(len, texts))
    for each, text in zip(pieces, texts, strict=True):
        each.text = whole[: len(text)] if alike else decoded(text, encoding)
        whole = whole[len(text) :] if alike else whole
        each.set(_SPACE, "preserve")
