"""``qmsctl records``: how long records are kept, and which may be destroyed."""

from __future__ import annotations

from typing import Annotated

import typer

from qmsctl.cli import options as o
from qmsctl.cli.choices import one_of
from qmsctl.cli.formats.retention_text import retention_data, retention_table, say_how_to_dispose
from qmsctl.cli.formats.table import as_json
from qmsctl.cli.program import PlainGroup
from qmsctl.cli.session import Session
from qmsctl.core.records.retention import keepings

FORMATS = ("table", "json")

app = typer.Typer(cls=PlainGroup, rich_markup_mode=None, add_completion=False, no_args_is_help=True, help="See how long records are kept, and which may be destroyed.")


@app.callback()
def records() -> None:
    """See how long records are kept, and which may be destroyed."""


@app.command("due-for-disposal", epilog="qmsctl records due-for-disposal --all")
def due_for_disposal(
    context: typer.Context,
    all_: Annotated[bool, typer.Option("--all", help="Show what must be kept too, and until when.")] = False,
    at: o.At = None,
    format_: Annotated[str, typer.Option("--format", metavar="table|json", help="How to print the list.")] = "table",
) -> None:
    """List the records that may be destroyed: closed, their retention over, and no open matter rests on them."""
    session: Session = context.obj
    one_of(format_, "--format", FORMATS)
    library = session.library(session.place(at))
    found = tuple(keepings(library))
    if format_ == "json":
        session.print(as_json(retention_data(session, found, library.today)))
        return
    shown = tuple(each for each in found if all_ or each.is_due(library.today))
    if shown:
        session.print(retention_table(session, shown, library))
    say_how_to_dispose(session, found, library)
