"""What a programme planned to ask against what the checklists of its audits asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from qmsctl.core.coverage.clauses_in_scope import expanded
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.closing import signed_states
from qmsctl.core.proof.frozen_text import with_body
from qmsctl.core.standards.applicability import looks_like_clause
from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.text.nodes import texts
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Places:
    """Where a type keeps what was planned, and another what was asked.

    A row of ``block`` names a unit, an audit in the column ``by``, and in ``columns`` what is to be asked; the ``units`` of an audit are in
    that field. A checklist of ``type`` names its audit in ``field`` and what it asked in the column ``asks`` of ``lines``. What was planned
    when one of the states ``as_signed`` was signed is kept.
    """

    block: str
    by: str
    unit: str
    columns: tuple[str, ...]
    units: str
    type: str
    field: str
    lines: str
    asks: str
    as_signed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row of a programme, numbered from 1: what was ``planned``, and what of it was ``left_out``.

    ``audits`` are those of the programme that went to its unit. A row that is ``taken_out`` is one of the table as it was signed, with what
    of it no row of its unit plans any more.
    """

    number: int
    row: MappingNode
    unit: str
    audits: tuple[str, ...]
    planned: tuple[str, ...]
    left_out: tuple[str, ...]
    taken_out: bool = False


def planned_rows(programme: Item, places: Places, states: Collection[str], library: Library) -> Iterator[PlannedRow]:
    """Each row against the checklists, in one of ``states``, of the audits of the programme that went to its unit."""
    rows = tuple(programme.block_rows(places.block))
    asked = _asked(places, states, library)
    audits = dict.fromkeys(name for row in rows for name in texts(row.entries.get(places.by)))
    went_to: dict[str, list[str]] = defaultdict(list)
    for name in audits:
        item = library.by_id.get(name)
        for unit in dict.fromkeys(item.texts(places.units)) if item and not item.is_given_up else ():
            went_to[unit].append(name)
    planned: dict[str, set[str]] = defaultdict(set)
    for is_old, found in ((False, rows), (True, _as_signed(programme, places, library))):
        for number, row in enumerate(found, 1):
            unit = row.text(places.unit) or ""
            members = [name for column in places.columns for name in texts(row.entries.get(column))]
            named = not_asked(members, tuple(planned[unit]), library) if is_old else tuple(members)
            if named or not is_old:
                there = tuple(went_to.get(unit, ()))
                answers = tuple(each for name in there for each in asked.get(name, ()))
                planned[unit].update(named)
                yield PlannedRow(number, row, unit, there, named, not_asked(named, answers, library), is_old)


def _as_signed(programme: Item, places: Places, library: Library) -> tuple[MappingNode, ...]:
    """The rows as they stood when one of the states that bind them was signed for the last time."""
    signed = [each for each in signed_states(programme, library) if each.state.id in places.as_signed and not each.reopened]
    return tuple(with_body(signed[-1].copy, library).block_rows(places.block)) if signed else ()


def _asked(places: Places, states: Collection[str], library: Library) -> Mapping[str, list[str]]:
    """The clauses and texts that the checklists of each audit asked about."""
    found: dict[str, list[str]] = defaultdict(list)
    for checklist in library.by_type.get(places.type, ()):
        if checklist.status in states:
            named = [name for row in checklist.block_rows(places.lines) for name in texts(row.entries.get(places.asks))]
            for name in checklist.texts(places.field):
                found[name] += named
    return found


def not_asked(planned: Iterable[str], asked: Sequence[str], library: Library) -> tuple[str, ...]:
    """Of what was planned the texts that were not asked about, and the clauses in scope of which no line asked."""
    known = frozenset(asked)
    clauses = frozenset(expanded(filter(looks_like_clause, known), library))
    found: dict[str, None] = {}
    for name in planned:
        if looks_like_clause(name):
            found.update(dict.fromkeys(each for each in expanded((name,), library) if each not in clauses))
        elif name not in known:
            found[name] = None
    return tuple(found)


def places_of(arguments: Mapping[str, object]) -> Places:
    """The places from the arguments of a gate, of which only ``as_signed`` may be wanting."""
    columns, as_signed = arguments["columns"], arguments.get("as_signed", ())
    assert isinstance(columns, tuple)
    assert isinstance(as_signed, tuple)
    named = {name: str(arguments[name]) for name in ("block", "by", "unit", "units", "type", "field", "lines", "asks")}
    return Places(columns=columns, as_signed=as_signed, **named)
