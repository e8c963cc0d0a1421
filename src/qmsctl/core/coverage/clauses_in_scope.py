"""The clauses an office is asked about, and those that a clause above them stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qmsctl.core.coverage.evidence import covers
from qmsctl.core.library import Library
from qmsctl.core.standards.applicability import applicable_clauses, split_clause
from qmsctl.core.standards.standard import Standard


def clauses_in_scope(library: Library) -> Iterator[str]:
    """Every clause that sets requirements and is applied, of the first edition by its number alone."""
    for place, standard in enumerate(library.standards):
        for number in applicable_clauses(standard, library.config):
            yield f"{standard.id}:{number}" if place else number


def expanded(named: Iterable[str], library: Library) -> tuple[str, ...]:
    """The clauses in scope that ``named`` are, or that lie below them."""
    wanted = [split_clause(text, library.standards) for text in named]
    return tuple(clause for clause in clauses_in_scope(library) if any(_is_below(clause, each, library) for each in wanted))


def _is_below(clause: str, named: tuple[Standard | None, str], library: Library) -> bool:
    standard, number = split_clause(clause, library.standards)
    return standard is named[0] and covers(named[1], number)
