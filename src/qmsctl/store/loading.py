"""A QMS folder, at present or at a commit, to a library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from qmsctl.core.assembled import assemble, with_others
from qmsctl.core.dossiers import Dossiers
from qmsctl.core.edited import touched
from qmsctl.core.library import Library
from qmsctl.core.office.config import FORMAT, Config
from qmsctl.core.office.config_reader import read_config
from qmsctl.core.office.people import People
from qmsctl.core.reading import CONFIG_PATH, CONFIG_PATHS, FileRead, Parsed, Unreadable, is_controlled
from qmsctl.core.source import EntryKind, Source
from qmsctl.core.suspects import office_of
from qmsctl.core.text.body import EMPTY
from qmsctl.core.text.text_file import MAX_FILE_BYTES, too_large
from qmsctl.core.types.type_set import TypeSet
from qmsctl.errors import RepositoryError
from qmsctl.mend import Hole, advice
from qmsctl.mend import git as git_command
from qmsctl.message import Message, _
from qmsctl.store import reading_files
from qmsctl.store.cache.keeping import Cache, cache_of
from qmsctl.store.commit_tree import CommitTree
from qmsctl.store.git import objects
from qmsctl.store.git.repository import Git
from qmsctl.store.history.walks import Walks
from qmsctl.store.place import Place
from qmsctl.store.roots import find_prefix, find_root
from qmsctl.store.shipped.definitions import USER_TYPES, config_type, find_standard, type_set
from qmsctl.store.sources import WorkTree
from qmsctl.store.sparse import SparseTree, left_out
from qmsctl.store.surroundings import surroundings
from qmsctl.value import replace

if TYPE_CHECKING:
    from qmsctl.store.cache.holding import Holding

Exact = Callable[[Library], Iterable[str]]
"""The paths of the files of a library of which no byte is taken on trust."""

_UNREADABLE = "file-unreadable"


def locate(start: Path, at: str | None = None, *, cached: bool = False) -> Place:
    """The QMS that ``start`` lies in, as files, ``cached`` if so wished, or as of the commit ``at``.

    Raises :class:`RepositoryError` where there is none.
    """
    if at is None:
        root = _found_root(start)
        git = Git.discover(root)
        cache = cache_of(root, git.git_dir if git else None) if cached else None
        return _on_disk(root, git, git.prefix(root), cache) if git else Place(root, None, None, "", WorkTree(root), cache)
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


def _found_root(start: Path) -> Path:
    try:
        return find_root(start)
    except RepositoryError:
        git = Git.discover(start)
        if git is None or git.top is not None:
            raise
    raise RepositoryError(
        _("{folder} is a bare repository: it has commits and no files of its own", folder=str(start)),
        git_command("clone", str(start), Hole("folder")).in_order_to(_("to work in it")).or_else(advice(_("give the commands that have it the option --at HEAD, to read its latest commit"))),
    )


def _on_disk(root: Path, git: Git, prefix: str, cache: Cache | None) -> Place:
    """The files below ``root``, with those that a sparse checkout leaves out."""
    disk = WorkTree(root, partial(objects.index, git.plumbing, prefix))
    try:
        absent = left_out(git, root, prefix)
    except RepositoryError as error:
        unseen = _("whether this is a sparse checkout could not be looked at: {reason}; {mend}", reason=error.message, mend=error.mend)
        return Place(root, git, None, prefix, disk, cache, (unseen,))
    return Place(root, git, None, prefix, SparseTree(disk, git, prefix, absent) if absent else disk, cache)


def load(place: Place, clock: datetime, day: date | None = None, near: Library | None = None, *, exact: Exact | None = None, named: bool = True) -> Library:
    """Read all controlled files of ``place``.

    ``clock`` is the real moment, with a zone; ``day`` the day it is to be, if another: its last
    second is then ``now``. ``near`` is a library of which most files are the same: those are not
    parsed again. The configuration and what has to be ``exact`` are read byte by byte, whatever the times of the files say. Files that are not
    ``named`` have no name of git: only who compares them with a commit asks for it.
    """
    files = place.source.entries()
    own_types = _own_types(place.source.read, files)
    types = type_set(own_types)
    near = near if near and own_types == _own_types(near.outside.read, near.files) else None
    holding, parsed = read(place, files, own_types, types, near, exact, named=named)
    fields = parsed[CONFIG_PATH].fields if CONFIG_PATH in parsed else None
    config = read_config(fields) if fields else Config()
    _check_format(config)
    zone = config.zone
    now = clock.astimezone(zone) if day is None else datetime.combine(day, time(23, 59, 59), zone)
    later = max(clock, now)
    outside = surroundings(place, later, Walks(place, anew=exact is everything))
    if near and place.at and (near.now, near.clock) == (now, later):
        surrounded = replace(near, outside=outside, incomplete=(*place.unseen, *unread(parsed)))
        return with_others(surrounded, files, parsed, touched(near.parsed, parsed))
    frame = Library(
        config=Config(),
        people=People(),
        types=types,
        today=now.date(),
        now=now,
        clock=later,
        files={},
        parsed={},
        items=(),
        signoff_items=(),
        dossiers=Dossiers({}),
        outside=outside,
        find_standard=find_standard,
        config_type=config_type,
        incomplete=place.unseen,
    )
    return _exactly(exact, frame, files, parsed, place, holding) if holding else _assembled(frame, files, parsed)


def read(
    place: Place, files: Mapping[str, EntryKind], own_types: Mapping[str, str], types: TypeSet, near: Library | None, exact: Exact | None, *, named: bool = True
) -> tuple[Holding | None, dict[str, FileRead]]:
    """Every controlled file, and what the cache holds of them where it was asked."""
    if place.cache is None or not isinstance(place.source, WorkTree) or len(files) < reading_files.FEW:
        paths, large = _to_read(place.source, files, {})
        return None, reading_files.read_files(place.source, paths, types, near.parsed if near else {}, named=named) | large
    holding = place.cache.held(own_types, place.source.began)
    kept = holding.unchanged(place.source.facts, but_for=CONFIG_PATHS if exact else ())
    paths, large = _to_read(place.source, files, kept)
    return holding, reading_files.read_beside(kept, place.source, paths, types, holding) | large


def _to_read(source: Source, files: Mapping[str, EntryKind], kept: Mapping[str, FileRead]) -> tuple[list[str], dict[str, FileRead]]:
    """The controlled files that are not ``kept``, and in place of those that are too large why they are not read."""
    larger = frozenset(source.larger(MAX_FILE_BYTES))
    rest = [path for path, kind in files.items() if path not in kept and kind is EntryKind.FILE and is_controlled(path)]
    large: dict[str, FileRead] = {path: Parsed(path, None, EMPTY, "", Unreadable(_UNREADABLE, 0, too_large())) for path in rest if path in larger}
    return [path for path in rest if path not in larger], large


def _exactly(
    exact: Exact | None, frame: Library, files: Mapping[str, EntryKind], parsed: dict[str, FileRead], place: Place, holding: Holding
) -> Library:
    """The library in which nothing of what has to be ``exact`` is taken from the cache, whatever turns out to be so on the way."""
    library, sure = _assembled(frame, files, parsed), set[str]()
    while exact and isinstance(place.source, WorkTree) and (doubtful := frozenset(exact(library)) - sure):
        sure |= doubtful
        others = reading_files.other_bytes(place.source, doubtful, frame.types, holding, parsed)
        if not others:
            break
        parsed |= others
        library = _assembled(frame, files, parsed)
    holding.recall(repr([(path, parsed[path].sha256) for path in CONFIG_PATHS if path in parsed]))
    return replace(library, seen_by=office_of(library))


def everything(library: Library) -> Iterable[str]:
    """Of all that is read, every byte; and all of history is walked over anew."""
    return library.parsed


def _assembled(frame: Library, files: Mapping[str, EntryKind], parsed: Mapping[str, FileRead]) -> Library:
    return assemble(replace(frame, incomplete=(*frame.incomplete, *unread(parsed))), files, parsed)


def unread(parsed: Mapping[str, FileRead]) -> Iterator[Message]:
    """The files that the system does not hand out: nobody knows what is in them."""
    for each in parsed.values():
        if each.problem and each.problem.rule == _UNREADABLE and each.problem.mend and not each.problem.line:
            yield _("{reason}; {mend}", reason=each.problem.message, mend=each.problem.mend)


def _check_format(config: Config) -> None:
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
