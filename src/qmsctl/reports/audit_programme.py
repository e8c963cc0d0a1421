"""An audit programme: which unit was planned to be asked about what, which audits went there, and what is still to be asked."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.asked import item
from qmsctl.core.auditing.programme import TYPE
from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.errors import Refusal
from qmsctl.mend import command
from qmsctl.message import _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts.cover import Cover, cover
from qmsctl.reports.parts.planned import PlannedLine, planned_in
from qmsctl.reports.parts.state import State, record_state
from qmsctl.reports.parts.state_signatures import StateSignature, state_signatures
from qmsctl.value import dataclass

ABOUT = About.RECORD
EXAMPLE = "CTDG-2026-01"


@dataclass(frozen=True, slots=True)
class ProgrammeReport:
    """The page of a programme; ``left_out`` counts the rows of which something is still to be asked."""

    cover: Cover
    id: str
    title: str
    state: State
    conclusion: str
    lines: tuple[PlannedLine, ...]
    left_out: int
    signatures: tuple[StateSignature, ...]
    anchors: Mapping[str, str]


def build(library: Library, result: CheckResult, options: ReportOptions) -> ProgrammeReport:
    """The programme ``options.subject``. Raises ``Refusal`` where that is none."""
    programme = item(library, options.subject)
    if not programme.type.is_a(TYPE):
        raise Refusal(_("{id} is no audit programme", id=programme.id), command("list", TYPE).in_order_to(_("to see them all")))
    lines = planned_in(programme, library)
    return ProgrammeReport(
        cover=cover(_("Audit programme {id}", id=programme.id), library, options),
        id=programme.id,
        title=programme.title,
        state=record_state(programme, library),
        conclusion=programme.text("conclusion") or "",
        lines=lines,
        left_out=sum(bool(each.left_out) or not each.audits for each in lines),
        signatures=state_signatures(programme, library),
        anchors={},
    )
