"""``qmsctl upgrade``: choose the criteria of the latest format for what is still to come."""

from __future__ import annotations

from typing import Annotated

import typer

from qmsctl.acts.carrying_out import carry_out
from qmsctl.acts.judging import earlier
from qmsctl.cli import options as o
from qmsctl.cli.arguments import day
from qmsctl.cli.formats.check_text import diagnostic_lines
from qmsctl.cli.session import Session
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell
from qmsctl.core.lifecycle.upgrade import upgrade
from qmsctl.message import _

EXAMPLE = "qmsctl upgrade --dry-run"


@spread()
def command(
    context: typer.Context,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="The first day of the stricter criteria; today, or tomorrow where something was signed today.")] = None,
    code: Annotated[str | None, typer.Option("--code", help="The short code of the organization, where qms.yaml has none.")] = None,
    *,
    ending: o.Ending,
) -> None:
    """Bring the QMS to the latest format; what is older is judged as before.

    Update the program on every machine and on the server first: a program that does not know the format stops.
    """
    session: Session = context.obj
    occasion = session.occasion()
    first = day(session, start, "--from")
    done = carry_out(occasion, lambda library: upgrade(library, first, code), ending)
    tell(session, done)
    found = earlier(done.library)
    if found:
        session.say(_("what is older and would not meet these criteria is named in a note, and stays as it is:"))
    for each in found:
        for line in diagnostic_lines(session, each):
            session.say_text(line)
