"""``qmsctl export``: the whole system as files for people who have no qmsctl."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from qmsctl.cli import options as o
from qmsctl.cli.choices import one_of
from qmsctl.cli.commands.report import report_options
from qmsctl.cli.program import PlainGroup
from qmsctl.cli.putting_out import FORMATS, PAPER, PDF, Paper
from qmsctl.cli.session import Session
from qmsctl.cli.wanted import wanted_units
from qmsctl.core.engine import run
from qmsctl.core.library import Library
from qmsctl.errors import Refusal
from qmsctl.mend import Hole, addition, command
from qmsctl.message import _
from qmsctl.reports.parts.exported import Exported, exported
from qmsctl.store.outputs.manifest import MANIFEST, manifest
from qmsctl.store.outputs.new_folder import check_empty, write_folder
from qmsctl.store.outputs.output import check_outside
from qmsctl.value import replace

app = typer.Typer(cls=PlainGroup, rich_markup_mode=None, add_completion=False, no_args_is_help=True, help="Put out documents as files for people without qmsctl.")


@app.callback()
def export() -> None:
    """Put out documents as files for people without qmsctl."""


@app.command("documents", epilog="qmsctl export documents --unit mot-cua --format docx -o for-the-desk")
def documents(
    context: typer.Context,
    folder: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="New folder to write to.")],
    unit: o.Unit = None,
    format_: Annotated[str, typer.Option("--format", metavar="pdf|docx|html", help="How to put them out.")] = PDF,
    at: o.At = None,
) -> None:
    """Write the paper of every document in force, a folder a unit, and a manifest of their digests."""
    session: Session = context.obj
    one_of(format_, "--format", FORMATS)
    another = addition(output=Hole("folder")).in_order_to(_("name a new folder"))
    check_outside(folder, another)
    check_empty(folder, another)
    place = session.place(at)
    library = session.library(place)
    everything = tuple(exported(library))
    chosen = everything if unit is None else _of_unit(library, everything, unit)
    if not chosen:
        raise Refusal(_("no such document is in force, so there is nothing to put out"), command("list", "document"))
    paper, options = Paper(session, library, run(library, ())), report_options(session, place)
    files = {f"{each.path}.{format_}": paper.put_out(PAPER, replace(options, subject=each.id, span=str(each.revision)), format_) for each in chosen}
    write_folder(folder, {**files, MANIFEST: manifest(files, {f"{each.path}.{format_}": each for each in chosen})})
    session.print("\n".join(str(folder / path) for path in (*files, MANIFEST)))


def _of_unit(library: Library, documents: Sequence[Exported], unit: str) -> tuple[Exported, ...]:
    units = wanted_units(library, unit, (each.unit for each in documents if each.unit))
    return tuple(each for each in documents if each.unit in units)
