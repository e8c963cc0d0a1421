"""Files of a commit as git stores them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from qmsctl.core.source import EntryKind
from qmsctl.errors import RepositoryError
from qmsctl.mend import advice
from qmsctl.mend import git as git_command
from qmsctl.message import _
from qmsctl.store.git.plumbing import GitFailed, Plumbing
from qmsctl.store.machine.files import LARGEST, largest

Known = Mapping[str, tuple[str, int]]
"""The ids of blobs and their sizes, by path, of which it is known already what stands in them."""

MOST = 1_000_000
"""So many files and folders of a commit are read: ten times what an office of 20,000 documents has."""
_TYPE = slice(7, 11)
_FSCK = git_command("fsck").in_order_to(_("See what is wrong"))
_KINDS = {"120000": EntryKind.SYMLINK, "160000": EntryKind.SUBMODULE}


class TreeEntry(NamedTuple):
    """A file of a commit: its path relative to the folder asked for, and the id of its blob."""

    path: str
    kind: EntryKind
    size: int
    oid: str
    mode: str


def tree(git: Plumbing, treeish: str, known: Known | None = None) -> tuple[TreeEntry, ...]:
    """Every file of a tree, in git's order. Into blobs that are ``known`` git need not look. Raises as :func:`_listed` does."""
    found = tuple(_entry(line) for line in _listed(git, treeish, *(() if known else ("-l",))) if line[_TYPE] != b"tree")
    return tuple(sized(git, found, known)) if known else found


def unlike(git: Plumbing, treeish: str, blobs: Mapping[str, str]) -> tuple[frozenset[str], tuple[TreeEntry, ...]]:
    """The paths of ``blobs`` at which a tree has no plain file with these bytes, and all its other files, of which no size is known. Raises as :func:`_listed` does."""
    known = {b"100644 blob %b\t%b" % (oid.encode(), path.encode("utf-8", "surrogateescape")): path for path, oid in blobs.items()}
    listed = _listed(git, treeish)
    found = tuple(_entry(line) for line in listed if line not in known and line[_TYPE] != b"tree")
    return frozenset(known[line] for line in known.keys() - set(listed)), found


def _listed(git: Plumbing, treeish: str, *options: str) -> Sequence[bytes]:
    """What git tells of each file and folder of a tree.

    Raises ``RepositoryError`` for one that never ends, as folders that hold each other many times over make it, and for one with
    two files or folders at a path: git lays down the first, and tells both.
    """
    listed = list(islice(git.stream("ls-tree", "-r", "-t", "-z", *options, "--full-tree", treeish), MOST + 1))
    if len(listed) > MOST:
        raise RepositoryError(_("a commit has more than {most} files and folders, and is not read", most=MOST), _FSCK)
    if len({line.partition(b"\t")[2] for line in listed}) < len(listed):
        twice = next(path for path, count in Counter(line.partition(b"\t")[2] for line in listed).items() if count > 1)
        raise RepositoryError(_("a commit has two files or folders at {path}, so nobody can say which of them counts", path=twice.decode("utf-8", "surrogateescape")), _FSCK)
    return listed


def sized(git: Plumbing, entries: Sequence[TreeEntry], known: Known) -> Iterator[TreeEntry]:
    """The entries with their sizes, as far as they are not ``known``."""
    others = [each.oid for each in entries if each.kind is EntryKind.FILE and known.get(each.path, ("", 0))[0] != each.oid]
    sizes = dict(known.values()) | (_sizes(git, others) if others else {})
    return (each._replace(size=sizes.get(each.oid, 0)) if each.kind is EntryKind.FILE else each for each in entries)


def folders(git: Plumbing, commit: str, paths: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
    """The bytes of each tree that a commit has at ``paths``, ``None`` where it has none, through one process."""
    asked = "".join(f"{commit}:{path}\n" for path in paths).encode("utf-8", "surrogateescape")
    output, start = git.run("cat-file", "--batch", "--buffer", stdin=asked) if asked else b"", 0
    for path in paths:
        end = output.index(b"\n", start)
        header, start = output[start:end], end + 1
        size = -1 if header.endswith(b" missing") else int(header.rpartition(b" ")[2])
        yield path, output[start : start + size] if header.split()[1:2] == [b"tree"] else None
        start += size + 1


def _entry(line: bytes) -> TreeEntry:
    stat, _tab, path = line.partition(b"\t")
    mode, _type, oid, *size = stat.decode().split()
    kind = _KINDS.get(mode, EntryKind.FILE)
    length = int(size[0]) if kind is EntryKind.FILE and size and size[0].isdigit() else 0  # a blob that is missing has none
    return TreeEntry(path.decode("utf-8", "surrogateescape"), kind, length, oid, mode)


def index(git: Plumbing, prefix: str = "", file: Path | None = None) -> tuple[TreeEntry, ...]:
    """Every file below ``prefix`` in the index, with paths from there; of ``file``, if the index is another one.

    Of a file in conflict every side is listed.
    """
    inside = f"{prefix}/" if prefix else ""
    listed = Plumbing(git.git_dir, None).run("ls-files", "--stage", "-z", index=file)
    staged = (_staged(line) for line in listed.split(b"\0") if line)
    found = [each._replace(path=each.path.removeprefix(inside)) for each in staged if each.path.startswith(inside)]
    sizes = _sizes(git, [entry.oid for entry in found if entry.kind is EntryKind.FILE])
    return tuple(entry._replace(size=sizes.get(entry.oid, 0)) for entry in found)


def _staged(line: bytes) -> TreeEntry:
    stat, _tab, path = line.partition(b"\t")
    mode, oid, _side = stat.decode().split()
    return TreeEntry(path.decode("utf-8", "surrogateescape"), _KINDS.get(mode, EntryKind.FILE), 0, oid, mode)


def _sizes(git: Plumbing, oids: Sequence[str]) -> dict[str, int]:
    asked = "".join(f"{oid}\n" for oid in oids).encode()
    output = git.run("cat-file", "--batch-check=%(objectname) %(objectsize)", "--buffer", stdin=asked)
    pairs = (line.split() for line in output.decode().splitlines())
    return {oid: int(size) for oid, size in pairs if size.isdigit()}


def check_sizes(git: Plumbing, names: Sequence[str]) -> None:
    """Raise :class:`GitFailed` where one of these blobs is too large to be held: three megabytes of a pack can become as many gigabytes."""
    too_large = next((oid for oid, size in _sizes(git, names).items() if size > LARGEST), None)
    if too_large:
        raise _too_large(too_large)


def _too_large(name: str) -> GitFailed:
    message = _("{path} in git is larger than qmsctl reads", path=name)
    return GitFailed("cat-file", "", (message, advice(_("Keep large files below attachments/"))))


def blob_at(git: Plumbing, place: str) -> bytes | None:
    """The bytes of ``rev:path``, or ``None`` where the commit has no such file. Raises :class:`GitFailed`, for one too large to be held as well."""
    commit, _colon, path = place.partition(":")
    try:
        found = git.at_most(largest(path), "cat-file", "blob", "--end-of-options", place)
    except GitFailed:
        if not holds(git, commit, path):
            return None
        raise
    if found is None:
        raise _too_large(place)
    return found


def holds(git: Plumbing, commit: str, path: str) -> bool:
    """Whether a commit holds ``path``, a file or a folder. Raises :class:`GitFailed` where its trees cannot be read."""
    return bool(git.run("ls-tree", "-z", "--full-tree", "--end-of-options", commit, path))


def blobs(git: Plumbing, oids: Sequence[str]) -> Iterator[bytes]:
    """The bytes of each blob, in order, through one process. All are held in memory, so their sizes want a look before: :func:`check_sizes`."""
    asked = "".join(f"{oid}\n" for oid in oids).encode()
    output = git.run("cat-file", "--batch", "--buffer", stdin=asked)
    start = 0
    for oid in oids:
        end = output.index(b"\n", start)
        header = output[start:end].split()
        if header[1:2] != [b"blob"]:
            raise GitFailed("cat-file", f"missing: {oid}")
        start = end + 1 + int(header[2]) + 1
        yield output[end + 1 : start - 1]
