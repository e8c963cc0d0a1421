"""``qmsctl adopt``: take in texts approved on paper."""

from __future__ import annotations

from dataclasses import replace

import typer

from qmsctl.acts.signing import sign
from qmsctl.cli import options as o
from qmsctl.cli.session import Session
from qmsctl.cli.signing import given
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell_signed
from qmsctl.core.lifecycle.adoption import adopt

EXAMPLE = "qmsctl adopt HD-06 --basis 86/QĐ-UBND --basis-date 2026-11-16 --basis-file 86-QD-UBND.pdf"


@spread("capacity", "on_behalf_of")
def command(context: typer.Context, ids: o.Ids, *, approved_by: o.ApprovedBy = None, options: o.SignOff, ending: o.Ending) -> None:
    """Adopt texts that were approved on paper: --basis NUMBER --basis-date DATE."""
    session: Session = context.obj
    occasion = session.occasion()
    tell_signed(session, sign(occasion, ids, replace(given(session, options, occasion.place), approved_by=approved_by), adopt, ending))
