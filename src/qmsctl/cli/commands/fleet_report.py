"""The page of a province, and its lists, out of a lake."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path

from qmsctl import __version__
from qmsctl.cli.choices import one_of
from qmsctl.cli.commands.fleet_lake import day_asked, listed_in, named_metric, opened_lake
from qmsctl.cli.commands.report import write_file
from qmsctl.cli.formats.lists import list_csv, lists_json
from qmsctl.cli.lists_out import Lists
from qmsctl.cli.putting_out import CSV, JSON, XLSX
from qmsctl.cli.session import Session
from qmsctl.core.fleet.asking import Asked
from qmsctl.core.text.characters import visible
from qmsctl.core.text.writing import Writing
from qmsctl.errors import UsageError
from qmsctl.mend import Hole, addition
from qmsctl.message import Label, Message, _, show
from qmsctl.reports.parts.cover import Cover
from qmsctl.reports.parts.province import METRICS, Rows, Words, province, sheet_of
from qmsctl.store.fleet.dialects import DIALECTS, in_dialect
from qmsctl.store.fleet.engine import DUCKDB
from qmsctl.store.fleet.metrics import query_of
from qmsctl.store.outputs.spreadsheet import spreadsheet
from qmsctl.store.pages.report_page import render_report
from qmsctl.store.shipped.definitions import type_set
from qmsctl.store.shipped.resources import listing
from qmsctl.value import dataclass

FORMS = (CSV, JSON, XLSX)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the lake at ``place``, and the engine that is to count; of Spark its ``master``, too."""

    place: str
    days: int
    silent: int
    listed: Path | None
    engine: str = DUCKDB
    master: str = ""

    def answers(self, session: Session, names: Iterable[str]) -> Mapping[str, Rows]:
        """The rows of metrics, by their names."""
        listed = listed_in(self.listed) if self.listed else {}
        with closing(opened_lake(self.engine, self.place, self.master)) as lake:
            lake.ask(Asked(day_asked(session), self.days, self.silent), listed)
            return {name: lake.rows(query_of(name)) for name in names}


def write_province(session: Session, question: Question, organization: str, output: Path, *, force: bool) -> None:
    """Write the page of an organization, and beside it its lists for Excel."""
    beside = output.with_suffix(f".{XLSX}") if output != Path("-") else None
    if beside == output:
        raise UsageError(_("{path} is to be the page, and its lists are written beside it as .xlsx: the name of a page ends in .html", path=str(output)), addition(output=Hole("file")))
    found = question.answers(session, (each.name for each in METRICS))
    view = province(_cover(session, _("Quality management systems of the agencies"), organization), found, _words())
    show_ = _show(session)
    sheets = spreadsheet(Lists(view.cover, view.sheets), show_, session.language)
    write_file(session, visible(render_report("fleet", view, session.language)).encode(), output, force=force)
    if beside is not None:
        write_file(session, sheets, beside, force=force)


def put_metric(session: Session, question: Question, name: str, form: str, output: Path, *, force: bool) -> None:
    """Put out one metric. Raises ``UsageError`` for a form that there is none of."""
    one_of(form, "--format", FORMS)
    asked = named_metric(name)
    metric = next(each for each in METRICS if each.name == asked)
    sheet = sheet_of(metric, question.answers(session, (asked,))[asked], _words())
    book = Lists(_cover(session, metric.title, ""), (sheet,))
    if form == XLSX:
        data = spreadsheet(book, _show(session), session.language)
    elif form == JSON:
        data = f"{lists_json(book, 'fleet', _show(session), session.language)}\n".encode()
    else:
        data = f"{list_csv(sheet, Writing(), _show(session))}\r\n".encode()
    write_file(session, data, output, force=force)


def print_sql(session: Session, name: str, dialect: str) -> None:
    """Print a metric in the SQL of another engine. Raises ``UsageError`` for one that is not known."""
    one_of(dialect, "--sql", DIALECTS)
    session.print(f"{in_dialect(query_of(named_metric(name)), dialect, comments=True)};")


def _show(session: Session) -> Callable[[object], str]:
    return lambda value: show(value, session.translate, session.language)


def _cover(session: Session, title: Message, organization: str) -> Cover:
    today = day_asked(session)
    return Cover(title, organization, "", (), today, today, today, "", "", False, __version__, session.language)


def _words() -> Words:
    """The labels that the types of every office have."""
    types = type_set({})
    labels: dict[str, Mapping[str, Label]] = {"type": {name: kind.label for name in listing("types") if (kind := types.get(name))}}
    problem = types.get("nonconformity")
    if problem is not None:
        labels |= {"cause": problem.fields["cause_category"].values, "severity": problem.fields["severity"].values}
        labels["state"] = {name: state.label for name, state in problem.states.items()}
    return lambda column, word: labels[column].get(word, word)
