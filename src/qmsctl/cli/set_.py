"""``qmsctl set``: change fields of a record or draft."""

from __future__ import annotations

from typing import Annotated

import typer

from qmsctl.cli import options as o
from qmsctl.cli.assignments import assignments
from qmsctl.cli.writing import carry_out
from qmsctl.core.lifecycle.record_way import set_values

EXAMPLE = """
qmsctl set NC-2026-012 severity=major
qmsctl set TKT-2026-004 lines.3.result=yes
"""


def command(
    context: typer.Context,
    subject: o.Id,
    fields: Annotated[list[str], typer.Argument(metavar="KEY=VALUE…", help="Fields with their values; an empty value takes the field out, KEY+=VALUE adds to a list or a table, TABLE.ROW.COLUMN=VALUE fills a cell.")],
    dry_run: o.DryRun = False,
    commit: o.Commit = False,
) -> None:
    """Set fields of a record, or of a document's draft."""
    given = assignments(fields)
    carry_out(context.obj, lambda library: set_values(library, subject, given), dry_run, commit)
