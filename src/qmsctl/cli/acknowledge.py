"""``qmsctl acknowledge``: sign that a revision has been read and understood."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qmsctl.cli import options as o
from qmsctl.cli.completion import complete_unit
from qmsctl.cli.signing import Given, sign
from qmsctl.core.lifecycle.acknowledgement import acknowledge_sheet
from qmsctl.core.lifecycle.document_way import acknowledge
from qmsctl.errors import UsageError
from qmsctl.message import _

EXAMPLE = "qmsctl acknowledge QT-08"

SHEETS = "attachments/acknowledgements"


def command(
    context: typer.Context,
    ids: o.Ids,
    by: o.By = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Everybody of this unit who has not done so yet; with --list.", autocompletion=complete_unit)] = None,
    sheet: Annotated[Path | None, typer.Option("--list", metavar="FILE", help="Scan of the sheet they signed, kept under attachments/.")] = None,
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
    """Sign that the revision in force has been read and understood; --by a,b or --unit U for several people."""
    _check_words(by, unit, sheet, basis_file)
    folder = {"folder": SHEETS} if sheet else {}
    given = Given(by, role, comment, None, basis, basis_date, sheet or basis_file, sign=sign_it, key=key, unit=unit, **folder)
    sign(context.obj, ids, given, acknowledge_sheet if unit else acknowledge, dry_run, commit)


def _check_words(by: str | None, unit: str | None, sheet: Path | None, basis_file: Path | None) -> None:
    """Raise ``UsageError`` where options contradict each other, or the sheet of a unit is missing."""
    if unit and by:
        raise UsageError(_("--unit and --by both say who has read it; give one of them"))
    if sheet and basis_file:
        raise UsageError(_("--list and --basis-file are the same; give one of them"))
    if unit and not (sheet or basis_file):
        raise UsageError(
            _("--unit signs for other people, so the sheet they signed has to be shown"),
            _("add --list FILE, its scan or photograph"),
        )
