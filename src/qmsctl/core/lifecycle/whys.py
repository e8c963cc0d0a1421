"""Five whys: the answers that lead to the root cause of a nonconformity, in its record."""

from __future__ import annotations

from collections.abc import Sequence

from qmsctl.core.asked import record, way_on
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.table_rows import with_more_rows
from qmsctl.core.model import Item
from qmsctl.core.text.splice import Value, set_fields
from qmsctl.core.types.choice import as_value
from qmsctl.errors import Refusal
from qmsctl.mend import HOLE, addition, command
from qmsctl.message import _

BLOCK = "whys"
METHOD = "5-whys"


def answers_of(library: Library, subject: str) -> tuple[Item, tuple[str, ...]]:
    """An open record that asks for whys, and the answers it has so far.

    Raises :class:`Refusal` for a record that is closed, or of a type without such a table.
    """
    found = record(library, subject)
    if BLOCK not in found.type.blocks:
        raise Refusal(_("{type} has no table of whys", type=found.type.label), command("nc list").in_order_to(_("they are asked of a nonconformity")))
    if library.is_closed(found):
        raise Refusal(_("{id} is closed; its cause does not change any more", id=subject), way_on(found))
    return found, tuple(row.text("because") or "" for row in found.block_rows(BLOCK))


def add_whys(library: Library, subject: str, answers: Sequence[str], category: str | None) -> Edit:
    """``answers`` after those there are; the last one is the root cause."""
    found, known = answers_of(library, subject)
    if not any(answers):
        raise Refusal(_("no answer is given"), addition(because=HOLE).in_order_to(_("once for each why")))
    before = library.outside.read(found.path)
    rows = [{"no": str(number), "because": answer} for number, answer in enumerate(answers, len(known) + 1)]
    after = with_more_rows(before, found, found.type.blocks[BLOCK], rows, library.config.language)
    fields: dict[str, Value | None] = {"cause_method": METHOD, "cause": answers[-1]}
    after = set_fields(after, fields | ({"cause_category": as_value(found.type.fields.get("cause_category"), category)} if category else {}), found.type.field_order)
    summary = _("{id}: root cause found by {count} whys", id=subject, count=len(known) + len(answers))
    return Edit((FileChange(found.path, before, after),), summary, (found.path,))
