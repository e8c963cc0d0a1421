"""``signed: {meaning: confirm, role: [unit-head]}`` — a sign-off of this meaning by such a role.

``of: FIELD`` looks at the dossiers of the documents or records named in a field instead of the
record's own; the sign-off has to be made by the day of the gate.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.approval import day_of, given
from qmsctl.core.gates import Context, Lack
from qmsctl.core.gates.linked import next_step
from qmsctl.core.model import Item
from qmsctl.message import Message, _


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """The sign-offs of the record, or of those it names."""
    subjects = item.texts(arguments["of"]) if "of" in arguments else (item.id,)
    for subject in subjects:
        if not _is_signed(subject, arguments, context):
            message = _("{subject} has no sign-off “{meaning}” by {roles}", subject=subject,
                        meaning=arguments["meaning"], roles=arguments.get("role", ()))  # fmt: skip
            yield Lack(message, mend=_way(subject, arguments["meaning"], context))


def _is_signed(subject: str, arguments: Any, context: Context) -> bool:
    library = context.library
    config = library.config
    return any(
        day_of(signoff, config) <= context.day
        for dossier in library.dossiers.get(subject, ())
        for signoff in given(arguments["meaning"], arguments.get("role", ()), dossier, config, library.people)
    )


def _way(subject: str, meaning: str, context: Context) -> Message:
    """The command that asks for such a sign-off: of a record, the way to the state that bears it."""
    found = context.library.by_id.get(subject)
    bearing = tuple(s.id for s in found.type.states.values() if s.signoff and s.signoff.meaning == meaning) if found else ()
    step = next_step(found, bearing) if found and bearing else None
    if step is not None:
        return _("qmsctl advance {id} {state}", id=subject, state=step)
    if found is None or not found.is_document:
        return _("see what holds it up: qmsctl show {id}", id=subject)
    return _("qmsctl {command} {id}", command=meaning, id=subject)
