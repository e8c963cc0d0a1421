"""What a document is to everything else in a library."""

from __future__ import annotations

from qmsctl.core.library import Library


def bearing(library: Library, name: str) -> object:
    """Its working text, and what was :func:`issued` of it; ``None`` for a record, and for what is not there.

    Who has signed a submission that is under way bears on nobody else.
    """
    found = issued(library, name)
    item = library.by_id.get(name) if found else None
    return found and (item.sha256 if item else None, found)


def issued(library: Library, name: str) -> object:
    """What of a document was approved, and what is in force, is to be, or was withdrawn; its type, its place, and no more of its working text.

    ``None`` for a record, and for what is not there.
    """
    item = library.by_id.get(name)
    if not item.is_document if item is not None else name not in library.dossiers:
        return None
    standing = library.standing(name)
    turns = tuple(each.dossier.folder if each else None for each in (standing.in_force, standing.coming, standing.withdrawn))
    approved = tuple((each.dossier.folder, each.copy.sha256 if each.copy else None, each.approved_on, each.effective_on) for each in standing.approved)
    return (item.type.name, item.path) if item else None, turns, approved


def but_for_drafts(library: Library, name: str) -> object:
    """Everything that there is of one id, but for what a document's working text says."""
    item = library.by_id.get(name)
    signed = tuple((each.folder, each.copy.sha256 if each.copy else None, each.signoffs) for each in library.dossiers.get(name, ()))
    return (item.path, item.type.name, None if item.is_document else item.sha256) if item else None, signed
