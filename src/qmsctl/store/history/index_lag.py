"""Where git's index is behind the last commit, though the files are as it has them."""

from __future__ import annotations

import os
from collections.abc import Iterator

from qmsctl.core.reading import is_configuration, is_controlled
from qmsctl.store.history.cleanliness import EVIDENCE, is_as_committed
from qmsctl.store.place import Place
from qmsctl.store.sources import WorkTree

_COMPARED = ("diff-index", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff")
_NO_FILE = "000000"


def behind(place: Place) -> tuple[str, ...]:
    """The paths of texts, evidence and configuration that a plain ``git commit`` would take back; of a work tree alone."""
    if place.git is None or place.commit is None or not isinstance(place.source, WorkTree):
        return ()
    return tuple(_behind(place, place.git.plumbing.run(*_COMPARED, place.commit)))


def _behind(place: Place, listed: bytes) -> Iterator[str]:
    words = iter(listed.decode("utf-8", "surrogateescape").split("\0"))
    inside = f"{place.prefix}/" if place.prefix else ""
    for facts in words:
        if not facts:
            return
        mode, _staged, oid, _other, status = facts.removeprefix(":").split()
        name = next(words)
        path = name.removeprefix(inside)
        if status != "U" and name.startswith(inside) and _counts(path) and _is_as_committed(place, path, None if mode == _NO_FILE else oid):
            yield path


def _counts(path: str) -> bool:
    return is_controlled(path) or is_configuration(path) or path.startswith(EVIDENCE)


def _is_as_committed(place: Place, path: str, oid: str | None) -> bool:
    assert place.root is not None  # there is a work tree
    return is_as_committed(place, path, oid) if oid else not os.path.lexists(place.root / path)
