"""The state a change began from: the merge base with a branch, as a library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from qmsctl.core.base import Base
from qmsctl.core.library import Library
from qmsctl.core.proof.since_base import new_signoffs
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.errors import RepositoryError
from qmsctl.mend import Hole, addition, advice, git
from qmsctl.message import Message, _
from qmsctl.store.commit_tree import CommitTree
from qmsctl.store.git.objects import TreeEntry
from qmsctl.store.git.plumbing import GitFailed
from qmsctl.store.git.repository import Git
from qmsctl.store.loading import load
from qmsctl.store.place import Place
from qmsctl.store.roots import find_prefix, moved_prefix, systems_in
from qmsctl.store.sources import WorkTree
from qmsctl.store.turned_back import turned_back
from qmsctl.value import replace

_WHOLE = git("fetch", "--unshallow").in_order_to(_("fetch the whole history")).or_else(
    advice(_("in a CI file: fetch-depth: 0 (GitHub, Gitea) or GIT_DEPTH: 0 (GitLab)")),
)

_FEW = 500


def compared(library: Library, place: Place, ref: str) -> Library:
    """``library`` as the outcome of the change since the merge base of ``place`` and ``ref``.

    Where history is cut off it is said to be incomplete. Raises :class:`RepositoryError` where there
    is no such commit, or nothing in common with it.
    """
    try:
        return _since(library, place, ref)
    except GitFailed as error:
        said = _("the state before the change could not be looked at: {reason}; {mend}", reason=error.message, mend=error.mend)
        return replace(library, incomplete=(*library.incomplete, said))


def _since(library: Library, place: Place, ref: str) -> Library:
    git, head = place.git, place.commit
    if git is None or head is None:
        raise RepositoryError(
            _("there is no commit here yet, so there is nothing to compare with {ref}", ref=ref), advice(_("leave out --base"))
        )
    tip, found = _merge_bases(git, head, ref)
    cut = git.is_shallow()
    if not found:
        return replace(library, incomplete=(*library.incomplete, _missing(ref)))
    libraries = tuple(each for commit in found for each in _at(library, place, git, commit))
    gone_on = None if tip in found else next(_at(library, place, git, tip), None)
    latest = max((each.at for each in git.made(head, found).values()), default=None)
    result = library.since(Base(libraries, found[0][:12], gone_on, latest))
    said = [_partial()] if cut else []
    if any(new_signoffs(result)):
        said += [_unread(path, each) for each in libraries for path in each.unread_configuration]
    return replace(result, incomplete=(*library.incomplete, *said))


def _merge_bases(git: Git, head: str, ref: str) -> tuple[str, tuple[str, ...]]:
    """The commit that ``ref`` names, and those the change began from; none where history is cut off before them."""
    try:
        tip = git.resolve(ref)
    except RepositoryError:
        if git.is_shallow():
            return "", ()
        raise
    found = git.merge_bases(head, tip)
    if not found and not git.is_shallow():
        raise RepositoryError(
            _("{ref} has no history in common with what is checked", ref=ref),
            addition(base=Hole("branch")).in_order_to(_("name the branch the change is to be merged into")),
        )
    return tip, found


def _at(library: Library, place: Place, git: Git, commit: str) -> Iterator[Library]:
    """The QMS as of ``commit``; nothing where there was none yet."""
    prefix = _prefix(place, git, commit)
    if prefix is not None:
        there = Place(None, git, commit, prefix, CommitTree(git, commit, prefix, partial(_listed, library, place, git, commit, prefix)))
        day = library.today if library.now < library.clock else None
        found = turned_back(library, there, git, commit) if isinstance(place.source, WorkTree) and len(library.parsed) > _FEW else None
        yield found or load(there, library.clock, day, near=library)


def _listed(library: Library, place: Place, git: Git, commit: str, prefix: str) -> Sequence[TreeEntry]:
    """The files of a commit; of a blob whose bytes lie in the work tree the size is told by it, unless git looks into all of them sooner than it is asked once more."""
    facts = place.source.facts if isinstance(place.source, WorkTree) and len(library.parsed) > _FEW else {}
    return git.tree(commit, prefix, {path: (each.blob, facts[path][0]) for path, each in library.parsed.items() if each.blob and path in facts})


def _prefix(place: Place, git: Git, commit: str) -> str | None:
    """The folder of the QMS in ``commit``, which may have been moved since; ``None`` where it is new.

    Raises :class:`RepositoryError` where nobody chose the folder, and another system took the place of the one there was.
    """
    if _is_system(git, commit, place.prefix):
        return place.prefix
    if place.root is not None:
        return moved_prefix(git, commit, partial(_stays, place, git))
    if not systems_in(git, commit):
        return None
    other = find_prefix(git, commit)
    if _stays(place, git, other):
        raise RepositoryError(
            _("the change lays a second {config} nearer the top, which hides the system in {folder}", config=CONFIG_PATH, folder=other),
            advice(_("take {path} out of the change: a server judges one system in a repository", path=place.from_top(CONFIG_PATH))),
        )
    return other


def _stays(place: Place, git: Git, folder: str) -> bool:
    """True if a system lies in ``folder`` in the outcome of the change: on the disk, or in its commit."""
    if place.root is not None and place.at is None and git.top is not None:
        return (git.top / folder / CONFIG_PATH).is_file()
    return place.commit is not None and _is_system(git, place.commit, folder)


def _is_system(git: Git, commit: str, prefix: str) -> bool:
    return git.blob_at(f"{commit}:{prefix}/{CONFIG_PATH}" if prefix else f"{commit}:{CONFIG_PATH}") is not None


def _missing(ref: str) -> Message:
    return _("the state before the change cannot be reached from {ref}, for this clone lacks history; {mend}", ref=ref, mend=_WHOLE)


def _partial() -> Message:
    return _("ids used before cannot all be known, for this clone lacks history; {mend}", mend=_WHOLE)


def _unread(path: str, library: Library) -> Message:
    return _("{path} could not be read where the change began, so rights were not judged by it", path=path)
