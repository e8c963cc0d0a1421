"""The files of a dossier: the frozen copy and the sign-offs beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qmsctl.core.edit import FileChange
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.actor import Act
from qmsctl.core.model import Item, SignOff
from qmsctl.core.signoffs.filing import meaning_of
from qmsctl.core.text.splice import Value, front_matter
from qmsctl.core.text.text_file import digest, lf
from qmsctl.errors import Refusal
from qmsctl.message import Message, _


def dossier_folder(subject: str, name: object, data: bytes) -> str:
    """``signoffs/<id>/<revision or state>-<first 8 hex digits>`` for these bytes."""
    return f"signoffs/{subject}/{name}-{digest(data)[:8]}"


def freeze(folder: str, subject: str, data: bytes) -> FileChange:
    """The new frozen copy of ``subject`` in its dossier."""
    return FileChange(f"{folder}/{subject}.md", None, lf(data))


def signoff_file(
    library: Library, folder: str, meaning: str, bound: Mapping[str, Value], act: Act
) -> FileChange:
    """A new sign-off in ``folder``, bound to what ``bound`` names.

    The file is called ``<meaning>.<person>.md``; a second one of the same name gets a number.
    """
    stem = f"{folder}/{meaning}.{act.actor.person}"
    path = next(
        path
        for path in (f"{stem}.md", *(f"{stem}.{number}.md" for number in range(2, 1000)))
        if path not in library.files
    )
    fields: dict[str, Value] = {"type": "signoff", **bound, "meaning": meaning, **act.fields()}
    comment = act.comment.strip()
    return FileChange(path, None, front_matter(fields.items(), f"\n{comment}\n" if comment else ""))


def once(library: Library, given: Iterable[SignOff], act: Act) -> None:
    """Refuse a sign-off that one of ``given`` is already: a second one would say nothing new."""
    for signoff in given:
        for person in act.people or (act.actor.person,):
            if person in signoff.by:
                raise Refusal(
                    _("{name} signed this on {at} already, as “{meaning}”",
                      name=library.people.name(person), at=signoff.at, meaning=meaning_of(signoff, library)),
                    _("qmsctl show {id} says who has signed and who is still to sign", id=signoff.subject),
                )  # fmt: skip


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
