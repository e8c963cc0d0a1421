"""The controlled files of a place: read and parsed, unless it is known what stands in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from qmsctl.core.reading import FileRead, Parsed, Unreadable, parse
from qmsctl.core.source import Source
from qmsctl.core.text.body import EMPTY
from qmsctl.core.text.text_file import blob_of, digest
from qmsctl.core.types.type_set import TypeSet
from qmsctl.errors import RepositoryError
from qmsctl.store.cache.kept import Kept, keep
from qmsctl.store.commit_tree import CommitTree
from qmsctl.store.git.plumbing import GitFailed
from qmsctl.store.machine.parallel import PARTS, THRESHOLD, in_two
from qmsctl.store.sources import WorkTree

if TYPE_CHECKING:
    from qmsctl.store.cache.holding import Holding

FEW = 100
"""So many files are read sooner than a cache is opened."""


def read_files(source: Source, paths: Sequence[str], types: TypeSet, known: Mapping[str, FileRead], *, named: bool) -> dict[str, FileRead]:
    """Every file of ``paths``, by path; those with the bytes of one that is ``known`` are not parsed again. If ``named``, with the name that git gives to what lies in the work tree."""
    parts = [paths] if known else _parts(paths)
    return {path: each for part in in_two(lambda part: [(path, _read(source, path, types, known, named)) for path in part], parts) for path, each in part}


def read_beside(kept: dict[str, FileRead], source: WorkTree, paths: Sequence[str], types: TypeSet, holding: Holding) -> dict[str, FileRead]:
    """The same, beside what is ``kept`` of all others."""
    read = [each for part in in_two(lambda part: list(_anew(source, part, types, holding)), _parts(paths)) for each in part]
    holding.renew(source.facts, kept, read)
    found = kept | {each.path: each for each, _raw in read}
    return {path: found[path] for path in sorted(found)}


def other_bytes(source: WorkTree, paths: Iterable[str], types: TypeSet, holding: Holding, known: Mapping[str, FileRead]) -> dict[str, FileRead]:
    """Those of ``paths`` that hold other bytes than what is ``known`` of them came from."""
    kept = [path for path in paths if isinstance(known.get(path), Kept)]
    read = {each.path: (each, raw) for each, raw in _anew(source, kept, types, holding) if each is not known[each.path]}
    if read:
        holding.renew(source.facts, {path: each for path, each in known.items() if path not in read}, read.values())
    return {path: each for path, (each, _raw) in read.items()}


def _parts(paths: Sequence[str]) -> list[Sequence[str]]:
    """Some files at a time; all at once if they are few."""
    size = -(-len(paths) // PARTS) if len(paths) >= THRESHOLD else len(paths) or 1
    return [paths[start : start + size] for start in range(0, len(paths), size)]


def _read(source: Source, path: str, types: TypeSet, known: Mapping[str, FileRead], named: bool) -> FileRead:
    same = known.get(path)
    if same is not None and isinstance(source, CommitTree) and source.oid(path) == same.blob:
        return same
    try:
        data = source.read(path)
    except GitFailed:
        raise  # what is missing from git's objects is no file that has an error
    except RepositoryError as error:
        return unreadable(path, error)
    if same is not None and same.sha256 == digest(data):
        return same
    found = parse(path, data, types)
    return found._replace(blob=blob_of(data)) if named and isinstance(source, WorkTree) else found


def _anew(source: WorkTree, paths: Sequence[str], types: TypeSet, holding: Holding) -> Iterator[tuple[FileRead, bytes]]:
    """Files with the SHA-256 of their bytes, in the form in which they are kept where they can be."""
    for path in paths:
        try:
            data = source.read(path)
        except RepositoryError as error:
            yield unreadable(path, error), b""
            continue
        raw = hashlib.sha256(data).digest()
        yield holding.same(path, raw) or _kept(parse(path, data, types), data), raw


def _kept(parsed: Parsed, data: bytes) -> FileRead:
    return keep(parsed, data) or parsed


def unreadable(path: str, error: RepositoryError) -> Parsed:
    """A file of which no byte could be read."""
    return Parsed(path, None, EMPTY, "", Unreadable("file-unreadable", 0, error.message, error.mend))
