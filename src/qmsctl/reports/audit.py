"""The report for auditors: everything they look for first, each with a way to check it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.proof.frozen_text import texts_in_force
from qmsctl.core.proof.level import LEVELS
from qmsctl.message import Message, _
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

SECTIONS: Mapping[str, Message] = {
    "summary": _("Summary"),
    "scope": _("Scope"),
    "documents": _("Master list of documents"),
    "history": _("Revision history"),
    "clauses": _("Clause coverage"),
    "nonconformities": _("Nonconformities"),
    "actions": _("Actions"),
    "overdue": _("Overdue"),
    "records": _("Further records"),
    "cases": _("Cases of citizens and companies"),
    "check": _("Result of the check"),
    "signoffs": _("Verification of sign-offs"),
    "texts": _("Documents in force"),
    "pages": _("Records in full"),
}
"""The sections in their order, by the names with which they are chosen."""

_T = TypeVar("_T")
_IN_FULL = frozenset({"texts", "pages"})
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
    """The audit report. ``sections`` are those it shows; ``texts`` and ``pages`` are empty unless the documents were asked for.

    ``anchors`` is where in the page each document and record is found.
    """

    cover: Cover
    sections: Mapping[str, Message]
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
    """The audit report of a library and the result of its check, or the sections of it that were chosen."""
    period, wanted = options.period(library.today), _wanted(options)
    rows = master_list(library)

    def for_section(names: str, make: Callable[[], tuple[_T, ...]]) -> tuple[_T, ...]:
        return make() if wanted.intersection(names.split()) else ()

    problems = for_section("summary nonconformities", lambda: nonconformities(library, period))
    doings = for_section("summary actions", lambda: actions(library, period))
    clauses = for_section("summary clauses", lambda: coverage(library, period))
    proved = for_section("summary signoffs", lambda: proofs(library))
    held = for_section("records", lambda: further_records(library, period))
    texts = for_section("texts", lambda: document_texts(library))
    pages = for_section("pages", lambda: record_pages(library, period))
    scope, cases = _scope(library) if "scope" in wanted else None, for_section("cases", lambda: case_lines(library, period))
    check = checked(result, library)
    listed = rows if "documents" in wanted else ()
    places: tuple[Iterable[naming.Anchored], ...] = (listed, problems if "nonconformities" in wanted else (), doings if "actions" in wanted else (), *(group.rows for group in held), texts, pages)
    empty = {name for name, found in (("scope", scope), ("cases", cases), ("texts", texts), ("pages", pages)) if not found}
    return AuditReport(
        cover=cover(_("Audit report"), library, options, tells_withdrawal=True),
        sections={name: title for name, title in SECTIONS.items() if name in wanted - empty},
        figures=_figures(rows, problems, doings, clauses, check, proved, period),
        levels=_levels(rows),
        scope=scope,
        groups=groups(library, listed),
        histories=for_section("history", lambda: tuple(history(row.id, row.title, library) for row in rows if row.revision is not None)),
        coverage=clauses,
        nonconformities=problems,
        actions=doings,
        late=for_section("overdue", lambda: late(library)),
        cases=cases,
        held=held,
        checked=check,
        proofs=proved,
        texts=texts,
        pages=pages,
        anchors={**naming.anchors(*places), **text_places(texts, pages)},
    )


def _wanted(options: ReportOptions) -> frozenset[str]:
    """The sections that were chosen; all, and those in full where they were asked for, where none was."""
    if not options.sections:
        return frozenset(SECTIONS) if options.with_documents else frozenset(SECTIONS) - _IN_FULL
    return frozenset(options.sections) | (_IN_FULL if options.with_documents else frozenset())


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
        raised=sum(each.raised is not None and period.covers(each.raised) for each in problems if not each.given_up),
        closed=sum(each.closed is not None and period.covers(each.closed) for each in problems if not each.given_up),
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
