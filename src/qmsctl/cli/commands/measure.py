"""``qmsctl measure``: one more value of an objective."""

from __future__ import annotations

from typing import Annotated

import typer

from qmsctl.acts.carrying_out import carry_out
from qmsctl.cli import options as o
from qmsctl.cli.completion import complete_id
from qmsctl.cli.session import Session
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.measuring import measure

EXAMPLE = "qmsctl measure MT-2026-01 2026-11 97.5"


@spread()
def command(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(metavar="ID", help="Id of an objective.", autocompletion=complete_id)],
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="What was measured: 2026-10, 2026-Q3, 2026-H1, 2026, 2026-W44 or 2026-10-31.")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="The value, a number without its unit.")],
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="What there is to say about it.")] = "",
    source: Annotated[str, typer.Option("--source", metavar="TEXT", help="Where the figure comes from.")] = "",
    by: Annotated[str | None, typer.Option("--by", metavar="PERSON", help="Who measured it, if not you.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Correct the value that the period has already.")] = False,
    *,
    ending: o.Ending,
) -> None:
    """Write down the value of an objective for a period."""
    session: Session = context.obj
    occasion = session.occasion()

    def measured(library: Library) -> Edit:
        given = {"source": source, "by": occasion.person(library, by), "note": note}
        return measure(library, subject, period, value, {key: text for key, text in given.items() if text}, replace)

    tell(session, carry_out(occasion, measured, ending))
