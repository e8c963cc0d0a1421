"""``qmsctl withdraw``: take a document out of force."""

from __future__ import annotations

import typer

from qmsctl.cli import options as o
from qmsctl.cli.signing import Given, sign
from qmsctl.core.lifecycle.document_way import withdraw

EXAMPLE = 'qmsctl withdraw HD-02 -m "Không còn dùng"'


def command(
    context: typer.Context,
    ids: o.Ids,
    by: o.By = None,
    role: o.Role = None,
    comment: o.Comment = "",
    basis: o.BasisNumber = None,
    basis_date: o.BasisDate = None,
    basis_file: o.BasisFile = None,
    effective: o.Effective = None,
    capacity: o.Capacity = None,
    on_behalf_of: o.OnBehalfOf = None,
    sign_it: o.Sign = False,
    key: o.KeyFile = None,
    dry_run: o.DryRun = False,
    commit: o.Commit = False,
) -> None:
    """Withdraw a document that is in force."""
    given = Given(by, role, comment, effective, basis, basis_date, basis_file, capacity, on_behalf_of, sign=sign_it, key=key)
    sign(context.obj, ids, given, withdraw, dry_run, commit)
