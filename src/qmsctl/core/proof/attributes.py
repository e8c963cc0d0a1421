"""What the ``.gitattributes`` files of a library say together."""

from __future__ import annotations

from qmsctl.core.library import Library
from qmsctl.core.source import EntryKind
from qmsctl.core.text.git_attributes import FILE, Attributes, is_plain
from qmsctl.errors import RepositoryError

LFS = "lfs"
"""The filter that puts a pointer into git and the content beside it."""


def attributes_of(library: Library) -> Attributes | None:
    """What the files say; nothing where none says more than a new system begins with."""
    inside = {}
    for path, kind in (library.whole or library).files.items():
        if kind is EntryKind.FILE and path.rpartition("/")[2] == FILE:
            try:
                data = library.outside.read(path)
            except RepositoryError:
                continue  # file-unreadable is told elsewhere: git cannot read it either
            inside[path.removesuffix(FILE)] = data
    above = library.outside.attributes_above()
    return None if all(map(is_plain, (*inside.values(), *above.values()))) else Attributes(inside, above)


def is_given_to_lfs(path: str, attributes: Attributes | None) -> bool:
    """True if git-lfs fetches the content of the file at ``path``, so that a pointer to it is no more than that."""
    found = attributes.of(path).get("filter") if attributes else None
    return found is not None and found.value == LFS
