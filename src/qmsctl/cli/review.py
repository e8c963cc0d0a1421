"""``qmsctl review``: sign that a submission has been reviewed."""

from __future__ import annotations

import typer

from qmsctl.cli import options as o
from qmsctl.cli.signing import Given, sign
from qmsctl.core.lifecycle.document_way import sign_round

EXAMPLE = 'qmsctl review STCL -m "Đã đối chiếu với thực tế"'


def command(
    context: typer.Context,
    ids: o.Ids,
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
    """Sign that the submitted text has been reviewed."""
    given = Given(by, role, comment, None, basis, basis_date, basis_file, sign=sign_it, key=key)
    sign(context.obj, ids, given, lambda library, subject, act: sign_round(library, subject, "review", act), dry_run, commit)
