"""What the ``.gitattributes`` files of a library say together."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.library import Library
from qmsctl.core.source import EntryKind
from qmsctl.core.text.git_attributes import FILE, Attributes, is_plain
from qmsctl.errors import RepositoryError

LFS = "lfs"
"""The filter that puts a pointer into git and the content beside it."""


def attributes_of(library: Library) -> Attributes | None:
    """What the files say; nothing where none says more than a new system begins with."""
    inside = {path.removesuffix(FILE): found for path, found in _files(library) if isinstance(found, bytes)}
    above = library.outside.attributes_above()
    return None if all(map(is_plain, (*inside.values(), *above.values()))) else Attributes(inside, above)


def unread_attributes(library: Library) -> Iterator[tuple[str, RepositoryError]]:
    """The paths of those that nobody can read here, and why."""
    return ((path, found) for path, found in _files(library) if isinstance(found, RepositoryError))


def _files(library: Library) -> Iterator[tuple[str, bytes | RepositoryError]]:
    files = (library.whole or library).files
    for path in [path for path in files if path.endswith(FILE)]:
        if files[path] is EntryKind.FILE and path.rpartition("/")[2] == FILE:
            try:
                yield path, library.outside.read(path)
            except RepositoryError as error:
                yield path, error


def is_given_to_lfs(path: str, attributes: Attributes | None) -> bool:
    """True if git-lfs fetches the content of the file at ``path``, so that a pointer to it is no more than that."""
    found = attributes.of(path).get("filter") if attributes else None
    return found is not None and found.value == LFS
