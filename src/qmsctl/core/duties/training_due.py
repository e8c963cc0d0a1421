"""Training that is planned, held and still to be judged, or to be repeated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qmsctl.core.duties.knowing import FOR
from qmsctl.core.duties.obligations import obligations
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.records.counted import counted_rows, shown
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class TrainingDue:
    """A training record somebody has still to do something about, and by when, if a day is set."""

    record: Item
    due: date | None
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A competence that a person is to have and has not, and the record of what is done about it."""

    record: Item
    person: str
    competence: str
    remedy: str


def trainings_due(library: Library) -> tuple[TrainingDue, ...]:
    """By day, those without one last."""
    days = {each.record.id: each.day for each in obligations(library) if each.record.type.counted_as(FOR, "trainings")}
    found = [
        TrainingDue(record, days.get(record.id), _people(record))
        for record in shown(library, FOR, "trainings")
        if record.id in days or not library.is_closed(record)
    ]
    return tuple(sorted(found, key=lambda each: (each.due or date.max, each.record.id)))


def _people(record: Item) -> tuple[str, ...]:
    return tuple(person for row in record.block_rows("participants") if (person := row.text("person")))


def gaps(library: Library) -> Iterator[Gap]:
    """Every competence not met in a record that is in use."""
    for record, row in counted_rows(library, FOR, "gaps"):
        yield Gap(record, row.text("person") or "", row.text("competence") or "", row.text("training") or "")
