"""``qmsctl withdraw``: take a document out of force."""

from __future__ import annotations

import typer

from qmsctl.acts.signing import sign
from qmsctl.cli import options as o
from qmsctl.cli.session import Session
from qmsctl.cli.signing import given
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell_signed
from qmsctl.core.lifecycle.document_way import withdraw

EXAMPLE = 'qmsctl withdraw HD-02 -m "Không còn dùng"'


@spread()
def command(context: typer.Context, ids: o.Ids, *, options: o.SignOff, ending: o.Ending) -> None:
    """Withdraw a document that is in force."""
    session: Session = context.obj
    occasion = session.occasion()
    tell_signed(session, sign(occasion, ids, given(session, options, occasion.place), withdraw, ending))
