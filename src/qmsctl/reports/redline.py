"""A document with everything that a later revision takes out and puts in, marked."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.comparison.revision_pair import revision_pair
from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.message import Message, _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts.cover import Cover, cover
from qmsctl.reports.parts.difference import Difference, Side, difference
from qmsctl.value import dataclass

ABOUT = About.TWO_REVISIONS
EXAMPLE = "QT-07 2..3"


@dataclass(frozen=True, slots=True)
class Redline:
    """Two texts of a document in one; no link leads out of the page, so ``anchors`` is empty."""

    cover: Cover
    difference: Difference
    anchors: Mapping[str, str]


def build(library: Library, result: CheckResult, options: ReportOptions) -> Redline:
    """What the later text of ``options.span`` changes in the earlier one. Raises ``Refusal`` where there is no such text."""
    found = difference(library, *revision_pair(library, options.subject, options.span))
    title = _("{id}: {old} and {new} compared", id=found.id, old=_named(found.old), new=_named(found.new))
    return Redline(cover(title, library, options), found, {})


def _named(side: Side) -> Message:
    return _("revision {revision}", revision=side.revision or "?")
