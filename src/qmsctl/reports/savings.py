"""What the system saved: every procedure in its first revision against now, in time, hand-overs, papers, visits and fees, times its cases."""

from __future__ import annotations

from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.mend import command
from qmsctl.message import _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts.cover import cover
from qmsctl.reports.parts.figured import Figured
from qmsctl.reports.parts.saving_parts import altogether, by_procedure, saving_tiles, savings

ABOUT = About.PERIOD
EXAMPLE = "--from 2026-01-01"


def build(library: Library, result: CheckResult, options: ReportOptions) -> Figured:
    """The procedures as they were in effect on the last day of the period, and the cases received in it."""
    found = savings(library, *options.days(library.today))
    nothing = _("No procedure with steps was in effect on the last day of the period, so there is nothing to compare. To see the procedures: {command}", command=command("list", "procedure"))
    unread = tuple(_("The cases of {id} cannot be read whole: the figures are too small.", id=name) for each in found for name in each.unread)
    title = cover(_("What the procedures saved"), library, options)
    return Figured(title, saving_tiles(found), (altogether(found), by_procedure(found)), None if found else nothing, unread)
