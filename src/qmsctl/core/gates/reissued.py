"""``reissued: {field: documents, waivers: waivers}`` — each document took effect in a new revision.

By the day of the gate the document had an effective revision whose ``answers`` names this record,
or the record waives it with a reason. A document withdrawn later still counts.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context, Lack
from qmsctl.core.model import Item
from qmsctl.core.types.gate_shape import Argument, Arguments, Written
from qmsctl.mend import HOLE, Mend, advice, command
from qmsctl.message import _

TAKES = Arguments({
    "field": Argument(Written.TEXT, "field", needed=True),
    "waivers": Argument(Written.TEXT, "field"),
})


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """Every document named in the field."""
    waived = {row.text("document") for row in item.rows(arguments.get("waivers", ""))}
    for document in item.texts(arguments["field"]):
        if document not in waived and not _reissued(document, item.id, context):
            message = _("{document} has no effective revision that names {id} under “answers”", document=document, id=item.id)
            yield Lack(message, _way(document, item.id, context))


def _reissued(document: str, record: str, context: Context) -> bool:
    return any(
        each.copy is not None
        and record in each.copy.texts("answers")
        and each.effective_on is not None
        and each.effective_on <= context.day
        for each in context.library.standing(document).approved
    )


def _way(document: str, record: str, context: Context) -> Mend:
    """What brings such a revision about, from where the document stands."""
    standing = context.library.standing(document)
    working = context.library.by_id.get(document)
    answered = working is not None and record in working.texts("answers")
    coming = standing.coming
    if coming and coming.copy and record in coming.copy.texts("answers"):
        return advice(_("wait until {document} takes effect on {day}", document=document, day=coming.effective_on))
    if standing.draft is None:
        return command("revise", document, change=HOLE, answers=record)
    if not answered:
        written = advice(_("write “answers: [{id}]” into {path}", id=record, path=working.path if working else document))
        return written.then(command("submit", document))
    if standing.working == "in-review":
        places = next((r.open_places for r in reversed(standing.rounds) if r.revision == standing.draft), ())
        return command(places[0].meaning if places else "approve", document)
    return command("submit", document)
