"""``qmsctl status``: what needs attention, on one screen."""

from __future__ import annotations

from typing import Annotated

from qmsctl.cli.choices import one_of
from qmsctl.cli.commands.report import reader_at, report_options
from qmsctl.cli.completion import complete_person
from qmsctl.cli.formats.status_data import list_csv, list_json, status_json
from qmsctl.cli.formats.status_text import list_lines, status_lines
from qmsctl.cli.later import options as o
from qmsctl.cli.later import typer
from qmsctl.cli.session import Session
from qmsctl.cli.wanted import wanted_person, wanted_units
from qmsctl.core.attention import KIND_WORDS, Kind
from qmsctl.core.text.suggest import did_you_mean
from qmsctl.errors import UsageError
from qmsctl.mend import advice
from qmsctl.message import Message, _
from qmsctl.reports.parts.cover import cover
from qmsctl.reports.status import lines, status

EXAMPLE = """
qmsctl status
qmsctl status late --unit kinh-te
qmsctl status --for binh --format json
"""

FORMATS = ("table", "json", "csv")
LISTS = tuple(kind.value for kind in Kind)


def command(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="LIST", help="The whole of one list: signatures, late, cases, nonconformities, objectives or reviews.", autocompletion=lambda incomplete: [each for each in LISTS if each.startswith(incomplete)])] = None,
    for_: Annotated[str | None, typer.Option("--for", metavar="PERSON", help="Whose signatures to look for, if not yours.", autocompletion=complete_person)] = None,
    unit: o.Unit = None,
    format_: Annotated[str, typer.Option("--format", metavar="table|json|csv", help="How to print it; csv is of one list.")] = "table",
    wide: o.Wide = False,
    at: o.At = None,
) -> None:
    """Show what is not as it should be, by unit, whose, since when, against a month ago; nothing that goes well."""
    session: Session = context.obj
    session.terminal = session.terminal.widened(wide)
    kind = _list(name)
    one_of(format_, "--format", FORMATS if kind else FORMATS[:2])
    place = session.place(at)
    library = session.library(place)
    reader = wanted_person(library, for_, "--for") if for_ else reader_at(place, library)
    units = wanted_units(library, unit, ()) if unit else None
    if kind is None:
        page = status(library, cover(_("What needs attention"), library, report_options(session, place)), reader, units)
        session.print(status_json(session, page) if format_ == "json" else "\n".join(status_lines(session, page)))
        return
    found = lines(library, reader, kind, units)
    match format_:
        case "json":
            session.print(list_json(session, found))
        case "csv":
            session.print(list_csv(session, found))
        case _:
            session.print("\n".join(list_lines(session, kind, found)))


def _list(name: str | None) -> Kind | None:
    if name is not None and name not in LISTS:
        near, known = did_you_mean(name, LISTS), tuple(Message("{id} ({label})", {"id": kind.value, "label": KIND_WORDS[kind]}) for kind in Kind)
        raise UsageError(_("there is no list “{name}”", name=name), advice(near if near.found else _("known are: {known}", known=known)))
    return Kind(name) if name else None
