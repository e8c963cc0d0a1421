"""``qmsctl nc``: nonconformities, the most common record."""

from __future__ import annotations

from typing import Annotated

import typer

from qmsctl.cli import options as o
from qmsctl.cli.assignments import assignments
from qmsctl.cli.commands import PlainGroup
from qmsctl.cli.completion import complete_value
from qmsctl.cli.list_ import formatted, selected
from qmsctl.cli.new import create_one
from qmsctl.cli.session import Session

TYPE = "nonconformity"

app = typer.Typer(cls=PlainGroup, rich_markup_mode=None, add_completion=False, no_args_is_help=True, help="Log and list nonconformities.")


@app.command("log")
def log(
    context: typer.Context,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What is wrong, in one sentence.")],
    severity: Annotated[str | None, typer.Option("--severity", metavar="major|minor", help="How bad it is.", autocompletion=complete_value("severity"))] = None,
    source: Annotated[str | None, typer.Option("--source", help="Where it was seen.", autocompletion=complete_value("source"))] = None,
    requirement: Annotated[str | None, typer.Option("--requirement", metavar="ID,CLAUSE", help="Document or clause that is not met.")] = None,
    fields: o.Set = None,
    by: o.By = None,
    dry_run: o.DryRun = False,
    commit: o.Commit = False,
) -> None:
    """Log a nonconformity."""
    given = {"title": title, "severity": severity, "source": source, "requirement": requirement}
    known = {key: value for key, value in given.items() if value}
    create_one(context.obj, TYPE, known | assignments(fields or []), by, dry_run, commit)


@app.command("list")
def list_nonconformities(
    context: typer.Context,
    status: o.Status = None,
    unit: o.Unit = None,
    owner: o.Owner = None,
    at: o.At = None,
    format_: Annotated[str, typer.Option("--format", metavar="table|json|csv", help="How to print the list.")] = "table",
) -> None:
    """List nonconformities."""
    session: Session = context.obj
    library = session.library(session.place(at))
    session.print(formatted(session, library, selected(library, TYPE, status, unit, owner), format_))
