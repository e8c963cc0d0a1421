"""Clause coverage: which documents, kept records and records answer each applicable clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from qmsctl.core.applicability import is_applied, split_clause
from qmsctl.core.config import Period
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.nodes import texts
from qmsctl.core.record_type import RecordType
from qmsctl.core.standard import Clause, Standard
from qmsctl.message import Label, _
from qmsctl.reports.parts.dates import in_period
from qmsctl.reports.parts.frozen import texts_in_force
from qmsctl.reports.parts.state import BAD, GOOD, WAIT, State


@dataclass(frozen=True, slots=True)
class Kept:
    """A line of a document's ``records`` block: a kind of record and the document that asks for it."""

    name: str
    document: str


@dataclass(frozen=True, slots=True)
class OfType:
    """Documents or records that answer a clause by their type alone."""

    label: Label
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """An applicable clause and its evidence."""

    number: str
    title: Label
    documents: tuple[str, ...]
    by_type: tuple[OfType, ...]
    kept: tuple[Kept, ...]
    records: tuple[OfType, ...]
    state: State


@dataclass(frozen=True, slots=True)
class Excluded:
    """A clause the office does not apply, with its reason."""

    number: str
    title: Label
    reason: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """The clauses of one edition."""

    standard: str
    title: str
    lines: tuple[ClauseLine, ...]
    excluded: tuple[Excluded, ...]

    @property
    def open(self) -> int:
        """How many applicable clauses lack something."""
        return sum(line.state.tone != GOOD for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What may answer a clause, read once for all clauses."""

    documents: tuple[Item, ...]
    records: tuple[Item, ...]
    standards: tuple[Standard, ...]


def coverage(library: Library, period: Period) -> tuple[Coverage, ...]:
    """The coverage of every edition the office has chosen."""
    evidence = _Evidence(
        tuple(texts_in_force(library)),
        tuple(item for item in library.records if in_period(item, period, library)),
        library.standards,
    )
    return tuple(_of_standard(each, evidence, library) for each in library.standards)


def _of_standard(standard: Standard, evidence: _Evidence, library: Library) -> Coverage:
    return Coverage(
        standard.id,
        standard.national or standard.title,
        tuple(
            _line(clause, standard, evidence)
            for clause in standard.leaves
            if is_applied(clause.number, standard, library.config)
        ),
        tuple(
            Excluded(entry.clause, _title(standard, entry.clause), entry.reason)
            for entry in library.config.not_applicable
            if entry.standard == standard.id
        ),
    )


def _title(standard: Standard, number: str) -> Label:
    found = standard.clauses.get(number)
    return found.title if found else Label({})


def _line(clause: Clause, standard: Standard, evidence: _Evidence) -> ClauseLine:
    direct = tuple(item.id for item in evidence.documents if _names(item.texts("clauses"), clause, standard, evidence))
    typed = [i for i in evidence.documents if i.id not in direct and _serves(i.type, clause, standard)]
    recorded = [
        item
        for item in evidence.records
        if _serves(item.type, clause, standard) or _names(item.texts("clauses"), clause, standard, evidence)
    ]
    kept = tuple(_kept(clause, standard, evidence))
    return ClauseLine(
        clause.number,
        clause.title,
        direct,
        _by_type(typed),
        kept,
        _by_type(recorded),
        _state(clause, bool(direct or typed), bool(kept or recorded)),
    )


def _state(clause: Clause, documents: bool, records: bool) -> State:
    if clause.requires_document and not documents:
        return State(_("no document in force"), BAD)
    if clause.requires_record and not records:
        return State(_("no record named"), WAIT)
    return State(_("answered"), GOOD) if documents or records else State(_("nothing found"), BAD)


def _kept(clause: Clause, standard: Standard, evidence: _Evidence) -> Iterator[Kept]:
    for item in evidence.documents:
        for row in item.block_rows("records"):
            if _names(texts(row.entries.get("clauses")), clause, standard, evidence):
                yield Kept(row.text("name") or "", item.id)


def _names(given: Iterable[str], clause: Clause, standard: Standard, evidence: _Evidence) -> bool:
    """True if one of these references names the clause or one above it, in this standard."""
    for text in given:
        named, number = split_clause(text, evidence.standards)
        if named is standard and _covers(number, clause.number):
            return True
    return False


def _serves(type_: RecordType, clause: Clause, standard: Standard) -> bool:
    return any(_covers(number, clause.number) for number in type_.clauses.get(standard.id, ()))


def _covers(named: str, number: str) -> bool:
    return named == number or number.startswith(f"{named}.")


def _by_type(items: Iterable[Item]) -> tuple[OfType, ...]:
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.type.name, []).append(item)
    return tuple(_of_type(found, name) for name in sorted(found))


def _of_type(found: Mapping[str, list[Item]], name: str) -> OfType:
    return OfType(found[name][0].type.label, tuple(sorted(item.id for item in found[name])))
