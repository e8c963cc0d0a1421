"""What was asked and found at each unit of an audit, in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from qmsctl.core.library import Library
from qmsctl.core.lifecycle.audit_checklists import TYPE as CHECKLIST
from qmsctl.core.model import Item
from qmsctl.core.records.finding import AUDIT, FINDING
from qmsctl.core.text.nodes import Mapping as Row
from qmsctl.message import Label
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.audit_lines import BLOCK
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit with its counts, in the order of the columns; ``name`` is empty for what no unit is named of."""

    name: str
    asked: tuple[int, ...]
    found: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ByUnit:
    """Lines of checklists by result, those without one last, and findings by kind; ``total`` is of all units."""

    results: tuple[Label, ...]
    kinds: tuple[Label, ...]
    lines: tuple[UnitLine, ...]
    total: UnitLine


def by_unit(audit: Item, library: Library) -> ByUnit:
    """The units of an audit, and any other that a line or a finding of it names."""
    asked = Counter(_asked(audit, library))
    found = Counter((each.text("unit") or _only(audit), each.text("kind") or "") for each in _findings(audit, library))
    results, kinds = _values(library, CHECKLIST, BLOCK, "result"), _values(library, FINDING, "", "kind")
    units = dict.fromkeys((*audit.texts("units"), *(unit for unit, _name in (*asked, *found) if unit)))
    names = [*units, *([""] if any(not unit for unit, _name in (*asked, *found)) else [])]
    columns = (*results, "")
    lines = tuple(
        UnitLine(naming.unit(library, unit) if unit else "", tuple(asked[unit, each] for each in columns), tuple(found[unit, each] for each in kinds))
        for unit in names
    )
    return ByUnit(tuple(results.values()), tuple(kinds.values()), lines, _total(lines, len(columns), len(kinds)))


def _total(lines: tuple[UnitLine, ...], asked: int, found: int) -> UnitLine:
    return UnitLine("", tuple(sum(line.asked[place] for line in lines) for place in range(asked)), tuple(sum(line.found[place] for line in lines) for place in range(found)))


def _values(library: Library, type_name: str, block: str, name: str) -> Mapping[str, Label]:
    kind = library.types.get(type_name)
    if kind is None:
        return {}
    return (kind.blocks[block].keys if block else kind.fields)[name].values


def _asked(audit: Item, library: Library) -> Iterator[tuple[str, str]]:
    """The unit and the result of each line of the checklists."""
    for checklist in library.by_type.get(CHECKLIST, ()):
        if checklist.text(AUDIT) == audit.id:
            for row in checklist.block_rows(BLOCK):
                yield _unit(row, checklist, audit, library), row.text("result") or ""


def _unit(row: Row, checklist: Item, audit: Item, library: Library) -> str:
    """The unit that was asked: of the line, of its finding, of the checklist, else the only one of the audit."""
    finding = library.item(row.text("finding"))
    named = (row.text("unit"), finding.text("unit") if finding else None, checklist.text("unit"))
    return next(filter(None, named), _only(audit))


def _only(audit: Item) -> str:
    units = audit.texts("units")
    return units[0] if len(units) == 1 else ""


def _findings(audit: Item, library: Library) -> Iterator[Item]:
    return (each for each in library.by_type.get(FINDING, ()) if each.text(AUDIT) == audit.id and not each.is_given_up)
