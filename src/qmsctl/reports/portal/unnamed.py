"""Records of which a portal tells nothing but how many there are."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.library import Library
from qmsctl.core.model import Item


def unnamed(library: Library) -> Mapping[str, Item]:
    """Such records by id, as their types say; those that their dossiers say it of are among them."""
    return {item.id: item for item in library.records if item.type.unnamed and _is_unnamed(item, library)}


def _is_unnamed(item: Item, library: Library) -> bool:
    texts = (item, *(each.copy for each in library.dossiers.get(item.id, ()) if each.copy))
    return any(text.text(name) in values for text in texts for name, values in item.type.unnamed.items())
