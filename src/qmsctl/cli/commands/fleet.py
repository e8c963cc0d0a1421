"""``qmsctl fleet``: rows that leave an office, and the lake in which a province counts them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qmsctl.cli import options as o
from qmsctl.cli.program import PlainGroup
from qmsctl.cli.session import Session

app = typer.Typer(cls=PlainGroup, rich_markup_mode=None, add_completion=False, no_args_is_help=True, help="Send rows of figures to the body above, and count those of many offices.")

Places = Annotated[list[Path], typer.Argument(metavar="DIR…", help="Folders or ZIP archives that agencies have sent.")]
Signers = Annotated[Path, typer.Option("--signers", metavar="FILE", help="The agencies and their keys, as OpenSSH's allowed_signers: code, key, name.")]
Days = Annotated[int, typer.Option("--days", min=1, max=3650, help="After how many days an open nonconformity is listed.")]
Silent = Annotated[int, typer.Option("--silent", min=1, max=3650, help="After how many days an agency counts as one that did not send.")]
Listed = Annotated[Path | None, typer.Option("--tthc", metavar="FILE", help="The administrative procedures of the level, as CSV: code, name.")]
Counting = Annotated[str, typer.Option("--engine", metavar="duckdb|spark|postgres", help="What counts: DuckDB here, Spark over the same files, or PostgreSQL over the tables of fleet copy.")]
Master = Annotated[str, typer.Option("--master", metavar="MASTER", help="Where Spark runs, such as local[*], yarn or sc://host; else as Spark is configured.")]
ALLOWED = Path("allowed_signers")


@app.callback()
def fleet() -> None:
    """Send rows of figures to the body above, and count those of many offices."""


@app.command("export", epilog="qmsctl fleet export -o ../rows-2026-11.zip --sign")
def export(
    context: typer.Context,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR|FILE.zip", help="New folder to write to, or a file that ends in .zip.")],
    since: Annotated[str | None, typer.Option("--since", metavar="REV", help="Only what changed since the commit that was sent last, and the list of all ids.")] = None,
    titles: Annotated[bool, typer.Option("--titles", help="With the titles of documents that are classified as public.")] = False,
    sign: o.Sign = False,
    key: o.KeyFile = None,
    at: o.At = None,
) -> None:
    """Write rows of days, numbers, ids and words of lists for the body above: no free text, no person, no case."""
    from qmsctl.cli.commands.fleet_export import Wanted, export_rows

    session: Session = context.obj
    export_rows(session, Wanted(output, since, titles, sign, key, at))


@app.command("verify", epilog="qmsctl fleet verify incoming/T25.001.zip --signers allowed_signers")
def verify(context: typer.Context, places: Places, signers: Signers = ALLOWED) -> None:
    """Verify what agencies sent: who signed it, whether it is whole, and whether each row is one."""
    from qmsctl.cli.commands.fleet_lake import verify_all

    verify_all(context.obj, places, signers)


@app.command("load", epilog="qmsctl fleet load incoming/T25.001.zip --into lake --signers allowed_signers")
def load(
    context: typer.Context,
    places: Places,
    into: Annotated[Path, typer.Option("--into", metavar="DIR", help="The folder of the lake; a new one is made.")],
    signers: Signers = ALLOWED,
) -> None:
    """Load what can be verified and is no older than what was loaded; of an agency all or nothing."""
    from qmsctl.cli.commands.fleet_lake import load_into

    load_into(context.obj, places, into, signers)


@app.command("copy", epilog="qmsctl fleet copy lake --into service=province")
def copy(
    context: typer.Context,
    lake: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the lake.")],
    into: Annotated[str, typer.Option("--into", metavar="CONNECTION", help="A connection of PostgreSQL, without a password: service=province, postgresql://host/database.")],
) -> None:
    """Copy the lake into tables of PostgreSQL, in the schema qmsctl: what is new since the last time, all or nothing."""
    from qmsctl.cli.commands.fleet_lake import copy_into

    copy_into(context.obj, lake, into)


@app.command("report", epilog="qmsctl fleet report lake --tthc tthc.csv -o province.html")
def report(
    context: typer.Context,
    lake: Annotated[str, typer.Argument(metavar="LAKE", help="The folder of the lake; for Spark also its URL, for PostgreSQL a connection such as service=province.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The page to write; its lists go beside it as .xlsx.")],
    organization: Annotated[str, typer.Option("--organization", metavar="NAME", help="Whose page it is.")] = "",
    listed: Listed = None,
    days: Days = 90,
    silent: Silent = 31,
    engine: Counting = "duckdb",
    master: Master = "",
    force: o.Force = False,
) -> None:
    """Write the page of the province: who sent, declared and checked, what is late, and which causes repeat."""
    from qmsctl.cli.commands.fleet_report import Question, write_province

    session: Session = context.obj
    write_province(session, Question(lake, days, silent, listed, engine, master), organization, output, force=force)


@app.command("query", epilog="qmsctl fleet query on-time --lake lake --format csv -o on-time.csv")
def query(
    context: typer.Context,
    metric: Annotated[str, typer.Argument(metavar="NAME", help="Such as agencies, on-time, late-records or causes.")],
    lake: Annotated[str, typer.Option("--lake", metavar="LAKE", help="The folder of the lake; for Spark also its URL, for PostgreSQL a connection such as service=province.")] = "",
    format_: Annotated[str, typer.Option("--format", metavar="csv|json|xlsx", help="How to put it out.")] = "csv",
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="File to write; - for standard output.")] = Path("-"),
    sql: Annotated[str, typer.Option("--sql", metavar="duckdb|spark|postgres|trino", help="Ask no lake, but print the metric in the SQL of that engine.")] = "",
    listed: Listed = None,
    days: Days = 90,
    silent: Silent = 31,
    engine: Counting = "duckdb",
    master: Master = "",
    force: o.Force = False,
) -> None:
    """Put out one metric of the province as a list."""
    from qmsctl.cli.commands.fleet_report import Question, print_sql, put_metric

    session: Session = context.obj
    if sql:
        print_sql(session, metric, sql)
        return
    put_metric(session, Question(lake, days, silent, listed, engine, master), metric, format_, output, force=force)
