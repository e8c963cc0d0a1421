"""``qmsctl attach``: add evidence with its digest."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from qmsctl.cli import options as o
from qmsctl.cli.signing import read_given
from qmsctl.cli.writing import carry_out
from qmsctl.core.lifecycle.record_way import attach

EXAMPLE = "qmsctl attach NC-2026-011 lich-truc.pdf"


def command(
    context: typer.Context,
    subject: o.Id,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Files to keep as evidence.")],
    dry_run: o.DryRun = False,
    commit: o.Commit = False,
) -> None:
    """Keep files as evidence of a record or document, named with their SHA-256."""
    data = {file.name: read_given(file) for file in files}
    digests = {name: hashlib.sha256(each).hexdigest() for name, each in data.items()}
    carry_out(context.obj, lambda library: attach(library, subject, data, digests), dry_run, commit)
