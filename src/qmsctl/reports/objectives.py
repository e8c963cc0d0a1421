"""Quality objectives: target, direction, what was measured, and whether it is reached."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.message import _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.cover import Cover, cover
from qmsctl.reports.parts.objective_lines import Objective, objectives
from qmsctl.value import dataclass

ABOUT = About.PERIOD
EXAMPLE = "--from 2026-01-01"


@dataclass(frozen=True, slots=True)
class ObjectivesReport:
    """The objectives of the period, and how many of those measured are reached."""

    cover: Cover
    objectives: tuple[Objective, ...]
    reached: int
    measured: int
    anchors: Mapping[str, str]


def build(library: Library, result: CheckResult, options: ReportOptions) -> ObjectivesReport:
    """The objectives whose time lies in the period."""
    found = objectives(library, options.period(library.today))
    return ObjectivesReport(
        cover=cover(_("Quality objectives"), library, options),
        objectives=found,
        reached=sum(each.reached is True for each in found),
        measured=sum(each.reached is not None for each in found),
        anchors=naming.anchors(found),
    )
