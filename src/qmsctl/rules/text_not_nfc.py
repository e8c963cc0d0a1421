"""A name or text is written with letters taken apart (not Unicode NFC).

## Why
``ế`` can be stored as one character or as an e with two marks after it. Both look the same, but a search,
a link or a file name finds only one of them, so a document cannot be found where it is needed
(ISO 9001:2008, 4.2.3 d and e; ISO 9001:2015, 7.5.3.1 a). Texts copied from a PDF or from macOS often come
in the second form.

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Quy tri\u0300nh ho\u0302\u0323 ti\u0323ch
---
```

## Good
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Quy trình hộ tịch
---
```

## Mend
``qmsctl tidy FILE`` puts the letters together; what the text says stays. Type with a Unicode keyboard (Unikey:
*Unicode dựng sẵn*). Rename a file with ``git mv``.
"""

from collections.abc import Iterator
from unicodedata import normalize

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_field, mend_text
from qmsctl.core.mends.respelling import is_bound
from qmsctl.core.model import Item
from qmsctl.core.narrow import Look, Office
from qmsctl.core.reading import CONTROLLED_FOLDERS
from qmsctl.core.sight import Sight
from qmsctl.core.suspects import suspects
from qmsctl.core.text.characters import is_nfc
from qmsctl.core.text.nodes import Mapping, Node, Scalar
from qmsctl.mend import Hole, Mend, command, git
from qmsctl.message import _

SEVERITY = Severity.ERROR
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3.1",)}

_FOLDERS = frozenset((*CONTROLLED_FOLDERS, "attachments"))
_LETTERS = _("the same letters, composed")


def suspect(_office: Office) -> Look:
    """Letters that are taken apart, in a value or in the text."""
    return lambda item: bool(item.body.not_nfc_line) or any(map(_first, item.fields.entries.values()))


def check(library: Library) -> Iterator[Problem]:
    """Look at paths, at the values of front matter, and at what the reader saw in the text."""
    for path in library.files:
        if not is_nfc(path) and path.partition("/")[0] in _FOLDERS:
            name = normalize("NFC", path)
            mend = git("mv", path, name if name not in library.files else Hole("name")).in_order_to(_LETTERS)
            yield Problem(path, 0, _("the name of the file is not in Unicode NFC"), mend)
    for item in suspects(library, suspect):
        for name, node in item.fields.entries.items():
            found = _first(node)
            if found:
                message = _("“{field}” is not in Unicode NFC: {text}", field=name, text=found.text[:60])
                yield Problem(item.path, found.line, message, _mend(item, library) or mend_field(library, item, name))
        if item.body.not_nfc_line:
            message = _("the text is not in Unicode NFC from here on")
            yield Problem(item.path, item.body.not_nfc_line, message, _mend(item, library) or mend_text(library, item))


def _mend(item: Item, library: Library) -> Mend | None:
    """The command that puts all letters of a file together; ``None`` where its bytes are bound, or it writes escapes."""
    if is_bound(library, item.path) or is_nfc(library.outside.read(item.path).decode("utf-8", "replace")):
        return None
    return command("tidy", item.path).in_order_to(_LETTERS)


def _first(node: Node) -> Scalar | None:
    """The first scalar below ``node`` that is not in NFC."""
    if isinstance(node, Scalar):
        return None if is_nfc(node.text) else node
    for part in node.entries.values() if isinstance(node, Mapping) else node.items:
        found = _first(part)
        if found:
            return found
    return None
