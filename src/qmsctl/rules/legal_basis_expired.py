"""A document rests on a law or circular that is no longer in force.

## Why
A procedure that follows a repealed circular asks people for the wrong papers (ISO 9001:2008, 4.2.3 f and
7.2.1 c; ISO 9001:2015, 7.5.3.2 and 8.2.2). What is in force is written once, in the external document:
`in_force_until`, `superseded_by`. It is an error if the law was out of force on the very day the document
took effect, and a warning if it has expired since.

## Bad
```md documents/external/TLBN-07.md
---
id: TLBN-07
type: external-document
title: Thông tư 01/2018/TT-VPCP
revision: 1
owner: lan
in_force_until: 2026-05-31
---
```
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
effective: 2026-01-12
owner: minh
legal_basis: [TLBN-07]
---
```

## Good
```md documents/external/TLBN-07.md
---
id: TLBN-07
type: external-document
title: Thông tư 01/2018/TT-VPCP
revision: 1
owner: lan
in_force_until: 2026-06-01
---
```
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
effective: 2026-01-12
owner: minh
legal_basis: [TLBN-07]
---
```

## Mend
Read what the new law asks for, then `qmsctl revise QT-07 --change "…"`, name the new external document
under `legal_basis`, and have the revision approved. If nothing changes for the work, say so in `change`.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_field
from qmsctl.core.model import Item
from qmsctl.mend import HOLE, Mend, advice, command
from qmsctl.message import Message, _
from qmsctl.value import dataclass

SEVERITY = Severity.WARNING
CALENDAR = True
CLAUSES = {"iso9001-2008": ("4.2.3", "7.2.1"), "iso9001-2015": ("7.5.3.2", "8.2.2")}


@dataclass(frozen=True, slots=True)
class Ended:
    """A law out of force: its last day, where that is known, and what took its place."""

    law: Item
    last: date | None
    successors: tuple[str, ...]


def check(library: Library) -> Iterator[Problem]:
    """The legal basis of every document in force or under way."""
    ended = {law.id: found for law in library.by_type.get("external-document", ()) if (found := _ended(law, library))}
    if not ended:
        return
    for item in library.documents:
        standing = library.standing(item.id)
        if standing.withdrawn and standing.is_clean:
            continue
        in_force = standing.in_force
        own = in_force.effective_on if in_force and standing.is_clean else item.day("effective")
        yield from _text(item, own, item.texts("legal_basis"), ended, library)
        if in_force and in_force.copy and not standing.is_clean:
            dropped = set(in_force.copy.texts("legal_basis")) - set(item.texts("legal_basis"))
            yield from _text(in_force.copy, None, tuple(dropped), ended, library)


def _ended(law: Item, library: Library) -> Ended | None:
    successors = law.texts("superseded_by")
    last = law.day("in_force_until")
    if last is None and successors:
        begins = [_begin(library.by_id.get(each)) for each in successors]
        known = [day for day in begins if day]
        last = min(known) - timedelta(days=1) if known else None
    if last is None:
        return Ended(law, None, successors) if successors else None
    return Ended(law, last, successors) if last < library.today else None


def _begin(law: Item | None) -> date | None:
    return (law.day("in_force_from") or law.day("issued")) if law else None


def _text(
    item: Item, effective: date | None, basis: tuple[str, ...], ended: Mapping[str, Ended], library: Library
) -> Iterator[Problem]:
    for scalar in item.scalars("legal_basis"):
        found = ended.get(scalar.text)
        if found is None or scalar.text not in basis:
            continue
        from_the_start = bool(found.last and effective and found.last < effective) and not library.is_exempt(item)
        yield Problem(
            item.path,
            scalar.line,
            _message(found, effective if from_the_start else None),
            _mend(item, found, library),
            Severity.ERROR if from_the_start else None,
        )


def _message(found: Ended, effective: date | None) -> Message:
    law = found.law
    if found.last is None:
        return _(
            "{law} “{title}” is superseded by {successors}", law=law.id, title=law.title, successors=found.successors
        )
    if effective:
        return _(
            "{law} “{title}” was in force until {last}, so not on {effective}, when this text takes effect",
            law=law.id, title=law.title, last=found.last, effective=effective,
        )
    return _("{law} “{title}” was in force until {last}", law=law.id, title=law.title, last=found.last)


def _mend(item: Item, found: Ended, library: Library) -> Mend:
    """A text in force is revised; where that is under way, the new text names another law, or has to be approved."""
    looked = advice(_("check the text against {successors}", successors=found.successors) if found.successors else _("check what took its place"))
    if library.standing(item.id).is_clean:
        return looked.then(command("revise", item.id, change=HOLE))
    if library.by_id.get(item.id) is item:
        return looked.then(mend_field(library, item, "legal_basis"))
    return looked.then(advice(_("have the revision under way approved")))
