"""``qmsctl advance``: move a record through its gates."""

from __future__ import annotations

import typer

from qmsctl.cli import options as o
from qmsctl.cli.assignments import assignments
from qmsctl.cli.session import Session
from qmsctl.cli.signing import Given, act_of
from qmsctl.cli.writing import carry_out
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.records import advance


def command(
    context: typer.Context,
    subject: o.Id,
    state: o.StateName,
    fields: o.Set = None,
    by: o.By = None,
    role: o.Role = None,
    comment: o.Comment = "",
    basis: o.BasisNumber = None,
    basis_date: o.BasisDate = None,
    basis_file: o.BasisFile = None,
    dry_run: o.DryRun = False,
    commit: o.Commit = False,
) -> None:
    """Move a record to its next state, with the sign-off that state asks for."""
    session: Session = context.obj
    place = session.place()
    given = assignments(fields or [])

    def edit(library: Library) -> Edit:
        options = Given(by, role, comment, None, basis, basis_date, basis_file)
        act, files = act_of(session, place, library, options)
        made = advance(library, subject, state, act, given)
        return Edit((*made.changes, *files), made.summary, made.subjects)

    carry_out(session, edit, dry_run, commit)
