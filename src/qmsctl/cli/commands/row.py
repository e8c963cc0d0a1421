"""``qmsctl row``: the rows of any table of a record or document, without YAML."""

from __future__ import annotations

from typing import Annotated

import typer

from qmsctl.acts.carrying_out import carry_out
from qmsctl.cli import options as o
from qmsctl.cli.assignments import assignments
from qmsctl.cli.program import PlainGroup
from qmsctl.cli.row_questions import with_answers
from qmsctl.cli.session import Session
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell
from qmsctl.core.lifecycle.table_rows import add_row, remove_row, set_row

app = typer.Typer(cls=PlainGroup, rich_markup_mode=None, add_completion=False, no_args_is_help=True, help="Add, change and take out rows of the tables of a record or document.")

TableName = Annotated[str, typer.Argument(metavar="TABLE", help="The table, by its id or its words; qmsctl types TYPE lists them.")]
RowName = Annotated[str, typer.Argument(metavar="ROW", help="Its number, what it is known by such as B2, or COLUMN=VALUE.")]


@app.command("add", epilog='qmsctl row add QT-08 steps no=B6 task="Lưu hồ sơ" responsible=van-thu time=1h outputs="Hồ sơ đã lưu"')
@spread()
def add(
    context: typer.Context,
    subject: o.Id,
    table: TableName,
    fields: Annotated[list[str] | None, typer.Argument(metavar="COLUMN=VALUE…", help="Columns, by id or words, with their values; on a terminal those that are needed are asked for.")] = None,
    *,
    ending: o.Ending,
) -> None:
    """Add a row at the end of a table."""
    session: Session = context.obj
    occasion = session.occasion()
    given = with_answers(session, occasion, subject, table, assignments(fields or []))
    tell(session, carry_out(occasion, lambda library: add_row(library, subject, table, given), ending))


@app.command("set", epilog="qmsctl row set QT-08 steps B2 time=1h")
@spread()
def set_cells(
    context: typer.Context,
    subject: o.Id,
    table: TableName,
    row: RowName,
    fields: Annotated[list[str], typer.Argument(metavar="COLUMN=VALUE…", help="Columns with their values; an empty one leaves the cell blank.")],
    *,
    ending: o.Ending,
) -> None:
    """Give columns of a row other values."""
    session: Session = context.obj
    given = assignments(fields)
    tell(session, carry_out(session.occasion(), lambda library: set_row(library, subject, table, row, given), ending))


@app.command("remove", epilog="""
qmsctl row remove QT-08 costs 2
""")
@spread()
def remove(context: typer.Context, subject: o.Id, table: TableName, row: RowName, *, ending: o.Ending) -> None:
    """Take a row out of a table."""
    session: Session = context.obj
    tell(session, carry_out(session.occasion(), lambda library: remove_row(library, subject, table, row), ending))
