"""``qmsctl revise``: raise the revision of an approved document."""

from __future__ import annotations

from typing import Annotated

import typer

from qmsctl.cli import options as o
from qmsctl.cli.signing import day
from qmsctl.cli.writing import carry_out
from qmsctl.core.lifecycle.document_way import revise

EXAMPLE = """
qmsctl revise QT-07 --change "Rút ngắn bước B4"
qmsctl revise QT-07 --change "Sửa lỗi chính tả" --editorial
"""


def command(
    context: typer.Context,
    subject: o.Id,
    change: Annotated[str, typer.Option("--change", metavar="TEXT", help="What changes, and why.")],
    editorial: Annotated[bool, typer.Option("--editorial", help="Only typing errors or layout.")] = False,
    answers: Annotated[list[str] | None, typer.Option("--answers", metavar="ID", help="Nonconformity this revision mends.")] = None,
    effective: o.Effective = None,
    dry_run: o.DryRun = False,
    commit: o.Commit = False,
) -> None:
    """Raise the revision of an approved document, so that its text may be changed."""
    when = day(effective, "--effective")
    named = tuple(answers or ())
    carry_out(
        context.obj,
        lambda library: revise(library, subject, change, editorial, when.isoformat() if when else None, named),
        dry_run,
        commit,
    )
