"""A document with everything that a later revision takes out and puts in, marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qmsctl.core.comparison.revision_pair import revision_pair
from qmsctl.core.comparison.shown_words import as_shown
from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.message import Message, _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts.cover import Cover, cover
from qmsctl.reports.parts.difference import Difference, Side, compared_text, difference
from qmsctl.reports.parts.linked_names import linked_names
from qmsctl.value import dataclass

ABOUT = About.TWO_REVISIONS
EXAMPLE = "QT-07 2..3"


@dataclass(frozen=True, slots=True)
class Redline:
    """Two texts of a document in one; no link leads out of the page, so ``anchors`` is empty, and ``names`` says what each leads to."""

    cover: Cover
    difference: Difference
    anchors: Mapping[str, str]
    names: Mapping[str, str]


def build(library: Library, result: CheckResult, options: ReportOptions) -> Redline:
    """What the later text of ``options.span`` changes in the earlier one. Raises ``Refusal`` where there is no such text."""
    pair = revision_pair(library, options.subject, options.span)
    found = difference(library, *pair)
    found = replace(found, parts=tuple(replace(each, words=as_shown(each.words)) for each in found.parts))
    title = _("{id}: {old} and {new} compared", id=found.id, old=_named(found.old), new=_named(found.new))
    names = {name: called for each in pair for name, called in linked_names(compared_text(library, each), library).items()}
    return Redline(cover(title, library, options), found, {}, names)


def _named(side: Side) -> Message:
    return _("revision {revision}", revision=side.revision or "?")
