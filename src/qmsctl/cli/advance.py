"""``qmsctl advance``: move a record through its gates."""

from __future__ import annotations

import typer

from qmsctl.cli import options as o
from qmsctl.cli.assignments import assignments
from qmsctl.cli.signing import Given, carry_out_signed
from qmsctl.core.lifecycle.record_way import advance

EXAMPLE = 'qmsctl advance NC-2026-011 contained --set correction="Đã bố trí người ký thay"'


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
    sign_it: o.Sign = False,
    key: o.KeyFile = None,
    dry_run: o.DryRun = False,
    commit: o.Commit = False,
) -> None:
    """Move a record to its next state, with the sign-off that state asks for."""
    values = assignments(fields or [])
    given = Given(by, role, comment, None, basis, basis_date, basis_file, sign=sign_it, key=key)
    carry_out_signed(context.obj, given, dry_run, commit, lambda library, act: advance(library, subject, state, act, values))
