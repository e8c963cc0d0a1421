"""``qmsctl adopt``: take in texts approved on paper."""

from __future__ import annotations

import typer

from qmsctl.cli import options as o
from qmsctl.cli.signing import Given, sign
from qmsctl.core.lifecycle.document_way import adopt

EXAMPLE = "qmsctl adopt HD-06 --basis 86/QĐ-UBND --basis-date 2026-11-16 --basis-file 86-QD-UBND.pdf"


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
    sign_it: o.Sign = False,
    key: o.KeyFile = None,
    dry_run: o.DryRun = False,
    commit: o.Commit = False,
) -> None:
    """Adopt texts that were approved on paper: --basis NUMBER --basis-date DATE."""
    given = Given(by, role, comment, effective, basis, basis_date, basis_file, sign=sign_it, key=key)
    sign(context.obj, ids, given, adopt, dry_run, commit)
