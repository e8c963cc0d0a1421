"""Which numbered paper copy of a revision may bear the stamp of a controlled document."""

from __future__ import annotations

from collections.abc import Sequence

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.level import Level, level
from qmsctl.core.records.distribution import OUT, TYPE
from qmsctl.core.signoffs.round import Round
from qmsctl.errors import NotSo
from qmsctl.mend import HOLE, Assignment, Hole, Mend, command
from qmsctl.message import _

_BINDING = (Level.EVIDENCED, Level.SIGNED)


def controlled_copy(library: Library, subject: str, found: Round | None, copy: str) -> str:
    """The number of this copy of the revision as the record has it by which somebody holds it.

    Raises :class:`NotSo` where there is none, where the copy came back or was lost, where the revision is not
    approved or another has taken its place, and where nothing but a word stands behind its approval.
    """
    _check_approved(library, subject, found)
    assert found is not None  # nothing else is approved
    records = [each for each in library.by_type.get(TYPE, ()) if _is_of(each, subject, found.revision) and _number(copy) in map(_number, each.texts("copies"))]
    held = next((each for each in records if each.status == OUT), None)
    if held is None:
        raise _not_given_out(records, subject, found.revision, copy)
    status = library.standing(subject).status_of(found)
    if status not in ("effective", "approved"):
        raise NotSo(
            _("revision {revision} of {id} is not in force any more; copy {copy} is to be taken back", revision=found.revision, id=subject, copy=copy),
            command("advance", held.id, "retrieved", sets=(Assignment("retrieved", HOLE),)),
        )
    return next(each for each in held.texts("copies") if _number(each) == _number(copy))


def _number(copy: str) -> str:
    """A number however many noughts are before it."""
    return copy.strip().casefold().lstrip("0") or "0"


def _is_of(record: Item, subject: str, revision: int) -> bool:
    return record.text("document") == subject and record.integer("revision") == revision


def _check_approved(library: Library, subject: str, found: Round | None) -> None:
    if found is None or found.approved_on is None:
        raise NotSo(
            _("{id} is not approved in this text; no copy of it is a controlled one", id=subject),
            command("history", subject).in_order_to(_("to see what there is")),
        )
    weak = [each for each in found.approvals if level(each, library) not in _BINDING]
    if weak:
        raise NotSo(
            _("nothing stands behind the approval of {id} by {person}: no signature, and no paper that is kept", id=subject, person=library.people.name(weak[0].person)),
            _stronger(weak[0].meaning, subject),
        )


def _stronger(meaning: str, subject: str) -> Mend:
    paper = command(meaning, subject, again=True, basis=HOLE, basis_date=HOLE, basis_file=HOLE)
    return command(meaning, subject, again=True, sign=True).or_else(paper) if meaning == "approve" else paper


def _not_given_out(records: Sequence[Item], subject: str, revision: int, copy: str) -> NotSo:
    if records:
        last = records[-1]
        state = last.type.states.get(last.status or "")
        return NotSo(
            _("copy {copy} of {id} is not with anybody: {record} is in the state “{state}”", copy=copy, id=subject, record=last.id, state=state.label if state else last.status or "?"),
            _given_out(subject, revision, copy),
        )
    return NotSo(
        _("no record says who has copy {copy} of {id}, revision {revision}", copy=copy, id=subject, revision=revision),
        _given_out(subject, revision, copy),
    )


def _given_out(subject: str, revision: int, copy: str) -> Mend:
    given: dict[str, str | Hole] = {"document": subject, "revision": str(revision), "copies": copy, "unit": HOLE, "received_by": HOLE}
    sets = tuple(Assignment(name, value) for name, value in given.items())
    return command("new", TYPE, sets=sets, title=HOLE).in_order_to(_("to give it out"))
