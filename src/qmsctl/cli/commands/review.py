"""``qmsctl review``: sign that a submission has been reviewed."""

from __future__ import annotations

import typer

from qmsctl.acts.signing import sign
from qmsctl.cli import options as o
from qmsctl.cli.session import Session
from qmsctl.cli.signing import given
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell_signed
from qmsctl.core.lifecycle.document_way import sign_round

EXAMPLE = 'qmsctl review STCL -m "Đã đối chiếu với thực tế"'


@spread(*o.NO_RULING)
def command(context: typer.Context, ids: o.Ids, *, options: o.SignOff, ending: o.Ending) -> None:
    """Sign that the submitted text has been reviewed."""
    session: Session = context.obj
    occasion = session.occasion()
    tell_signed(session, sign(occasion, ids, given(session, options, occasion.place), lambda library, subject, act: sign_round(library, subject, "review", act), ending))
