"""Numbers that were given to something that never came into force, and are not given again."""

from __future__ import annotations

from qmsctl.core.library import Library
from qmsctl.core.model import Item


def is_void_number(item: Item, library: Library) -> bool:
    """True for a record that begins void, and whose number was never that of something approved or of a signed record."""
    first = item.type.states.get(item.type.first_state or "")
    dossiers = library.dossiers.get(item.id, ())
    begins_void = first is not None and first.void
    return begins_void and not library.standing(item.id).approved and all(d.revision is not None for d in dossiers)
