"""A nonconformity, an action or a complaint is taken to somebody higher up, and answered from there."""

from __future__ import annotations

from qmsctl.core.asked import record, way_on
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.actor import Actor
from qmsctl.core.lifecycle.table_rows import with_more_rows
from qmsctl.core.model import Item
from qmsctl.core.proof.holders import role_title
from qmsctl.core.records.escalations import BLOCK, escalations_of
from qmsctl.core.text.block_rows import Cell, with_cell
from qmsctl.core.text.characters import fold
from qmsctl.core.text.suggest import did_you_mean
from qmsctl.errors import Refusal, UsageError
from qmsctl.mend import HOLE, advice, command
from qmsctl.message import _
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Escalating:
    """To which role a matter is taken, and why."""

    to: str
    reason: str


def escalate(library: Library, subject: str, actor: Actor, given: Escalating) -> Edit:
    """One more row in the table of escalations; the state stays.

    Raises :class:`Refusal` for a closed record, one without such a table, where the role was asked and has not answered yet,
    and to a role that whoever escalates holds.
    """
    found = _open(library, subject)
    role = _role(library, given.to)
    if not given.reason.strip():
        raise UsageError(_("an escalation needs a reason"), command("escalate", subject, to=role, reason=HOLE))
    title = role_title(role, library)
    if _holds(library, actor.person, role):
        raise Refusal(
            _("{name} holds the role of {role} and can settle it", name=library.people.name(actor.person), role=title),
            command("escalate", subject, to=HOLE, reason=given.reason).in_order_to(_("name a role above it")),
        )
    if any(each.to == role and each.answered is None for each in escalations_of(found)):
        raise Refusal(_("{id} has been escalated to {role} and waits for the answer", id=subject, role=title), command("escalate", subject, answered=HOLE))
    row = {"date": library.today.isoformat(), "from": actor.person, "to": role, "reason": given.reason.strip()}
    before = library.outside.read(found.path)
    after = with_more_rows(before, found, found.type.blocks[BLOCK], [row], library.config.language)
    return Edit((FileChange(found.path, before, after),), _("{id}: escalated to {role}", id=subject, role=title), (found.path,))


def answer(library: Library, subject: str, actor: Actor, words: str) -> Edit:
    """The answer to the escalations of a record that whoever answers holds the role for.

    Raises :class:`Refusal` where there is none that waits, or for nobody of those whom it was taken to.
    """
    found = _open(library, subject)
    waiting = [each for each in escalations_of(found) if each.answered is None]
    if not waiting:
        raise Refusal(_("{id} has no escalation that waits for an answer", id=subject), command("show", subject))
    own = [each for each in waiting if _holds(library, actor.person, each.to)]
    if not own:
        roles = tuple(dict.fromkeys(role_title(each.to, library) for each in waiting))
        raise Refusal(
            _("{name} does not hold the role that is asked: {roles}", name=library.people.name(actor.person), roles=roles),
            command("escalate", subject, answered=words, by=HOLE).in_order_to(_("to enter what one of them has said")),
        )
    if not words.strip():
        raise UsageError(_("an answer needs words"), command("escalate", subject, answered=HOLE))
    before = after = library.outside.read(found.path)
    row = {"answered": library.today.isoformat(), "by": actor.person, "answer": words.strip()}
    for each in own:
        for column, text in row.items():
            after = with_cell(after, Cell(BLOCK, each.row, column), text)
    told = _("{id}: escalation answered by {name}", id=subject, name=library.people.name(actor.person))
    return Edit((FileChange(found.path, before, after),), told, (found.path,))


def _open(library: Library, subject: str) -> Item:
    """A record that may be escalated."""
    found = record(library, subject)
    if BLOCK not in found.type.blocks:
        raise Refusal(
            _("{type} is not escalated; a nonconformity, an action or a complaint is", type=found.type.label),
            command("nc log", HOLE).in_order_to(_("to log what is wrong")),
        )
    if library.is_closed(found):
        raise Refusal(_("{id} is closed; what is settled is not escalated", id=subject), way_on(found))
    return found


def _role(library: Library, text: str) -> str:
    """The role of this id or title. Raises :class:`UsageError` for none."""
    known = {fold(name): role.id for role in library.config.roles for name in (role.title, role.id)}
    found = known.get(fold(text.strip()))
    if found is None:
        raise UsageError(_("{option} is “{value}”, which is not known here", option="--to", value=text), advice(did_you_mean(text, [role.id for role in library.config.roles])))
    return found


def _holds(library: Library, person: str, role: str) -> bool:
    found = library.people.get(person)
    return found is not None and found.held(role, library.today)
