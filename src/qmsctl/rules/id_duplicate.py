"""Two files have one id, or ids that differ only in the case or look of a letter.

## Why
An id names one document or record (ISO 9001:2008, 4.2.3 c, 4.2.4; ISO 9001:2015, 7.5.2 a). Where two have it,
a link, a sign-off or a printed copy may mean either. ``QT-07`` and ``qt-07`` count as one: on Windows and
macOS one file would silently replace the other.

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
---
```
```md documents/procedures/old/QT-07.md
---
id: QT-07
type: procedure
title: Chứng thực bản sao từ bản chính
---
```

## Good
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
---
```
```md documents/procedures/QT-08.md
---
id: QT-08
type: procedure
title: Chứng thực bản sao từ bản chính
---
```

## Mend
A file that was copied, such as `QT-07 - Copy.md` beside `QT-07.md`, is deleted. Of two that were made apart, the file that was merged first keeps the id. Lay the other down again with ``qmsctl new TYPE``, which
takes the next free id, and move its text there.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.known_ids import KnownIds
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.reading import CONFIG_PATHS, CONTROLLED_FOLDERS
from qmsctl.core.records.copies import copies_among
from qmsctl.core.sight import Sight
from qmsctl.core.text.characters import fold
from qmsctl.mend import HOLE, Hole, Mend, advice, command, git
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.LINKED
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2",)}

_NAMED = 10
_PLACES = {fold(name): name for name in (*CONTROLLED_FOLDERS, "attachments", ".qms", *CONFIG_PATHS)}


def check(library: Library) -> Iterator[Problem]:
    """Compare ids, dossiers and paths under the form in which file systems compare names."""
    told: set[str] = set()
    for several in KnownIds(library.items).folded.values():
        copies = copies_among(several)
        twins = tuple(item for item in several if item.path not in copies)
        for path, original in copies.items():
            told.add(path)
            yield Problem(path, 0, _("this is a copy of {path}: it has the same id", path=original.path), _no_copy(original))
        for item in twins if len(twins) > 1 else ():
            others = _some(twin.path for twin in twins if twin is not item)
            message = _("the id “{id}” is also that of {others}", id=item.id, others=others)
            mend = command("new", item.type.name, title=HOLE).in_order_to(_("to take the next free id for the later one"))
            told.add(item.path)
            yield Problem(item.path, item.line("id"), message, mend)
    yield from _dossiers(library)
    yield from _paths(library, told)


def _no_copy(original: Item) -> Mend:
    own = command("new", original.type.name, title=HOLE).in_order_to(_("a document of its own gets an id of its own"))
    return advice(_("delete the copy")).or_else(own)


def _some(paths: Iterable[str]) -> tuple[str, ...]:
    """The first few, for each of a thousand would have to name all the others."""
    first = tuple(islice(paths, _NAMED + 1))
    return (*first[:_NAMED], "…") if len(first) > _NAMED else first


def _dossiers(library: Library) -> Iterator[Problem]:
    for subject, dossiers in library.dossiers.items():
        twins = library.known_ids.folded.get(fold(subject), ()) if subject not in library.by_id else ()
        if twins:
            message = _("the dossier is of “{subject}”, but {path} has the id “{id}”",
                        subject=subject, path=twins[0].path, id=twins[0].id)
            mend = command("submit", twins[0].id).in_order_to(_("sign-offs bind to the exact id"))
            yield Problem(dossiers[0].copy_path, 0, message, mend)


def _paths(library: Library, told: set[str]) -> Iterator[Problem]:
    """Files that lie in each other's place; one in ``Signoffs/`` in a place below ``signoffs/``, be it taken or not."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for path in library.files:
        top, slash, rest = path.partition("/")
        place = _PLACES.get(top) or _PLACES.get(fold(top))
        if place:
            twins = found[path.lower() if path.isascii() else fold(path)]
            twins.update({path: None, f"{place}{slash}{rest}": None})
    for twins in found.values():
        for path in twins if len(twins) > 1 else ():
            if path not in told and path in library.files:
                others = _some(twin for twin in twins if twin != path)
                message = _("on some computers this is the same file as {others}", others=others)
                yield Problem(path, 0, message, git("mv", path, Hole("name")).in_order_to(_("rename one of them")))
