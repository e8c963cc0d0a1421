"""``qmsctl reopen``: bring a closed record back, with a signed reason."""

from __future__ import annotations

from typing import Annotated

import typer

from qmsctl.acts.signing import sign
from qmsctl.cli import options as o
from qmsctl.cli.session import Session
from qmsctl.cli.signing import given
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell_signed
from qmsctl.core.lifecycle.record_states import reopen
from qmsctl.value import replace

EXAMPLE = 'qmsctl reopen NC-2026-009 --reason "Lỗi lặp lại"'


@spread("comment", *o.NO_RULING)
def command(
    context: typer.Context,
    ids: o.Ids,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why it is opened again.")],
    *,
    options: o.SignOff,
    ending: o.Ending,
) -> None:
    """Reopen closed records, with a signed reason; the earlier closing stays provable."""
    session: Session = context.obj
    occasion = session.occasion()
    said = replace(given(session, options, occasion.place), comment=reason)
    done = sign(occasion, ids, said, reopen, ending)
    tell_signed(session, done, opened=True)
