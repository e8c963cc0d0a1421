"""``qmsctl acknowledge``: sign that a revision has been read and understood."""

from __future__ import annotations

import typer

from qmsctl.cli import options as o
from qmsctl.cli.signing import Given, sign
from qmsctl.core.lifecycle.documents import acknowledge


def command(
    context: typer.Context,
    ids: o.Ids,
    by: o.By = None,
    role: o.Role = None,
    comment: o.Comment = "",
    basis: o.BasisNumber = None,
    basis_date: o.BasisDate = None,
    basis_file: o.BasisFile = None,
    dry_run: o.DryRun = False,
    commit: o.Commit = False,
) -> None:
    """Sign that the revision in force has been read and understood; --by a,b for several people."""
    given = Given(by, role, comment, None, basis, basis_date, basis_file)
    sign(context.obj, ids, given, acknowledge, dry_run, commit)
