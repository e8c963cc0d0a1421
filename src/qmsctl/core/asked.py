"""The document or record that a command names, or why there is none."""

from __future__ import annotations

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.errors import Refusal
from qmsctl.message import Message, _


def document(library: Library, subject: str) -> Item:
    """The working text of a document. Raises :class:`Refusal` where there is none."""
    found = item(library, subject)
    if not found.is_document:
        raise Refusal(
            _("{id} is a record; it is moved through its states", id=subject),
            way_on(found),
        )
    return found


def way_on(found: Item) -> Message:
    """The command that moves a record on, and the states it may come to."""
    state = found.type.states.get(found.status or "")
    if found.type.reopening is None and (state is None or not state.to):
        return _("it stays as it is; another matter is another record: qmsctl new {type}", type=found.type.name)
    if state is None or not state.to:
        return _('qmsctl reopen {id} --reason "…" is the only way back', id=found.id)
    return _("qmsctl advance {id} {state}; next may come: {next}", id=found.id, state=state.to[0], next=state.to)


def record(library: Library, subject: str) -> Item:
    """A record. Raises :class:`Refusal` where there is none."""
    found = item(library, subject)
    if found.is_document:
        raise Refusal(
            _("{id} is a document; its status is derived from its sign-offs", id=subject),
            _("qmsctl submit {id}, then review and approve", id=subject),
        )
    return found


def item(library: Library, subject: str) -> Item:
    """The document or record with this id. Raises :class:`Refusal` where there is none."""
    found = library.by_id.get(subject)
    if found is None:
        near = tuple(sorted(each.id for each in library.folded_ids.get(subject.casefold(), ())))
        raise Refusal(
            _("there is no document or record “{id}”", id=subject),
            _("did you mean {ids}?", ids=near) if near else _("qmsctl list shows all ids"),
        )
    return found
