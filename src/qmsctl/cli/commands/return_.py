"""``qmsctl return``: send a submission back to its author."""

from __future__ import annotations

import typer

from qmsctl.acts.signing import sign
from qmsctl.cli import options as o
from qmsctl.cli.session import Session
from qmsctl.cli.signing import given
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell_signed
from qmsctl.core.lifecycle.document_way import sign_round

EXAMPLE = 'qmsctl return QT-09 -m "Bước B5a chưa rõ người làm"'


@spread(*o.NO_RULING)
def command(context: typer.Context, ids: o.Ids, *, options: o.SignOff, ending: o.Ending) -> None:
    """Return the submitted text to its author, with the reason as --comment."""
    session: Session = context.obj
    occasion = session.occasion()
    tell_signed(session, sign(occasion, ids, given(session, options, occasion.place), lambda library, subject, act: sign_round(library, subject, "return", act), ending))
