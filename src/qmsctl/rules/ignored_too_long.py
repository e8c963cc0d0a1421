"""A rule is to be set aside for more than a year.

## Why
What is set aside is looked at again, at least once a year, by whoever answers for it (ISO 9001:2008, 4.2.1 d, 8.2.3;
ISO 9001:2015, 4.4.1 g). An entry under `ignore` that a change brings, or makes longer, ends within twelve months; it
may be renewed then, with the reason that holds by then.

## Bad
```yaml qms.yaml
organization: {name: UBND phường Tân An}
format: 2
stricter_from: 2026-01-01
```
```base
```
```yaml qms.yaml
organization: {name: UBND phường Tân An}
ignore:
  - {rule: raw-html, path: documents/external/, reason: bản gốc có bảng HTML, until: 2099-12-31}
format: 2
stricter_from: 2026-01-01
```

## Good
```yaml qms.yaml
organization: {name: UBND phường Tân An}
format: 2
stricter_from: 2026-01-01
```
```base
```
```yaml qms.yaml
organization: {name: UBND phường Tân An}
ignore:
  - {rule: raw-html, path: documents/external/, reason: bản gốc có bảng HTML, until: 2027-06-01}
format: 2
stricter_from: 2026-01-01
```

## Mend
Write a day within twelve months, and renew the entry then if the reason still holds.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.office.duration import year_after
from qmsctl.core.office.ignoring import Ignore
from qmsctl.core.proof.grown import has_past, states, was_so
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.1", "8.2.3"), "iso9001-2015": ("4.4.1",)}

_Ends = Mapping[tuple[str, str], date]


def check(library: Library) -> Iterator[Problem]:
    """Every entry under ``ignore`` that each accepted state had not, or ended sooner."""
    if not has_past(library):
        return
    last = year_after(library.today)
    was = {id(office): _ends(office.config.ignore) for office in states(library)}
    for entry in library.config.ignore:
        if entry.until and entry.until > last and not was_so(library, partial(_stood, entry, was)):
            message = _("“{rule}” is to be ignored until {until}; an entry ends within twelve months, by {last}", rule=entry.rule, until=entry.until, last=last)
            yield Problem(CONFIG_PATH, entry.line, message, advice(_("write {last} or an earlier day, and renew the entry then", last=last.isoformat())), stricter=Stricter())


def _ends(entries: tuple[Ignore, ...]) -> _Ends:
    """The last day of each rule and place."""
    found: dict[tuple[str, str], date] = {}
    for each in entries:
        if each.until:
            found[each.rule, each.path] = max(each.until, found.get((each.rule, each.path), each.until))
    return found


def _stood(entry: Ignore, was: Mapping[int, _Ends], office: Library) -> bool:
    until = was[id(office)].get((entry.rule, entry.path))
    return entry.until is None or (until is not None and entry.until <= until)
