"""The results of one audit as the report that is signed and filed: team, scope, criteria, a summary by unit, conclusion, findings, and what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from qmsctl.core.asked import item
from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.records.finding import AUDIT, FINDING
from qmsctl.errors import Refusal
from qmsctl.mend import command
from qmsctl.message import Label, Message, _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.audit_lines import (
    Checklist,
    FindingLine,
    checklists,
    findings,
    results,
    toned,
)
from qmsctl.reports.parts.audit_units import ByUnit, by_unit
from qmsctl.reports.parts.cell import Piece, pieces
from qmsctl.reports.parts.cover import Cover, cover
from qmsctl.reports.parts.document_text import Text, section_text
from qmsctl.reports.parts.letterhead import Letterhead, foot, letterhead
from qmsctl.reports.parts.linked_names import linked_names
from qmsctl.reports.parts.planned import PlannedLine, planned_for
from qmsctl.reports.parts.signatures import Signature
from qmsctl.reports.parts.signing_places import backing
from qmsctl.reports.parts.stamp import DRAFT, Stamp
from qmsctl.reports.parts.state import State, record_state
from qmsctl.reports.parts.state_signatures import StateSignature, state_signatures
from qmsctl.value import dataclass

ABOUT = About.RECORD
EXAMPLE = "DG-2026-01"

_REPORTED = "reported"
"""The state in which the lead auditor signs the report."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What was audited, by whom and against what."""

    id: str
    title: str
    kind: Label | str
    state: State
    programme: str
    planned: date | None
    performed: date | None
    scope: str
    criteria: tuple[Piece, ...]
    units: tuple[str, ...]
    processes: tuple[Piece, ...]
    body: str
    lead: str
    auditors: tuple[str, ...]
    auditees: tuple[str, ...]
    own_unit_reason: str
    decision: str
    differences: str
    sent_to: tuple[str, ...]
    conclusion: str


@dataclass(frozen=True, slots=True)
class AuditResults:
    """The report of an audit; ``counts`` are its findings by kind, ``asked`` the lines of its checklists by result.

    ``planned`` are the rows of programmes that are for it. ``signed`` is how the lead auditor signed the report, ``None`` while it is a draft.
    """

    SHEETS: ClassVar = ("paper", "letter")

    cover: Cover
    head: Letterhead
    stamp: Stamp | None
    facts: Facts
    by_unit: ByUnit
    signed: Signature | None
    backing: Message | None
    counts: tuple[tuple[State, int], ...]
    asked: tuple[tuple[State | None, int], ...]
    planned: tuple[PlannedLine, ...]
    plan: Text | None
    notes: Text | None
    report: Text | None
    findings: tuple[FindingLine, ...]
    checklists: tuple[Checklist, ...]
    signatures: tuple[StateSignature, ...]
    anchors: Mapping[str, str]
    names: Mapping[str, str]

    @property
    def id(self) -> str:
        """The number of its record."""
        return self.facts.id

    @property
    def margins(self) -> tuple[tuple[str, tuple[object, ...]], ...]:
        """The words in the margins of every page."""
        return tuple(foot(self.id, self.cover))


def build(library: Library, result: CheckResult, options: ReportOptions) -> AuditResults:
    """The audit ``options.subject``. Raises ``Refusal`` where that is none."""
    audit = item(library, options.subject)
    if audit.type.name != AUDIT:
        raise Refusal(_("{id} is no audit", id=audit.id), command("list", AUDIT).in_order_to(_("to see them all")))
    found, asked = findings(audit, library), checklists(audit, library)
    kind = audit.type.fields["kind"]
    signatures = state_signatures(audit, library)
    signed = next((each.signature for each in reversed(signatures) if each.id == _REPORTED and not each.undone), None)
    return AuditResults(
        cover=cover(_("Results of the audit {id}", id=audit.id), library, options),
        head=letterhead(_("Rep."), signed.day if signed else None, library),
        stamp=None if signed else DRAFT,
        facts=_facts(audit, kind.values.get(audit.text("kind") or "", audit.text("kind") or ""), library),
        by_unit=by_unit(audit, library),
        signed=signed,
        backing=backing(signed) if signed else None,
        counts=_counts(found, library),
        asked=results(asked, library),
        planned=planned_for(audit, library),
        plan=_section(audit, "plan", library),
        notes=_section(audit, "notes", library),
        report=_section(audit, "report", library),
        findings=found,
        checklists=asked,
        signatures=signatures,
        anchors=naming.anchors(found, asked),
        names=linked_names(audit, library),
    )


def _facts(audit: Item, kind: Label | str, library: Library) -> Facts:
    fields = audit.type.fields
    return Facts(
        id=audit.id,
        title=audit.title,
        kind=kind,
        state=record_state(audit, library),
        programme=audit.text("programme") or "",
        planned=audit.day("date"),
        performed=audit.day("performed"),
        scope=audit.text("scope") or "",
        criteria=pieces(fields["criteria"], audit.node("criteria"), library),
        units=tuple(naming.unit(library, name) for name in audit.texts("units")),
        processes=pieces(fields["processes"], audit.node("processes"), library),
        body=audit.text("body") or naming.title(library, audit.text("supplier") or ""),
        lead=_auditor(audit.text("lead") or "", library),
        auditors=tuple(_auditor(name, library) for name in audit.texts("auditors")),
        auditees=tuple(naming.person(library, name) for name in audit.texts("auditees")),
        own_unit_reason=audit.text("own_unit_reason") or "",
        decision=audit.text("decision") or "",
        differences=audit.text("differences") or "",
        sent_to=audit.texts("sent_to"),
        conclusion=audit.text("conclusion") or "",
    )


def _auditor(name: str, library: Library) -> str:
    """A person's name; of an entry in the register of auditors its title, with the organization of a guest."""
    entry = library.by_id.get(name)
    if entry is None:
        return naming.person(library, name)
    organization = entry.text("organization")
    return f"{entry.title} ({organization})" if organization else entry.title


def _counts(found: tuple[FindingLine, ...], library: Library) -> tuple[tuple[State, int], ...]:
    kind = library.types.get(FINDING)
    labels = kind.fields["kind"].values if kind else {}
    told = [str(each.kind.word) for each in found]
    return tuple((toned(label, name), told.count(str(label))) for name, label in labels.items())


def _section(audit: Item, name: str, library: Library) -> Text | None:
    """A section that somebody has written; the hint of the template is none."""
    text = section_text(audit, name, library)
    unwritten = text is None or not text.markdown.strip() or text.markdown.strip().startswith("*(")
    return None if unwritten else text
