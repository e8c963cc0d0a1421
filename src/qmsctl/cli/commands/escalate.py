"""``qmsctl escalate``: takes a matter to somebody higher up, and answers one."""

from __future__ import annotations

from typing import Annotated

import typer

from qmsctl.acts.carrying_out import carry_out
from qmsctl.cli import options as o
from qmsctl.cli.completion import complete_role
from qmsctl.cli.session import Session
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.escalating import Escalating, answer, escalate
from qmsctl.errors import UsageError
from qmsctl.mend import HOLE
from qmsctl.mend import command as command_of
from qmsctl.message import _

EXAMPLE = """
qmsctl escalate NC-2026-004 --to director --reason "Cần hai người làm thêm trong tháng 12"
qmsctl escalate NC-2026-004 --answered "Giao Văn phòng cử hai người từ 01/12"
"""


@spread()
def command(
    context: typer.Context,
    subject: o.Id,
    to: Annotated[str | None, typer.Option("--to", metavar="ROLE", help="The role that is to decide.", autocompletion=complete_role)] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="What cannot be settled here, and what is asked for.")] = None,
    answered: Annotated[str | None, typer.Option("--answered", metavar="TEXT", help="Answer what was escalated to a role you hold.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="PERSON", help="Whose escalation or answer it is, if not yours.", autocompletion=o.complete_person)] = None,
    *,
    ending: o.Ending,
) -> None:
    """Take a nonconformity, an action or a complaint to a role higher up, or answer one; its state stays."""
    session: Session = context.obj
    if (answered is None) == (to is None or reason is None) or (answered is not None and (to or reason)):
        raise UsageError(
            _("either --to and --reason are needed, or --answered alone"),
            command_of("escalate", subject, to=to or HOLE, reason=reason or HOLE).or_else(command_of("escalate", subject, answered=HOLE)),
        )
    occasion = session.occasion()

    def changed(library: Library) -> Edit:
        actor = occasion.actor(library, by)
        return escalate(library, subject, actor, Escalating(to or "", reason or "")) if answered is None else answer(library, subject, actor, answered)

    tell(session, carry_out(occasion, changed, ending))
