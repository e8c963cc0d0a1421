"""``qmsctl revise``: raise the revision of an approved document."""

from __future__ import annotations

from typing import Annotated

import typer

from qmsctl.acts.carrying_out import carry_out
from qmsctl.cli import options as o
from qmsctl.cli.arguments import day
from qmsctl.cli.session import Session
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell, tell_opened
from qmsctl.core.lifecycle.document_way import revise

EXAMPLE = """
qmsctl revise QT-07 --change "Rút ngắn bước B4"
qmsctl revise QT-07 --change "Sửa lỗi chính tả" --editorial
"""


@spread()
def command(
    context: typer.Context,
    subject: o.Id,
    change: Annotated[str, typer.Option("--change", metavar="TEXT", help="What changes, and why.")],
    editorial: Annotated[bool, typer.Option("--editorial", help="Only typing errors or layout.")] = False,
    answers: Annotated[list[str] | None, typer.Option("--answers", metavar="ID", help="Nonconformity this revision mends.")] = None,
    effective: o.Effective = None,
    *,
    ending: o.Ending,
) -> None:
    """Raise the revision of an approved document, so that its text may be changed."""
    session: Session = context.obj
    when = day(session, effective, "--effective")
    start, named = when.isoformat() if when else None, tuple(answers or ())
    done = carry_out(session.occasion(), lambda library: revise(library, subject, change, editorial, start, named), ending)
    tell(session, done)
    tell_opened(session, done)
