"""The documents and records that the chosen editions ask for, and what the office has of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from qmsctl.core.coverage.evidence import Kept, kept_lines, names, serves, shows
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.proof.filing import all_dossiers
from qmsctl.core.proof.frozen_text import texts_in_force
from qmsctl.core.records.record_days import days_of
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.standards.applicability import is_applied, split_clause
from qmsctl.core.standards.standard import Event, RequiredItem, Standard

DOCUMENTS = ("document", "procedure")

_Answers = Mapping[tuple[str, str, str], Sequence[Item]]


@dataclass(frozen=True, slots=True)
class RequiredDocument:
    """A document an edition asks for, and those that answer it, in force or not. Withdrawn ones do not."""

    required: RequiredItem
    standard: Standard
    items: tuple[Item, ...]

    def in_force(self, library: Library) -> bool:
        """True if one of them is in force, or approved for a later day."""
        return any(library.standing(each.id).in_force or library.standing(each.id).coming for each in self.items)


@dataclass(frozen=True, slots=True)
class RequiredRecord:
    """A record an edition asks for, with what answers it in a period and what made it necessary there.

    ``asked`` is False where nothing has happened yet that asks for it, or where only the office can say.
    """

    required: RequiredItem
    standard: Standard
    items: tuple[Item, ...]
    kept: tuple[Kept, ...]
    events: tuple[Item, ...]
    asked: bool

    @property
    def missing(self) -> bool:
        """True if it had to be there and is not."""
        return self.asked and not self.items and not self.kept


def required_documents(library: Library, standards: Sequence[Standard]) -> Iterator[RequiredDocument]:
    """Every document or procedure of these editions, in their order, whose clause the office applies.

    What a report of ours answers, the set of documents itself, is not among them.
    """
    answers = _answers(library)
    for standard in standards:
        for required in standard.required:
            applied = is_applied(required.clause, standard, library.config)
            if required.kind in DOCUMENTS and "report" not in required.served_by and applied:
                yield RequiredDocument(required, standard, _candidates(required, standard, answers, library))


def _answers(library: Library) -> _Answers:
    """Documents by type, edition and clause, as they name it themselves."""
    found: dict[tuple[str, str, str], list[Item]] = defaultdict(list)
    for item in library.documents:
        for text in item.texts("clauses"):
            standard, number = split_clause(text, library.standards)
            if standard:
                found[item.type.name, standard.id, number].append(item)
    return found


def _candidates(required: RequiredItem, standard: Standard, answers: _Answers, library: Library) -> tuple[Item, ...]:
    """Those that answer the clause, or one above it, and were not withdrawn."""
    clauses = tuple(_upward(required.clause))
    found: dict[str, Item] = {}
    for name in required.served_by:
        found |= {item.id: item for clause in clauses for item in answers.get((name, standard.id, clause), ())}
        kind = library.types.get(name)
        if required.kind != "procedure" and kind and set(kind.clauses.get(standard.id, ())) & set(clauses):
            found |= {item.id: item for item in library.by_type.get(name, ())}
    return tuple(item for item in found.values() if not library.standing(item.id).withdrawn)


def _upward(clause: str) -> Iterator[str]:
    while clause:
        yield clause
        clause = clause.rpartition(".")[0]


def required_records(
    library: Library, period: Period, standards: Sequence[Standard], most: int | None = None
) -> Iterator[RequiredRecord]:
    """Every record of these editions, in their order, whose clause the office applies, with ``most`` answers at most."""
    kept = kept_lines(texts_in_force(library), library)
    settled = has_run_through(period, library)
    for standard in standards:
        for required in standard.required:
            if required.kind == "record" and is_applied(required.clause, standard, library.config):
                events = tuple(_happened(required.events, period, library))
                yield RequiredRecord(
                    required,
                    standard,
                    tuple(islice(_records(required, standard, period, library), most)),
                    tuple(line for line, clauses in kept if names(clauses, required.clause, standard)),
                    events,
                    settled if required.when == "always" else bool(events),
                )


def _records(required: RequiredItem, standard: Standard, period: Period, library: Library) -> Iterator[Item]:
    """Those of the types that are asked for, and of types of the office's own that serve the clause; the latest first."""
    for items in library.by_type.values():
        found = items[0].type
        own = not found.builtin and serves(found, required.clause, standard)
        if found.kind == "record" and (own or any(found.is_a(name) for name in required.served_by)):
            yield from (item for item in reversed(items) if shows(item, period, library))


def _happened(events: tuple[Event, ...], period: Period, library: Library) -> Iterator[Item]:
    for event in events:
        for item in library.by_type.get(event.type, ()):
            matches = all(item.text(key) in values for key, values in event.where.items())
            if matches and any(period.covers(day) for day in days_of(item, library)):
                yield item


def has_run_through(period: Period, library: Library) -> bool:
    """True if the office had signed something before the period began: what is yearly can be asked for."""
    first = _began(library)
    return first is not None and period.start is not None and first <= period.start


def _began(library: Library) -> date | None:
    moments = (signoff for dossier in all_dossiers(library) for signoff in dossier.signoffs)
    first = min(moments, key=lambda signoff: signoff.at, default=None)
    return day_of(first, library.config) if first else None
