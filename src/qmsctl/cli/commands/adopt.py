"""``qmsctl adopt``: take in texts approved on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qmsctl.acts.signing import sign
from qmsctl.cli import options as o
from qmsctl.cli.completion import complete_id
from qmsctl.cli.session import Session
from qmsctl.cli.signing import given
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell_signed
from qmsctl.core.lifecycle.adoption import adopt
from qmsctl.errors import UsageError
from qmsctl.mend import Hole
from qmsctl.mend import command as command_of
from qmsctl.message import _
from qmsctl.value import replace

EXAMPLE = """
qmsctl adopt HD-06 --basis 86/QĐ-UBND --basis-date 2026-11-16 --basis-file 86-QD-UBND.pdf
qmsctl adopt --from import.yaml
"""

Ids = Annotated[list[str] | None, typer.Argument(metavar="ID…", help="Ids, one or several; with --from all of the plan that are drafts.", autocompletion=complete_id)]
From = Annotated[Path | None, typer.Option("--from", metavar="PLAN", help="Number, day and scan of the paper as the plan of an import has them, for each document.")]


@spread("capacity", "on_behalf_of")
def command(context: typer.Context, ids: Ids = None, *, from_: From = None, approved_by: o.ApprovedBy = None, options: o.SignOff, ending: o.Ending) -> None:
    """Adopt texts that were approved on paper: --basis NUMBER --basis-date DATE."""
    session: Session = context.obj
    if from_ is not None:
        from qmsctl.cli.commands.adopting_plan import adopt_plan

        adopt_plan(session, from_, ids or (), options, ending, approved_by)
        return
    if not ids:
        raise UsageError(_("which documents?"), command_of("adopt", Hole("id"), basis=Hole("number")).or_else(command_of("adopt", from_=Hole("plan"))))
    occasion = session.occasion()
    tell_signed(session, sign(occasion, ids, replace(given(session, options, occasion.place), approved_by=approved_by), adopt, ending))
