"""A clause is named that the edition of the standard does not have.

## Why
Which document and record answers which clause is what an auditor asks first, and the coverage report is
made from these numbers (ISO 9001:2008, 4.2.1; ISO 9001:2015, 4.4.2 and 7.5.1). A number of the other edition or
a slip counts for no clause at all.

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
clauses: [7.5.1, 8.5.9]
---
```

## Good
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
clauses: [7.5.1, 8.2.4]
---
```

## Mend
Correct the number. A number alone is a clause of the first standard in ``qms.yaml``; of another one it is
written ``iso9001-2015:8.5.1``. ``qmsctl report coverage`` lists all clauses.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import About, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_mention
from qmsctl.core.mentions import Finders, mentions
from qmsctl.core.narrow import Look, Office
from qmsctl.core.sight import Sight
from qmsctl.core.standards.applicability import is_clause, looks_like_clause, split_clause
from qmsctl.core.suspects import suspects
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
ABOUT = About.FORM
SEES = Sight.LINKED
CLAUSES = {"iso9001-2008": ("4.2.1",), "iso9001-2015": ("4.4.2", "7.5.1")}


def suspect(office: Office) -> Look:
    """A clause that no standard of the office has."""
    known: Finders = {}
    return lambda item: any(not is_clause(each.value.text, office.standards) for each in mentions((item,), "clause", known))


def check(library: Library) -> Iterator[Problem]:
    """Look up every clause that is named in front matter and data blocks."""
    standards = library.standards
    if not standards:
        return
    known: set[str] = set()
    for item, name, field, value in mentions(suspects(library, suspect), "clause"):
        if value.text in known:
            continue
        if is_clause(value.text, standards):
            known.add(value.text)
        elif field.kind == "clause" or (looks_like_clause(value.text) and not library.knows(value.text)):
            yield Problem(item.path, value.line, _message(library, value.text), mend_mention(library, item, name, value))


def _message(library: Library, text: str) -> Message:
    standard, number = split_clause(text, library.standards)
    if standard is None:
        return _("“{text}” names a standard that qms.yaml does not list; it lists {standards}",
                 text=text, standards=library.config.standards)
    return _("{standard} has no clause “{number}”", standard=standard.title, number=number)
