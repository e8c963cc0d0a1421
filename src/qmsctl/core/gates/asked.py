"""``asked: {block: grid, by: audit, unit: unit, columns: [clauses], units: units, type: audit-checklist, field: audit, lines: lines, asks: requirement, in: [filled]}`` — what was planned has been asked.

Each row of the ``block`` names a ``unit``, an audit in ``by`` and, in ``columns``, clauses and texts. Each of them is asked in the
column ``asks`` of the rows of ``lines`` in a record of ``type``, in a state of ``in``, whose ``field`` names an audit of the block that went
to the unit, as its field ``units`` says. With ``as_signed: [approved]`` so is what was planned when that state was signed for the last
time, though it stands there no more.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.coverage.planned_asked import PlannedRow, places_of, planned_rows
from qmsctl.core.gates import Context, Lack, label
from qmsctl.core.library import Library
from qmsctl.core.mends.audit_opening import opening
from qmsctl.core.mends.begin import begin
from qmsctl.core.model import Item
from qmsctl.core.types.gate_shape import Argument, Arguments, Written
from qmsctl.mend import Mend, advice, command
from qmsctl.message import _

_TEXT = Argument(Written.TEXT, needed=True)

TAKES = Arguments({
    "block": Argument(Written.TEXT, "block", needed=True),
    "columns": Argument(Written.TEXTS, needed=True),
    "type": Argument(Written.TEXT, "type", needed=True),
    "in": Argument(Written.TEXTS, needed=True),
    "as_signed": Argument(Written.TEXTS, "state"),
    **dict.fromkeys(("by", "unit", "units", "field", "lines", "asks"), _TEXT),
})


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """One lack a row, with all that was left out; a row whose unit no audit went to says so."""
    library = context.library
    for row in planned_rows(item, places_of(arguments), arguments["in"], library):
        told = {"label": label(item, arguments["block"]), "block": arguments["block"], "row": row.number}
        unit = library.config.unit(row.unit)
        name = unit.name if unit else row.unit
        if row.taken_out:
            yield from _taken_out(item, row, name, arguments, library)
        elif not row.audits:
            message = _("the table “{label}” ({block}), row {row}: no audit of this table went to {unit}", unit=name, **told)
            yield Lack(message, _another(arguments, library) if row.row.text(arguments["by"]) else opening(item.id, row.unit))
        elif row.left_out:
            message = _("the table “{label}” ({block}), row {row}: no checklist of {audits} asked about {members}",
                        audits=row.audits, members=row.left_out, **told)
            yield Lack(message, _ask(row, library) or _another(arguments, library))


def _taken_out(item: Item, row: PlannedRow, unit: str, arguments: Any, library: Library) -> Iterator[Lack]:
    """What was approved for a unit, and has gone from the table without having been asked."""
    if row.left_out:
        states = tuple(item.type.states[name].label for name in arguments["as_signed"] if name in item.type.states)
        message = _("the table “{label}” ({block}) was signed as “{states}” with {members} for {unit}, which were taken out and not asked about",
                    label=label(item, arguments["block"]), block=arguments["block"], states=states, members=row.left_out, unit=unit)
        yield Lack(message, (_ask(row, library) or _another(arguments, library) or advice(_("put it back")))
                   .or_else(advice(_("have the table signed again as it is now"))))


def _ask(row: PlannedRow, library: Library) -> Mend | None:
    """One more checklist of an audit that is not over."""
    going_on = [name for name in row.audits if not library.is_closed(library.by_id[name])]
    if not going_on:
        return None
    return command("audit checklist", going_on[-1]).then(advice(_("ask what is left, and fill the checklist in")))


def _another(arguments: Any, library: Library) -> Mend | None:
    """An audit that the table then names."""
    checklist = library.types.get(arguments["type"])
    field = checklist.fields.get(arguments["field"]) if checklist else None
    made = library.types.get(field.to[0]) if field and field.to else None
    return begin(made, {}, library).then(advice(_("name it in the table, and fill a checklist of it in"))) if made else None
