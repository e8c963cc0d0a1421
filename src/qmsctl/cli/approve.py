"""``qmsctl approve``: sign that a submission is approved."""

from __future__ import annotations

import typer

from qmsctl.acts.signing import sign
from qmsctl.cli import options as o
from qmsctl.cli.session import Session
from qmsctl.cli.signing import given
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell_signed
from qmsctl.core.lifecycle.document_way import sign_round

EXAMPLE = "qmsctl approve QT-09 --basis 31/PTK-VP --basis-date 2026-11-20 --basis-file 31-PTK-VP.pdf"


@spread()
def command(context: typer.Context, ids: o.Ids, *, options: o.SignOff, ending: o.Ending) -> None:
    """Approve the submitted text. It takes effect on its effective date."""
    session: Session = context.obj
    occasion = session.occasion()
    tell_signed(session, sign(occasion, ids, given(options, occasion.place), lambda library, subject, act: sign_round(library, subject, "approve", act), ending))
