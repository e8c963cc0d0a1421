"""``qmsctl advance``: move a record through its gates."""

from __future__ import annotations

import typer

from qmsctl.acts.signing import sign
from qmsctl.cli import options as o
from qmsctl.cli.assignments import assignments
from qmsctl.cli.session import Session
from qmsctl.cli.signing import given
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell_signed
from qmsctl.core.lifecycle.record_states import advance
from qmsctl.core.tasks.next_step import going_on

EXAMPLE = 'qmsctl advance NC-2026-011 contained --set correction="Đã bố trí người ký thay"'


@spread("together", *o.NO_RULING)
def command(
    context: typer.Context,
    subject: o.Id,
    state: o.StateName = "",
    fields: o.Set = None,
    *,
    options: o.SignOff,
    ending: o.Ending,
) -> None:
    """Move a record to its next state, with the sign-off that state asks for."""
    session: Session = context.obj
    values = assignments(fields or [])
    occasion = session.occasion()
    done = sign(occasion, [subject], given(session, options, occasion.place), lambda library, each, act: advance(library, each, state, act, values), ending)
    tell_signed(session, done)
    moved = done.library.by_id.get(subject)
    following = going_on(moved, done.library) if moved and not done.proposed else None
    if following:
        session.say_next(following)
