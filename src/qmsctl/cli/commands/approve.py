"""``qmsctl approve``: sign that a submission is approved."""

from __future__ import annotations

import typer

from qmsctl.acts.signing import sign
from qmsctl.cli import options as o
from qmsctl.cli.session import Session
from qmsctl.cli.signing import given
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell_signed
from qmsctl.core.lifecycle.configuration import approve
from qmsctl.core.reading import CONFIGURATION
from qmsctl.value import replace

EXAMPLE = """
qmsctl approve QT-09 --basis 31/PTK-VP --basis-date 2026-11-20 --basis-file 31-PTK-VP.pdf
qmsctl approve configuration --commit
"""


@spread()
def command(context: typer.Context, ids: o.Ids, *, options: o.SignOff, ending: o.Ending) -> None:
    """Approve the submitted text. It takes effect on its effective date.

    The id configuration is that of qms.yaml, people.yaml and the office's own types as they are now, signed with a key.
    """
    session: Session = context.obj
    occasion = session.occasion()
    said = given(session, options, occasion.place)
    if CONFIGURATION in ids:
        said = replace(said, signing=replace(said.signing, wanted=True))
    tell_signed(session, sign(occasion, ids, said, approve, ending))
