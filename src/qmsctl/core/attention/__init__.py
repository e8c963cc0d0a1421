"""What needs the attention of the head of an office, now and a month ago: exceptions, and nothing that goes well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from itertools import chain

from qmsctl.core.attention.case_matters import CaseBook, case_book, late_cases
from qmsctl.core.attention.escalated import MONTHS, Escalated, escalated, months, of_units
from qmsctl.core.attention.knowable import first_day, has_later_checks, has_undated_ends
from qmsctl.core.attention.matter import KIND_WORDS, Kind, Matter
from qmsctl.core.attention.objective_matters import off_target
from qmsctl.core.attention.problem_matters import problems, without_day
from qmsctl.core.attention.task_matters import late, reviews, waiting
from qmsctl.core.library import Library
from qmsctl.core.office.duration import month_before
from qmsctl.core.records.as_of import as_of
from qmsctl.core.tasks.tasks import tasks
from qmsctl.core.tasks.who import Who
from qmsctl.value import dataclass, replace

__all__ = ["KIND_WORDS", "MONTHS", "Attention", "Count", "Escalated", "Kind", "Matter", "attention", "months"]

Matters = Mapping[Kind, tuple[Matter, ...]]


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are ``now`` and were ``then``; ``None`` where that is not known, ``at_least`` where there may have been more."""

    now: int
    then: int | None
    at_least: bool = False


@dataclass(frozen=True)
class Attention:
    """The matters of each kind, the longest first, and the same as of the day ``before``.

    ``unread`` are case registers that could not be read whole, ``has_cases`` is false where there is no register at all;
    ``without_day`` are open nonconformities for which nothing says by when they are to be closed.
    """

    before: date
    now: Matters
    then: Matters
    knows: Mapping[Kind, bool]
    at_least: frozenset[Kind]
    escalated: tuple[Escalated, ...]
    unread: tuple[str, ...]
    has_cases: bool
    without_day: int

    def only(self, units: frozenset[str] | None) -> Attention:
        """What is of some units; all of it where none are given."""
        return self if units is None else replace(self, now=_of(self.now, units), then=_of(self.then, units), escalated=of_units(self.escalated, units))

    def count(self, kind: Kind, unit: str | None = None) -> Count:
        """How many of a kind, of one unit if it is given: an empty one has what is of no unit."""
        now, then = (found[kind, unit] for found in self._counted)
        return Count(now, then if self.knows[kind] else None, kind in self.at_least)

    @cached_property
    def _counted(self) -> tuple[Counter[tuple[Kind, str | None]], Counter[tuple[Kind, str | None]]]:
        """How many there are and were, of each kind in each unit and altogether."""
        return _sums(self.now), _sums(self.then)


def attention(library: Library, reader: str = "") -> Attention:
    """What is not as it should be; ``reader`` is the person whose signatures are looked for."""
    library = _as_it_was(library)
    book, before = case_book(library), month_before(library.today)
    earlier, known = as_of(library, before), (first_day(library) or library.today) <= before
    unsure = (Kind.SIGNATURES, Kind.LATE, Kind.NONCONFORMITIES) if has_undated_ends(library, before) else ()
    return Attention(
        before=before,
        now=_matters(library, book, reader),
        then=_matters(earlier, book, reader) if known else {},
        knows=dict.fromkeys(Kind, known) | {Kind.CASES: book.first is not None and book.first <= before and not book.unread},
        at_least=frozenset((*unsure, *((Kind.REVIEWS,) if has_later_checks(library, before) else ()))),
        escalated=escalated(library),
        unread=book.unread,
        has_cases=book.first is not None,
        without_day=without_day(library),
    )


def _as_it_was(library: Library) -> Library:
    """The library of a day that has gone by without what came later; that of today as it is."""
    real = library.clock.astimezone(library.config.zone).date()
    return replace(as_of(replace(library, today=real), library.today), now=library.now) if library.today < real else library


def _matters(library: Library, book: CaseBook, reader: str) -> Matters:
    who, found = Who(library), tasks(library)
    every = chain(
        waiting(found, reader), late(found, library), late_cases(book, library, who), problems(library, who), off_target(library, who),
        reviews(found, library),
    )
    by_kind: dict[Kind, list[Matter]] = {kind: [] for kind in Kind}
    for each in every:
        by_kind[each.kind].append(each)
    return {kind: tuple(sorted(own, key=lambda each: each.order)) for kind, own in by_kind.items()}


def _of(found: Matters, units: frozenset[str]) -> Matters:
    return {kind: tuple(each for each in own if each.unit in units) for kind, own in found.items()}


def _sums(found: Matters) -> Counter[tuple[Kind, str | None]]:
    sums: Counter[tuple[Kind, str | None]] = Counter()
    for kind, own in found.items():
        for each in own:
            sums[kind, each.unit] += each.count
            sums[kind, None] += each.count
    return sums
