"""What the files are called that a text links to, on paper, where no link leads anywhere."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.procedures.forms import linked


def linked_names(item: Item, library: Library) -> Mapping[str, str]:
    """The ids of what a text links to, by the names of the files."""
    stems = (each.id for each in linked(item))
    return {stem: stem for stem in stems if library.knows(stem)}
