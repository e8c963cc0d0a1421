"""``reissued: {field: documents, waivers: waivers}`` — each document took effect in a new revision.

By the day of the gate the document had an effective revision whose ``answers`` names this record,
or the record waives it with a reason. A document withdrawn later still counts.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context
from qmsctl.core.model import Item
from qmsctl.message import Message, _


def check(item: Item, arguments: Any, context: Context) -> Iterator[Message]:
    """Every document named in the field."""
    waived = {row.text("document") for row in item.rows(arguments.get("waivers", ""))}
    for document in item.texts(arguments["field"]):
        if document not in waived and not _reissued(document, item.id, context):
            yield _("{document} has no effective revision that names {id} under “answers”", document=document, id=item.id)


def _reissued(document: str, record: str, context: Context) -> bool:
    return any(
        each.copy is not None
        and record in each.copy.texts("answers")
        and each.effective_on is not None
        and each.effective_on <= context.day
        for each in context.library.standing(document).approved
    )
