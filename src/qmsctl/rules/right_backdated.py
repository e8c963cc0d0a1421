"""A role, a key or a unit is given to somebody for days long gone by.

## Why
Old sign-offs are judged by the roles, keys and units of their day. Whoever may write down today what somebody was
allowed to do last year decides what was approved last year (ISO 9001:2008, 4.2.4 and 5.5.1; ISO 9001:2015, 5.3 and
7.5.3). So what a change adds to `people.yaml` begins at most `commit_within` days ago (30 where `qms.yaml` says
nothing), or names the paper that gave it, as `basis`. To add a first or last day to what had none, to end something
and to begin it later is free; so is everything about somebody new from the day on which he or she came.

## Bad
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
units: [{id: lanh-dao, name: Lãnh đạo}]
roles: [{id: director, title: Chủ tịch}, {id: clerk, title: Công chức}]
format: 2
stricter_from: 2026-01-01
```
```yaml people.yaml
people:
  - {id: hoa, name: Phạm Thị Hoa, email: hoa@tan-an.example, unit: lanh-dao, roles: [{role: clerk, from: 2025-01-01}]}
```
```base
```
```yaml people.yaml
people:
  - {id: hoa, name: Phạm Thị Hoa, email: hoa@tan-an.example, unit: lanh-dao, roles: [{role: director, from: 2025-01-01}]}
```

## Good
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
units: [{id: lanh-dao, name: Lãnh đạo}]
roles: [{id: director, title: Chủ tịch}, {id: clerk, title: Công chức}]
format: 2
stricter_from: 2026-01-01
```
```yaml people.yaml
people:
  - {id: hoa, name: Phạm Thị Hoa, email: hoa@tan-an.example, unit: lanh-dao, roles: [{role: clerk, from: 2025-01-01}]}
```
```base
```
```yaml people.yaml
people:
  - {id: hoa, name: Phạm Thị Hoa, email: hoa@tan-an.example, unit: lanh-dao, roles: [
      {role: clerk, from: 2025-01-01, until: 2026-05-31}, {role: director, from: 2026-06-01}]}
  - {id: duc, name: Trịnh Minh Đức, email: duc@tan-an.example, unit: lanh-dao, roles: [
      {role: director, from: 2026-01-05, basis: {number: 12/QĐ-UBND, date: 2026-01-02}}]}
```

## Mend
Write the day on which it really begins; where that is long ago, name the decision: `basis: {number: 12/QĐ-UBND,
date: 2026-01-02}`, with `file` and `sha256` where there is a scan.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.office.rights import KEY, ROLE, Granted, Right, rights
from qmsctl.core.proof.grown import allowed_days, first_day_allowed, has_past, states, was_so
from qmsctl.core.proof.holders import role_title
from qmsctl.core.reading import PEOPLE_PATH
from qmsctl.mend import Mend, advice
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
OFFICE = True
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.4", "5.5.1"), "iso9001-2015": ("5.3", "7.5.3")}


def check(library: Library) -> Iterator[Problem]:
    """Every role, key and unit of everybody against what each accepted state gave."""
    if not has_past(library):
        return
    first, known = first_day_allowed(library), {id(office): Granted(office.people) for office in states(library)}
    for right in rights(library.people):
        if not was_so(library, partial(_begins_in_time, right, first, known)):
            day = min(_begins(right, each) for each in known.values())
            yield Problem(PEOPLE_PATH, right.line, _message(right, day, library), _mend(right), stricter=Stricter())


def _begins_in_time(right: Right, first: date, known: Mapping[int, Granted], office: Library) -> bool:
    return _begins(right, known[id(office)]) >= first


def _begins(right: Right, granted: Granted) -> date:
    """The first day on which it counts and did not."""
    return granted.first_new_day(right) or date.max


def _message(right: Right, day: date, library: Library) -> Message:
    shown = day if day > date.min else _("all times")
    return _(
        "{name} is given {right} from {day} on; without a paper it may begin at most {days} days before today",
        name=library.people.name(right.person), right=_called(right, library), day=shown, days=allowed_days(library),
    )


def _called(right: Right, library: Library) -> Message:
    if right.kind == ROLE:
        return _("the role {role}", role=role_title(right.name, library))
    if right.kind == KEY:
        return _("the key {key}", key=right.name)
    unit = library.config.unit(right.name)
    return _("a place in the unit {unit}", unit=unit.name if unit else right.name)


def _mend(right: Right) -> Mend:
    begins = advice(_("write the day from which it really counts, as “from”"))
    if right.kind not in (ROLE, KEY):
        begins = advice(_("write it as one more line of “units”, with the day from which it counts, as “from”, and end the line before"))
    return begins.or_else(advice(_("name the paper that gave it in the same line, as “basis” with its number and date")))
