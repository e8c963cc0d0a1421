"""Five whys: the answers that lead to the root cause of a nonconformity, in its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qmsctl.core.asked import record, way_on
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.sections.section_text import section_named, with_section
from qmsctl.core.text.block_rows import append_row
from qmsctl.core.text.splice import Value, flow, set_fields
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
    after = _with_rows(before, found, rows, library.config.language)
    fields: dict[str, Value | None] = {"cause_method": METHOD, "cause": answers[-1]}
    after = set_fields(after, fields | ({"cause_category": category} if category else {}), found.type.field_order)
    summary = _("{id}: root cause found by {count} whys", id=subject, count=len(known) + len(answers))
    return Edit((FileChange(found.path, before, after),), summary, (found.path,))


def _with_rows(data: bytes, found: Item, rows: Sequence[Mapping[str, Value]], language: str) -> bytes:
    """The rows at the end of the table, or as a table of their own in its section."""
    if not found.body.block(BLOCK):
        section = section_named(found.type, BLOCK)
        if section:
            first = "\n  ".join(f"{key}: {flow(value)}" for key, value in rows[0].items())
            data = with_section(data, found.type, section, f"```{BLOCK}\n- {first}\n```", language, beside=True)
            rows = rows[1:]
    for row in rows:
        data = append_row(data, BLOCK, row, found.type.blocks[BLOCK].label.in_language(language))
    return data
