"""``qmsctl approve``: sign that a submission is approved."""

from __future__ import annotations

import typer

from qmsctl.cli import options as o
from qmsctl.cli.signing import Given, sign
from qmsctl.core.lifecycle.document_way import sign_round

EXAMPLE = "qmsctl approve QT-09 --basis 31/PTK-VP --basis-date 2026-11-20 --basis-file 31-PTK-VP.pdf"


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
    """Approve the submitted text. It takes effect on its effective date."""
    given = Given(by, role, comment, effective, basis, basis_date, basis_file, capacity, on_behalf_of, sign=sign_it, key=key)
    sign(context.obj, ids, given, lambda library, subject, act: sign_round(library, subject, "approve", act), dry_run, commit)
