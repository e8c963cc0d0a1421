"""Who of those a document concerns has signed that they read the revision in force."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.duties.readers import Readers, readers
from qmsctl.core.library import Library
from qmsctl.core.records.distribution import copies_out, held_by
from qmsctl.message import _
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.state import BAD, GOOD, WAIT, State
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class PaperCopy:
    """Numbered copies that are with a holder; ``outdated`` if they are of another revision than the one in force."""

    record: str
    holder: str
    copies: tuple[str, ...]
    revision: int | None
    outdated: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A revision in force, the units it is for, how many of their people have read it, and who has not."""

    id: str
    title: str
    revision: int
    units: tuple[str, ...]
    state: State | None
    missing: tuple[str, ...]
    copies: tuple[PaperCopy, ...]


def reading(library: Library) -> tuple[Reading, ...]:
    """Every document in force that is for some unit or of which paper copies are out, by id."""
    return tuple(_reading(library))


def _reading(library: Library) -> Iterator[Reading]:
    for subject in library.subjects:
        found = library.standing(subject).in_force
        copies = tuple(_copies(library, subject, found.revision if found else None))
        people = readers(library, found) if found else None
        if found and people and (people.asked or copies):
            yield Reading(
                id=subject,
                title=found.copy.title if found.copy else "",
                revision=found.revision,
                units=tuple(naming.unit(library, unit) for unit in people.units),
                state=_state(people),
                missing=tuple(person.name for person in people.unread),
                copies=copies,
            )


def _state(found: Readers) -> State | None:
    """How many have read it; ``None`` where nobody is asked."""
    asked, unread = len(found.asked), len(found.unread)
    if not asked:
        return None
    tone = GOOD if not unread else BAD if unread == asked else WAIT
    return State(_("{count} of {all}", count=asked - unread, all=asked), tone)


def _copies(library: Library, subject: str, revision: int | None) -> Iterator[PaperCopy]:
    for record in copies_out(library, subject):
        given = record.revision
        yield PaperCopy(record.id, held_by(library, record), record.texts("copies"), given, given != revision)
