"""Every clause of the chosen editions with what answers it, and what is asked for and missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qmsctl.core.coverage.evidence import evidence
from qmsctl.core.coverage.requirement import required_documents, required_records
from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.standards.standard import Standard
from qmsctl.message import Label, Message, _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.clauses import Coverage, of_standard
from qmsctl.reports.parts.cover import Cover, cover
from qmsctl.reports.parts.requirements import RequiredLine, document_lines, record_lines
from qmsctl.reports.parts.state import BAD
from qmsctl.value import dataclass

ABOUT = About.PERIOD
EXAMPLE = "--from 2026-01-01"


@dataclass(frozen=True, slots=True)
class EditionCoverage:
    """One edition: its clauses, and the documents and records it asks for by name."""

    clauses: Coverage
    documents: tuple[RequiredLine, ...]
    records: tuple[RequiredLine, ...]

    @property
    def missing(self) -> int:
        """How many documents and records that have to be there are not."""
        return sum(line.state.tone == BAD for line in (*self.documents, *self.records))


@dataclass(frozen=True, slots=True)
class Named:
    """A document or record that the report names."""

    id: str
    anchor: str
    type: Label
    title: str


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """The coverage of each edition; ``named`` are the documents and records that answer, ``anchors`` their places."""

    cover: Cover
    editions: tuple[EditionCoverage, ...]
    named: tuple[Named, ...]
    anchors: Mapping[str, str]


def build(library: Library, result: CheckResult, options: ReportOptions) -> CoverageReport:
    """The coverage in the period of ``options``; the check's result is not shown in it."""
    editions = editions_covered(library, options.period(library.today), library.standards)
    named = tuple(_named(name, library) for name in sorted(set(_ids(editions))))
    title: Message = _("Clause coverage")
    return CoverageReport(cover(title, library, options), editions, named, naming.anchors(named))


def editions_covered(library: Library, period: Period, standards: Sequence[Standard]) -> tuple[EditionCoverage, ...]:
    """The coverage of each of ``standards``."""
    found = evidence(library, period)
    return tuple(
        EditionCoverage(
            of_standard(standard, found, asked, library),
            document_lines(required_documents(library, (standard,))),
            record_lines(asked),
        )
        for standard in standards
        for asked in [tuple(required_records(library, period, (standard,)))]
    )


def _ids(editions: Sequence[EditionCoverage]) -> Iterator[str]:
    for edition in editions:
        for line in edition.clauses.lines:
            yield from line.documents
            yield from (kept.document for kept in line.kept)
            yield from (name for group in (*line.by_type, *line.records) if not group.is_long for name in group.ids)
        for required in (*edition.documents, *edition.records):
            yield from (*required.answers, *required.why)


def _named(name: str, library: Library) -> Named:
    found = library.type_of(name)
    label = found.label if found else Label({})
    return Named(name, naming.anchor("named", name), label, naming.title(library, name))
