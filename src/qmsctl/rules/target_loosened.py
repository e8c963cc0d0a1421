"""The next target of an objective is looser than the one before, and nobody says why.

## Why
Objectives are to lead to improvement (ISO 9001:2008, 5.4.1, 8.5.1; ISO 9001:2015, 6.2.1, 10.3). A target may be
set lower than last time, but not silently. The objective before is the one that `after` names; where it names
none, the latest earlier one of the same unit with the same measure, unit of measure and direction.

## Bad
```md records/objectives/MT-2025-01.md
---
id: MT-2025-01
type: objective
title: Trả hồ sơ đúng hẹn năm 2025
status: archived
owner: hoa
measure: hồ sơ đúng hẹn trên hồ sơ đã trả
unit_of_measure: "%"
target: 98
direction: at-least
due: 2025-12-31
---
```
```md records/objectives/MT-2026-01.md
---
id: MT-2026-01
type: objective
title: Trả hồ sơ đúng hẹn năm 2026
status: draft
owner: hoa
measure: hồ sơ đúng hẹn trên hồ sơ đã trả
unit_of_measure: "%"
target: 95
direction: at-least
due: 2026-12-31
---
```

## Good
```md records/objectives/MT-2025-01.md
---
id: MT-2025-01
type: objective
title: Trả hồ sơ đúng hẹn năm 2025
status: archived
owner: hoa
measure: hồ sơ đúng hẹn trên hồ sơ đã trả
unit_of_measure: "%"
target: 98
direction: at-least
due: 2025-12-31
---
```
```md records/objectives/MT-2026-01.md
---
id: MT-2026-01
type: objective
title: Trả hồ sơ đúng hẹn năm 2026
status: draft
owner: hoa
measure: hồ sơ đúng hẹn trên hồ sơ đã trả
unit_of_measure: "%"
target: 95
direction: at-least
due: 2026-12-31
loosened_reason: Tiếp nhận thêm 30 thủ tục của cấp huyện cũ từ tháng 7
---
```

## Mend
Set the target at least where it was, or say why not: `qmsctl set MT-2026-01 loosened_reason="…"`.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_field
from qmsctl.core.model import Item
from qmsctl.core.records.objective import AT_MOST, is_measured
from qmsctl.core.text.characters import fold
from qmsctl.message import _

SEVERITY = Severity.WARNING
CLAUSES = {"iso9001-2008": ("5.4.1", "8.5.1"), "iso9001-2015": ("6.2.1", "10.3")}


def check(library: Library) -> Iterator[Problem]:
    """Every objective that is still judged, against the one before."""
    for records in library.by_type.values():
        if not is_measured(records[0].type):
            continue
        known = _in_order(records)
        for record in records:
            if record.is_given_up or record.has("loosened_reason") or library.is_exempt(record):
                continue
            before = _before(record, known, library)
            if before and _is_looser(record, before):
                yield Problem(
                    record.path,
                    record.line("target"),
                    _("the target of {id} is {target}, looser than {before} of {other}, and no reason is given",
                      id=record.id, target=record.number("target"), before=before.number("target"), other=before.id),
                    mend_field(library, record, "loosened_reason"),
                )


def _in_order(records: tuple[Item, ...]) -> Mapping[tuple[str, ...], Sequence[Item]]:
    """Those that are alike, each group in the order of their days; what was given up is left out, and what has no day."""
    found: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for record in sorted((each for each in records if each.day("due") and not each.is_given_up), key=lambda each: (_due(each), each.id)):
        found[_likeness(record)].append(record)
    return found


def _before(record: Item, known: Mapping[tuple[str, ...], Sequence[Item]], library: Library) -> Item | None:
    """The objective this one follows."""
    named = record.text("after")
    if named:
        return library.by_id.get(named)
    alike = known.get(_likeness(record), ()) if record.day("due") else ()
    earlier = bisect_left(alike, _due(record), key=_due)
    return alike[earlier - 1] if earlier else None


def _due(record: Item) -> date:
    return record.day("due") or date.max


def _likeness(record: Item) -> tuple[str, ...]:
    """What two objectives have in common that follow each other."""
    names = ("measure", "unit_of_measure", "direction", "unit")
    return tuple(" ".join(fold(record.text(name) or "").split()) for name in names)


def _is_looser(record: Item, before: Item) -> bool:
    """True if less is asked for than before; of targets in different directions nobody can say."""
    new, old = record.number("target"), before.number("target")
    same = all(record.text(name) == before.text(name) for name in ("direction", "unit_of_measure"))
    if new is None or old is None or not same:
        return False
    return new > old if record.text("direction") == AT_MOST else new < old
