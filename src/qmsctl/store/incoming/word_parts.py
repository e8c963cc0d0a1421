"""The parts of a Word document under the names that Word itself gives them, whatever names its relations lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath
from xml.etree import ElementTree as ET

from qmsctl.message import _
from qmsctl.store.incoming.unfit import Unfit
from qmsctl.store.incoming.word_names import parsed

MAIN = "word/document.xml"
_ONCE = ("styles", "numbering", "footnotes", "endnotes", "comments")
_MARGINS = ("header", "footer")
_NS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_Relations = tuple[tuple[str, str, str, bool], ...]
"""Id, kind, what it leads to, and whether that is another file."""


def as_usual(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts, those that Word would read under its own names. Raises :class:`Unfit` where there is no document."""
    names = {each.casefold(): each for each in parts}
    main = next((to for _id, kind, to, away in _relations(parts, names, "") if kind == "officeDocument" and not away and to in parts), MAIN)
    if main not in parts:
        raise Unfit(_("it is no document of Word"))
    renamed = {main: MAIN}
    for _id, kind, to, away in _relations(parts, names, main):
        if away or to not in parts or to in renamed:
            continue
        if kind in _ONCE and f"word/{kind}.xml" not in renamed.values():
            renamed[to] = f"word/{kind}.xml"
        elif kind in _MARGINS and not (to.startswith(f"word/{kind}") and to.endswith(".xml")):
            renamed[to] = f"word/{kind}-{len(renamed)}.xml"
    found = {name: data for name, data in parts.items() if not name.endswith(".rels") and name not in {*renamed, *renamed.values()}}
    for name in parts:
        usual = renamed.get(name, name)
        if name in renamed or name in found:
            found[usual] = parts[name]
            if relations := _relations(parts, names, name):
                found[relations_of(usual)] = _written(relations, renamed)
    return found | {relations_of(""): _written((("rId1", "officeDocument", main, False),), renamed)}


def relations_of(name: str) -> str:
    """The part that holds the relations of a part; those of the whole for none."""
    folder, _slash, last = name.rpartition("/")
    return join(folder, "_rels", f"{last}.rels")


def _relations(parts: Mapping[str, bytes], names: Mapping[str, str], name: str) -> _Relations:
    own = names.get(relations_of(name).casefold())
    return tuple(_led(parsed(parts[own]), names, dirname(name))) if own else ()


def _led(root: ET.Element, names: Mapping[str, str], folder: str) -> Iterator[tuple[str, str, str, bool]]:
    for each in root.iter(_NS + "Relationship"):
        key, kind, to = (each.get(name) or "" for name in ("Id", "Type", "Target"))
        away = each.get("TargetMode") == "External" or kind.endswith("/hyperlink")
        within = normpath(join("/", folder, to)).lstrip("/")
        if key and to:
            yield key, kind.rpartition("/")[2], to if away else names.get(within.casefold(), within), away


def _written(relations: _Relations, renamed: Mapping[str, str]) -> bytes:
    root = ET.Element(_NS + "Relationships")
    for key, kind, to, away in relations:
        ET.SubElement(root, _NS + "Relationship", {"Id": key, "Type": _TYPES + kind, "Target": to if away else f"/{renamed.get(to, to)}"} | ({"TargetMode": "External"} if away else {}))
    written: bytes = ET.tostring(root, "utf-8", xml_declaration=True)
    return written
