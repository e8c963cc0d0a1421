"""The library of a work tree as it was at a commit: git tells line by line in which files that is another, and the others are taken over."""

from __future__ import annotations

from collections.abc import Iterable

from qmsctl.core.assembled import with_others
from qmsctl.core.edited import touched
from qmsctl.core.library import Library
from qmsctl.core.reading import CONFIG_PATH, is_configuration, is_controlled
from qmsctl.core.source import EntryKind
from qmsctl.core.text.text_file import blob_of
from qmsctl.core.tree import is_seen, unread_folder
from qmsctl.store.commit_tree import CommitTree
from qmsctl.store.git import objects
from qmsctl.store.git.objects import TreeEntry
from qmsctl.store.git.repository import Git
from qmsctl.store.history.walks import Walks
from qmsctl.store.loading import read, unread
from qmsctl.store.place import Place
from qmsctl.store.surroundings import surroundings
from qmsctl.value import replace

_MANY = 10
"""More than a tenth of the files are many."""


def turned_back(library: Library, there: Place, git: Git, commit: str) -> Library | None:
    """The ``library`` as it was ``there``; ``None`` where many files are others, or one that bears on all."""
    own = (path for path, kind in library.files.items() if kind is EntryKind.FILE and is_configuration(path) and path not in library.parsed)
    blobs = {path: each.blob for path, each in library.parsed.items() if each.blob} | {path: blob_of(library.outside.read(path)) for path in own}
    gone, others = objects.unlike(git.plumbing, f"{commit}:{there.prefix}", blobs)
    kinds, new = _seen(others)
    few = [each for each in new if is_controlled(each.path) and each.kind is EntryKind.FILE]
    if any(is_configuration(path) or path.endswith(f"/{CONFIG_PATH}") for path in (*gone, *kinds)) or _MANY * len(few) > len(blobs):
        return None
    sized = tuple(objects.sized(git.plumbing, few, {}))
    part = replace(there, source=CommitTree(git, commit, there.prefix, lambda: sized))
    _holding, parsed = read(part, part.source.entries(), {}, library.types, library, None)
    stay = blobs.keys() - gone
    files = {path: kind for path, kind in library.files.items() if path in stay} | kinds
    found = {path: each for path, each in library.parsed.items() if path in stay} | parsed
    beside = replace(library, outside=surroundings(there, library.clock, Walks(there)), incomplete=(*there.unseen, *unread(found)))
    return with_others(beside, dict(sorted(files.items())), found, touched(library.parsed, found))


def _seen(entries: Iterable[TreeEntry]) -> tuple[dict[str, EntryKind], list[TreeEntry]]:
    """What these files are seen as, and those that are read; none of them makes a folder another system."""
    kinds: dict[str, EntryKind] = {}
    new = []
    for each in entries:
        if is_seen(each.path):
            folder = unread_folder(each.path, frozenset())
            kinds[folder or each.path] = EntryKind.UNREAD if folder else each.kind
            new += [] if folder else [each]
    return kinds, new
