"""What of a Word document names a sign, a note, a picture or a link that is not there: taken out before others read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from qmsctl.regex import regex
from qmsctl.store.incoming.word_names import A, R, V, W, parents, parsed, text_of, value
from qmsctl.store.incoming.word_parts import relations_of

_SIGN = regex(r"[0-9A-Fa-f]{1,4}")
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote", "commentReference": "comment"}
_HELD = tuple(W + kind for kind in _NOTES.values())
_PICTURES = (A + "blip", V + "imagedata")


class Astray:
    """The notes and the relations that the parts of a document hold."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = parts
        self._notes = {W + mark: _ids(parts, kind) for mark, kind in _NOTES.items()}

    def take_out(self, root: ET.Element, name: str) -> Iterator[tuple[str, str]]:
        """Take them out of the part of this name, each told by kind and name; a link keeps its words."""
        own = relations_of(name)
        relations = {each.get("Id") for each in parsed(self._parts[own])} if own in self._parts else set[str | None]()
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
            for key in [key for key, to in each.items() if key.startswith(R) and to not in relations]:
                if each.tag in _PICTURES:
                    yield "picture", each.get(key) or ""
                del each.attrib[key]


def _ids(parts: Mapping[str, bytes], kind: str) -> set[str]:
    """The ids of the notes of a kind."""
    notes = parsed(parts[name]).iter(W + kind) if (name := f"word/{kind}s.xml") in parts else ()
    return {value(each, "id") for each in notes if value(each, "type") not in ("separator", "continuationSeparator")} - {""}


def _is_sign(code: str) -> bool:
    """True for the number of a sign that a text may hold."""
    return bool(_SIGN.fullmatch(code)) and (0x20 <= int(code, 16) < 0xD800 or 0xE000 <= int(code, 16) < 0xFFFE)
