"""A link leads to a heading that its text, or another, does not have.

## Why
A reader who is sent to a heading has to arrive there, on a forge as well as in a report; a heading that was
renamed leaves him at the top of the page (ISO 9001:2008, 4.2.3 d; ISO 9001:2015, 7.5.3.1 a). A heading is
called as forges call it: its words in small letters, hyphens for spaces, no other signs. Of several that are
alike, the second has ``-1`` behind it.

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
---

## 5. Nội dung

Như [mục 1](#1-muc-dich).
```

## Good
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
---

## 1. Mục đích

Trả đúng hẹn.

## 5. Nội dung

Như [mục 1](#1-mục-đích).
```

## Mend
Write the heading's words as they are, with their accents, in small letters: ``## 1. Mục đích`` is
``#1-mục-đích``. Where the heading is gone, link to the document alone.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from qmsctl.core.diagnostic import About, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.link_target import Reach
from qmsctl.core.mends.field_mend import mend_text
from qmsctl.core.mends.respelling import respelt
from qmsctl.core.model import Item
from qmsctl.core.sight import Sight
from qmsctl.core.text.anchors import anchors, slug
from qmsctl.core.text.suggest import closest
from qmsctl.mend import Mend
from qmsctl.message import _
from qmsctl.regex import regex

SEVERITY = Severity.WARNING
ABOUT = About.FORM
SEES = Sight.LINKED
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.3.1",)}

_TOP = "top"
"""Where every browser goes to the beginning of a page that has no such place."""

_FEW = 10
"""How many links get the heading that was meant: hostile files have thousands."""

_INNER = regex(r"^[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])[ \t>*+.)\d-]*#{1,6}[ \t]+([^\n]*?)[ \t\r]*$", re.MULTILINE)
"""A heading within an item or a quotation."""


def check(library: Library) -> Iterator[Problem]:
    """Look for the heading that each link names after ``#``."""
    outer: dict[str, Mapping[str, None]] = {}
    inner: dict[str, frozenset[str]] = {}
    broken = 0
    for reach in library.links:
        if reach.target.place in ("", _TOP) or (found := _text(library, reach)) is None:
            continue
        place = unicodedata.normalize("NFC", reach.target.place)
        if found.path not in outer:
            outer[found.path] = dict.fromkeys(anchors(heading.text for heading in found.body.headings))
        if place in outer[found.path]:
            continue
        if found.path not in inner:
            inner[found.path] = _inner(library, found)
        if place not in inner[found.path]:
            broken += 1
            meant = _meant(library, reach, place, outer[found.path]) if broken <= _FEW else None
            message = _("the link “{target}” leads to a heading that {id} does not have", target=reach.link.shown, id=found.id)
            yield Problem(reach.item.path, reach.link.line, message, meant or mend_text(library, reach.item))


def _text(library: Library, reach: Reach) -> Item | None:
    """The document or record to which a link leads; ``None`` where it leads elsewhere, or nowhere."""
    if reach.target.problem:
        return None
    return reach.item if reach.target.path is None else library.item(reach.target.id)


def _inner(library: Library, found: Item) -> frozenset[str]:
    text = library.outside.read(found.path).decode("utf-8", "replace")
    return frozenset(slug(heading[1]) for heading in _INNER.finditer(text))


def _meant(library: Library, reach: Reach, place: str, known: Mapping[str, None]) -> Mend | None:
    """The heading that is called alike but for capitals and signs, or nearly so, in the place of the one that stands there."""
    wanted = slug(place) if slug(place) in known else closest(place, known)
    written = reach.link.target.partition("#")[2]
    return respelt(library, reach.item.path, reach.link.line, written, wanted) if wanted and written else None
