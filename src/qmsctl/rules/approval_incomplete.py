"""A document lacks sign-offs that its approval asks for.

## Why
The approval matrix in `qms.yaml` says who reviews and who approves each type of document (ISO 9001:2008,
4.2.3 a; ISO 9001:2015, 7.5.2 c). Until all have signed, the text is not in force, whatever date it
carries; the office works by the earlier revision or by nothing at all.

A text whose date of effect has come is reported while it still waits. It is an error once somebody has
approved it, that date has passed, and the other signatures have not come by the next day.

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
effective: 2026-01-12
owner: minh
---
```
```dossier QT-07
author minh 2026-01-05T08:00:00+07:00
approve binh director 2026-01-07T08:00:00+07:00
```

## Good
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
effective: 2026-01-12
owner: minh
---
```
```dossier QT-07
author minh 2026-01-05T08:00:00+07:00
review lan qmr 2026-01-06T08:00:00+07:00
approve binh director 2026-01-07T08:00:00+07:00
```

## Mend
Those named in the message sign with `qmsctl review QT-07` and `qmsctl approve QT-07`. A text not yet
submitted is submitted by its author: `qmsctl submit QT-07`; or give it a later `effective`. If the
matrix has no line for the type, add one to `qms.yaml`.
"""

from collections.abc import Iterator
from datetime import date

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.dossier import SignOff
from qmsctl.core.library import Library
from qmsctl.core.mends.signing_command import sign_next
from qmsctl.core.model import Item
from qmsctl.core.proof.holders import who_may
from qmsctl.core.sight import Sight
from qmsctl.core.signoffs.approval import MissingSignOff, day_of, missing
from qmsctl.core.signoffs.round import Round
from qmsctl.core.signoffs.status import Standing
from qmsctl.mend import Mend, advice, command
from qmsctl.message import Message, _

SEVERITY = Severity.WARNING
CALENDAR = True
OFFICE = True
WAITS = True
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every working text under way that is half approved, or says that it is in force."""
    for item in library.documents:
        standing = library.standing(item.id)
        if standing.working not in ("draft", "in-review", "returned"):
            continue
        waiting = _submission(standing, item)
        approvals = waiting.dossier.of("approve") if waiting and not waiting.returned else ()
        claimed = item.day("effective")
        begun = claimed is not None and claimed <= library.today
        if not approvals and not begun:
            continue
        message, mend = _lacking(item, waiting, library)
        if claimed is not None and begun:
            message = _("the text says it is effective from {day}, but {message}", day=claimed, message=message)
        severity = Severity.ERROR if _overdue(approvals, claimed, library) else None
        yield Problem(item.path, item.line("effective" if begun else "revision"), message, mend, severity)


def _submission(standing: Standing, item: Item) -> Round | None:
    same = (r for r in reversed(standing.rounds) if r.copy and r.copy.sha256 == item.sha256)
    return next((r for r in same if r.revision == item.revision), None)


def _overdue(approvals: tuple[SignOff, ...], claimed: date | None, library: Library) -> bool:
    """True from the day after the latest approval on, so that two approvers can sign one after the other."""
    if not approvals or claimed is None or claimed > library.today:
        return False
    return max(day_of(signoff, library.config) for signoff in approvals) < library.today


def _lacking(item: Item, waiting: Round | None, library: Library) -> tuple[Message, Mend]:
    if waiting is None:
        return (
            _("revision {revision} has not been submitted", revision=item.revision or "?"),
            command("submit", item.id).in_order_to(_("its author submits it")).or_else(advice(_("set a later “effective”"))),
        )
    if waiting.returned:
        return (
            _(
                "{name} returned revision {revision} on {day}",
                name=library.people.name(waiting.returned.person),
                revision=waiting.revision,
                day=day_of(waiting.returned, library.config),
            ),
            advice(_("change the text as asked")).then(command("submit", item.id)),
        )
    entry = library.config.matrix(item.type.name, library.today)
    if entry is None:
        return _without_entry(item, library.today)
    places = waiting.open_places or missing(entry, waiting.signoffs)
    signed_on = day_of(waiting.signoffs[-1], library.config) if waiting.signoffs else library.today
    if not places and library.config.matrix(item.type.name, signed_on) is None:
        return _without_entry(item, signed_on)
    if not places:  # all have signed, but what nobody submitted is approved by nobody
        return (
            _("revision {revision} has not been submitted", revision=waiting.revision),
            advice(_("take the sign-off out and sign again with qmsctl"), undoes=True),
        )
    return (
        _("revision {revision} still needs: {places}", revision=waiting.revision, places=_named(places, waiting, library)),
        sign_next(item, places, waiting.dossier, library),
    )


def _without_entry(item: Item, day: date) -> tuple[Message, Mend]:
    """The matrix does not say who signs the type: neither its own entry nor a default had begun."""
    return (
        _("the approval matrix in qms.yaml has no entry for the type {type} on {day}", type=item.type.label, day=day),
        advice(_("add an entry under “approval” in qms.yaml, with “type: {type}”, “from: {day}” and the roles that approve it",
                 type=item.type.name, day=day.isoformat())),
    )


def _named(places: tuple[MissingSignOff, ...], waiting: Round, library: Library) -> tuple[Message, ...]:
    return tuple(who_may(place, waiting, library) for place in places)
