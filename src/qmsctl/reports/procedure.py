"""One procedure on a page: its flow chart, its figures against the revision before, and what it asks of a citizen."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.core.text.values import read_integer
from qmsctl.message import _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts.cover import Cover, cover
from qmsctl.reports.parts.procedure_sheet import Procedure, procedure
from qmsctl.value import dataclass

ABOUT = About.DOCUMENT
EXAMPLE = "QT-07"


@dataclass(frozen=True, slots=True)
class ProcedureReport:
    """The page of a procedure; ``anchors`` is empty, for no other document is shown on it."""

    cover: Cover
    procedure: Procedure
    anchors: Mapping[str, str]


def build(library: Library, result: CheckResult, options: ReportOptions) -> ProcedureReport:
    """The revision that ``options.span`` names, else that in force. Raises ``Refusal`` where there is no such text."""
    found = procedure(library, options.subject, read_integer(options.span))
    return ProcedureReport(cover(_("{id}: steps and figures", id=found.id), library, options), found, {})
