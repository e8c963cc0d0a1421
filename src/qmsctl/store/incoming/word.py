"""A Word file as blocks: fonts in Unicode, drafts settled, shapes as text, and all that is left aside named.

It runs in the process that reads (:mod:`qmsctl.store.incoming.child`), behind the guard.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from io import BytesIO
from typing import Any
from unicodedata import normalize
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from qmsctl.core.incoming.blocks import Block, words
from qmsctl.core.incoming.lost_fonts import likely_encoding
from qmsctl.core.incoming.old_fonts import Encoding
from qmsctl.core.incoming.pages import blocks_of_html
from qmsctl.core.incoming.secrecy import FIRST_PAGE, is_secret
from qmsctl.message import _
from qmsctl.store.incoming import word_tidying as tidying
from qmsctl.store.incoming.container import opened
from qmsctl.store.incoming.pictures import kind_of
from qmsctl.store.incoming.unfit import Unfit, in_part
from qmsctl.store.incoming.word_astray import Astray
from qmsctl.store.incoming.word_drafts import settle, tracked
from qmsctl.store.incoming.word_fonts import Fonts, put_into_unicode
from qmsctl.store.incoming.word_forms import lay_open
from qmsctl.store.incoming.word_names import A, V, W, parsed, text_of
from qmsctl.store.incoming.word_numbers import Numbering
from qmsctl.store.incoming.word_parts import MAIN, as_usual, relations_of
from qmsctl.store.incoming.word_styles import Styles
from qmsctl.store.incoming.word_unseen import take_out_unseen

_NEAR = 20_000
"""How far on, in signs, the next piece of a text is looked for before it is looked for everywhere."""
_APART = ("word/footnotes.xml", "word/endnotes.xml", "word/comments.xml")


def read(data: bytes, *, accepted: bool = True, pictures: bool = False, font: str = "") -> dict[str, Any]:
    """What is in the file, or that it bears a mark of secrecy. Tracked changes are ``accepted`` or rejected.

    ``font`` names the encoding of texts whose old font was lost.
    """
    container = opened(data)
    parts = as_usual(container.parts)
    package = _Package(parts, Encoding(font) if font else None, accepted=accepted)
    margins = [*package.margins("header"), *package.margins("footer")]
    body = package.tree(MAIN)
    if body.find(W + "body") is None:
        raise Unfit(_("it is no document of Word"))
    for name, root in ((MAIN, body), *margins):
        with in_part(name):
            package.prepare(root, name)
    first = [line for root in (*(root for _name, root in margins), body) for line in text_of(root).split("\n") if line.strip()][: FIRST_PAGE + 20]
    if is_secret(first):
        return {"secret": True}
    return package.told(body, margins, pictures=pictures) | {"tracked": dict(package.drafts), "macros": container.macros, "likely": likely.value if (likely := likely_encoding(text_of(body))) else ""}


class _Package:
    def __init__(self, parts: dict[str, bytes], lost: Encoding | None, *, accepted: bool) -> None:
        self._parts, self._lost, self._accepted = parts, lost, accepted
        styles = parsed(parts["word/styles.xml"]) if "word/styles.xml" in parts else ET.Element("none")
        self._names, self._levels = tidying.style_names(styles)
        self._styles = styles
        self._looks = Styles(styles)
        self._fonts = Fonts(self._looks, parts)
        self._astray = Astray(parts)
        self._parts["word/styles.xml"] = ET.tostring(tidying.of_lists(styles), "utf-8", xml_declaration=True)
        self._left: list[tuple[str, str]] = []
        self.drafts = Counter[str]()
        self._counts = dict.fromkeys(("fonts", "shapes", "nested", "references", "hidden", "pictures"), 0)

    def tree(self, name: str) -> ET.Element:
        return parsed(self._parts[name])

    def margins(self, kind: str) -> Iterator[tuple[str, ET.Element]]:
        """The parts that stand on every page, in the margin of this kind."""
        names = sorted(each for each in self._parts if each.startswith(f"word/{kind}") and each.endswith(".xml"))
        return ((name, self.tree(name)) for name in names)

    def prepare(self, root: ET.Element, name: str) -> None:
        """Make the tree of a part what a reader of the page sees."""
        self._settle(root, name)
        self._counts["references"] += tidying.references(root)
        self._left += lay_open(root)
        if contents := tidying.take_out_contents(root, self._names).strip():
            self._left.append(("contents", contents))
        self._counts["shapes"] += tidying.take_out_shapes(root)
        tidying.hold_columns(root)
        tidying.name_headings(root, self._names, self._levels)

    def _settle(self, root: ET.Element, name: str) -> None:
        self.drafts.update(tracked(root))
        settle(root, accepted=self._accepted)
        unseen = tuple(take_out_unseen(root, self._looks))
        self._counts["hidden"] += sum(kind == "hidden" for kind, _text in unseen)
        self._left += (each for each in unseen if each[0] != "hidden")
        self._left += self._astray.take_out(root, name)
        self._counts["fonts"] += put_into_unicode(root, self._fonts, self._lost)

    def told(self, body: ET.Element, margins: list[tuple[str, ET.Element]], *, pictures: bool) -> dict[str, Any]:
        with in_part("word/numbering.xml"):
            Numbering(self._parts, self._styles).write_out(body)
        for name in _APART:
            if name in self._parts:
                with in_part(name):
                    self._rewrite(name)
        head = [block for name, root in margins for block in self._blocks(root, {}, name) if name.startswith("word/header")]
        foot = [block for name, root in margins for block in self._blocks(root, {}, name) if name.startswith("word/footer")]
        kept: dict[str, str] = {}
        blocks = self._blocks(body, kept, MAIN)
        self._leave_aside()
        return {
            "head": [each.plain() for each in head],
            "foot": [each.plain() for each in foot],
            "blocks": [each.plain() for each in blocks],
            "pictures": kept if pictures else dict.fromkeys(kept, ""),
            "left": self._left,
            "counts": self._counts | {"words": len(words((*head, *foot, *blocks)).split())},
        }

    def _rewrite(self, name: str) -> None:
        root = self.tree(name)
        self._settle(root, name)
        self._parts[name] = ET.tostring(root, "utf-8", xml_declaration=True)
        if name == "word/comments.xml" and (text := text_of(root).strip()):
            self._left.append(("comments", text))

    def _blocks(self, root: ET.Element, kept: dict[str, str], name: str) -> tuple[Block, ...]:
        """The blocks of a part, read as if it were the whole document."""
        if not text_of(root).strip() and root.find(f".//{A}blip") is None and not any(True for _each in root.iter(V + "imagedata")):
            return ()
        body = root.find(W + "body")
        if body is None:
            body = ET.Element(W + "body")
            body.extend(root)
            for drawing in [each for each in body.iter() if each.tag in (W + "drawing", W + "pict")]:
                drawing.clear()  # what it refers to is named in the part of the margin
            whole = ET.Element(W + "document")
            whole.append(body)
            root = whole
        with in_part(name):
            return self._converted(root, kept, {relations_of(MAIN): self._parts.get(relations_of(name), b"<none/>")})

    def _converted(self, root: ET.Element, kept: dict[str, str], relations: dict[str, bytes]) -> tuple[Block, ...]:
        import mammoth

        written = _written(root)
        data = _zipped(self._parts | relations | {MAIN: ET.tostring(root, "utf-8", xml_declaration=True)})
        found = mammoth.convert_to_html(BytesIO(data), convert_image=mammoth.images.img_element(lambda image: self._keep(image, kept)), external_file_access=False, include_embedded_style_map=False)
        blocks, nested = blocks_of_html(found.value)
        self._counts["nested"] += nested
        self._left += (("symbol", each.message.rpartition(": ")[2]) for each in found.messages if "w:sym " in each.message)
        if lost := _lost(written, words(blocks)):
            self._left.append(("lost", lost))
        return blocks

    def _keep(self, image: Any, kept: dict[str, str]) -> dict[str, str]:
        data = _bytes_of(image)
        ending = kind_of(data)
        if ending is None:
            self._left.append(("picture", image.content_type or ""))
            return {"src": ""}
        self._counts["pictures"] += 1
        name = f"picture-{len(kept) + 1}.{ending}"
        kept[name] = b64encode(data).decode("ascii")
        return {"src": name}

    def _leave_aside(self) -> None:
        """Name what is drawn by other parts, such as diagrams and charts, with their words."""
        for name in sorted(self._parts):
            if name.startswith(("word/diagrams/data", "word/charts/chart")) and name.endswith(".xml"):
                said = " ".join(each.text or "" for each in self.tree(name).iter(A + "t"))
                self._left.append(("diagram", said))


def _written(root: ET.Element) -> list[str]:
    """Every piece of text in a part."""
    return [piece for each in root.iter(W + "t") if (piece := _seen(each.text or ""))]


def _seen(text: str) -> str:
    """What can be seen of a text, its spaces aside."""
    return "".join(each for each in normalize("NFC", text) if each.isprintable() and not each.isspace())


def _lost(written: list[str], shown: str) -> str:
    """The pieces of text that the blocks do not show."""
    whole, place, lost = _seen(shown), 0, []
    for piece in written:
        here = whole.find(piece, place, place + _NEAR + len(piece))
        if here >= 0:
            place = here + len(piece)
        elif piece not in whole:
            lost.append(piece)
    return " ".join(lost)


def _bytes_of(image: Any) -> bytes:
    """The picture; nothing where it lies outside the file, or is not there."""
    from mammoth.docx.files import InvalidFileReferenceError

    with suppress(InvalidFileReferenceError, KeyError), image.open() as stream:
        return bytes(stream.read())
    return b""


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    found = BytesIO()
    with ZipFile(found, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return found.getvalue()
