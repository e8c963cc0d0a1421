"""``qmsctl attach``: add evidence with its digest."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path
from typing import Annotated

import typer

from qmsctl.acts.carrying_out import carry_out
from qmsctl.cli import options as o
from qmsctl.cli.arguments import read_evidence
from qmsctl.cli.session import Session
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell
from qmsctl.core.lifecycle.attaching import attach

EXAMPLE = "qmsctl attach NC-2026-011 lich-truc.pdf"


@spread()
def command(
    context: typer.Context,
    subject: o.Id,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Files to keep as evidence.")],
    *,
    ending: o.Ending,
) -> None:
    """Keep files as evidence of a record or document, named with their SHA-256."""
    session: Session = context.obj
    data = {unicodedata.normalize("NFC", file.name): read_evidence(session, file) for file in files}
    digests = {name: hashlib.sha256(each).hexdigest() for name, each in data.items()}
    tell(session, carry_out(session.occasion(), lambda library: attach(library, subject, data, digests), ending))
