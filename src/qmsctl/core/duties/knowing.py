"""Who has to know the revision in force of a document, why, and who does: by a signature or by training."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from qmsctl.core.duties.readers import read_on
from qmsctl.core.duties.reading_time import reading_period
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.office.people import Person
from qmsctl.core.procedures.steps import steps_of
from qmsctl.core.proof.frozen_text import text_of
from qmsctl.core.records.counted import counted
from qmsctl.core.records.working_days import works
from qmsctl.core.signoffs.round import Round
from qmsctl.core.text.values import read_bool
from qmsctl.value import dataclass

FOR = "report training"
ACKNOWLEDGED, TRAINED = "acknowledged", "trained"

Trained = Mapping[tuple[str, str], tuple[date, Item]]
"""The last training of each person in each document: its day and its record."""


@dataclass(frozen=True, slots=True)
class Knowing:
    """One person and one revision. ``roles`` and ``units`` are why the person has to know it, ``unit`` is the person's own.

    ``by`` says how it came to be known on ``known``, both ``None`` while it is not. ``due`` is the last day to learn
    it, where the office has set a time.
    """

    person: Person
    unit: str | None
    roles: tuple[str, ...]
    units: tuple[str, ...]
    known: date | None
    by: str | None
    due: date | None

    @property
    def is_known(self) -> bool:
        """True if the person has signed for the revision, or was trained in it."""
        return self.known is not None


@dataclass(frozen=True, slots=True)
class Subject:
    """A document in force, its revision, and everybody who has to know it, in the order of ``people.yaml``."""

    id: str
    text: Item
    round: Round
    people: tuple[Knowing, ...]

    @property
    def unknown(self) -> tuple[Knowing, ...]:
        """Those who do not know it yet."""
        return tuple(each for each in self.people if not each.is_known)


def subjects(library: Library, *, asked: bool = False) -> Iterator[Subject]:
    """Every document in force that somebody has to know, by id: one with steps, or one that people sign for or are trained in.

    With ``asked`` only those of which ``qms.yaml`` says how soon they are to be read.
    """
    if asked and not library.config.acknowledge_within:
        return
    trained = trainings(library)
    for name in library.subjects:
        found = library.standing(name).in_force
        if found is None or found.copy is None or (asked and not reading_period(library, found.copy.type)):
            continue
        text = text_of(found, library)
        people = tuple(_people(library, found, text, trained)) if text and _is_taught(library, found, text, trained) else ()
        if text and people:
            yield Subject(name, text, found, people)


def _is_taught(library: Library, found: Round, text: Item, trained: Trained) -> bool:
    """True unless the text is only there to be looked up, as a form or a law is."""
    asked = reading_period(library, text.type) or found.dossier.of("acknowledge")
    return bool(asked or steps_of(text)) or any(document == text.id for _person, document in trained)


def trainings(library: Library) -> Trained:
    """Who was trained in what, and when last; nobody who stayed away or did not pass."""
    found: dict[tuple[str, str], tuple[date, Item]] = {}
    for record in counted(library, FOR, "trained", Period(None, library.today)):
        held = record.day("held")
        if held is None:
            continue
        for person in _took_part(record):
            for document in record.texts("documents"):
                known = found.get((person, document))
                found[person, document] = max(known, (held, record), key=lambda each: each[0]) if known else (held, record)
    return found


def _took_part(record: Item) -> Iterator[str]:
    for row in record.block_rows("participants"):
        if read_bool(row.text("attended") or "") and row.text("result") != "failed" and row.text("person"):
            yield row.text("person") or ""


def _people(library: Library, found: Round, text: Item, trained: Trained) -> Iterator[Knowing]:
    """Those who do its steps, and those of the units that it is distributed to or that do them."""
    named = {who for step in steps_of(text) for who in (step.responsible, step.deputy) if who}
    units = {*text.texts("distribution"), *(who for who in named if library.config.unit(who))}
    signed = _signatures(library, found)
    for person in library.people.concerned(units, library.today, named):
        roles = tuple(role for role in person.roles_on(library.today) if role in named)
        own = tuple(unit for unit in person.units_on(library.today) if unit in units)
        if roles or own:
            yield _knowing(library, found, person, (roles, own), signed, trained)


def _signatures(library: Library, found: Round) -> Mapping[str, date]:
    """The first day on which each person signed for this text."""
    days: dict[str, date] = defaultdict(lambda: date.max)
    for person, day in read_on(found, library.config):
        days[person] = min(days[person], day)
    return days


def _knowing(
    library: Library, found: Round, person: Person, why: tuple[tuple[str, ...], tuple[str, ...]], signed: Mapping[str, date], trained: Trained
) -> Knowing:
    known, by = signed.get(person.id), ACKNOWLEDGED
    last = trained.get((person.id, found.dossier.subject))
    if known is None and last and found.approved_on and last[0] >= found.approved_on:
        known, by = last[0], TRAINED
    period = reading_period(library, found.copy.type) if found.copy else None
    start = found.effective_on
    due = period.after(max(start, person.since or start), works(library)) if period and start else None
    return Knowing(person, person.unit_on(library.today), *why, known, by if known else None, due)
