"""Clause coverage: which documents, kept records and records answer each applicable clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from qmsctl.core.coverage.evidence import Evidence, Found, Kept, evidence
from qmsctl.core.coverage.requirement import RequiredRecord, required_records
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.standards.applicability import is_applied
from qmsctl.core.standards.standard import Clause, Standard
from qmsctl.message import Label, _
from qmsctl.reports.parts.state import BAD, GOOD, WAIT, State
from qmsctl.value import dataclass

_READABLE = 8


@dataclass(frozen=True, slots=True)
class OfType:
    """Documents or records that answer a clause by their type alone."""

    label: Label
    ids: tuple[str, ...]

    @property
    def is_long(self) -> bool:
        """True if there are too many to be read one by one."""
        return len(self.ids) > _READABLE


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


def coverage(library: Library, period: Period) -> tuple[Coverage, ...]:
    """The coverage of every edition the office has chosen."""
    found = evidence(library, period)
    asked = tuple(required_records(library, period, library.standards))
    return tuple(of_standard(each, found, asked, library) for each in library.standards)


def of_standard(
    standard: Standard, found: Evidence, asked: Sequence[RequiredRecord], library: Library
) -> Coverage:
    """The coverage of one edition; ``asked`` are the records that the editions ask for."""
    by_clause = {clause: tuple(a for a in asked if _is_of(a, clause, standard)) for clause in standard.clauses}
    return Coverage(
        standard.id,
        standard.called(library.config.language),
        tuple(
            _line(clause, found.of(clause.number, standard), by_clause[clause.number])
            for clause in standard.leaves
            if is_applied(clause.number, standard, library.config)
        ),
        tuple(
            Excluded(entry.clause, title_of(standard, entry.clause), entry.reason)
            for entry in library.config.not_applicable
            if entry.standard == standard.id
        ),
    )


def _is_of(asked: RequiredRecord, clause: str, standard: Standard) -> bool:
    return asked.required.clause == clause and asked.standard is standard


def title_of(standard: Standard, number: str) -> Label:
    """What a clause is called."""
    found = standard.clauses.get(number)
    return found.title if found else Label({})


def _line(clause: Clause, found: Found, asked: tuple[RequiredRecord, ...]) -> ClauseLine:
    return ClauseLine(
        clause.number,
        clause.title,
        tuple(item.id for item in found.documents),
        by_type(found.by_type),
        found.kept,
        by_type(found.records),
        _state(clause, found, asked),
    )


def _state(clause: Clause, found: Found, asked: tuple[RequiredRecord, ...]) -> State:
    if clause.requires_document and not found.has_documents:
        return State(_("no document in force"), BAD)
    if clause.requires_record and not _has_records(asked):
        if found and _only_on_event(asked):
            return State(_("answered; nothing happened that asks for a record"), GOOD)
        return State(_("not every record that is asked for") if found.records else _("no record"), WAIT)
    return State(_("answered"), GOOD) if found else State(_("nothing found"), BAD)


def _has_records(asked: tuple[RequiredRecord, ...]) -> bool:
    """True if there is every record that the clause asks for, or any where all of them are asked for on occasion."""
    due = [each for each in asked if each.asked or each.required.when == "always"]
    return all(each.is_complete for each in due) if due else any(each.is_complete for each in asked)


def _only_on_event(asked: tuple[RequiredRecord, ...]) -> bool:
    """True if every record of a clause belongs to an event, and none of them has happened."""
    return bool(asked) and all(each.required.when == "on-event" and not each.events for each in asked)


def by_type(items: Iterable[Item]) -> tuple[OfType, ...]:
    """The ids of these items, by type."""
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.type.name, []).append(item)
    return tuple(_of_type(found, name) for name in sorted(found))


def _of_type(found: Mapping[str, list[Item]], name: str) -> OfType:
    return OfType(found[name][0].type.label, tuple(sorted(item.id for item in found[name])))
