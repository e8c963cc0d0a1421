"""Rows of the daily work: cases counted by procedure and month, and what a check found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from qmsctl.core.cases.case import Result
from qmsctl.core.cases.figures import figures
from qmsctl.core.cases.register import month_of, registers
from qmsctl.core.diagnostic import Diagnostic
from qmsctl.core.engine import CheckResult
from qmsctl.core.fleet.kinds import Row, row
from qmsctl.core.fleet.subjects import Subjects
from qmsctl.core.library import Library


def case_rows(library: Library, subjects: Subjects) -> Iterator[Row | None]:
    """A row for each procedure and month of which there is a register."""
    listed = {(each.text("procedure") or "", month) for each in registers(library) if (month := month_of(each))}
    for procedure, month in sorted(listed, key=lambda pair: (pair[0], str(pair[1]))):
        if procedure in subjects.ids:
            found = figures(library, procedure, month.first, month.last)
            yield row(
                "case", procedure=procedure, month=month, received=found.received, finished=found.finished,
                early=found.results[Result.EARLY], on_time=found.results[Result.ON_TIME], late=found.results[Result.LATE],
                open=found.results[Result.OPEN], overdue=found.results[Result.OVERDUE], stopped=found.results[Result.STOPPED],
                supplemented=found.supplemented, unread=len(found.unread),
            )


def diagnostic_rows(subjects: Subjects, result: CheckResult) -> Iterator[Row | None]:
    """A row for each rule and what it is about, with how often."""
    found: Counter[tuple[str, str, str | None, bool]] = Counter()
    for each, ignored in (*((d, False) for d in result.diagnostics), *((d, True) for d, _entry in result.ignored)):
        found[each.rule, each.severity, _subject(each, subjects), ignored] += each.count
    for (rule, severity, subject, is_ignored), count in found.items():
        yield row("diagnostic", rule=rule, severity=severity, subject=subject, ignored=is_ignored, count=count)


def _subject(found: Diagnostic, subjects: Subjects) -> str | None:
    """The document or record in whose file, or dossier, it stands; ``None`` where that may not be named."""
    parts = found.path.split("/")
    name = parts[1] if parts[0] == "signoffs" and len(parts) > 1 else parts[-1].removesuffix(".md")
    return name if name in subjects.ids else None
