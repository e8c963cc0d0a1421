"""Who is responsible for what: roles and units against the procedures in force, with those who hold the roles today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.procedures.responsibility import DOES, KNOWS, RELEASES, STANDS_IN, Parts, parts
from qmsctl.core.procedures.steps import steps_of
from qmsctl.core.proof.frozen_text import texts_in_force
from qmsctl.message import _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts.cover import Cover, cover
from qmsctl.reports.parts.procedure_sheet import Doer, agency, doer
from qmsctl.value import dataclass

ABOUT = About.OFFICE

MOST_COLUMNS = 8
LETTERS = {DOES: "R", RELEASES: "A", STANDS_IN: "D", KNOWS: "I"}
"""Responsible, accountable, informed as in RACI; D is the deputy, for procedures name nobody to be consulted."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A letter of the matrix, and the steps it stands for."""

    letter: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody's parts, a cell for each procedure of the sheet."""

    doer: Doer
    cells: tuple[tuple[Mark, ...], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A procedure in force."""

    id: str
    title: str
    revision: int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """As many procedures as fit beside each other, and those who have a part in them."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A role that nobody holds today, and the procedures in which it does a step."""

    doer: Doer
    procedures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Raci:
    """The matrix of responsibility; ``idle`` are roles that no step names."""

    cover: Cover
    matrix: tuple[Sheet, ...]
    vacancies: tuple[Vacancy, ...]
    idle: tuple[Doer, ...]
    anchors: Mapping[str, str]


def build(library: Library, result: CheckResult, options: ReportOptions) -> Raci:
    """The matrix of the office as its procedures in force have it."""
    texts = [text for text in texts_in_force(library) if steps_of(text)]
    given = parts(texts)
    agencies = {step.agency for text in texts for step in steps_of(text) if step.agency}
    doers = tuple(_doers(library, given, agencies))
    columns = tuple(Column(text.id, text.title, text.revision) for text in texts)
    named = {who for (who, _subject), own in given.items() if any(part.kind != KNOWS for part in own)}
    return Raci(
        cover=cover(_("Responsibilities in the procedures"), library, options),
        matrix=tuple(_sheets(columns, doers, given)),
        vacancies=tuple(_vacancies(texts, doers, given)),
        idle=tuple(each for each in _roles(library) if each.id not in named),
        anchors={},
    )


def _roles(library: Library) -> Iterator[Doer]:
    return (doer(role.id, "", library) for role in library.config.roles)


def _doers(library: Library, given: Parts, agencies: set[str]) -> Iterator[Doer]:
    """Roles and units in the order of ``qms.yaml``, then whoever else is named, such as other agencies."""
    known = [*(role.id for role in library.config.roles), *(unit.id for unit in library.config.units)]
    named = dict.fromkeys(who for who, _subject in given)
    for who in (*known, *(each for each in named if each not in known)):
        if who in named:
            yield agency(who) if who in agencies else doer(who, "", library)


def _sheets(columns: Sequence[Column], doers: Sequence[Doer], given: Parts) -> Iterator[Sheet]:
    for start in range(0, len(columns), MOST_COLUMNS):
        own = tuple(columns[start : start + MOST_COLUMNS])
        rows = (Row(each, tuple(_marks(each, column, given) for column in own)) for each in doers)
        yield Sheet(own, tuple(row for row in rows if any(row.cells)))


def _marks(who: Doer, column: Column, given: Parts) -> tuple[Mark, ...]:
    return tuple(Mark(LETTERS[part.kind], part.steps) for part in given.get((who.id, column.id), ()))


def _vacancies(texts: Sequence[Item], doers: Sequence[Doer], given: Parts) -> Iterator[Vacancy]:
    for each in doers:
        if each.vacant:
            subjects = (text.id for text in texts if any(p.kind == DOES for p in given.get((each.id, text.id), ())))
            yield Vacancy(each, tuple(subjects))
