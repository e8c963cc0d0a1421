"""The report for auditors: everything they look for first, each with a way to check it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.proof.frozen_text import texts_in_force
from qmsctl.core.proof.level import LEVELS
from qmsctl.message import _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.case_lines import CaseLine, case_lines
from qmsctl.reports.parts.checks import Checked, checked
from qmsctl.reports.parts.clauses import Coverage, coverage
from qmsctl.reports.parts.cover import Cover, cover
from qmsctl.reports.parts.document_text import DocumentText, Text, document_texts, section_text, text_places
from qmsctl.reports.parts.master_list import Group, Listed, groups, master_list
from qmsctl.reports.parts.overdue import Late, late
from qmsctl.reports.parts.problems import Action, Nonconformity, actions, nonconformities
from qmsctl.reports.parts.proof import DossierProof, proofs
from qmsctl.reports.parts.record_list import HeldGroup, further_records
from qmsctl.reports.parts.record_pages import RecordPage, record_pages
from qmsctl.reports.parts.revision_chain import History, history
from qmsctl.reports.parts.state import State, level_state
from qmsctl.value import dataclass

ABOUT = About.PERIOD
EXAMPLE = "--from 2026-01-01"

_UNDER_WAY = frozenset({"approved", "in-review", "returned", "draft"})


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many of the sign-offs that put documents in force are of a level."""

    state: State
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of the summary."""

    in_force: int
    under_way: int
    reviews_overdue: int
    open: int
    raised: int
    closed: int
    actions_open: int
    actions_overdue: int
    clauses_open: int
    errors: int
    warnings: int
    dossiers: int
    dossiers_failing: int


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The audit report. ``texts`` and ``pages`` are empty unless the documents were asked for.

    ``anchors`` is where in the page each document and record is found.
    """

    cover: Cover
    figures: Figures
    levels: tuple[LevelCount, ...]
    scope: Text | None
    groups: tuple[Group, ...]
    histories: tuple[History, ...]
    coverage: tuple[Coverage, ...]
    nonconformities: tuple[Nonconformity, ...]
    actions: tuple[Action, ...]
    late: tuple[Late, ...]
    cases: tuple[CaseLine, ...]
    held: tuple[HeldGroup, ...]
    checked: Checked
    proofs: tuple[DossierProof, ...]
    texts: tuple[DocumentText, ...]
    pages: tuple[RecordPage, ...]
    anchors: Mapping[str, str]


def build(library: Library, result: CheckResult, options: ReportOptions) -> AuditReport:
    """The audit report of a library and the result of its check."""
    period = options.period(library.today)
    rows = master_list(library)
    problems, doings = nonconformities(library, period), actions(library, period)
    held = further_records(library, period)
    texts = document_texts(library) if options.with_documents else ()
    pages = record_pages(library, period) if options.with_documents else ()
    clauses, check, proved = coverage(library, period), checked(result, library), proofs(library)
    return AuditReport(
        cover=cover(_("Audit report"), library, options, tells_withdrawal=True),
        figures=_figures(rows, problems, doings, clauses, check, proved, period),
        levels=_levels(rows),
        scope=_scope(library),
        groups=groups(library, rows),
        histories=tuple(history(row.id, row.title, library) for row in rows if row.revision is not None),
        coverage=clauses,
        nonconformities=problems,
        actions=doings,
        late=late(library),
        cases=case_lines(library, period),
        held=held,
        checked=check,
        proofs=proved,
        texts=texts,
        pages=pages,
        anchors={**naming.anchors(rows, problems, doings, *(group.rows for group in held), texts, pages), **text_places(texts, pages)},
    )


def _figures(
    rows: tuple[Listed, ...],
    problems: tuple[Nonconformity, ...],
    doings: tuple[Action, ...],
    clauses: tuple[Coverage, ...],
    check: Checked,
    proved: tuple[DossierProof, ...],
    period: Period,
) -> Figures:
    return Figures(
        in_force=sum(row.status == "effective" for row in rows),
        under_way=sum(bool(row.under_way) or row.status in _UNDER_WAY for row in rows),
        reviews_overdue=sum(row.review_overdue for row in rows),
        open=sum(each.closed is None for each in problems),
        raised=sum(each.raised is not None and period.covers(each.raised) for each in problems),
        closed=sum(each.closed is not None and period.covers(each.closed) for each in problems),
        actions_open=sum(each.open for each in doings),
        actions_overdue=sum(bool(each.late) for each in doings),
        clauses_open=sum(each.open for each in clauses),
        errors=check.errors,
        warnings=check.warnings,
        dossiers=len(proved),
        dossiers_failing=sum(not each.holds for each in proved),
    )


def _levels(rows: Iterable[Listed]) -> tuple[LevelCount, ...]:
    found = [each.level for row in rows if row.status == "effective" for each in row.approvals.all]
    return tuple(LevelCount(level_state(level), found.count(level)) for level in LEVELS)


def _scope(library: Library) -> Text | None:
    """The scope section of the manual in force."""
    manual = next((item for item in texts_in_force(library) if item.type.counted_as("report audit", "scope")), None)
    return section_text(manual, "scope", library) if manual else None
