"""``qmsctl nc``: nonconformities, the most common record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qmsctl.cli import options as o
from qmsctl.cli.assignments import assignments
from qmsctl.cli.choices import one_of
from qmsctl.cli.commands.list_ import FORMATS, formatted, selected
from qmsctl.cli.commands.nc_log import TYPE, Known, log_all
from qmsctl.cli.completion import complete_id, complete_unit, complete_value
from qmsctl.cli.formats.repeats import repeats_text
from qmsctl.cli.program import PlainGroup
from qmsctl.cli.session import Session
from qmsctl.cli.spread import spread
from qmsctl.core.records.repeats import Repeats
from qmsctl.store.cache.rows import rows_again

app = typer.Typer(cls=PlainGroup, rich_markup_mode=None, add_completion=False, no_args_is_help=True, help="Log and list nonconformities.")


@app.command("log", epilog="""
qmsctl nc log "Ba hồ sơ trả quá hẹn" --severity minor --requirement QT-07,8.2.3
qmsctl nc log --from-finding PH-2026-012
""")
@spread()
def log(
    context: typer.Context,
    title: Annotated[str | None, typer.Argument(metavar="TITLE", help="What is wrong, in one sentence.")] = None,
    description: Annotated[str | None, typer.Option("--description", metavar="TEXT", help="What was seen, where, when, in how many cases.")] = None,
    evidence: Annotated[str | None, typer.Option("--evidence", metavar="TEXT", help="What shows it: numbers of cases, files, figures.")] = None,
    raised: Annotated[str | None, typer.Option("--raised", metavar="DATE", help="The day it was seen; today if nothing is said.")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Unit where it was seen.", autocompletion=complete_unit)] = None,
    severity: Annotated[str | None, typer.Option("--severity", metavar="major|minor", help="How bad it is.", autocompletion=complete_value("severity"))] = None,
    source: Annotated[str | None, typer.Option("--source", help="Where it was seen.", autocompletion=complete_value("source"))] = None,
    requirement: Annotated[str | None, typer.Option("--requirement", metavar="ID,CLAUSE", help="Document or clause that is not met.")] = None,
    from_file: Annotated[Path | None, typer.Option("--from-file", metavar="FILE", help="Take it from YAML, JSON or Markdown with front matter; a list logs several.")] = None,
    from_finding: Annotated[str | None, typer.Option("--from-finding", metavar="ID", help="Take it from a finding of an audit, which it then answers.", autocompletion=complete_id)] = None,
    fields: o.Set = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Ask nothing, as in a script.")] = False,
    by: o.By = None,
    *,
    ending: o.Ending,
) -> None:
    """Log a nonconformity; on a terminal the rest is asked for."""
    given = {"title": title, "raised": raised, "unit": unit, "severity": severity, "source": source, "requirement": requirement}
    texts = {"description": description, "seen": evidence}
    own = {key: value for key, value in given.items() if value} | assignments(fields or [])
    known = Known(own, {key: text for key, text in texts.items() if text}, from_file, from_finding, not no_input)
    log_all(context.obj, known, by, ending)


@app.command("why", epilog='qmsctl nc why NC-2026-010 --because "Không ai theo dõi hạn đánh giá" --because "Việc không có tên trong kế hoạch"')
@spread()
def why(
    context: typer.Context,
    subject: o.Id,
    because: Annotated[list[str] | None, typer.Option("--because", metavar="TEXT", help="The answer to the next why; may be repeated.")] = None,
    category: Annotated[str | None, typer.Option("--category", help="The kind of cause.", autocompletion=complete_value("cause_category"))] = None,
    *,
    ending: o.Ending,
) -> None:
    """Find the root cause of a nonconformity by five whys; on a terminal each why is asked."""
    from qmsctl.cli.commands.nc_why import ask_why

    ask_why(context.obj, subject, because or [], category, ending)


@app.command("list", epilog="""
qmsctl nc list --status verifying
qmsctl nc list --repeats
""")
def list_nonconformities(
    context: typer.Context,
    status: o.Status = None,
    unit: o.Unit = None,
    owner: o.Owner = None,
    repeats: Annotated[bool, typer.Option("--repeats", help="Only those that repeat an earlier one: same kind of cause, unit or document.")] = False,
    at: o.At = None,
    format_: Annotated[str, typer.Option("--format", metavar="table|json|csv", help="How to print the list.")] = "table",
    wide: o.Wide = False,
) -> None:
    """List nonconformities."""
    session: Session = context.obj
    session.terminal = session.terminal.widened(wide)
    one_of(format_, "--format", FORMATS)
    place = session.place(at)
    library = session.library(place)
    found = selected(library, rows_again(place, library), TYPE, status, unit, owner)
    session.print(repeats_text(session, library, found, Repeats(library), format_) if repeats else formatted(session, library, found, format_))
