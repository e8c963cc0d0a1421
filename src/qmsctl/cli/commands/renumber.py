"""``qmsctl renumber``: the next id for what two people have given one id."""

from __future__ import annotations

import typer

from qmsctl.acts.renumbering import renumbered
from qmsctl.cli import options as o
from qmsctl.cli.session import Session
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell

EXAMPLE = "qmsctl renumber HD-06"


@spread()
def command(context: typer.Context, subject: o.Id, *, ending: o.Ending) -> None:
    """Give what is not merged yet the next id of its kind, because somebody else has taken the id.

    Its file, attachments and links follow, and what belongs to it. Sign-offs bind an id: those that nobody has fetched yet are
    dropped and named, to be given anew; one that is merged keeps its number.
    """
    session: Session = context.obj
    tell(session, renumbered(session.occasion(), subject, ending))
