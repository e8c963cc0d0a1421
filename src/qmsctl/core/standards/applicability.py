"""Clause references and which clauses an office applies."""

from __future__ import annotations

from collections.abc import Sequence

from qmsctl.core.office.config import Config
from qmsctl.core.standards.standard import Standard
from qmsctl.regex import regex

_CLAUSE = regex(r"(?:[a-z0-9-]+:)?[0-9]{1,3}(?:\.[0-9]{1,3})*")


def looks_like_clause(text: str) -> bool:
    """True for a number such as ``7.5.1``, with or without its edition: no id has this form."""
    return bool(_CLAUSE.fullmatch(text))


def split_clause(text: str, standards: Sequence[Standard]) -> tuple[Standard | None, str]:
    """The standard and the number that ``text`` names.

    ``7.5.1`` is a clause of the office's first standard, ``iso9001-2015:8.5.1`` of the named one.
    """
    edition, colon, number = text.rpartition(":")
    if not colon:
        return (standards[0] if standards else None), text
    return next((each for each in standards if each.id == edition), None), number


def is_clause(text: str, standards: Sequence[Standard]) -> bool:
    """True if the clause exists in the standard it names."""
    standard, number = split_clause(text, standards)
    return standard is not None and number in standard.clauses


def is_applied(number: str, standard: Standard, config: Config) -> bool:
    """False for a clause that the office, or a clause above it, declares not applicable."""
    return not any(
        entry.standard == standard.id and (number == entry.clause or number.startswith(f"{entry.clause}."))
        for entry in config.not_applicable
    )


def applicable_clauses(standard: Standard, config: Config) -> tuple[str, ...]:
    """The clauses that set requirements and that the office applies."""
    return tuple(c.number for c in standard.leaves if is_applied(c.number, standard, config))
