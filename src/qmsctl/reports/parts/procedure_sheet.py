"""A procedure as its readers want it: who does what, how long it takes, and what it costs, against the revision before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qmsctl.core.comparison.word_changes import SAME
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import COMPANY
from qmsctl.core.office.duration_words import length
from qmsctl.core.procedures.procedure_figures import COSTS, AgencyTime, Cost, Figures, agency_times, costs, figures
from qmsctl.core.procedures.procedure_texts import ProcedureText, procedure_texts
from qmsctl.core.procedures.steps import BLOCK, HandOver, Step, hand_overs, steps_of
from qmsctl.core.proof.holders import holders_near
from qmsctl.message import Label, Message, _
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.field_changes import TableChange, table_change
from qmsctl.reports.parts.figure_lines import FigureLine, figure_lines
from qmsctl.reports.parts.flow import FlowRow, flow
from qmsctl.reports.parts.signatures import Approvals, approvals
from qmsctl.reports.parts.state import State, document_state
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does a step: a role with those who hold it today, a unit, or another agency.

    ``vacant`` is a role that nobody holds.
    """

    id: str
    title: str
    holders: tuple[str, ...]
    vacant: bool


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step with its names; ``time`` is empty where none is given."""

    step: Step
    doer: Doer
    deputy: Doer | None
    time: Message | str
    flow: FlowRow


@dataclass(frozen=True, slots=True)
class Procedure:
    """A text of a procedure; ``before`` is that of the last revision approved before it.

    ``changes`` are the data blocks of steps and costs in which that one differs. Costs are expected where citizens come with a matter.
    """

    id: str
    title: str
    type_label: Label
    unit: str
    agency: str
    revision: int | None
    state: State
    effective: date | None
    path: str
    sha256: str
    approvals: Approvals
    steps: tuple[StepLine, ...]
    hand_overs: tuple[HandOver, ...]
    figures: Figures
    lines: tuple[FigureLine, ...]
    agencies: tuple[AgencyTime, ...]
    costs: tuple[Cost, ...]
    costs_label: Label | Message
    costs_expected: bool
    before: Figures | None
    before_revision: int | None
    changes: tuple[TableChange, ...]

    def doer(self, step: Step) -> Doer:
        """Who does one of its steps."""
        return next(each.doer for each in self.steps if each.step == step)


def procedure(library: Library, subject: str, revision: int | None = None) -> Procedure:
    """The text asked for, else that in force. Raises ``Refusal`` where there is none, or none with steps."""
    text, earlier = procedure_texts(library, subject, revision)
    item, standing = text.item, library.standing(subject)
    now = figures(item)
    before = figures(earlier.item) if earlier else None
    return Procedure(
        id=item.id,
        title=item.title,
        type_label=item.type.label,
        unit=naming.unit(library, item.text("unit") or ""),
        agency=library.config.name,
        revision=text.revision,
        state=document_state(standing.status_of(text.round) if text.round else standing.working),
        effective=text.round.effective_on if text.round else item.day("effective"),
        path=item.path,
        sha256=item.sha256,
        approvals=approvals(text.round, library),
        steps=step_lines(item, library),
        hand_overs=hand_overs(steps_of(item)),
        figures=now,
        lines=tuple(figure_lines(now, before)),
        agencies=tuple(agency_times(steps_of(item))),
        costs=costs(item),
        costs_label=block.label if (block := item.type.blocks.get(COSTS)) else _("Cost to the citizen"),
        costs_expected=library.config.profile != COMPANY,
        before=before,
        before_revision=earlier.revision if earlier else None,
        changes=tuple(_changes(library, earlier, item)) if earlier else (),
    )


def step_lines(item: Item, library: Library) -> tuple[StepLine, ...]:
    """The steps of a text, in their order, each as it is drawn."""
    return tuple(_steps(item, library))


def _steps(item: Item, library: Library) -> Iterator[StepLine]:
    steps = steps_of(item)
    unit = item.text("unit") or ""
    for step, drawn in zip(steps, flow(steps), strict=True):
        yield StepLine(
            step=step,
            doer=agency(step.agency) if step.agency else doer(step.responsible, unit, library),
            deputy=doer(step.deputy, unit, library) if step.deputy else None,
            time=length(step.time) if step.time else "",
            flow=drawn,
        )


def doer(name: str, unit: str, library: Library) -> Doer:
    """A role or unit by its id; of several who hold the role, those of ``unit``."""
    if not name or (library.config.unit(name) and not library.config.role(name)):
        return Doer(name, naming.unit(library, name), (), vacant=False)
    found = tuple(person.name for person in holders_near(name, unit, library))
    return Doer(name, naming.role(library, name), found, vacant=not found)


def agency(name: str) -> Doer:
    """Another agency, whose people are its own matter."""
    return Doer(name, name, (), vacant=False)


def _changes(library: Library, earlier: ProcedureText, item: Item) -> Iterator[TableChange]:
    for name in (BLOCK, COSTS):
        block = item.type.blocks.get(name)
        if block:
            old, new = (tuple(each.block_rows(name)) for each in (earlier.item, item))
            found = table_change(library, block, old, new)
            if any(row.kind != SAME for row in found.rows):
                yield found
