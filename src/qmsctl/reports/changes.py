"""What changed in a period: documents issued, revised and withdrawn, records opened and closed."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.message import _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts import happenings as parts
from qmsctl.reports.parts.cover import Cover, cover
from qmsctl.reports.parts.happenings import Count, Gone, Issued
from qmsctl.value import dataclass

ABOUT = About.PERIOD
EXAMPLE = "--from 2026-01-01"


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes of a period; ``anchors`` is empty, for rows are of revisions, not of documents."""

    cover: Cover
    added: tuple[Issued, ...]
    revised: tuple[Issued, ...]
    coming: tuple[Issued, ...]
    withdrawn: tuple[Gone, ...]
    counts: tuple[Count, ...]
    anchors: Mapping[str, str]


def build(library: Library, result: CheckResult, options: ReportOptions) -> Changes:
    """What changed in the period of ``options``; the check's result is not shown in it."""
    period = options.period(library.today)
    issued = parts.issued(library, period)
    return Changes(
        cover=cover(_("Changes of the period"), library, options),
        added=tuple(row for row in issued if row.group == parts.FIRST),
        revised=tuple(row for row in issued if row.group == parts.LATER),
        coming=tuple(row for row in issued if row.group == parts.NOT_YET),
        withdrawn=parts.gone(library, period),
        counts=parts.counts(library, period),
        anchors={},
    )
