"""A procedure's steps, figures and costs on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.cli.formats.item_text import fact
from qmsctl.cli.formats.table import table, wrapped
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import BOLD
from qmsctl.core.comparison.word_changes import DELETED, INSERTED, SAME
from qmsctl.core.procedures.procedure_figures import Cost
from qmsctl.message import _
from qmsctl.reports.parts.field_changes import FieldChange, RowChange, TableChange
from qmsctl.reports.parts.procedure_sheet import Doer, Procedure, StepLine
from qmsctl.reports.parts.working_time import working_time

_SHORT = 40
_MARKS = {INSERTED: "+", DELETED: "−"}


def procedure_text(session: Session, found: Procedure) -> Iterator[str]:
    """The lines: which text it is, its steps, who hands over to whom, the figures, and what it costs."""
    yield session.colour(wrapped(session.terminal, f"{session.words(found.id)}  {session.words(found.title)}"), BOLD)
    yield _named(session, found)
    yield from _headed(session, _("Steps"))
    yield _steps(session, found) if found.steps else f"  {session.words(_('There is no step yet.'))}"
    yield from _ways(session, found)
    yield from _headed(session, _("Figures"))
    yield from _figures(session, found)
    if found.costs:
        yield from _headed(session, found.costs_label)
        for cost in found.costs:
            yield from _cost(session, cost)
    yield from _changes(session, found)


def _named(session: Session, found: Procedure) -> str:
    text = _("revision {revision} ({state})", revision=found.revision or "?", state=found.state.word)
    if found.effective:
        text = _("{text}, from {day}", text=text, day=found.effective)
    if found.before_revision is not None:
        text = _("{text}, compared with revision {revision}", text=text, revision=found.before_revision)
    return wrapped(session.terminal, session.words(text), "  ", "    ")


def _headed(session: Session, title: object) -> Iterator[str]:
    yield ""
    yield session.colour(session.words(title), BOLD)


def _steps(session: Session, found: Procedure) -> str:
    headings = [session.words(each) for each in (_("Step"), _("Task"), _("Who"), _("Time"), _("Outputs"))]
    return table(session.terminal, headings, [_step(session, line) for line in found.steps])


def _step(session: Session, line: StepLine) -> list[str]:
    step = line.step
    marks = [_("release")] if step.release else []
    marks += [_("control point")] if step.check else []
    task = session.words(_("{task} ({marks})", task=step.task, marks=tuple(marks)) if marks else step.task)
    time = session.words(_("{time}, clock stopped", time=line.time) if step.stopped and line.time else line.time or "–")
    who = session.words(_doer(line.doer))
    if line.deputy:
        who += "\n" + session.words(_("deputy: {name}", name=_doer(line.deputy)))
    return [session.words(step.no), task, who, time, session.words("; ".join(step.outputs))]


def _doer(found: Doer) -> object:
    if found.vacant:
        return _("{role} (nobody holds it)", role=found.title)
    return _("{role} ({people})", role=found.title, people=found.holders) if found.holders else found.title or "–"


def _ways(session: Session, found: Procedure) -> Iterator[str]:
    """Who hands over to whom, and which steps follow under a condition."""
    if found.hand_overs:
        yield from _headed(session, _("Hand-overs on the usual way"))
        for each in found.hand_overs:
            names = f"{found.doer(each.giver).title or '–'} → {found.doer(each.taker).title or '–'}"
            yield wrapped(session.terminal, session.words(f"{each.giver.no} → {each.taker.no}: {names}"), "  ", "    ")
    branches = [(line.step.no, *branch) for line in found.steps for branch in line.step.next]
    if branches:
        yield from _headed(session, _("Branches"))
        for step, condition, target in branches:
            said = _("{step} → {target}: {condition}", step=step, condition=condition, target=target)
            yield wrapped(session.terminal, session.words(said), "  ", "    ")


def _figures(session: Session, found: Procedure) -> Iterator[str]:
    if found.before_revision is None:
        rows = [[session.words(line.label), session.words(line.value)] for line in found.lines]
        yield table(session.terminal, ["", session.words(_("Figure"))], rows)
    else:
        now, before = (_("rev. {revision}", revision=each or "?") for each in (found.revision, found.before_revision))
        headings = ["", session.words(now), session.words(before), session.words(_("Change"))]
        rows = [[session.words(each) for each in (line.label, line.value, line.before, line.change)] for line in found.lines]
        yield table(session.terminal, headings, rows)
    for agency in found.agencies:
        yield fact(session, agency.agency, _("steps: {count}, time: {time}", count=agency.steps, time=working_time(agency.hours)))


def _cost(session: Session, cost: Cost) -> Iterator[str]:
    yield wrapped(session.terminal, session.words(cost.item), "  ", "    ")
    known = (
        (_("Fee"), cost.fee or None),
        (_("Papers"), "; ".join(cost.papers) or None),
        (_("Copies"), cost.copies),
        (_("Visits"), cost.visits),
    )
    for label, value in known:
        if value is not None:
            yield f"  {fact(session, label, value)}"


def _changes(session: Session, found: Procedure) -> Iterator[str]:
    for changed in found.changes:
        title = _("{block}: what revision {revision} changes", block=changed.caption, revision=found.revision or "?")
        yield from _headed(session, title)
        yield from _rows(session, changed)


def _rows(session: Session, changed: TableChange) -> Iterator[str]:
    for row in changed.rows:
        if row.kind != SAME:
            yield wrapped(session.terminal, f"{_MARKS.get(row.kind, '~')} {_row(session, row)}", "  ", "    ")


def _row(session: Session, row: RowChange) -> str:
    """The first two columns of a row that came or went; of one that changed the first and those that differ."""
    if row.kind in _MARKS:
        return session.words("  ".join(cell.new or cell.old or "" for cell in row.cells[:2]))
    first, *rest = row.cells
    changes = "; ".join(_cell(session, cell) for cell in rest if cell.old != cell.new)
    return f"{session.words(first.new or first.old or '')}  {changes}"


def _cell(session: Session, cell: FieldChange) -> str:
    label = session.words(cell.label)
    old, new = cell.old or "–", cell.new or "–"
    return f"{label}: {session.words(f'{old} → {new}')}" if max(len(old), len(new)) <= _SHORT else label
