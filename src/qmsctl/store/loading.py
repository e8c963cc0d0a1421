"""A QMS folder, at present or at a commit, to a library."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property, partial
from pathlib import Path
from posixpath import normpath

from qmsctl.core.library import Library, assemble
from qmsctl.core.office.config import FORMAT, Config
from qmsctl.core.office.config_reader import read_config
from qmsctl.core.office.people import People
from qmsctl.core.reading import CONFIG_PATH, Parsed, Unreadable, is_controlled, parse
from qmsctl.core.source import EntryKind, Source
from qmsctl.core.text.body import EMPTY
from qmsctl.core.text.text_file import MAX_FILE_BYTES, digest, too_large
from qmsctl.core.types.type_set import TypeSet
from qmsctl.errors import RepositoryError
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.store import objects
from qmsctl.store.definitions import USER_TYPES, config_type, find_standard, type_set
from qmsctl.store.git import Git
from qmsctl.store.parallel import PARTS, THRESHOLD, in_two
from qmsctl.store.roots import find_prefix, find_root
from qmsctl.store.sources import CommitTree, WorkTree
from qmsctl.store.surroundings import surroundings


@dataclass(frozen=True)
class Place:
    """Where a QMS is: its folder (``None`` in a bare repository), repository and files.

    ``at`` is the commit the files are of, ``None`` for those on the disk; ``prefix`` the path of the
    folder from the top of the repository.
    """

    root: Path | None
    git: Git | None
    at: str | None
    prefix: str
    source: Source

    def from_top(self, path: str) -> str:
        """A path of the QMS as one from the top of its repository."""
        return normpath(f"{self.prefix}/{path}") if self.prefix else path

    @cached_property
    def commit(self) -> str | None:
        """The commit the files are of, or that lies below those on the disk; git is asked for it only here."""
        return self.at or (self.git.head() if self.git else None)


def locate(start: Path, at: str | None = None) -> Place:
    """The QMS that ``start`` lies in, as files or as of the commit ``at``.

    Raises :class:`RepositoryError` where there is none.
    """
    if at is None:
        root = find_root(start)
        git = Git.discover(root)
        prefix = git.prefix(root) if git else ""
        return Place(root, git, None, prefix, WorkTree(root, partial(objects.index, git.plumbing, prefix) if git else None))
    git = Git.discover(start)
    if git is None:
        raise RepositoryError(
            _(
                "{folder} is in no git repository, so there is no commit {ref}",
                folder=str(start),
                ref=at,
            ),
            advice(_("leave out --at")),
        )
    commit = git.resolve(at)
    if git.top is None:
        prefix = find_prefix(git, commit)
        return Place(None, git, commit, prefix, CommitTree(git, commit, prefix))
    root = find_root(start)
    prefix = git.prefix(root)
    return Place(root, git, commit, prefix, CommitTree(git, commit, prefix))


def load(place: Place, clock: datetime, day: date | None = None, near: Library | None = None) -> Library:
    """Read all controlled files of ``place``.

    ``clock`` is the real moment, with a zone; ``day`` the day it is to be, if another: its last
    second is then ``now``. ``near`` is a library of which most files are the same: those are not
    parsed again.
    """
    entries = {entry.path: entry for entry in place.source.entries()}
    files = {path: entry.kind for path, entry in entries.items()}
    own_types = _own_types(place.source.read, files)
    types = type_set(own_types)
    known = near.parsed if near and own_types == _own_types(near.outside.read, near.files) else {}
    controlled = [path for path, kind in files.items() if kind is EntryKind.FILE and is_controlled(path)]
    large = [path for path in controlled if entries[path].size > MAX_FILE_BYTES]
    paths = [path for path in controlled if entries[path].size <= MAX_FILE_BYTES]
    parts = [paths] if known else _parts(paths)
    parsed = {each.path: each for part in in_two(lambda part: _parse(place.source, types, part, known), parts) for each in part}
    parsed |= {path: Parsed(path, None, EMPTY, "", Unreadable("file-unreadable", 0, too_large())) for path in large}
    fields = parsed[CONFIG_PATH].fields if CONFIG_PATH in parsed else None
    config = read_config(fields) if fields else Config()
    _known(config)
    zone = config.zone
    now = clock.astimezone(zone) if day is None else datetime.combine(day, time(23, 59, 59), zone)
    frame = Library(
        config=Config(),
        people=People(),
        types=types,
        today=now.date(),
        now=now,
        clock=max(clock, now),
        files={},
        parsed={},
        items=(),
        signoff_items=(),
        dossiers={},
        outside=surroundings(place, max(clock, now)),
        find_standard=find_standard,
        config_type=config_type,
    )
    return assemble(frame, files, parsed)


def _parts(paths: Sequence[str]) -> list[Sequence[str]]:
    """Some files at a time; all at once if they are few."""
    size = -(-len(paths) // PARTS) if len(paths) >= THRESHOLD else len(paths) or 1
    return [paths[start : start + size] for start in range(0, len(paths), size)]


def _parse(source: Source, types: TypeSet, paths: Sequence[str], known: Mapping[str, Parsed]) -> list[Parsed]:
    found: list[Parsed] = []
    for path in paths:
        try:
            data = source.read(path)
            same = known.get(path)
            found.append(same if same is not None and same.sha256 == digest(data) else parse(path, data, types))
        except RepositoryError as error:
            found.append(
                Parsed(path, None, EMPTY, "", Unreadable("file-unreadable", 0, error.message))
            )
    return found


def _known(config: Config) -> None:
    """Raise :class:`RepositoryError` for a QMS of a format that came after this program."""
    if config.format > FORMAT:
        raise RepositoryError(
            _("the QMS is of format {format}, and this qmsctl knows none after {known}", format=config.format, known=FORMAT),
            advice(_("update qmsctl on this machine")),
        )


def _own_types(read: Callable[[str], bytes], files: Mapping[str, EntryKind]) -> Mapping[str, str]:
    """The office's own type definitions, by path; what is not UTF-8 reads as an invalid type."""
    return {
        path: read(path).decode("utf-8", "replace")
        for path, kind in files.items()
        if path.startswith(USER_TYPES) and path.endswith("/type.yaml") and kind is EntryKind.FILE
    }
