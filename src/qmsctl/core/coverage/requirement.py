"""The documents and records that the chosen editions ask for, and what the office has of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from qmsctl.core.coverage.evidence import Clauses, Kept, kept_lines, serves, shows
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.proof.bearing import bearing
from qmsctl.core.proof.frozen_text import texts_in_force
from qmsctl.core.records.objective import progress
from qmsctl.core.records.record_days import days_of, in_period
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.standards.applicability import is_applied, split_clause
from qmsctl.core.standards.standard import Answer, Event, RequiredItem, Standard
from qmsctl.value import dataclass

DOCUMENTS = ("document", "procedure")

BY_LINE = "procedure-record"
"""What answers by a line of a document's ``records`` block alone: no type is made for it."""


@dataclass(frozen=True, slots=True)
class RequiredDocument:
    """A document an edition asks for, and those that answer it by their working text. Withdrawn ones do not.

    ``in_force`` are those whose approved text answers it, ``coming`` those whose text does that takes effect later.
    """

    required: RequiredItem
    standard: Standard
    items: tuple[Item, ...]
    in_force: tuple[Item, ...]
    coming: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class RequiredRecord:
    """A record an edition asks for, with what answers it in a period and what made it necessary there.

    ``lacking`` are the types of which there is none, each with those that may stand in for it. ``asked`` is False where
    nothing has happened yet that asks for it, or where only the office can say. ``stricter`` is True where the first format
    asked for nothing, or was content with what is there: one of several, what is only planned, a line about records.
    """

    required: RequiredItem
    standard: Standard
    items: tuple[Item, ...]
    kept: tuple[Kept, ...]
    lacking: tuple[tuple[str, ...], ...]
    events: tuple[Item, ...]
    asked: bool
    stricter: bool

    @property
    def missing(self) -> bool:
        """True if it had to be there and is not."""
        return self.asked and bool(self.lacking)

    @property
    def is_complete(self) -> bool:
        """True if there is one of everything that is needed."""
        return not self.lacking


def required_documents(library: Library, standards: Sequence[Standard]) -> Iterator[RequiredDocument]:
    """Every document or procedure of these editions, in their order, whose clause the office applies.

    What a report of ours answers, the set of documents itself, is not among them.
    """
    standings = [library.standing(subject) for subject in library.subjects if subject in library.dossiers]
    pools = (
        library.documents,
        [each.in_force.copy for each in standings if each.in_force and each.in_force.copy],
        [each.coming.copy for each in standings if each.coming and each.coming.copy],
    )
    asked = [(required, standard) for standard in standards for required in standard.required if _is_a_document(required, standard, library)]
    types = {name for required, _standard in asked for name in required.served_by}
    answers = [_Answers((item for item in items if item.type.name in types), library) for items in pools]
    for required, standard in asked:
        yield RequiredDocument(required, standard, *(each.to(required, standard) for each in answers))


def _is_a_document(required: RequiredItem, standard: Standard, library: Library) -> bool:
    return required.kind in DOCUMENTS and "report" not in required.served_by and is_applied(required.clause, standard, library.config)


class _Answers:
    """Texts of documents by what they may answer: type, edition and clause, as they name it themselves, or type alone."""

    def __init__(self, items: Iterable[Item], library: Library) -> None:
        self._library = library
        self._by_clause: dict[tuple[str, str, str], list[Item]] = defaultdict(list)
        self._by_type: dict[str, list[Item]] = defaultdict(list)
        for item in items:
            self._by_type[item.type.name].append(item)
            for text in item.texts("clauses"):
                standard, number = split_clause(text, library.standards)
                if standard:
                    self._by_clause[item.type.name, standard.id, number].append(item)

    def to(self, required: RequiredItem, standard: Standard) -> tuple[Item, ...]:
        """Those that answer the clause, or one above it, and were not withdrawn."""
        clauses = tuple(_upward(required.clause))
        found: dict[str, Item] = {}
        for name in required.served_by:
            found |= {item.id: item for clause in clauses for item in self._by_clause.get((name, standard.id, clause), ())}
            kind = self._library.types.get(name)
            if required.kind != "procedure" and kind and set(kind.clauses.get(standard.id, ())) & set(clauses):
                found |= {item.id: item for item in self._by_type.get(name, ())}
        library = self._library
        return tuple(item for item in found.values() if item.id not in library.dossiers or not library.standing(item.id).withdrawn)


def _upward(clause: str) -> Iterator[str]:
    while clause:
        yield clause
        clause = clause.rpartition(".")[0]


def required_records(
    library: Library, period: Period, standards: Sequence[Standard], most: int | None = None
) -> Iterator[RequiredRecord]:
    """Every record of these editions, in their order, whose clause the office applies, with ``most`` answers at most."""
    kept = _by_clause(kept_lines(texts_in_force(library), library))
    settled = has_run_through(period, library)
    for standard in standards:
        for required in standard.required:
            if required.kind == "record" and is_applied(required.clause, standard, library.config):
                events = tuple(_happened(required.events, period, library))
                found = {place: line for clause in _upward(required.clause) for place, line in kept.get((standard.id, clause), ())}
                lines = tuple(found[place] for place in sorted(found))
                own = tuple(islice(_of_own_types(required, standard, period, library), most))
                parts = [tuple(islice(_records(part, period, library), most)) for part in required.needed]
                yield RequiredRecord(
                    required,
                    standard,
                    tuple({item.id: item for item in (*own, *chain(*parts))}.values()),
                    lines,
                    () if own else tuple(_lacking(required, parts, lines)),
                    events,
                    settled if required.when == "always" else bool(events),
                    required.asked_since > 1 or bool(lines) or any(True for _item in _once_enough(required, period, library)),
                )


def _by_clause(lines: Sequence[tuple[Kept, Clauses]]) -> Mapping[tuple[str, str], list[tuple[int, Kept]]]:
    """The lines that name each clause of an edition, each with its place among all."""
    found: dict[tuple[str, str], list[tuple[int, Kept]]] = defaultdict(list)
    for place, (line, clauses) in enumerate(lines):
        for clause in clauses:
            found[clause].append((place, line))
    return found


def _lacking(required: RequiredItem, parts: Sequence[Sequence[Item]], kept: Sequence[Kept]) -> Iterator[tuple[str, ...]]:
    for part, items in zip(required.needed, parts, strict=True):
        types = tuple(answer.type for answer in part)
        if not items and not (kept and BY_LINE in types):
            yield types


def _records(part: Sequence[Answer], period: Period, library: Library) -> Iterator[Item]:
    """Those that answer one part of what is asked for, of one type after another; the latest first."""
    for items in library.by_type.values():
        found = items[0].type
        answers = [answer for answer in part if found.kind == "record" and found.is_a(answer.type)]
        if answers:
            yield from (i for i in reversed(items) if any(_has(i, a.where) for a in answers) and shows(i, period, library))


def _once_enough(required: RequiredItem, period: Period, library: Library) -> Iterator[Item]:
    for name in required.served_by:
        for items in library.by_type.values():
            if items[0].type.is_a(name):
                yield from (item for item in items if not item.is_void and in_period(item, period, library))


def _of_own_types(required: RequiredItem, standard: Standard, period: Period, library: Library) -> Iterator[Item]:
    """Those of types of the office's own that serve the clause and are no kind of what it asks for."""
    for items in library.by_type.values():
        found = items[0].type
        own = found.kind == "record" and not found.builtin and serves(found, required.clause, standard)
        if own and not any(found.is_a(name) for name in required.served_by):
            yield from (item for item in reversed(items) if shows(item, period, library))


def _has(item: Item, where: Mapping[str, tuple[str, ...]]) -> bool:
    return all(item.text(key) in values for key, values in where.items())


def _happened(events: tuple[Event, ...], period: Period, library: Library) -> Iterator[Item]:
    for event in events:
        for item in library.by_type.get(event.type, ()):
            if not _has(item, event.where) or (event.worse and not progress(item).falls_off):
                continue
            if any(period.covers(day) for day in days_of(item, library)):
                yield item


def has_run_through(period: Period, library: Library) -> bool:
    """True if the office had signed something before the period began: what is yearly can be asked for."""
    return any(_signed_before(subject, period, library) for subject in library.dossiers)


def _signed_before(subject: str, period: Period, library: Library) -> bool:
    signed = (signoff for dossier in library.dossiers.get(subject, ()) for signoff in dossier.signoffs)
    return period.start is not None and any(day_of(each, library.config) <= period.start for each in signed)


def decided_by(name: str, period: Period, library: Library) -> object:
    """All that :func:`required_records` takes from one id, where one answer is as good as several.

    Of a document it is what bears on others, of a record what it is the first to make necessary, and what it alone answers.
    """
    item = library.by_id.get(name)
    own = bearing(library, name) if item is None or item.is_document else tuple(_decided(item, period, library)) or None
    return own, _signed_before(name, period, library)


def _decided(item: Item, period: Period, library: Library) -> Iterator[object]:
    for standard in library.standards:
        for place, required in enumerate(standard.required):
            if required.kind != "record":
                continue
            if next(_happened(required.events, period, library), None) is item:
                yield standard.id, place, item.path
            answers = (
                _of_own_types(required, standard, period, library), _once_enough(required, period, library),
                *(_records(part, period, library) for part in required.needed),
            )
            yield from ((standard.id, place, part) for part, found in enumerate(answers) if [each.path for each in islice(found, 2)] == [item.path])
