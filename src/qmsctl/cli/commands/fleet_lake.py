"""What the commands of the province do with a lake: verify, load, copy and open it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import typer

from qmsctl.cli.choices import one_of
from qmsctl.cli.session import Session
from qmsctl.core.text.suggest import did_you_mean
from qmsctl.errors import Refusal, UsageError
from qmsctl.mend import Hole, addition, advice
from qmsctl.message import _
from qmsctl.store.fleet.engine import ENGINES, POSTGRES, SPARK, Engine
from qmsctl.store.fleet.inbox import Opened, opened, signers_in
from qmsctl.store.fleet.lake import Lake
from qmsctl.store.fleet.loading import load_all
from qmsctl.store.fleet.metrics import metrics
from qmsctl.store.fleet.register import NAME
from qmsctl.store.outputs.output import check_outside


def verify_all(session: Session, places: Sequence[Path], signers: Path) -> None:
    """Say of each delivery whose it is and what it holds, or why it is not taken."""
    _tell(session, opened(places, signers_in(signers), session.clock.date()))


def load_into(session: Session, places: Sequence[Path], folder: Path, signers: Path) -> None:
    """Load what may be, and say of each what became of it."""
    known = signers_in(signers)
    another = addition(into=Hole("folder")).in_order_to(_("name another folder"))
    check_outside(folder, another)
    if not Lake.may_be(folder):
        raise Refusal(_("{folder} is there already and is no lake; nothing was loaded", folder=str(folder)), another)
    lake = Lake.open(folder)
    with lake.alone():
        lake.expect(known.agencies)
        _tell(session, load_all(lake, opened(places, known, session.clock.date())))


def _tell(session: Session, found: Iterable[Opened]) -> None:
    """A line for each; status 1 where one is not taken."""
    failed = False
    for each in found:
        if each.problem is not None:
            failed = True
            session.say(_("{place}: not taken: {problem}", place=str(each.place), problem=each.problem))
        elif each.found is not None:
            told = each.found.manifest
            session.print(session.words(_("{place}: {agency}, commit {commit} of {day}, {count} rows", place=str(each.place), agency=told.agency, commit=told.commit[:12], day=told.day, count=each.found.rows)))
    if failed:
        raise typer.Exit(1)


def copy_into(session: Session, folder: Path, connection: str) -> None:
    """Bring a lake into PostgreSQL, and say how many deliveries that took."""
    from qmsctl.store.fleet.copying import copy_lake

    lake = opened_folder(str(folder))
    with closing(lake), lake.alone():
        count = copy_lake(lake, connection)
        session.say(_("{count} deliveries were copied; {all} are there", count=count, all=len(lake.register.loads)))


def opened_lake(engine: str, place: str, master: str) -> Engine:
    """The lake, open in an engine. Raises ``QmsError`` where there is none."""
    one_of(engine, "--engine", ENGINES)
    if master and engine != SPARK:
        raise UsageError(_("--master is for {engine}", engine=f"--engine {SPARK}"))
    if engine == POSTGRES:
        from qmsctl.store.fleet.postgres import PostgresLake

        return PostgresLake.open(place)
    if engine == SPARK:
        from qmsctl.store.fleet.spark import SparkLake, is_url

        return SparkLake.open(place if is_url(place) else str(_with_register(place)), master)
    return opened_folder(place)


def opened_folder(place: str) -> Lake:
    """The lake in a folder, open in DuckDB. Raises ``UsageError`` where there is none."""
    return Lake.open(_with_register(place))


def _with_register(place: str) -> Path:
    folder = Path(place)
    if not (folder / NAME).is_file():
        raise UsageError(_("{folder} is no lake: it has no {file}", folder=str(folder), file=NAME))
    return folder


def day_asked(session: Session) -> date:
    """The day of ``--today``, else today."""
    return session.day or session.clock.date()


def listed_in(path: Path) -> Mapping[str, str]:
    """The administrative procedures of a list: code and name, with or without a head. Raises ``UsageError``."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UsageError(_("{path} cannot be read as CSV in UTF-8", path=str(path))) from None
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if text.partition("\n")[0].count(";") else ","))
    least = min((len(row) for row in rows if len(row) > 1), default=1)
    for number, row in enumerate(rows, 1):
        if len(row) > least:
            raise UsageError(_("{path}, line {line}: {count} columns where other lines have {least}; a name with a comma stands between quotation marks",
                               path=str(path), line=number, count=len(row), least=least))
    return {row[0].strip(): row[1].strip() if len(row) > 1 else "" for row in rows if row and row[0][:1].isdigit()}


def named_metric(name: str) -> str:
    """The metric that is called so. Raises ``UsageError``."""
    found = name.replace("-", "_")
    if found not in metrics():
        raise UsageError(_("there is no metric “{name}”", name=name), advice(did_you_mean(name, tuple(each.replace("_", "-") for each in metrics()))))
    return found
