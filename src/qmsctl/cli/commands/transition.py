"""``qmsctl transition``: from one edition of the standard to another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from qmsctl.cli.choices import one_of
from qmsctl.cli.commands.coverage import named_standard
from qmsctl.cli.commands.report import report_options, write_page
from qmsctl.cli.formats.table import as_json
from qmsctl.cli.formats.transition_text import transition_data, transition_text
from qmsctl.cli.later import options as o
from qmsctl.cli.later import typer
from qmsctl.cli.session import Session
from qmsctl.core.engine import run
from qmsctl.core.library import Library
from qmsctl.core.standards.correspondence import Correspondence
from qmsctl.core.text.characters import visible
from qmsctl.errors import UsageError
from qmsctl.mend import command as command_of
from qmsctl.message import _
from qmsctl.reports.transition import build
from qmsctl.store.pages.report_page import render_report
from qmsctl.store.shipped.definitions import editions, find_correspondence
from qmsctl.value import replace

EXAMPLE = "qmsctl transition --to iso9001-2015 -o transition.html"

FORMATS = ("text", "json")


def command(
    context: typer.Context,
    to: Annotated[str | None, typer.Option("--to", metavar="EDITION", help="The edition to go to; the one that is not in qms.yaml by default.", autocompletion=lambda incomplete: [each for each in editions() if each.startswith(incomplete)])] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write it as one HTML file; - for standard output.")] = None,
    at: o.At = None,
    format_: Annotated[str, typer.Option("--format", metavar="text|json", help="How to print it.")] = "text",
    force: o.Force = False,
) -> None:
    """Show clause by clause what another edition keeps, moves and adds, and how to get there."""
    session: Session = context.obj
    one_of(format_, "--format", FORMATS)
    place = session.place(at)
    library = session.library(place)
    table = _way(library, to)
    options = replace(report_options(session, place), correspondence=table)
    found = build(library, run(library, ()), options)
    if output is not None:
        write_page(session, visible(render_report("transition", found, session.language)), output, force=force)
    elif format_ == "json":
        session.print(as_json(transition_data(session, found)))
    else:
        session.print("\n".join(transition_text(session, found)))


def _way(library: Library, to: str | None) -> Correspondence:
    """From the edition in use to ``to``. Raises :class:`UsageError` where there is no such way."""
    used = [each.id for each in library.standards]
    if to is None:
        to = next((each for each in editions() if each not in used), editions()[-1])
    target = named_standard(library, to)
    source = next((each for each in used if each != target.id), None)
    if source is None:
        message = _("the office works by {standard} alone", standard=target.title) if used else _("no edition of the standard is chosen")
        others = tuple(each for each in editions() if each != target.id)
        raise UsageError(message, command_of("transition", to=others[0]).in_order_to(_("name another edition")))
    found = find_correspondence(source, target.id)
    if found is None:
        raise UsageError(_("no table leads from {source} to {target}", source=source, target=target.id))
    return found
