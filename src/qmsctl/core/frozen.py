"""Whose bytes are bound by a sign-off, and which text is that of a paper: found out id by id, for few are asked for."""

from __future__ import annotations

from collections.abc import Callable, Container
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qmsctl.core.library import Library
    from qmsctl.core.model import Item


class Those(Container[str]):
    """The ids of which ``is_one`` is true; of each it is asked once, when somebody looks for it."""

    def __init__(self, is_one: Callable[[str], bool]) -> None:
        self._is_one: Callable[[Any], bool] = cache(is_one)

    def __contains__(self, name: object) -> bool:
        return self._is_one(name)


def frozen(library: Library) -> Those:
    """Those of approved working texts and closed records; what edits leave as it was is as it was before them."""
    signed = library.dossiers.folders

    def is_frozen(name: str) -> bool:
        if name not in signed:
            return False
        if library.origin is not None and library.stays(name):
            return name in library.origin.frozen
        item = library.by_id.get(name)
        return item is not None and any(_is_bound(each, library) for each in library.twins.get(name, (item,)))

    return Those(is_frozen)


def _is_bound(item: Item, library: Library) -> bool:
    if item.is_document:
        return item.id in library.dossiers and library.standing(item.id).is_clean
    is_closed = item.type.kind == "record" and library.is_closed(item)
    return is_closed and any(each.copy and each.copy.sha256 == item.sha256 and each.signoffs for each in library.dossiers.get(item.id, ()))


def adopted(name: str, library: Library) -> int | None:
    """The revision of the working text of this id, if it was adopted from paper."""
    item = library.by_id.get(name)
    is_taken = item is not None and item.is_document and any(each.of("adopt") for each in library.dossiers.get(name, ()))
    return library.standing(name).adopted if is_taken else None
