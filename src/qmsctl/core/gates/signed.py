"""``signed: {meaning: confirm, role: [unit-head]}`` — a sign-off of this meaning by such a role.

``of: FIELD`` looks at the dossiers of the documents or records named in a field instead of the
record's own; the sign-off has to be made by the day of the gate.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.approval import binds, day_of, held_role
from qmsctl.core.gates import Context
from qmsctl.core.model import Item
from qmsctl.message import Message, _


def check(item: Item, arguments: Any, context: Context) -> Iterator[Message]:
    """The sign-offs of the record, or of those it names."""
    subjects = item.texts(arguments["of"]) if "of" in arguments else (item.id,)
    for subject in subjects:
        if not _is_signed(subject, arguments, context):
            yield _("{subject} has no sign-off “{meaning}” by {roles}", subject=subject,
                    meaning=arguments["meaning"], roles=arguments.get("role", ()))  # fmt: skip


def _is_signed(subject: str, arguments: Any, context: Context) -> bool:
    library = context.library
    roles = arguments.get("role", ())
    return any(
        (not roles or signoff.role in roles)
        and binds(signoff, dossier)
        and held_role(signoff, library.config, library.people)
        and day_of(signoff, library.config) <= context.day
        for dossier in library.dossiers.get(subject, ())
        for signoff in dossier.of(arguments["meaning"])
    )
