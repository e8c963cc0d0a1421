"""``qmsctl return``: send a submission back to its author."""

from __future__ import annotations

import typer

from qmsctl.cli import options as o
from qmsctl.cli.signing import Given, sign
from qmsctl.core.lifecycle.document_way import sign_round

EXAMPLE = 'qmsctl return QT-09 -m "Bước B5a chưa rõ người làm"'


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
    """Return the submitted text to its author, with the reason as --comment."""
    given = Given(by, role, comment, None, basis, basis_date, basis_file, sign=sign_it, key=key)
    sign(context.obj, ids, given, lambda library, subject, act: sign_round(library, subject, "return", act), dry_run, commit)
