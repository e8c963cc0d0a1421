"""The slip on which the copies of a document are given out and taken back, to be signed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from qmsctl.core.asked import item
from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.core.records.distribution import TYPE, held_by
from qmsctl.errors import Refusal
from qmsctl.mend import command
from qmsctl.message import _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.cover import Cover, cover
from qmsctl.reports.parts.head_box import HeadBox, capitals, margins, measures
from qmsctl.value import dataclass

ABOUT = About.RECORD
EXAMPLE = "PP-2026-002"


@dataclass(frozen=True, slots=True)
class DistributionSlip:
    """What a record of distribution says, with room for the signatures."""

    SHEETS: ClassVar = ("paper", "head-box")

    cover: Cover
    head: HeadBox
    stamp: None
    digest: str
    document: str
    title: str
    revision: int | None
    holder: str
    copies: tuple[str, ...]
    given: date | None
    giver: str
    taker: str
    retrieved: date | None

    @property
    def margins(self) -> tuple[tuple[str, tuple[object, ...]], ...]:
        """The words in the margins of every page."""
        return margins(self.head, None, self.digest)

    @property
    def measures(self) -> tuple[tuple[str, float], ...]:
        """The measures of the head."""
        return measures(self.head)


def build(library: Library, result: CheckResult, options: ReportOptions) -> DistributionSlip:
    """The slip of the record that ``options.subject`` names. Raises ``Refusal`` where it is none of distribution."""
    found = item(library, options.subject)
    if found.type.name != TYPE:
        raise Refusal(_("{id} is no record of distribution", id=found.id), command("list", TYPE).in_order_to(_("to see them")))
    document = found.text("document") or ""
    return DistributionSlip(
        cover=cover(_("{id} {title}", id=found.id, title=found.title), library, options),
        head=HeadBox(library.config.name, capitals(found.type.label), found.title, ((_("Code"), found.id), (_("Date"), found.day("date") or "–"))),
        stamp=None,
        digest=found.sha256,
        document=document,
        title=naming.title(library, document),
        revision=found.integer("revision"),
        holder=held_by(library, found),
        copies=found.texts("copies"),
        given=found.day("date"),
        giver=naming.person(library, found.text("owner") or ""),
        taker=naming.person(library, found.text("received_by") or ""),
        retrieved=found.day("retrieved"),
    )
