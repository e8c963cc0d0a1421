"""The approval matrix asks less of days gone by than it did.

## Why
Whether a revision was approved is judged by the matrix of its day. Whoever takes a place, a level or an entry out of
the past approves afterwards what nobody had approved (ISO 9001:2008, 4.2.3 a, 4.2.4; ISO 9001:2015, 7.5.2, 7.5.3). An
entry is followed by another one that begins today or later; one that asks for less and began before today names the
paper by which that was decided, as `basis`. To ask for more is free.

## Bad
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
roles: [{id: director, title: Chủ tịch}, {id: qmr, title: Đại diện lãnh đạo}]
approval:
  - {from: 2025-01-01, type: default, review: [qmr], approve: [director], level: signed}
format: 2
stricter_from: 2026-01-01
```
```base
```
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
roles: [{id: director, title: Chủ tịch}, {id: qmr, title: Đại diện lãnh đạo}]
approval:
  - {from: 2025-01-01, type: default, review: [qmr], approve: [director]}
format: 2
stricter_from: 2026-01-01
```

## Good
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
roles: [{id: director, title: Chủ tịch}, {id: qmr, title: Đại diện lãnh đạo}]
approval:
  - {from: 2025-01-01, type: default, review: [qmr], approve: [director], level: signed}
format: 2
stricter_from: 2026-01-01
```
```base
```
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
roles: [{id: director, title: Chủ tịch}, {id: qmr, title: Đại diện lãnh đạo}]
approval:
  - {from: 2025-01-01, type: default, review: [qmr], approve: [director], level: signed}
  - {from: 2026-06-01, type: default, review: [], approve: [director]}
format: 2
stricter_from: 2026-01-01
```

## Mend
Write the entry back as it was, and add one that begins today. Where less has been asked for some time, name the
decision in the new entry: `basis: {number: 12/QĐ-UBND, date: 2026-02-25}`.
"""

from collections.abc import Iterator, Mapping
from functools import partial

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.proof.grown import has_past, states, was_so
from qmsctl.core.proof.loosened import Loosened, loosened
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
OFFICE = True
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2", "7.5.3")}


def check(library: Library) -> Iterator[Problem]:
    """The matrix of every day gone by against that of each accepted state."""
    if not has_past(library):
        return
    found = {id(office): {each.type: each for each in loosened(library, office.config)} for office in states(library)}
    for name, each in {name: each for types in found.values() for name, each in types.items()}.items():
        if not was_so(library, partial(_is_kept, name, found)):
            yield _problem(each, library)


def _is_kept(name: str, found: Mapping[int, Mapping[str, Loosened]], office: Library) -> bool:
    return name not in found[id(office)]


def _problem(found: Loosened, library: Library) -> Problem:
    line = found.entry.line if found.entry else library.key_line("approval")
    return Problem(
        CONFIG_PATH,
        line,
        _("less is asked of “{type}” from {day} on than before this change, which is a day gone by", type=found.type, day=found.day),
        advice(_("write the entry back as it was, and add one that begins today"))
        .or_else(advice(_("name the paper by which it was decided in the new entry, as “basis” with its number and date"))),
        stricter=Stricter(),
    )
