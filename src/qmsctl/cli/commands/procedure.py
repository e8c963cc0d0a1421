"""``qmsctl procedure``: the steps of a procedure, its figures, and what it asks of a citizen."""

from __future__ import annotations

from typing import Annotated

from qmsctl.cli.choices import one_of
from qmsctl.cli.formats.procedure_json import procedure_data
from qmsctl.cli.formats.procedure_text import procedure_text
from qmsctl.cli.formats.table import as_json
from qmsctl.cli.later import options as o
from qmsctl.cli.later import typer
from qmsctl.cli.session import Session
from qmsctl.reports.parts.procedure_sheet import procedure

EXAMPLE = "qmsctl procedure QT-07"

FORMATS = ("text", "json")


def command(
    context: typer.Context,
    subject: o.Id,
    revision: Annotated[int | None, typer.Option("--revision", help="The revision to show.")] = None,
    at: o.At = None,
    format_: Annotated[str, typer.Option("--format", metavar="text|json", help="How to print it.")] = "text",
) -> None:
    """Show who does what in which time, what it costs the citizen, and how that differs from the revision before."""
    session: Session = context.obj
    one_of(format_, "--format", FORMATS)
    library = session.library(session.place(at))
    found = procedure(library, subject, revision)
    session.print(as_json(procedure_data(found)) if format_ == "json" else "\n".join(procedure_text(session, found)))
