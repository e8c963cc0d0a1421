"""A document with everything that a later revision takes out and puts in, marked."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.comparison.revision_pair import revision_pair
from qmsctl.core.comparison.shown_words import as_shown
from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.message import Message, _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts.cover import Cover, cover
from qmsctl.reports.parts.difference import Difference, Side, compared_text, difference
from qmsctl.reports.parts.linked_names import linked_names
from qmsctl.value import dataclass, replace

ABOUT = About.TWO_REVISIONS
EXAMPLE = "QT-07 2..3"


@dataclass(frozen=True, slots=True)
class Redline:
    """Two texts of a document in one; no link leads out of the page, so ``anchors`` is empty, and ``names`` says what each leads to."""

    cover: Cover
    difference: Difference
    anchors: Mapping[str, str]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Redlined:
    """The same without its cover, as other pages show it."""

    difference: Difference
    names: Mapping[str, str]


def build(library: Library, result: CheckResult, options: ReportOptions) -> Redline:
    """What the later text of ``options.span`` changes in the earlier one. Raises ``Refusal`` where there is no such text."""
    found = redlined(library, options.subject, options.span)
    title = _("{id}: {old} and {new} compared", id=options.subject, old=_named(found.difference.old), new=_named(found.difference.new))
    return Redline(cover(title, library, options), found.difference, {}, found.names)


def redlined(library: Library, subject: str, span: str) -> Redlined:
    """The two texts that ``span`` names in one, without a cover. Raises ``Refusal`` where there is no such text."""
    pair = revision_pair(library, subject, span)
    found = difference(library, *pair)
    names = {name: called for each in pair for name, called in linked_names(compared_text(library, each), library).items()}
    return Redlined(replace(found, parts=tuple(replace(each, words=as_shown(each.words)) for each in found.parts)), names)


def _named(side: Side) -> Message:
    return _("revision {revision}", revision=side.revision or "?")
