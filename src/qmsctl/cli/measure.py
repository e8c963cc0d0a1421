"""``qmsctl measure``: one more value of an objective."""

from __future__ import annotations

from typing import Annotated

import typer

from qmsctl.cli import options as o
from qmsctl.cli.completion import complete_id
from qmsctl.cli.session import Session
from qmsctl.cli.writing import carry_out, git_email
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.measuring import measure

EXAMPLE = "qmsctl measure MT-2026-01 2026-11 97.5"


def command(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(metavar="ID", help="Id of an objective.", autocompletion=complete_id)],
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="What was measured: 2026-10, 2026-Q3, 2026-H1, 2026, 2026-W44 or 2026-10-31.")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="The value, a number without its unit.")],
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="What there is to say about it.")] = "",
    source: Annotated[str, typer.Option("--source", metavar="TEXT", help="Where the figure comes from.")] = "",
    by: Annotated[str | None, typer.Option("--by", metavar="PERSON", help="Who measured it, if not you.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Correct the value that the period has already.")] = False,
    dry_run: o.DryRun = False,
    commit: o.Commit = False,
) -> None:
    """Write down the value of an objective for a period."""
    session: Session = context.obj
    email = git_email(session.place())

    def edit(library: Library) -> Edit:
        own = library.people.by_email(email) if email else None
        person = by or (own.id if own else "")
        further = {key: text for key, text in (("source", source), ("by", person), ("note", note)) if text}
        return measure(library, subject, period, value, further, replace)

    carry_out(session, edit, dry_run, commit)
