"""``qmsctl cases``: the cases of a procedure, taken in month by month, and how they were kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from qmsctl.cli import options as o
from qmsctl.cli.case_list import Asked, taken_in
from qmsctl.cli.choices import one_of
from qmsctl.cli.completion import complete_person
from qmsctl.cli.formats.cases_json import cases_data, cases_rows
from qmsctl.cli.formats.cases_text import cases_text, fault_lines
from qmsctl.cli.formats.table import as_csv, as_json
from qmsctl.cli.program import PlainGroup
from qmsctl.cli.session import Session
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell
from qmsctl.core.asked import item
from qmsctl.core.cases.figures import figures
from qmsctl.core.cases.register import Month, month_of, registers
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.case_filing import FaultyTable
from qmsctl.errors import Refusal, UsageError
from qmsctl.mend import Hole, command
from qmsctl.message import _

FORMATS = ("table", "json", "csv")

app = typer.Typer(cls=PlainGroup, rich_markup_mode=None, add_completion=False, no_args_is_help=True, help="Take in and show the cases of procedures.")

Procedure = Annotated[str, typer.Argument(metavar="PROCEDURE", help="Id of the procedure.", autocompletion=o.complete_id)]


@app.command("import", epilog="""
qmsctl cases import QT-07 mot-cua.xlsx
qmsctl cases import QT-07 2026-11 QT-07-2026-11.csv
qmsctl cases import QT-07 mot-cua.xlsx --map one-stop
""")
@spread()
def import_cases(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="[PROCEDURE] [MONTH] FILE", help="A list of cases, .xlsx, .csv or .json, behind the procedure whose they all are, if the list does not say so. With a month, such as 2026-10, the list is all of that month.", autocompletion=o.complete_id)],
    named: Annotated[str | None, typer.Option("--map", metavar="NAME", help="Which map says what becomes of the columns; the one that knows most of them by default.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="PERSON", help="Who keeps a new register, if not you.", autocompletion=complete_person)] = None,
    *,
    ending: o.Ending,
) -> None:
    """Take in a list of cases: ids and times, all of them or none; what is about persons is left."""
    session: Session = context.obj
    asked = Asked.of(words, session.writing)
    try:
        done = taken_in(session, asked, named, by, ending)
    except FaultyTable as error:
        for line in fault_lines(session, Path(asked.file).name, error.faults):
            session.say_text(line)
        raise
    tell(session, done)
    if not done.proposed and asked.procedure:
        session.say_next(command("cases show", asked.procedure, from_=asked.month, to=asked.month).in_order_to(_("see how they were kept")))


@app.command("show", epilog="qmsctl cases show QT-07 --from 2026-07 --to 2026-09")
def show_cases(
    context: typer.Context,
    procedure: Procedure,
    start: Annotated[str | None, typer.Option("--from", metavar="DAY|MONTH", help="Cases received from this day or month on; from the first register by default.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DAY|MONTH", help="Cases received up to this day or month; today by default.")] = None,
    at: o.At = None,
    format_: Annotated[str, typer.Option("--format", metavar="table|json|csv", help="How to print it; csv has a line a case.")] = "table",
) -> None:
    """Show how the cases of a procedure were kept: early, on time, late, and the time at each step."""
    session: Session = context.obj
    one_of(format_, "--format", FORMATS)
    library = session.library(session.place(at))
    named = item(library, procedure)
    first, last = _period(library, procedure, start, end)
    found = figures(library, procedure, first, last)
    match format_:
        case "json":
            session.print(as_json(cases_data(procedure, first, last, found)))
        case "csv":
            session.print(as_csv(*cases_rows(found)))
        case _:
            session.print("\n".join(cases_text(session, library, named, first, last, found)))


def _period(library: Library, procedure: str, start: str | None, end: str | None) -> tuple[date, date]:
    """First and last day asked for. Raises :class:`Refusal` where there is no register of the procedure."""
    months = [month for each in registers(library, procedure) if (month := month_of(each))]
    if not months:
        raise Refusal(
            _("there is no case register of {id}", id=procedure),
            command("cases import", procedure, f"{library.today:%Y-%m}", Hole("file")).in_order_to(_("to take in the cases of a month")),
        )
    first = _bound(library, start, "--from", last=False) or months[0].first
    last = _bound(library, end, "--to", last=True) or library.today
    if first > last:
        raise UsageError(_("--from {start} is after {end}, the last day of the period", start=first, end=last))
    return first, last


def _bound(library: Library, text: str | None, option: str, *, last: bool) -> date | None:
    if text is None:
        return None
    writing = library.config.writing
    month = Month.parse(writing.filed_period(text))
    found = writing.day(text) if month is None else month.last if last else month.first
    if found is None:
        raise UsageError(_("{option} is “{text}”; {day} or {month} is expected", option=option, text=text, day=writing.example, month=writing.month_example))
    return found
