"""A key that was revoked counts again for days gone by.

## Why
A key is revoked because somebody else may have it. From that day on nothing signed with it counts, whatever day it
bears; without the line every forged sign-off would (ISO 9001:2008, 4.2.4; ISO 9001:2015, 7.5.3). So the day of
`revoked` may be made earlier, never later, and the line stays in `people.yaml`, with the person, for good.

## Bad
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
format: 2
stricter_from: 2026-01-01
```
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, keys: [{key: "ssh-ed25519 AAAA…binh", from: 2025-01-01, revoked: 2026-03-01}]}
```
```base
```
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, keys: [{key: "ssh-ed25519 AAAA…binh", from: 2025-01-01}]}
```

## Good
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
format: 2
stricter_from: 2026-01-01
```
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, keys: [{key: "ssh-ed25519 AAAA…binh", from: 2025-01-01, revoked: 2026-03-01}]}
```
```base
```
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, keys: [{key: "ssh-ed25519 AAAA…binh", from: 2025-01-01, revoked: 2026-02-01}]}
```

## Mend
Write the line of the key back with its day. Whoever wants to sign again makes a new key.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.office.people import Key, People
from qmsctl.core.proof.grown import has_past, states, was_so
from qmsctl.core.reading import PEOPLE_PATH
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
OFFICE = True
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3",)}


def check(library: Library) -> Iterator[Problem]:
    """Every key that an accepted state has as revoked before today; of a key that is named twice both lines count."""
    if not has_past(library):
        return
    now: dict[str, list[Key]] = defaultdict(list)
    for key, name in _keys(library.people):
        now[name].append(key)
    was = {id(office): _revoked(office.people, library.today) for office in states(library)}
    for name in dict.fromkeys(name for each in was.values() for name in each):
        if not was_so(library, partial(_is_kept, name, now.get(name, ()), was)):
            yield _problem(name, min(each[name] for each in was.values() if name in each), now.get(name, ()))


def _keys(people: People) -> Iterator[tuple[Key, str]]:
    return ((key, key.public.fingerprint) for person in people.all for key in person.keys if key.public)


def _revoked(people: People, today: date) -> Mapping[str, date]:
    """The first day on which each key was revoked."""
    found: dict[str, date] = {}
    for key, name in _keys(people):
        if key.revoked and key.revoked <= today:
            found[name] = min(key.revoked, found.get(name, key.revoked))
    return found


def _is_kept(name: str, now: Sequence[Key], was: Mapping[int, Mapping[str, date]], office: Library) -> bool:
    day = was[id(office)].get(name)
    return day is None or (bool(now) and not any(_counts(key, day) for key in now))


def _counts(key: Key, day: date) -> bool:
    """True if it is not revoked, or only later."""
    return key.revoked is None or key.revoked > day


def _problem(name: str, day: date, now: Sequence[Key]) -> Problem:
    if now:
        line = next((key.line for key in now if _counts(key, day)), now[0].line)
        message = _("the key {key} was revoked on {day}, and would count again", key=name, day=day)
    else:
        line, message = 0, _("the key {key}, revoked on {day}, is gone from the file", key=name, day=day)
    way = advice(_("write the line of the key back, with “revoked: {day}”", day=day.isoformat()), undoes=True)
    return Problem(PEOPLE_PATH, line, message, way, stricter=Stricter())
