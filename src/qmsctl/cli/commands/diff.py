"""``qmsctl diff``: what changed between two revisions of a document, word by word."""

from __future__ import annotations

from typing import Annotated

from qmsctl.cli.choices import one_of
from qmsctl.cli.formats.difference_text import difference_data, difference_text
from qmsctl.cli.formats.table import as_json
from qmsctl.cli.later import options as o
from qmsctl.cli.later import typer
from qmsctl.cli.session import Session
from qmsctl.core.comparison.revision_pair import read_span, revision_pair
from qmsctl.reports.parts.difference import difference

EXAMPLE = """
qmsctl diff QT-07
qmsctl diff QT-08 2..draft
"""

FORMATS = ("text", "json")


def command(
    context: typer.Context,
    subject: o.Id,
    span: Annotated[str, typer.Argument(metavar="A..B", help="Two revisions, such as 2..3; 3.. or 3..draft for the working text.")] = "..",
    at: o.At = None,
    format_: Annotated[str, typer.Option("--format", metavar="text|json", help="How to print it.")] = "text",
) -> None:
    """Show what a revision changed, word by word: by default the one in force against the one before."""
    session: Session = context.obj
    one_of(format_, "--format", FORMATS)
    read_span(span)
    library = session.library(session.place(at))
    found = difference(library, *revision_pair(library, subject, span))
    session.print(as_json(difference_data(found)) if format_ == "json" else "\n".join(difference_text(session, found)))
