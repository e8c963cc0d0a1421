"""What was signed and does not count as it was: whoever signed it, or may in their place, has to sign again."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.mends.signing_command import way_to_sign_again
from qmsctl.core.proof.closing import signed_states
from qmsctl.core.proof.filing import meaning_of
from qmsctl.core.proof.roles_asked import roles_asked
from qmsctl.core.proof.worth import stands, taken_up
from qmsctl.core.signoffs.approval import authors, by_author, day_of
from qmsctl.core.tasks.task import SIGN, Task
from qmsctl.core.tasks.who import Who
from qmsctl.message import _

_OF_DOCUMENTS = ("author", "review", "approve", "adopt")


def signing_again_tasks(library: Library, who: Who, but: Container[str]) -> Iterator[Task]:
    """The sign-offs on what holds or is under way that do not count, and that nobody has given again, ``but`` for these documents."""
    signed = library.dossiers.folders
    for subject in library.subjects:
        for signoff, dossier in _not_counting(_of_document(subject, library), library) if subject in signed and subject not in but else ():
            yield _task(signoff, dossier, library, who)
    for record in library.records:
        reached = (each.dossier for each in signed_states(record, library) if each.reopened is None)
        for signoff, dossier in _not_counting(reached, library):
            yield _task(signoff, dossier, library, who)


def is_to_be_signed_again(subject: str, library: Library) -> bool:
    """True for a document with a sign-off that somebody has to give again."""
    return any(True for _found in _not_counting(_of_document(subject, library), library))


def _of_document(subject: str, library: Library) -> Iterator[Dossier]:
    """The dossiers of revisions in force, to come or in review."""
    standing = library.standing(subject)
    under_way = standing.under_way if standing.working == "in-review" else None
    yield from (each.dossier for each in (standing.in_force, standing.coming, under_way) if each)


def _not_counting(dossiers: Iterable[Dossier], library: Library) -> Iterator[tuple[SignOff, Dossier]]:
    for dossier in dossiers:
        for signoff in dossier.signoffs:
            asked = signoff.meaning in _OF_DOCUMENTS or dossier.revision is None
            if asked and taken_up(signoff, dossier, library) is None and not stands(signoff, dossier, library):
                yield signoff, dossier


def _task(signoff: SignOff, dossier: Dossier, library: Library, who: Who) -> Task:
    copy = dossier.copy
    assert copy is not None
    item = library.by_id.get(dossier.subject) or copy
    people = _people(signoff, dossier, library, who)
    return Task(
        kind=SIGN,
        id=item.id,
        type=item.type,
        title=item.title,
        what=_("“{meaning}” of {day} does not count as it was signed",
               meaning=meaning_of(signoff, library), day=day_of(signoff, library.config)),
        path=signoff.path,
        find_line=lambda: 1,
        due=None,
        since=day_of(signoff, library.config),
        owners=signoff.by,
        people=people,
        unit=who.unit(item.text("unit"), people),
        next=way_to_sign_again(signoff, dossier, library),
        key=signoff.path,
    )


def _people(signoff: SignOff, dossier: Dossier, library: Library, who: Who) -> tuple[str, ...]:
    """The signer, where one of the roles that are asked is theirs today; else those who hold one."""
    asked = roles_asked(signoff, dossier, library)
    signer = library.people.get(signoff.person)
    barred = signoff.meaning == "approve" and by_author(signoff, dossier, library.config)
    if signer and not barred and (not asked or any(signer.held(role, library.today) for role in asked)):
        return (signer.id,)
    return tuple(dict.fromkeys(person for role in asked for person in who.people(role) if person not in authors(dossier, library.config)))
