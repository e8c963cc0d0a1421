"""A clause is declared not applicable that may not be, or that does not exist.

## Why
Under ISO 9001:2008 only requirements of clause 7 may be left out, those that the office's work does not
have (1.2); nobody can leave out audits, records or the whole of clause 7. Under ISO 9001:2015 (4.3) any
requirement may turn out not to apply, but it has to exist.

## Bad
```yaml qms.yaml
organization: {name: UBND phường Tân An}
standards: [iso9001-2008]
not_applicable:
  - {standard: iso9001-2008, clause: 8.2.2, reason: chưa có đánh giá viên}
```

## Good
```yaml qms.yaml
organization: {name: UBND phường Tân An}
standards: [iso9001-2008]
not_applicable:
  - {standard: iso9001-2008, clause: "7.3", reason: Phường không thiết kế dịch vụ mới}
```

## Mend
Take the entry out of ``qms.yaml`` and out of the manual, or name the part of clause 7 that is meant.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.office.config import NotApplicable
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.mend import advice
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
CLAUSES = {"iso9001-2008": ("1.2", "4.2.2"), "iso9001-2015": ("4.3",)}

_LIMITED = "iso9001-2008"


def check(library: Library) -> Iterator[Problem]:
    """Look at every entry under ``not_applicable``."""
    for entry in library.config.not_applicable:
        message = _message(library, entry)
        if message:
            mend = advice(_("take the entry out of qms.yaml, or name the clause that is meant"))
            yield Problem(CONFIG_PATH, entry.line, message, mend)


def _message(library: Library, entry: NotApplicable) -> Message | None:
    standard = next((each for each in library.standards if each.id == entry.standard), None)
    if standard is None:
        return _("“{standard}” is no standard of this office; qms.yaml lists {standards}",
                 standard=entry.standard, standards=library.config.standards)
    if entry.clause not in standard.clauses:
        return _("{standard} has no clause “{clause}”", standard=standard.title, clause=entry.clause)
    if entry.standard == _LIMITED and not entry.clause.startswith("7."):
        return _("clause {clause} may not be left out: {standard} allows it only for parts of clause 7",
                 clause=entry.clause, standard=standard.title)
    return None
