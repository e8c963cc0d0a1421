"""The id in the front matter is not the name of the file.

## Why
People and links find a document by its file name, sign-offs by its id. While the two are one
word, two branches that take the same number collide where everybody sees it.

## Bad
```md documents/policy/CSCL-01.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 1
owner: hoa
---
```

## Good
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 1
owner: hoa
---
```

## Mend
Rename the file after the id, or correct the id if the file's name is the right one.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.records.copies import copies_among
from qmsctl.core.sight import Sight
from qmsctl.core.text.characters import fold
from qmsctl.core.text.ids import IdPattern, is_id
from qmsctl.mend import Hole, Mend, advice, git
from qmsctl.message import _

SEVERITY = Severity.ERROR
SEES = Sight.LINKED
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Compare each item's id with its file's name; of a copy, the rule of doubled ids tells."""
    for item in library.items:
        if item.id != item.stem and item.path not in copies_among(library.known_ids.folded.get(fold(item.id), ())):
            yield Problem(
                item.path,
                item.line("id"),
                _("the id is “{id}”, but the file is called “{stem}.md”", id=item.id, stem=item.stem),
                _mend(item, library),
            )


def _mend(item: Item, library: Library) -> Mend:
    """The other name, or the other id, where it is one that is taken, and free."""
    name = f"{item.path.rpartition('/')[0]}/{item.id}.md"
    renamed = git("mv", item.path, name if is_id(item.id) and name not in library.files else Hole("name"))
    if item.stem in library.by_id or not _is_taken(item, library):
        return renamed
    return renamed.or_else(advice(_("set the id to {stem}", stem=item.stem)))


def _is_taken(item: Item, library: Library) -> bool:
    """True if the file's name would do as the id."""
    pattern = None if library.is_exempt(item) else IdPattern.parse(item.type.id_pattern or "")
    return is_id(item.stem) and (pattern is None or pattern.fits(item.stem, item.text("parent") or ""))
