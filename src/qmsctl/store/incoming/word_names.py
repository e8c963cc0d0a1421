"""Names in the XML of Word, and how its trees are read."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
V = "{urn:schemas-microsoft-com:vml}"
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
}


def parsed(data: bytes) -> ET.Element:
    """The tree of a part that the guard has let pass."""
    root = ET.fromstring(data)  # noqa: S314 — no document type, no depth, no size: see xml_guard
    written = ET.tostring(root, "utf-8") if b"purl.oclc.org" in data.replace(b"\0", b"") else b""
    usual = written
    for strict, name in _STRICT.items():
        usual = usual.replace(strict, name)
    return root if usual == written else ET.fromstring(usual)  # noqa: S314 — the same tree


def value(element: ET.Element | None, name: str = "val") -> str:
    """An attribute of Word's own; empty where there is none."""
    return "" if element is None else element.get(W + name) or ""


def child(element: ET.Element | None, *names: str) -> ET.Element | None:
    """The child at the end of a way of names."""
    for name in names:
        element = None if element is None else element.find(W + name)
    return element


def text_of(element: ET.Element) -> str:
    """What is written in it, paragraph by paragraph."""
    return "\n".join("".join(each.text or "" for each in paragraph.iter(W + "t")) for paragraph in element.iter(W + "p"))


def parents(root: ET.Element) -> dict[ET.Element, ET.Element]:
    """The parent of each element below ``root``."""
    return {each: above for above in root.iter() for each in above}


def unwrapped(holder: ET.Element, element: ET.Element, above: dict[ET.Element, ET.Element] | None = None) -> None:
    """Put what is in an element in its place; ``above`` learns of it."""
    place = list(holder).index(element)
    holder.remove(element)
    for number, each in enumerate(element):
        holder.insert(place + number, each)
        if above is not None:
            above[each] = holder


def own_runs(paragraph: ET.Element) -> Iterator[ET.Element]:
    """The runs of a paragraph, without those of text boxes within it."""
    for each in paragraph:
        if each.tag == W + "r":
            yield each
        elif each.tag not in (W + "p", W + "txbxContent", W + "pPr"):
            yield from own_runs(each)
