"""Whether the files of a QMS are those of the commit a report names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from qmsctl.core.reading import is_configuration, is_controlled
from qmsctl.core.source import EntryKind
from qmsctl.errors import QmsError
from qmsctl.store.git.ignored import ignored
from qmsctl.store.git.object_bytes import Entry
from qmsctl.store.place import Place

EVIDENCE = ("attachments/", "signoffs/")
"""Where files lie that prove something, of whatever name."""


def differs_from_commit(place: Place) -> bool:
    """True if a file of the work tree is not that of ``HEAD``, byte for byte but for line ends.

    The files are hashed here; git is only asked for its tree, so no filter of the repository runs.
    """
    if place.git is None or place.commit is None:
        return False
    committed = {entry.path: entry for entry in place.git.tree(place.commit, place.prefix)}
    present = {path for path, kind in place.source.entries().items() if kind is EntryKind.FILE}
    tracked = {path for path, entry in committed.items() if entry.kind is EntryKind.FILE}
    controlled = {path for path in present | tracked if "/" in path or path.endswith(".yaml")}
    if (present & controlled) != (tracked & controlled):
        return True
    return any(not is_as_committed(place, path, committed[path].oid) for path in sorted(controlled))


def written_by_hand(place: Place) -> tuple[str, ...]:
    """The paths of texts, evidence and configuration that are new, or other than in the last commit; none that git is to leave out."""
    if place.git is None or place.commit is None:
        return ()
    committed = {entry.path: entry.oid for entry in place.git.tree(place.commit, place.prefix)}
    seen = (path for path, kind in place.source.entries().items() if kind is EntryKind.FILE)
    wanted = [path for path in seen if is_controlled(path) or is_configuration(path) or path.startswith(EVIDENCE)]
    other = [path for path in wanted if path not in committed or not is_as_committed(place, path, committed[path])]
    new = [place.from_top(path) for path in other if path not in committed]
    left_out = frozenset(ignored(place.git, new)) if new else frozenset()
    return tuple(path for path in other if place.from_top(path) not in left_out)


def edited(place: Place, contents: Mapping[str, bytes], along: Iterable[str] = ()) -> tuple[str, ...]:
    """The paths whose contents are not those of the last commit, be it that this has no such file; none where there is no commit.

    The folders ``along`` other paths are read with theirs, for whoever asks next.
    """
    if place.git is None or place.commit is None or not contents:
        return ()
    committed = place.git.trees(place.commit, [place.from_top(path) for path in (*contents, *along)])
    return tuple(sorted(path for path, data in contents.items() if not _is_held(data, committed.at(place.from_top(path)))))


def _is_held(data: bytes, entry: Entry | None) -> bool:
    return entry is not None and _is(data, entry.oid)


def is_as_committed(place: Place, path: str, oid: str) -> bool:
    """True for a file whose bytes, line ends aside, are those of the blob ``oid``."""
    try:
        data = place.source.read(path)
    except QmsError:
        return False
    return _is(data, oid)


def _is(data: bytes, oid: str) -> bool:
    """True for the bytes of a blob, but for line ends."""
    return oid in (_blob(data, oid), _blob(data.replace(b"\r\n", b"\n"), oid))


def _blob(data: bytes, like: str) -> str:
    """The object name git gives to a blob, by the repository's hash: SHA-1 or SHA-256."""
    algorithm = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return algorithm(b"blob %d\0" % len(data) + data).hexdigest()
