"""The files of a dossier: the frozen copy and the sign-offs beside it."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.edit import FileChange
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.actor import Act
from qmsctl.core.model import Item
from qmsctl.core.splice import Value, front_matter
from qmsctl.core.text_file import digest
from qmsctl.errors import Refusal
from qmsctl.message import _


def lf(data: bytes) -> bytes:
    """The bytes with LF line ends: what a dossier holds and a digest covers."""
    return data.replace(b"\r\n", b"\n")


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


def document(library: Library, subject: str) -> Item:
    """The working text of a document. Raises :class:`Refusal` where there is none."""
    found = item(library, subject)
    if not found.is_document:
        raise Refusal(
            _("{id} is a record; it is moved through its states", id=subject),
            _("qmsctl advance {id} STATE", id=subject),
        )
    return found


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
