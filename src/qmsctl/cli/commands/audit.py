"""``qmsctl audit``: internal audits, from the programme of a year to their findings."""

from __future__ import annotations

from typing import Annotated

import typer

from qmsctl.acts.done import Done
from qmsctl.acts.making import make
from qmsctl.cli import options as o
from qmsctl.cli.assignments import assignments
from qmsctl.cli.program import PlainGroup
from qmsctl.cli.session import Session
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell
from qmsctl.core.lifecycle.audit_answers import Answer
from qmsctl.core.lifecycle.audit_checklists import make_checklist
from qmsctl.core.lifecycle.audit_findings import Found, raise_finding
from qmsctl.core.lifecycle.audit_programmes import open_audit, plan
from qmsctl.core.records.finding import KINDS, SEVERITIES
from qmsctl.core.tasks.next_step import begun
from qmsctl.core.text.values import by_commas
from qmsctl.mend import HOLE, Assignment, Hole, Mend, advice, command
from qmsctl.message import _
from qmsctl.store.shipped.definitions import find_questions

app = typer.Typer(cls=PlainGroup, rich_markup_mode=None, add_completion=False, no_args_is_help=True, help="Plan internal audits, ask the questions, and write down what was found.")

Audit = Annotated[str, typer.Argument(metavar="AUDIT", help="Id of the audit.", autocompletion=o.complete_id)]


@app.command("plan", epilog="qmsctl audit plan --year 2027 --months 2027-04,2027-10")
@spread()
def plan_year(
    context: typer.Context,
    year: Annotated[int, typer.Option("--year", metavar="YEAR", help="The year the programme is for.")],
    months: Annotated[str | None, typer.Option("--months", metavar="2027-05,…", help="The months in which there are audits; March to November by default.")] = None,
    fields: o.Set = None,
    by: o.By = None,
    *,
    ending: o.Ending,
) -> None:
    """Propose an audit programme that covers every unit and clause, the most pressing first."""
    chosen = by_commas(months or "")
    given = assignments(fields or [])
    session: Session = context.obj
    tell(session, done := make(session.occasion(), by, lambda library, who, body, say: plan(library, year, chosen, given, who, body, say), ending))
    _say_next(session, done, advice(_("look it through and change what you know better")).then(command("advance", done.made[0], "approved")))


@app.command("open", epilog="qmsctl audit open CTDG-2027-01 --unit van-hoa --date 2027-04-15 --lead lan")
@spread()
def open_one(
    context: typer.Context,
    programme: Annotated[str, typer.Argument(metavar="PROGRAMME", help="Id of the audit programme.", autocompletion=o.complete_id)],
    unit: Annotated[str, typer.Option("--unit", help="The unit to be audited.", autocompletion=o.complete_unit)],
    date: Annotated[str, typer.Option("--date", metavar="DATE", help="The day it is planned for.")],
    lead: Annotated[str | None, typer.Option("--lead", metavar="PERSON", help="The lead auditor.", autocompletion=o.complete_person)] = None,
    auditors: Annotated[str | None, typer.Option("--auditors", metavar="PERSON,…", help="Further auditors, or their entries in the register.")] = None,
    fields: o.Set = None,
    by: o.By = None,
    *,
    ending: o.Ending,
) -> None:
    """Open the audit of a unit that an approved programme foresees."""
    own = {key: text for key, text in {"date": date, "lead": lead, "auditors": auditors}.items() if text} | assignments(fields or [])
    session: Session = context.obj
    tell(session, done := make(session.occasion(), by, lambda library, who, body, say: open_audit(library, programme, unit, own, who, body, say), ending))
    _say_next(session, done, begun(done.library.by_id[done.made[0]], done.library))


@app.command("checklist", epilog="qmsctl audit checklist DG-2026-04")
@spread()
def checklist(
    context: typer.Context,
    audit: Audit,
    fields: o.Set = None,
    by: Annotated[str | None, typer.Option("--by", metavar="PERSON", help="The auditor who will fill it in, if not you.", autocompletion=o.complete_person)] = None,
    *,
    ending: o.Ending,
) -> None:
    """Make the checklist of an audit from its clauses and from the steps of the procedures."""
    given = assignments(fields or [])
    session: Session = context.obj
    tell(session, done := make(session.occasion(), by, lambda library, who, body, say: make_checklist(library, audit, given, who, body, find_questions, say), ending))
    answered = command("audit answer", done.made[0], "1", Hole("result"), Hole("evidence")) if done.made else None
    if answered:
        _say_next(session, done, answered.in_order_to(_("for each line")))


@app.command("answer", epilog="""
qmsctl audit answer PGC-2026-006 3 conform "5 phiếu hẹn tháng 3: đủ ngày trả"
""")
@spread()
def answer_lines(
    context: typer.Context,
    checklist: Annotated[str, typer.Argument(metavar="CHECKLIST", help="Id of the checklist.", autocompletion=o.complete_id)],
    line: Annotated[str | None, typer.Argument(metavar="LINE", help="Number of the line, or its step; without it, at a terminal, each open line is asked for.")] = None,
    result: Annotated[str | None, typer.Argument(metavar="conform|not|note", help="Whether it conforms, does not, or is to be noted.")] = None,
    evidence: Annotated[str, typer.Argument(metavar="EVIDENCE", help="What was seen: which cases, how many of how many.")] = "",
    finding: Annotated[str, typer.Option("--finding", metavar="ID", help="The finding that says more of it.", autocompletion=o.complete_id)] = "",
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="What there is to say besides.")] = "",
    *,
    ending: o.Ending,
) -> None:
    """Write down what was seen for a line of a checklist; on a terminal the open lines are asked for."""
    from qmsctl.cli.audit_answer import answer_all

    answer_all(context.obj, checklist, Answer(line or "", result or "", evidence, finding, note), ending)


@app.command("finding", epilog='qmsctl audit finding DG-2026-07 "Hai phiếu thiếu chữ ký" --kind minor --clause 4.2.4 --evidence "2 trong 10 phiếu"')
@spread()
def finding(
    context: typer.Context,
    audit: Audit,
    statement: Annotated[str, typer.Argument(metavar="STATEMENT", help="What is required and what was found, without names.")],
    kind: Annotated[str, typer.Option("--kind", metavar="|".join(KINDS), help="What it is: a nonconformity, an opportunity for improvement (ofi), an observation or a strength.", autocompletion=lambda incomplete: [each for each in KINDS if each.startswith(incomplete)])],
    clause: Annotated[list[str] | None, typer.Option("--clause", metavar="CLAUSE|ID", help="The clause or document it is measured against; may be repeated.")] = None,
    evidence: Annotated[str, typer.Option("--evidence", metavar="TEXT", help="What was seen: which cases, how many of how many.")] = "",
    line: Annotated[str, typer.Option("--line", metavar="CHECKLIST:NUMBER", help="The line of a checklist it comes from; what it says need not be repeated.")] = "",
    owner: Annotated[str | None, typer.Option("--owner", metavar="PERSON", help="Who answers it; by default whoever was audited, or the head of the unit.", autocompletion=o.complete_person)] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="The unit it concerns, where several were audited.", autocompletion=o.complete_unit)] = None,
    fields: o.Set = None,
    by: o.By = None,
    *,
    ending: o.Ending,
) -> None:
    """Write down a finding of an audit."""
    own = {key: text for key, text in {"owner": owner, "unit": unit}.items() if text} | assignments(fields or [])
    found = Found(statement, kind, tuple(clause or ()), evidence, line)
    session: Session = context.obj
    tell(session, done := make(session.occasion(), by, lambda library, who, body, _say: raise_finding(library, audit, found, own, who, body), ending))
    _say_next(session, done, _of_finding(done.library.by_id[done.made[0]].text("kind"), done.made[0]))


def _of_finding(kind: str | None, made: str) -> Mend:
    """What is done with a finding next."""
    if kind in SEVERITIES:
        return command("nc log", from_finding=made)
    if kind == "strength":
        return command("advance", made, "closed")
    answered = command("advance", made, "answered", sets=[Assignment("answer", HOLE)])
    return answered.in_order_to(_("next, by whoever answers it"))


def _say_next(session: Session, done: Done, mend: Mend) -> None:
    """Say how it goes on, if something was written."""
    if not done.proposed:
        session.say_next(mend)
