"""What speaks for auditing a unit early and closely: its problems, its risks, and when it was last looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from qmsctl.core.coverage.clauses_in_scope import expanded
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.office.duration import Duration
from qmsctl.core.records.counted import counted, shown
from qmsctl.core.records.finding import SEVERITIES
from qmsctl.core.records.record_days import closed_on
from qmsctl.core.records.working_days import works
from qmsctl.core.standards.applicability import is_clause
from qmsctl.message import Message, _
from qmsctl.value import dataclass

FOR = "audit plan"
LOOKED_BACK = Duration(Decimal(24), "m")
"""How far back closed problems still count."""

_NEVER, _MAJOR, _MINOR, _CLOSED, _HIGH_RISK, _RISK, _COMPLAINT, _MONTHS_A_POINT = 12, 6, 3, 1, 4, 1, 2, 3


@dataclass(frozen=True, slots=True)
class LastAudit:
    """An internal audit that was carried out, and the day."""

    audit: Item
    day: date


@dataclass(frozen=True, slots=True)
class Weight:
    """Why a unit is audited when it is; ``closed`` are nonconformities closed within :data:`LOOKED_BACK`."""

    unit: str
    last: LastAudit | None
    open: tuple[Item, ...]
    closed: tuple[Item, ...]
    findings: tuple[Item, ...]
    risks: tuple[Item, ...]
    complaints: tuple[Item, ...]
    points: int

    @property
    def again(self) -> tuple[tuple[Item, str], ...]:
        """The open problems first, each with a requirement it names."""
        return tuple((item, named) for item in (*self.open, *self.findings, *self.closed) for named in item.texts("requirement"))

    def reasons(self) -> Iterator[Message]:
        """The same in words, the most pressing first."""
        if self.last is None:
            yield _("never audited so far")
        for found, words in (
            (self.open, _("open nonconformities")),
            (self.findings, _("nonconformities in earlier audits")),
            (self.risks, _("risks")),
            (self.complaints, _("complaints justified wholly or in part")),
            (self.closed, _("nonconformities closed in the last 24 months")),
        ):
            if found:
                yield _("{what}: {ids}", what=words, ids=tuple(item.id for item in found))
        if self.last is not None:
            yield _("last audited on {day} ({id})", day=self.last.day, id=self.last.audit.id)


def weigh(library: Library, unit: str) -> Weight:
    """What the records say of a unit."""
    problems = [each for each in counted(library, FOR, "nonconformities") if each.text("unit") == unit]
    open_ = tuple(each for each in problems if not library.is_closed(each))
    closed = tuple(each for each in problems if library.is_closed(each) and _is_recent(closed_on(each, library), library))
    findings = tuple(_findings(library, unit))
    risks = tuple(each for each in counted(library, FOR, "risks") if _concerns(each, unit, library))
    complaints = tuple(_complaints(library, unit))
    last = last_audit(library, unit)
    points = sum(_MAJOR if each.text("severity") == SEVERITIES[-1] else _MINOR for each in open_)
    points += sum(_MAJOR if each.text("kind") == SEVERITIES[-1] else _MINOR for each in findings)
    points += sum(_HIGH_RISK if each.text("level") == "high" else _RISK for each in risks)
    points += _COMPLAINT * len(complaints) + _CLOSED * len(closed)
    points += _NEVER if last is None else (library.today - last.day).days // 30 // _MONTHS_A_POINT
    return Weight(unit, last, open_, closed, findings, risks, complaints, points)


def last_audit(library: Library, unit: str | None = None) -> LastAudit | None:
    """The latest internal audit that was carried out, of a unit if one is named."""
    found = [
        LastAudit(audit, day)
        for audit in counted(library, FOR, "audits", Period(None, library.today))
        if (unit is None or unit in audit.texts("units")) and (day := audit.day("performed"))
    ]
    return max(found, key=lambda each: (each.day, each.audit.id), default=None)


def _is_recent(day: date | None, library: Library) -> bool:
    return day is not None and LOOKED_BACK.after(day, works(library)) >= library.today


def _findings(library: Library, unit: str) -> Iterator[Item]:
    """The nonconformities found in audits of a unit lately, but for those logged and counted as such."""
    logged = {name for each in shown(library, FOR, "nonconformities") for name in each.texts("of")}
    for finding in counted(library, FOR, "findings"):
        audit = library.item(finding.text("audit"))
        units = (finding.text("unit"),) if finding.has("unit") else audit.texts("units") if audit else ()
        if unit in units and finding.id not in logged and _is_recent(finding.day("raised"), library):
            yield finding


def _concerns(risk: Item, unit: str, library: Library) -> bool:
    process = library.item(risk.text("process"))
    return (risk.text("unit") or (process.text("unit") if process else None)) == unit


def _complaints(library: Library, unit: str) -> Iterator[Item]:
    for complaint in counted(library, FOR, "complaints"):
        if complaint.text("unit") == unit and _is_recent(complaint.day("received"), library):
            yield complaint


def clauses_again(weights: tuple[Weight, ...], library: Library) -> tuple[tuple[str, str, str], ...]:
    """Clauses to be looked at again, the unit in which, and the record that is why; the heaviest unit first."""
    return tuple(
        (clause, weight.unit, item.id)
        for weight in weights
        for item, named in weight.again
        if is_clause(named, library.standards)
        for clause in expanded((named,), library)
    )
