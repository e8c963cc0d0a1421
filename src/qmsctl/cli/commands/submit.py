"""``qmsctl submit``: freeze the working text and sign it as its author."""

from __future__ import annotations

import typer

from qmsctl.acts.signing import sign
from qmsctl.cli import options as o
from qmsctl.cli.session import Session
from qmsctl.cli.signing import given
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell_signed
from qmsctl.core.lifecycle.document_way import submit

EXAMPLE = "qmsctl submit QT-08"


@spread(*o.NO_RULING)
def command(context: typer.Context, ids: o.Ids, *, options: o.SignOff, ending: o.Ending) -> None:
    """Submit the working text of documents for review and approval."""
    session: Session = context.obj
    occasion = session.occasion()
    tell_signed(session, sign(occasion, ids, given(session, options, occasion.place), submit, ending))
