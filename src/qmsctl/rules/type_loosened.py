"""A type is loosened for records that are there already, or shows more in a portal.

## Why
A record is kept as long, and is as final, as its type said when it was opened (ISO 9001:2008, 4.2.4; ISO 9001:2015,
7.5.3.2). Whoever shortens the time today may destroy tomorrow what had to be kept; whoever takes the finality of a
state away rewrites what was closed. So a shorter `retention`, a state that is no longer `final`, one that `freezes`
less, or a way to `reopen` for more roles holds `from` a day on, at most `commit_within` days ago (30 where `qms.yaml`
says nothing), and `before` says what goes on for records opened earlier. To ask for more is free. A record is opened on
the day that `new` writes into it, else on the first day it names; one that names none is an early one.

What `public` opens of documents that are there leaves the office with the next portal, and cannot be called back: each field,
section or column that it adds, and the text as a whole, is told as a warning in the change that adds it. So is each value that it takes out of `unnamed`: records with it
were only counted, and are now named in the portal of the staff.

## Bad
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
roles: [{id: director, title: Chủ tịch}]
format: 2
stricter_from: 2026-01-01
```
```yaml .qms/types/visit/type.yaml
type: visit
kind: record
label: {en: Visit, vi: Đoàn đến làm việc}
id: LV-{year}-{number:3}
folder: records/visits
retention: 10y
fields:
  title: {kind: text, required: true, label: {en: Title, vi: Tóm tắt}}
  date: {kind: date, required: true, default: "{today}", label: {en: Date, vi: Ngày}}
```
```base
```
```yaml .qms/types/visit/type.yaml
type: visit
kind: record
label: {en: Visit, vi: Đoàn đến làm việc}
id: LV-{year}-{number:3}
folder: records/visits
retention: 1y
fields:
  title: {kind: text, required: true, label: {en: Title, vi: Tóm tắt}}
  date: {kind: date, required: true, default: "{today}", label: {en: Date, vi: Ngày}}
```

## Good
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
roles: [{id: director, title: Chủ tịch}]
format: 2
stricter_from: 2026-01-01
```
```yaml .qms/types/visit/type.yaml
type: visit
kind: record
label: {en: Visit, vi: Đoàn đến làm việc}
id: LV-{year}-{number:3}
folder: records/visits
retention: 10y
fields:
  title: {kind: text, required: true, label: {en: Title, vi: Tóm tắt}}
  date: {kind: date, required: true, default: "{today}", label: {en: Date, vi: Ngày}}
```
```base
```
```yaml .qms/types/visit/type.yaml
type: visit
kind: record
label: {en: Visit, vi: Đoàn đến làm việc}
id: LV-{year}-{number:3}
folder: records/visits
retention: 1y
from: 2026-06-01
before: {retention: 10y}
fields:
  title: {kind: text, required: true, label: {en: Title, vi: Tóm tắt}}
  date: {kind: date, required: true, default: "{today}", label: {en: Date, vi: Ngày}}
```

## Mend
Write the day into the type, `from: 2026-06-01`, and what went before: `before: {retention: 10y}`, with
`states: {closed: {final: yes}}` or `reopen: no` where that is what changes. Of what is shown to the public, take out what is not for everybody, and put back into `unnamed` what is to be counted only;
the rest may stand, and is not told once the change is accepted.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.opening import opened_on
from qmsctl.core.proof.grown import first_day_allowed, has_past, states, was_so
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.core.records.loosened_type import loosened
from qmsctl.core.records.retention import YEAR_END
from qmsctl.core.sections.opened_type import opened
from qmsctl.core.types.record_type import RecordType
from qmsctl.mend import advice
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
OFFICE = True
IGNORABLE = False
CLAUSES = {"iso9001-2008": ("4.2.4",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every type that is or was the office's own, as each accepted state had it; then the days of opening of its records."""
    if has_past(library):
        for name in _own(library):
            now = library.types.get(name)
            if now is not None and now.kind == "record" and not was_so(library, partial(_asks_no_less, now, library)):
                yield _problem(now, next(message for each in states(library) for message in _loosened(now, library, each)), library)
        yield from _redated(library)
        yield from _shown(library)
        if not was_so(library, partial(_counts_no_sooner, library)):
            yield Problem(
                CONFIG_PATH,
                library.key_line("retention_from"),
                _("the time for which records are kept ran from the end of the year in which they were closed, and is to end earlier"),
                advice(_("write “{key}: {value}” into {path} again", key="retention_from", value=YEAR_END, path=CONFIG_PATH), undoes=True),
                stricter=Stricter(),
            )


def _counts_no_sooner(library: Library, office: Library) -> bool:
    """True unless records that were counted from the end of a year are counted from a day within it."""
    return office.config.retention_from != YEAR_END or library.config.retention_from == YEAR_END


def _own(library: Library) -> list[str]:
    """The names of the types that are or were the office's own."""
    return sorted({found.name for each in (library, *states(library)) for found in each.types.own()})


def _asks_no_less(now: RecordType, library: Library, office: Library) -> bool:
    return not any(_loosened(now, library, office))


def _loosened(now: RecordType, library: Library, office: Library) -> Iterator[Message]:
    was = office.types.get(now.name)
    return loosened(was, now, first_day_allowed(library)) if was is not None else iter(())


def _problem(now: RecordType, what: Message, library: Library) -> Problem:
    return Problem(
        _definition(now, library),
        0,
        _("the type “{type}” is loosened for records that are there already: {what}", type=now.label, what=what),
        advice(_("write the day on which it begins as “from”, and what goes on for records opened earlier under “before”")),
        stricter=Stricter(),
    )


def _definition(now: RecordType, library: Library) -> str:
    """The file by whose change the type is another one: its own, or that of a type it extends."""
    paths = [f".qms/types/{name}/type.yaml" for name in (now.name, *reversed(now.lineage))]
    moved = (path for path in paths if any(each.outside.sha256(path) != library.outside.sha256(path) for each in states(library)))
    return next(moved, paths[0])


def _shown(library: Library) -> Iterator[Problem]:
    """Types that are or were the office's own, and show more than in an accepted state."""
    for name in _own(library):
        now = library.types.get(name)
        if now is not None and not was_so(library, partial(_shows_no_more, now)):
            what = next(found for each in states(library) if (found := tuple(_opened(now, each))))
            yield Problem(
                _definition(now, library),
                0,
                _("the type “{type}” shows more than before this change: {what}", type=now.label, what=what),
                advice(_("look whether that is for those who read the portal, and take it out of “public”, or put it back into “unnamed”, where it is not")),
                severity=Severity.WARNING,
                stricter=Stricter(),
            )


def _shows_no_more(now: RecordType, office: Library) -> bool:
    return not any(_opened(now, office))


def _opened(now: RecordType, office: Library) -> Iterator[Message]:
    was = office.types.get(now.name)
    return opened(was, now) if was is not None else iter(())


def _redated(library: Library) -> Iterator[Problem]:
    """Records that a change gives another day of opening, and a looser type with it."""
    for record in library.records:
        found = library.types.get(record.type.name)
        if found is not None and found.earlier is not None and not was_so(library, partial(_is_no_older, record, found)):
            yield Problem(
                record.path,
                0,
                _("{id} was opened on {day}, and is to be judged as one that was opened later",
                  id=record.id, day=next((day for day in map(opened_on, library.earlier(record.id)) if day), "—")),
                advice(_("put back the day that stood there before this change"), undoes=True),
                stricter=Stricter(),
            )


def _is_no_older(record: Item, found: RecordType, office: Library) -> bool:
    was = office.by_id.get(record.id)
    if was is None or was.type.name != record.type.name:
        return True
    return not any(loosened(found.as_of(opened_on(was)), record.type, date.max))
