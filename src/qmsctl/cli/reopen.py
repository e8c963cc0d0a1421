"""``qmsctl reopen``: bring a closed record back, with a signed reason."""

from __future__ import annotations

from typing import Annotated

import typer

from qmsctl.cli import options as o
from qmsctl.cli.signing import Given, sign
from qmsctl.core.lifecycle.record_way import reopen

EXAMPLE = 'qmsctl reopen NC-2026-009 --reason "Lỗi lặp lại"'


def command(
    context: typer.Context,
    ids: o.Ids,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why it is opened again.")],
    by: o.By = None,
    role: o.Role = None,
    basis: o.BasisNumber = None,
    basis_date: o.BasisDate = None,
    basis_file: o.BasisFile = None,
    sign_it: o.Sign = False,
    key: o.KeyFile = None,
    dry_run: o.DryRun = False,
    commit: o.Commit = False,
) -> None:
    """Reopen closed records, with a signed reason; the earlier closing stays provable."""
    sign(context.obj, ids, Given(by, role, reason, None, basis, basis_date, basis_file, sign=sign_it, key=key), reopen, dry_run, commit)
