"""What of a Word document names a sign, a note or a link that is not there: taken out before others read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from qmsctl.regex import regex
from qmsctl.store.incoming.word_names import R, W, parents, parsed, text_of, value

_SIGN = regex(r"[0-9A-Fa-f]{1,4}")
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote", "commentReference": "comment"}
_HELD = tuple(W + kind for kind in _NOTES.values())
_RELATIONS = "word/_rels/document.xml.rels"


class Astray:
    """The notes and the links that the parts of a document hold."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        relations = list(parsed(parts[_RELATIONS])) if _RELATIONS in parts else []
        self._links = {each.get("Id") for each in relations}
        self._notes = {W + mark: _ids(parts, kind, relations) for mark, kind in _NOTES.items()}

    def take_out(self, root: ET.Element) -> Iterator[tuple[str, str]]:
        """Take them out, each told by kind and name; a link keeps its words."""
        for each, above in parents(root).items():
            if each.tag == W + "sym" and not _is_sign(value(each, "char")):
                yield "symbol", f"char {value(each, 'char') or '?'} in font {value(each, 'font') or '?'}"
                above.remove(each)
            elif each.tag in self._notes and value(each, "id") not in self._notes[each.tag]:
                if _NOTES[each.tag.removeprefix(W)] != "comment":
                    yield "note", value(each, "id")
                above.remove(each)
            elif each.tag in _HELD and not value(each, "id"):
                yield "note", text_of(each)
                above.remove(each)
            elif each.tag == W + "hyperlink" and each.get(R + "id", "") not in self._links:
                each.attrib.pop(R + "id", None)


def _ids(parts: Mapping[str, bytes], kind: str, relations: list[ET.Element]) -> set[str]:
    """The ids of the notes of a kind, wherever the document keeps them."""
    targets = [each.get("Target", "") for each in relations if each.get("Type", "").endswith(f"/{kind}s")]
    names = {f"word/{kind}s.xml", *(each[1:] if each.startswith("/") else f"word/{each}" for each in targets)}
    notes = (each for name in names & parts.keys() for each in parsed(parts[name]).iter(W + kind))
    return {value(each, "id") for each in notes if value(each, "type") not in ("separator", "continuationSeparator")} - {""}


def _is_sign(code: str) -> bool:
    """True for the number of a sign that a text may hold."""
    return bool(_SIGN.fullmatch(code)) and (0x20 <= int(code, 16) < 0xD800 or 0xE000 <= int(code, 16) < 0xFFFE)
