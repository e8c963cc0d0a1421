"""Numbers that were given to something that never came into force, and are not given again."""

from __future__ import annotations

from qmsctl.core.library import Library
from qmsctl.core.model import Item

TYPE = "tombstone"


def is_void(item: Item, library: Library) -> bool:
    """True for a tombstone whose number was never that of something approved or of a signed record."""
    dossiers = library.dossiers.get(item.id, ())
    return item.type.name == TYPE and not library.standing(item.id).approved and all(d.revision is not None for d in dossiers)
