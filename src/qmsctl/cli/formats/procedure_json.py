"""A procedure for scripts: ids as they stand in the files, times in working hours."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from qmsctl.core.comparison.word_changes import SAME
from qmsctl.core.procedures.procedure_figures import Cost, Figures
from qmsctl.message import show
from qmsctl.reports.parts.figure_lines import FIGURES, Number, value_of
from qmsctl.reports.parts.procedure_sheet import Procedure, StepLine


def procedure_data(found: Procedure) -> dict[str, Any]:
    """All of it; ``before`` is null where nothing was approved before."""
    return {
        "id": found.id,
        "title": found.title,
        "revision": found.revision,
        "effective": show(found.effective) if found.effective else None,
        "path": found.path,
        "sha256": found.sha256,
        "steps": [_step(line) for line in found.steps],
        "hand_overs": [
            {"from": each.giver.no, "to": each.taker.no, "giver": each.giver.doer, "taker": each.taker.doer}
            for each in found.hand_overs
        ],
        "figures": figures_data(found.figures),
        "agencies": [{"agency": a.agency, "steps": a.steps, "hours": _number(a.hours)} for a in found.agencies],
        "costs": [_cost(cost) for cost in found.costs],
        "before": _before(found),
    }


def figures_data(found: Figures) -> dict[str, Any]:
    """The figures by their names; times in working hours, the share in percent."""
    return {kind.name: _number(value_of(found, kind.name)) for kind in FIGURES}


def _number(value: Number | None) -> int | float | None:
    if value is None:
        return None
    rounded = round(Decimal(value), 2)
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)


def _step(line: StepLine) -> dict[str, Any]:
    step = line.step
    return {
        "no": step.no,
        "task": step.task,
        "responsible": step.responsible or None,
        "holders": list(line.doer.holders),
        "deputy": step.deputy or None,
        "agency": step.agency or None,
        "time": str(step.time) if step.time else None,
        "hours": _number(step.hours),
        "clock": "stopped" if step.stopped else "running",
        "outputs": list(step.outputs),
        "forms": list(step.forms),
        "check": step.check or None,
        "release": step.release,
        "note": step.note or None,
        "next": dict(step.next),
        "usual": not line.flow.aside,
    }


def _cost(cost: Cost) -> dict[str, Any]:
    return {"item": cost.item, "fee": cost.fee or None, "papers": list(cost.papers), "copies": cost.copies, "visits": cost.visits}


def _before(found: Procedure) -> dict[str, Any] | None:
    if found.before is None:
        return None
    now, old = figures_data(found.figures), figures_data(found.before)
    both = {name for name in now if now[name] is not None and old[name] is not None}
    return {
        "revision": found.before_revision,
        "figures": old,
        "difference": {name: _number(Decimal(str(now[name])) - Decimal(str(old[name]))) if name in both else None for name in now},
        "changes": [
            {"block": table.name, "kind": row.kind, "cells": {cell.name: {"old": cell.old, "new": cell.new} for cell in row.cells if cell.old != cell.new}, "row": row.cells[0].new or row.cells[0].old}
            for table in found.changes for row in table.rows if row.kind != SAME
        ],
    }
