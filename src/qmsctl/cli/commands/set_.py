"""``qmsctl set``: change fields of a record or draft."""

from __future__ import annotations

from typing import Annotated

import typer

from qmsctl.acts.carrying_out import carry_out
from qmsctl.cli import options as o
from qmsctl.cli.assignments import assignments
from qmsctl.cli.session import Session
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell
from qmsctl.core.lifecycle.record_way import set_values

EXAMPLE = """
qmsctl set NC-2026-012 severity=major
qmsctl set TKT-2026-004 lines.3.result=yes
"""


@spread()
def command(
    context: typer.Context,
    subject: o.Id,
    fields: Annotated[list[str], typer.Argument(metavar="KEY=VALUE…", help="Fields with their values; an empty value takes the field out, KEY+=VALUE adds to a list or a table, TABLE.ROW.COLUMN=VALUE fills a cell.")],
    *,
    ending: o.Ending,
) -> None:
    """Set fields of a record, or of a document's draft."""
    given = assignments(fields)
    session: Session = context.obj
    tell(session, carry_out(session.occasion(), lambda library: set_values(library, subject, given), ending))
