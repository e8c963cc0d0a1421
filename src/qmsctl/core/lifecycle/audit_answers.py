"""``qmsctl audit answer``: what an auditor saw, in the lines of a checklist."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from qmsctl.core.asked import item, way_back
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.audit_checklists import BLOCK, TYPE
from qmsctl.core.lifecycle.table_rows import Table, row_number, table
from qmsctl.core.mends.advancing import advance_command
from qmsctl.core.text.block_rows import Cell, with_cell
from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.types.choice import chosen, with_labels
from qmsctl.errors import Refusal, UsageError
from qmsctl.mend import HOLE, Hole, Mend, advice, command
from qmsctl.message import _
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of one line, which its number or step names, and the evidence; a finding and a note where there are any."""

    line: str
    result: str
    evidence: str
    finding: str = ""
    note: str = ""


def open_checklist(library: Library, subject: str) -> Table:
    """The lines of a checklist that is not signed yet. Raises :class:`Refusal` for anything else."""
    found = item(library, subject)
    if found.type.name != TYPE:
        raise Refusal(_("{id} is no checklist of an audit", id=subject), command("list", TYPE).in_order_to(_("to see them all")))
    if library.is_closed(found):
        raise Refusal(_("{id} is filled in and signed; its lines do not change any more", id=subject), way_back(subject))
    return table(library, subject, BLOCK)


def unanswered(found: Table) -> tuple[int, ...]:
    """The numbers of the lines without a result or without evidence."""
    return tuple(number for number, row in enumerate(found.rows, 1) if not (_text(row, "result") and _text(row, "evidence")))


def answer(library: Library, subject: str, answers: Sequence[Answer]) -> Edit:
    """Results and evidence in the lines of a checklist. Raises :class:`UsageError` for no result, and where nothing was seen."""
    found = open_checklist(library, subject)
    before = library.outside.read(found.item.path)
    after = reduce(lambda data, each: _answered(data, found, each), answers, before)
    numbers = [row_number(found, _line(found, each)) for each in answers]
    told = _("{id}: line(s) answered: {numbers}", id=subject, numbers=numbers)
    return Edit((FileChange(found.item.path, before, after),), told, (found.item.path,))


def _line(found: Table, given: Answer) -> str:
    """A line by its number, else by its step."""
    return given.line if given.line.isdigit() or "=" in given.line else f"step={given.line}"


def _answered(data: bytes, found: Table, given: Answer) -> bytes:
    number = row_number(found, _line(found, given))
    results = found.columns["result"].values
    result = chosen(given.result, results)
    if result is None:
        known = with_labels(results.items())
        raise UsageError(_("“{result}” is no result of a line", result=given.result), advice(_("one of these: {known}", known=known)))
    evidence = given.evidence or _text(found.rows[number - 1], "evidence")
    if not evidence:
        raise UsageError(
            _("what was seen is not said"),
            command("audit answer", found.item.id, given.line, result, Hole("evidence")).in_order_to(_("which cases, how many of how many")),
        )
    cells = {"evidence": evidence, "result": result, "finding": given.finding, "note": given.note}
    filled = {column: text for column, text in cells.items() if text}
    return reduce(lambda made, cell: with_cell(made, Cell(BLOCK, number, cell[0]), cell[1]), filled.items(), data)


def next_after_answers(library: Library, subject: str) -> Mend | None:
    """What comes next: the finding of a line that does not conform, the lines that are open, else the signature."""
    found = open_checklist(library, subject)
    for number, row in enumerate(found.rows, 1):
        if _text(row, "result") == "not" and not (_text(row, "finding") or _text(row, "note")):
            line = f"{subject}:{number}"
            return command("audit finding", found.item.text("audit") or Hole("audit"), Hole("statement"), kind=HOLE, line=line)
    left = unanswered(found)
    if left:
        return command("audit answer", subject, str(left[0]), Hole("result"), Hole("evidence"))
    state = found.item.type.states.get(found.item.status or "")
    return advance_command(found.item, found.item.type.states[state.to[0]], library) if state and state.to else None


def _text(row: object, column: str) -> str:
    return (row.text(column) or "") if isinstance(row, MappingNode) else ""
