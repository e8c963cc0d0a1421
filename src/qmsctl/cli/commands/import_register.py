"""``qmsctl import register``: a register that was kept in a spreadsheet, a row a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from qmsctl.acts.judging import RefusedByRules
from qmsctl.acts.making import make
from qmsctl.cli import options as o
from qmsctl.cli.arguments import named_source, read_given, warn_of_list
from qmsctl.cli.assignments import assignments
from qmsctl.cli.completion import complete_type
from qmsctl.cli.formats.cases_text import fault_lines
from qmsctl.cli.session import Session
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell
from qmsctl.core.cases.table import Fault
from qmsctl.core.edit import Edit
from qmsctl.core.incoming.case_lists import weight
from qmsctl.core.incoming.columns import REGISTERS
from qmsctl.core.incoming.register import own_words, targets_of
from qmsctl.core.incoming.register_filing import Given, take_in
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.case_filing import FaultyTable
from qmsctl.core.lifecycle.creation import Body, usable_type
from qmsctl.mend import command as command_of
from qmsctl.message import Message, _
from qmsctl.store.incoming.tables import read_tables
from qmsctl.store.shipped.import_maps import map_for


@spread()
def command(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The register: .xlsx, .csv or .json.")],
    type_name: Annotated[str, typer.Option("--type", metavar="TYPE", help="Of which type a row is, such as external-document, equipment, supplier, nonconformity or training.", autocompletion=complete_type)],
    named: Annotated[str | None, typer.Option("--map", metavar="NAME", help="Which map says what becomes of the columns; that of the type by default.")] = None,
    fields: Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="A field of all records whose row does not say it; may be repeated.")] = None,
    by: o.By = None,
    *,
    ending: o.Ending,
) -> None:
    """Take in a register, a row a record, all of them or none; what is about persons is left, and what is there already stays as it is."""
    session: Session = context.obj
    given = _given(session, file, type_name, named, assignments(fields or []))
    lines: dict[str, int] = {}

    def compose(library: Library, who: str | None, body: Body, _say: object) -> Edit:
        taken = take_in(library, usable_type(library, type_name), given, who, body)
        lines.update(taken.lines)
        return taken.edit

    try:
        done = make(session.occasion(), by, compose, ending)
    except FaultyTable as error:
        _say_faults(session, file, error.faults)
        raise
    except RefusedByRules as error:
        _say_faults(session, file, [Fault(lines[each.path], Message("{rule}", {"rule": each.rule})) for each in error.brought if each.path in lines])
        raise
    tell(session, done)
    if not done.proposed and done.made:
        session.say_next(command_of("list", type_name).in_order_to(_("see them all")))


def _given(session: Session, file: Path, type_name: str, named: str | None, known: Mapping[str, str]) -> Given:
    """The register as it stands in the file, and the map that reads it."""
    data = read_given(file)
    place = session.occasion().place
    warn_of_list(session, place, file)
    library = session.library(place)
    found = usable_type(library, type_name)
    columns = map_for(library, REGISTERS, named or type_name, targets_of(found), own_words(found), asked=named is not None)
    workbook = read_tables(data, lambda sheet: weight(sheet, (columns,)))
    return Given(workbook, columns, *named_source(file, data), known)


def _say_faults(session: Session, file: Path, faults: Sequence[Fault]) -> None:
    for line in fault_lines(session, file.name, faults):
        session.say_text(line)
