"""What citizens and customers say: satisfaction by survey and by question against the survey before, complaints by month and kind."""

from __future__ import annotations

from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.core.records.as_of import as_of
from qmsctl.core.review.feedback import Feedback, collect
from qmsctl.mend import command
from qmsctl.message import _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts.complaint_parts import complaints, kinds
from qmsctl.reports.parts.cover import cover
from qmsctl.reports.parts.figured import Figured, period_so_far
from qmsctl.reports.parts.review_charts import Tile
from qmsctl.reports.parts.survey_parts import questions, surveys

ABOUT = About.PERIOD
EXAMPLE = "--from 2026-01-01"


def build(library: Library, result: CheckResult, options: ReportOptions) -> Figured:
    """The surveys that ended in the period and the complaints received in it, as known on its last day."""
    period = period_so_far(library, options)
    then = as_of(library, period.end or library.today)
    found = collect(then, period, "")
    parts = (surveys(then, found, period), questions(then, found), complaints(then, period), kinds(then, found))
    nothing = _("No survey ended in this period and no complaint was received: there is nothing to count. To begin a survey: {command}", command=command("new", "survey"))
    empty = None if found.surveys or found.complaints else nothing
    return Figured(cover(_("Satisfaction and complaints"), library, options), _tiles(found), parts, empty)


def _tiles(found: Feedback) -> tuple[Tile, ...]:
    content = (Tile(found.satisfaction, _("of the answers in surveys content"), "surveys", bad=False),) if found.satisfaction.whole else ()
    return (
        *content,
        Tile(str(found.forms), _("forms counted"), "surveys", bad=False),
        Tile(str(found.complaints), _("complaints received"), "complaints", bad=False),
        Tile(str(found.justified), _("of these justified, wholly or in part"), "complaints", bad=bool(found.justified)),
        Tile(str(len(found.answered_late)), _("answered late"), "complaints", bad=bool(found.answered_late)),
        Tile(str(len(found.unanswered)), _("not answered yet"), "complaints", bad=False),
    )
