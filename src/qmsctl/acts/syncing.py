"""Keeping in step with the others: fetch, merge what both sides have made, judge it, write it, send it."""

from __future__ import annotations

from qmsctl.acts.committing import committer
from qmsctl.acts.conflicts import conflict, given_twice
from qmsctl.acts.ending import Ending
from qmsctl.acts.merge_judging import Sides, judge_first, judged_merge
from qmsctl.acts.occasion import Occasion
from qmsctl.acts.saving import save
from qmsctl.acts.taken_back import check_not_taken_back
from qmsctl.acts.writing import after, begin, writing, written
from qmsctl.core.diagnostic import Diagnostic
from qmsctl.core.edit import Edit
from qmsctl.errors import Refusal, RepositoryError
from qmsctl.mend import Hole, command
from qmsctl.mend import git as git_command
from qmsctl.message import Message, _
from qmsctl.store.git.commits import check_unlocked
from qmsctl.store.git.intent import Intent
from qmsctl.store.git.merging import merge_commit, merge_trees
from qmsctl.store.git.remote import Overtaken, Remote, only_remote
from qmsctl.store.git.repository import Git
from qmsctl.store.history.cleanliness import differs_from_commit
from qmsctl.store.writing.way import Way, way
from qmsctl.value import dataclass

_MOST = 3
"""How often what was fetched is merged again because others have sent something meanwhile."""


@dataclass(frozen=True, slots=True)
class Synced:
    """What went each way: ``received`` and ``sent`` are numbers of commits, ``paths`` from the top what changed here.

    ``faults`` are errors that came along, ``saved`` are files that were written by hand, ``unsaved`` says that files here are in no commit and so went nowhere.
    ``proposed`` is true where nothing was written or sent.
    """

    address: str
    received: int = 0
    sent: int = 0
    paths: tuple[str, ...] = ()
    faults: tuple[Diagnostic, ...] = ()
    saved: tuple[str, ...] = ()
    unsaved: bool = False
    proposed: bool = False


def sync(occasion: Occasion, ending: Ending) -> Synced:
    """Bring the branch here and the one there to the same commit; under ``ending.dry_run`` only fetch, and say what would be done.

    With ``ending.commit`` what was written by hand is saved first; of a proposal it is no part but for its commit, which is counted.

    Raises ``Refusal`` or ``RepositoryError`` with no file and no branch changed.
    """
    git = occasion.place.git
    if git is None:
        raise Refusal(_("there is no git repository here that could be kept in step with another"), git_command("clone", Hole("address")).in_order_to(_("fetch the one of the office")))
    remote = only_remote(git, asks=occasion.teller.is_watched)
    _check_whole(git)
    dry_run = ending.dry_run
    if not dry_run:
        begin(occasion, ending.wait)
    saved, commit = save(occasion, ending) if ending.commit else ((), None)
    received, faults, came = 0, tuple[Diagnostic, ...](), Edit((), _("written by hand: {paths}", paths=saved))
    for _time in range(_MOST):
        with after(came, commit):
            occasion = occasion.anew()
            step = _step(occasion, git, remote)
            if not dry_run and step.sides.both != step.sides.ours:
                _written(occasion, git, step, ending.wait)
                commit = step.sides.both
        received, faults = received + step.received, faults + step.faults
        if step.way.changes:
            came = Edit((*came.changes, *step.way.changes), _("what came from {name} is here", name=remote.name))
        try:
            with after(Edit((), came.summary) if dry_run else came, commit):
                paths = tuple(each.path for each in came.changes)
                done = Synced(remote.shown, received, step.sent + bool(dry_run and saved), paths, faults, saved, differs_from_commit(occasion.anew().place), dry_run)
                if step.sent and not dry_run:
                    remote.push(step.sides.both)
        except Overtaken:
            continue
        return done
    raise RepositoryError(_("others are sending at this very moment; what came is here, and yours is not sent yet"), command("sync"))


@dataclass(frozen=True, slots=True)
class _Step:
    """What is to be done, judged: the commits, the way to the files, and the numbers of commits."""

    sides: Sides
    way: Way
    message: str
    received: int
    sent: int
    faults: tuple[Diagnostic, ...]


def _step(occasion: Occasion, git: Git, remote: Remote) -> _Step:
    ours = git.head()
    if ours is None:
        raise Refusal(_("there is no commit here yet, so there is nothing to send"), git_command("add", "--all").then(git_command("commit", "-m", Hole("words"))))
    seen = remote.seen()
    theirs = remote.fetch(ours)
    check_not_taken_back(git, remote, ours, theirs, seen)
    if theirs is None:
        judge_first(occasion, ours)
        return _Step(Sides(ours, ours, ours), Way(), "", 0, _count(git, ours), ())
    message = occasion.words(_("merge what came from {name}", name=remote.name))
    sides = _sides(occasion, git, remote, ours, theirs, message)
    top = git.top
    assert top is not None  # a remote is looked for where there is a work tree
    found = way(git, top, ours, sides.both) if sides.both != ours else Way()
    faults = judged_merge(occasion, sides)[1] if len({*sides}) > 1 else ()
    return _Step(sides, found, message, _count(git, theirs, ours), _count(git, sides.both, theirs), faults)


def _sides(occasion: Occasion, git: Git, remote: Remote, ours: str, theirs: str, message: str) -> Sides:
    """The commits, with that of a merge where each side has made something."""
    bases = git.merge_bases(ours, theirs)
    if theirs in bases:
        return Sides(ours, theirs, ours)
    if ours in bases:
        return Sides(ours, theirs, theirs)
    merged = merge_trees(git, bases, ours, theirs)
    library = occasion.library()
    if twins := given_twice(occasion.place, remote, library.types, bases[0], ours, theirs):
        raise twins
    if merged.conflicts:
        raise conflict(remote, ours, theirs, merged.conflicts)
    author = committer(git, occasion.author(library))
    made = merge_commit(git, merged.tree, (ours, theirs), message, author, occasion.moment(library))
    return Sides(ours, theirs, made)


def _written(occasion: Occasion, git: Git, step: _Step, wait: float | None) -> None:
    """The files and the branch brought on. Raises with both as they were."""
    top = git.top
    assert top is not None
    branch = f"refs/heads/{git.branch()}"
    intent = Intent(branch, step.sides.ours, step.sides.both, step.way.turns, step.message or "sync")
    with writing(occasion, wait, folder=top) as writer:
        check_unlocked(git, branch)
        if git.head() != step.sides.ours:
            raise Refusal(_("somebody has saved something here meanwhile; nothing was changed"), command("sync"))
        written(writer, Edit(step.way.changes, Message(step.message)), intent)


def _check_whole(git: Git) -> None:
    """Raise ``Refusal`` for a clone whose history was cut off."""
    if git.is_shallow():
        raise Refusal(
            _("this clone has a part of the history only, by which nothing can be merged safely"), git_command("fetch", "--unshallow").in_order_to(_("fetch the rest"))
        )


def _count(git: Git, tip: str, without: str | None = None) -> int:
    words = ("rev-list", "--count", tip, *([f"^{without}"] if without else []), "--")
    return int(git.plumbing.run(*words).decode())
