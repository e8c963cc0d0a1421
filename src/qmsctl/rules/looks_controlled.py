"""A file looks like a document or record, and is read by nobody.

## Why
Whoever opens the folder takes it for what is in force; no rule, register or report has ever seen it (ISO 9001:2008,
4.2.3 and 4.2.4; ISO 9001:2015, 7.5.3.1). Read is what lies below ``documents/``, ``records/`` and ``signoffs/`` and
whose name ends in ``.md``, in small letters; a ``README.md`` explains a folder and is no document.

## Bad
```md documents/rules/QC-07.MD
---
id: QC-07
type: rule
title: Nội quy tiếp công dân
revision: 1
owner: minh
---
```

## Good
```md documents/rules/QC-07.md
---
id: QC-07
type: rule
title: Nội quy tiếp công dân
revision: 1
owner: minh
---
```
```md documents/README.md
# Tài liệu của cơ quan
```

## Mend
Give the file the name and place of its kind, or take it away.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.reading import CONTROLLED_FOLDERS, is_controlled, parse
from qmsctl.core.sections.sections import by_title, opened
from qmsctl.core.sight import Sight
from qmsctl.core.source import EntryKind
from qmsctl.core.text.body import scan
from qmsctl.core.text.characters import name_on_disk
from qmsctl.core.text.ids import is_id
from qmsctl.core.tree import looks_like_text
from qmsctl.errors import RepositoryError
from qmsctl.mend import Hole, Mend, git
from qmsctl.message import _
from qmsctl.regex import regex

SEVERITY = Severity.ERROR
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3.1",)}

_ENDING = regex(r"\.[^.\d][^.]*(\..*)?\Z")
_EVIDENCE = "attachments"
_ENOUGH = 3
"""So many required sections make a text a document of their type."""
_PLAIN = ("txt", "text")
"""Endings under which a text with front matter may lie in a controlled folder, beside those of Markdown and none."""


def check(library: Library) -> Iterator[Problem]:
    """Every file that is not read: by its name in a controlled folder, by its front matter elsewhere."""
    for path, kind in library.files.items():
        if kind is EntryKind.FILE and not is_controlled(path) and _looks_controlled(path, library):
            yield Problem(
                path,
                0,
                _("the file looks controlled and is read by nobody: its name or its place is not that of a document or record"),
                _mend(path, library),
            )


def _looks_controlled(path: str, library: Library) -> bool:
    top, slash, _rest = path.partition("/")
    name = name_on_disk(path.rpartition("/")[2])
    if slash and name_on_disk(top) in CONTROLLED_FOLDERS:
        if looks_like_text(path) and not name.startswith("readme."):
            return True
        ending = _ENDING.search(name)
        is_text = looks_like_text(path) or ending is None or ending[0].rpartition(".")[2] in _PLAIN
        return is_text and (_has_front_matter(path, library) or _is_whole_document(path, library))
    return looks_like_text(path) and name_on_disk(top) != _EVIDENCE and _has_front_matter(path, library)


def _has_front_matter(path: str, library: Library) -> bool:
    """True for a text that says which document or record it is, and of which type the office knows."""
    data = _bytes(path, library)
    fields = parse("documents/x.md", data, library.types).fields
    return fields is not None and bool(fields.text("id")) and library.types.get(fields.text("type") or "") is not None


def _is_whole_document(path: str, library: Library) -> bool:
    """True for a text with a data block of some type, or with every section that a type requires."""
    text = _bytes(path, library).decode("utf-8", "replace")
    types = library.types.all()
    blocks = frozenset(name for each in types for name in each.blocks)
    body = scan(text, 0, 1, blocks)
    if body.blocks:
        return True
    for each in types:
        required = {section.id for section in each.sections if section.required}
        titles = by_title(each.sections)
        found = {section.id for heading in body.headings if (section := opened(heading, titles))}
        if len(required) >= _ENOUGH and required <= found:
            return True
    return False


def _bytes(path: str, library: Library) -> bytes:
    try:
        return library.outside.read(path)
    except RepositoryError:
        return b""


def _mend(path: str, library: Library) -> Mend:
    folder, _slash, name = path.rpartition("/")
    stem = _ENDING.sub("", name)
    right = f"{folder}/{stem}.md"
    if is_controlled(right) and is_id(stem) and right not in library.files:
        return git("mv", path, right).in_order_to(_("give it the ending .md"))
    return git("mv", path, Hole("folder/ID.md")).in_order_to(_("move it to where its kind is kept"))
