"""``qmsctl audit finding``: what an auditor found, as a record that names the audit and is named by its checklist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qmsctl.core.asked import item, way_on
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.audit_checklists import BLOCK, open_one
from qmsctl.core.lifecycle.audit_checklists import TYPE as CHECKLIST
from qmsctl.core.lifecycle.creation import Body, usable_type
from qmsctl.core.lifecycle.logging import log
from qmsctl.core.model import Item
from qmsctl.core.records.finding import FINDING, SEVERITIES
from qmsctl.core.records.headline import headline
from qmsctl.core.records.notes import Noted
from qmsctl.core.text.block_rows import Cell, with_cell
from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.text.splice import flow
from qmsctl.core.types.choice import as_value
from qmsctl.errors import Refusal, UsageError
from qmsctl.mend import HOLE, addition, command
from qmsctl.message import _
from qmsctl.value import dataclass, replace

_HEAD = "unit-head"
_REPORTED = ("reported", "followed-up")


@dataclass(frozen=True, slots=True)
class Found:
    """What an auditor says: the statement, its kind, requirements, evidence, and the line of a checklist it is from.

    ``line`` is ``PGC-2026-001:3``; what it holds stands in where nothing else is said.
    """

    statement: str
    kind: str
    requirements: Sequence[str] = ()
    evidence: str = ""
    line: str = ""


def raise_finding(
    library: Library, subject: str, found: Found, given: Mapping[str, str], person: str | None, body: Body
) -> Edit:
    """A finding of an audit. Raises :class:`Refusal` once the report on the audit has been signed."""
    audit = open_one(library, subject)
    if audit.status in _REPORTED:
        state = audit.type.states[audit.status]
        raise Refusal(_("{id} is “{status}”: the report on its findings is signed", id=subject, status=state.label), way_on(audit))
    line = _line(library, audit, found.line) if found.line else None
    requirements = tuple(found.requirements) or tuple(filter(None, (line.row.text("requirement"),) if line else ()))
    evidence = found.evidence or (line.row.text("evidence") if line else "") or ""
    _complete(requirements, evidence)
    units = audit.texts("units")
    unit = given.get("unit") or (units[0] if len(units) == 1 else "")
    facts = {
        "audit": subject,
        "title": headline(found.statement),
        "kind": found.kind,
        "requirement": flow(list(requirements)),
        "seen": evidence,
        "unit": unit,
        "owner": given.get("owner") or _answerer(library, audit, unit),
    }
    fields = {key: text for key, text in facts.items() if text} | dict(given)
    edit = log(library, FINDING, [Noted(fields, {"statement": found.statement})], person, body)
    return _noted(library, edit, line, as_value(usable_type(library, FINDING).fields.get("kind"), found.kind), evidence) if line else edit


def _complete(requirements: Sequence[str], evidence: str) -> None:
    if not requirements:
        raise UsageError(
            _("what the finding is measured against is not said"),
            addition(clause=HOLE).in_order_to(_("name a clause, or the id of a document")),
        )
    if not evidence:
        raise UsageError(_("what was seen is not said"), addition(evidence=HOLE).in_order_to(_("which cases, how many of how many")))


def _answerer(library: Library, audit: Item, unit: str) -> str:
    """Who answers a finding: the one who was audited, else the head of the unit."""
    auditees = audit.texts("auditees")
    heads = [each.id for each in library.people.holders(_HEAD, library.today) if unit in each.units_on(library.today)]
    found = auditees if len(auditees) == 1 else heads
    if len(found) != 1:
        raise UsageError(_("who answers the finding is not said"), addition(owner=HOLE))
    return found[0]


@dataclass(frozen=True, slots=True)
class _Line:
    checklist: Item
    number: int
    row: MappingNode


def _line(library: Library, audit: Item, text: str) -> _Line:
    name, colon, number = text.rpartition(":")
    if not colon or not number.isdecimal() or not number.isascii() or len(number) > 6:
        raise UsageError(_("--line is “{text}”; a checklist and the number of its line are expected, such as PGC-2026-001:3", text=text))
    checklist = item(library, name)
    if checklist.type.name != CHECKLIST or checklist.text("audit") != audit.id:
        raise Refusal(_("{id} is no checklist of {audit}", id=name, audit=audit.id), command("show", audit.id).in_order_to(_("to see its checklists")))
    if library.is_closed(checklist):
        raise Refusal(_("{id} is filled in and signed; no finding is added to it", id=name), way_on(checklist))
    rows = list(checklist.block_rows(BLOCK))
    if not 0 < int(number) <= len(rows):
        raise Refusal(_("{id} has no line {number}; it has {count}", id=name, number=number, count=len(rows)), command("show", name))
    row = rows[int(number) - 1]
    if row.text("finding"):
        raise Refusal(
            _("line {number} of {id} names a finding already: {finding}", number=number, id=name, finding=row.text("finding")),
            command("show", row.text("finding") or ""),
        )
    return _Line(checklist, int(number), row)


def _noted(library: Library, edit: Edit, line: _Line, kind: str, evidence: str) -> Edit:
    """``edit`` with the line of the checklist naming the finding, and what was not written there yet."""
    path = line.checklist.path
    before = library.outside.read(path)
    result = "not" if kind in SEVERITIES else "conform" if kind == "strength" else "note"
    after = with_cell(before, Cell(BLOCK, line.number, "finding"), edit.made[0])
    for column, text in (("evidence", evidence), ("result", result)):
        if not line.row.text(column):
            after = with_cell(after, Cell(BLOCK, line.number, column), text)
    return replace(edit, changes=(*edit.changes, FileChange(path, before, after)), subjects=(*edit.subjects, path))
