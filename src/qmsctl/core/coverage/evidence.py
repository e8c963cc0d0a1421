"""What an office has to show for a clause: documents in force, kinds of record they ask to be kept, and records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.proof.frozen_text import texts_in_force
from qmsctl.core.records.counted import is_counted
from qmsctl.core.records.record_days import in_period
from qmsctl.core.standards.applicability import split_clause
from qmsctl.core.standards.standard import Standard
from qmsctl.core.text.nodes import texts
from qmsctl.core.types.record_type import RecordType
from qmsctl.value import dataclass

SHOWN = ("coverage", "shown")
"""Who counts, and what: see :data:`~qmsctl.core.types.count.FIGURES`."""

Clauses = tuple[tuple[str, str], ...]
"""Pairs of an edition's id and a number."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A line of a document's ``records`` block: a kind of record and the document that asks for it."""

    name: str
    document: str


@dataclass(frozen=True, slots=True)
class Found:
    """What answers one clause: documents that name it, others that do by their type, kept records, and records."""

    documents: tuple[Item, ...]
    by_type: tuple[Item, ...]
    kept: tuple[Kept, ...]
    records: tuple[Item, ...]

    @property
    def has_documents(self) -> bool:
        """True if a document in force answers the clause."""
        return bool(self.documents or self.by_type)

    def __bool__(self) -> bool:
        return bool(self.has_documents or self.kept or self.records)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What may answer a clause, read once for all clauses; the numbers are resolved to their editions."""

    documents: tuple[tuple[Item, Clauses], ...]
    kept: tuple[tuple[Kept, Clauses], ...]
    records: Mapping[str, tuple[Item, ...]]
    naming: tuple[tuple[Item, Clauses], ...]

    def of(self, number: str, standard: Standard) -> Found:
        """What answers a clause of ``standard``, or one above it."""
        named = tuple(item for item, clauses in self.documents if names(clauses, number, standard))
        typed = tuple(i for i, clauses in self.documents if serves(i.type, number, standard) and i not in named)
        records = {item.id: item for group in self.records.values() if serves(group[0].type, number, standard) for item in group}
        records |= {item.id: item for item, clauses in self.naming if names(clauses, number, standard)}
        kept = tuple(line for line, clauses in self.kept if names(clauses, number, standard))
        return Found(named, typed, kept, tuple(records.values()))


def evidence(library: Library, period: Period) -> Evidence:
    """The documents in force and the records of a period."""
    documents = tuple(texts_in_force(library))
    records = [record for record in library.records if shows(record, period, library)]
    by_type: dict[str, list[Item]] = defaultdict(list)
    for record in records:
        by_type[record.type.name].append(record)
    return Evidence(
        tuple((item, _resolved(item.texts("clauses"), library)) for item in documents),
        kept_lines(documents, library),
        {name: tuple(items) for name, items in by_type.items()},
        tuple((item, _resolved(item.texts("clauses"), library)) for item in records if item.has("clauses")),
    )


def shows(record: Item, period: Period, library: Library) -> bool:
    """True for a record of the period that did not come to nothing.

    Where its type says when a record shows that something was done, under ``counted``, it has to be so: what is only
    planned shows nothing.
    """
    if record.is_void or not in_period(record, period, library):
        return False
    return not record.type.counted_as(*SHOWN) or is_counted(record, library, *SHOWN, period)


def kept_lines(documents: Iterable[Item], library: Library) -> tuple[tuple[Kept, Clauses], ...]:
    """The lines of their ``records`` blocks, with the clauses they name."""
    return tuple(_kept_lines(documents, library))


def _kept_lines(documents: Iterable[Item], library: Library) -> Iterator[tuple[Kept, Clauses]]:
    for item in documents:
        for row in item.block_rows("records"):
            yield Kept(row.text("name") or "", item.id), _resolved(texts(row.entries.get("clauses")), library)


def _resolved(given: Iterable[str], library: Library) -> Clauses:
    found = (split_clause(text, library.standards) for text in given)
    return tuple((standard.id, number) for standard, number in found if standard is not None)


def names(clauses: Clauses, number: str, standard: Standard) -> bool:
    """True if one of ``clauses`` is this clause of ``standard``, or one above it."""
    return any(edition == standard.id and covers(named, number) for edition, named in clauses)


def serves(type_: RecordType, number: str, standard: Standard) -> bool:
    """True if files of this type answer the clause, or one above it, by what they are."""
    return any(covers(named, number) for named in type_.clauses.get(standard.id, ()))


def covers(named: str, number: str) -> bool:
    """True if ``named`` is the clause ``number`` or one above it."""
    return named == number or number.startswith(f"{named}.")
