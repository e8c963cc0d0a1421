"""Nonconformities that are open beyond their day, or that have come back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qmsctl.core.attention.matter import Kind, Matter
from qmsctl.core.duties.obligations import obligations
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.closing import signed_states
from qmsctl.core.records.counted import counted, counted_ids
from qmsctl.core.records.repeats import Repeats
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.tasks.who import Who
from qmsctl.core.types.record_type import RecordType
from qmsctl.mend import command
from qmsctl.message import Message, _

_FOR, _AS = "actions-status", "open"


def is_problem(kind: RecordType) -> bool:
    """True for a type whose open records are counted as open nonconformities."""
    return bool(kind.counted_as(_FOR, _AS))


def problems(library: Library, who: Who) -> Iterator[Matter]:
    """Those past their day, then those that were opened again, did not work, or repeat another; each once."""
    late = {each.record.id: each.day for each in obligations(library) if is_problem(each.record.type) and each.day < library.today}
    repeats, failed = Repeats(library), frozenset(counted_ids(library, _FOR, "ineffective"))
    for record in counted(library, _FOR, _AS):
        day = late.get(record.id)
        found = (_("to be closed by now"), day) if day else _back(record, library, repeats, failed)
        if found is not None:
            yield _matter(record, *found, who)


def without_day(library: Library) -> int:
    """How many open ones have no day by which they are to be closed."""
    dated = {each.record.id for each in obligations(library)}
    return sum(each.id not in dated for each in counted(library, _FOR, _AS))


def _back(record: Item, library: Library, repeats: Repeats, failed: frozenset[str]) -> tuple[Message, date | None] | None:
    """How it came back, and since when; ``None`` for one that is new."""
    opened = [day_of(each.reopened, library.config) for each in signed_states(record, library) if each.reopened]
    if opened:
        return _("opened again"), max(opened)
    if did_not_work := failed.intersection(record.texts("actions")):
        name = min(did_not_work)
        return _("{id} did not work", id=name), library.by_id[name].day("verified") or record.day("raised")
    if record.flag("effective") is False:
        return _("what was done did not work"), record.day("verified") or record.day("raised")
    earlier = repeats.before(record)
    return (_("repeats {id}", id=earlier[0].other.id), record.day("raised")) if earlier else None


def _matter(record: Item, what: Message, since: date | None, who: Who) -> Matter:
    owner, unit = record.text("owner") or "", record.text("unit")
    people = who.people(owner, unit)
    return Matter(
        Kind.NONCONFORMITIES, record.id, record.title, what, who.unit(unit, people) or "", (owner,) if owner else (), people, since,
        command("show", record.id),
    )
