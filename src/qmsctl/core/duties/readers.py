"""Who has to read the revision in force of a document, and who has signed that they did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qmsctl.core.duties.reading_time import reading_period
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Config
from qmsctl.core.office.people import Person
from qmsctl.core.proof.frozen_text import text_of
from qmsctl.core.records.working_days import works
from qmsctl.core.signoffs.approval import binds, day_of
from qmsctl.core.signoffs.round import Round
from qmsctl.value import dataclass

HAS_READ = ("author", "review", "approve", "adopt", "acknowledge")
"""Whoever drafted, reviewed or approved a text has read it, here or on paper."""


@dataclass(frozen=True, slots=True)
class Readers:
    """The readers of a revision that are in the office today, in the order of ``people.yaml``.

    ``asked`` is empty where neither ``qms.yaml`` asks for signatures nor anybody has given one. ``units`` are those the text is distributed to and those its steps name, in the order of ``qms.yaml``.
    """

    round: Round
    day: date
    units: tuple[str, ...]
    asked: tuple[Person, ...]
    unread: tuple[Person, ...]

    def of(self, unit: str) -> tuple[Person, ...]:
        """Those of one unit who have not read it."""
        return tuple(person for person in self.unread if unit in person.units_on(self.day))


def readers(library: Library, found: Round) -> Readers:
    """The readers of an approved submission."""
    text = text_of(found, library)
    if text is None:
        return Readers(found, library.today, (), (), ())
    named = {*text.texts("distribution"), *_units_of_steps(text)}
    units = tuple(unit.id for unit in library.config.units if unit.id in named)
    wanted = reading_period(library, text.type) or found.dossier.of("acknowledge")
    asked = library.people.concerned(units, library.today) if wanted else ()
    done = people_who_read(found, library.config)
    return Readers(found, library.today, units, asked, tuple(person for person in asked if person.id not in done))


def people_who_read(found: Round, config: Config) -> frozenset[str]:
    """Everybody whose sign-off says that they know this very text."""
    return frozenset(person for person, _when in read_on(found, config))


def read_on(found: Round, config: Config) -> Iterator[tuple[str, date]]:
    """Each person whose sign-off says that they know this very text, and the day; also whoever approved its paper, on the day of that."""
    dossier = found.dossier
    for each in dossier.of(*HAS_READ):
        if binds(each, dossier):
            signed = day_of(each, config)
            yield from ((person, signed) for person in each.by)
            if isinstance(each.approved_by, str):
                yield each.approved_by, (each.basis and each.basis.date) or signed


def _units_of_steps(text: Item) -> Iterator[str]:
    for row in text.block_rows("steps"):
        yield from (name for key in ("responsible", "deputy") if (name := row.text(key)))


def read_by(library: Library, found: Readers, person: Person) -> date | None:
    """The last day on which ``person`` may still read it; ``None`` where the office asks for nothing."""
    copy, start = found.round.copy, found.round.effective_on
    period = reading_period(library, copy.type) if copy else None
    if period is None or start is None:
        return None
    return period.after(max(start, person.since or start), works(library))
