"""What goes to whoever gets copies of a document: each stamped with its number, and the slip to sign."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.cli.putting_out import PAPER
from qmsctl.core.asked import record
from qmsctl.core.library import Library
from qmsctl.core.records.distribution import TYPE
from qmsctl.errors import Refusal
from qmsctl.mend import command
from qmsctl.message import _
from qmsctl.reports.options import ReportOptions
from qmsctl.value import replace

SLIP = "distribution-slip"


def handed_out(library: Library, options: ReportOptions, wanted: str) -> Iterator[tuple[str, str, ReportOptions]]:
    """The reports that a record of distribution asks for: the name of each file, of the report, and its options.

    Raises ``Refusal`` where there is no such record, or it is of another document than ``options`` name.
    """
    found = record(library, wanted)
    subject, revision = found.text("document") or "", found.text("revision") or ""
    if found.type.name != TYPE or subject != options.subject:
        raise Refusal(
            _("{id} gives out no copies of {document}", id=found.id, document=options.subject),
            command("list", TYPE).in_order_to(_("to see what was given out")),
        )
    for copy in found.texts("copies"):
        yield f"{subject}-{revision.zfill(2)}-{copy}", PAPER, replace(options, span=revision, copy=copy)
    yield found.id, SLIP, replace(options, subject=found.id, span="", copy="")
