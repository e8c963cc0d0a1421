"""Files that a person has copied: the same id under another name, beside the file that bears it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qmsctl.core.model import Item


def copies_among(items: Sequence[Item]) -> Mapping[str, Item]:
    """The copies of items with one id, by path, each with the original: the one whose name is that id."""
    original = next((item for item in items if item.id == item.stem), None)
    if original is None:
        return {}
    return {item.path: original for item in items if item.stem != item.id and item.id == original.id}
