"""Commits made of bytes: planned before a file is written, brought to the branch and the index after it.

All objects of a commit are in the repository, in one piece each, before anybody notes that it is to be made. So what is left to
do then is one step of the branch and one of the index, and whoever finds it undone can do it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from qmsctl.errors import QmsError, Refusal, RepositoryError, RuleCrashed
from qmsctl.mend import advice
from qmsctl.mend_words import shell_word
from qmsctl.message import Message, _
from qmsctl.store.git.heads import Heads
from qmsctl.store.git.intent import WHY, Head, IndexBehind, Intent, Outlook, Turn, Uncommitted, Unseen, Wish, outlook
from qmsctl.store.git.object_bytes import Entry, Made, commit_of, hand, pack
from qmsctl.store.git.plumbing import GitFailed
from qmsctl.store.git.repository import Git
from qmsctl.store.git.trees import Trees
from qmsctl.store.machine import files
from qmsctl.store.machine.system_words import plain, remedy
from qmsctl.value import replace

_PLAIN, _PROGRAM = "100644", "100755"
_SHA1 = 40
_PAUSES = (0.0, 0.1, 0.4, 1.0)
"""Seconds to wait before each try where another git command may be at work for a moment."""


def plan(git: Git, contents: Mapping[str, bytes | None], wish: Wish, heads: Heads | None = None) -> Intent | None:
    """The commit of exactly these files (paths from the top; ``None`` deletes) on the branch that is checked out, as in ``heads`` if that was asked.

    Its objects are stored; nothing else is changed. ``None`` where the branch holds all of it already. Runs no hook and no filter.
    Raises ``RepositoryError`` or ``Refusal`` where there can be no commit.
    """
    heads = git.check_writable(heads)
    head, trees = _looked_at(git, contents, heads)
    assert head.branch is not None  # git said so
    check_unlocked(git, head.branch)
    blobs = {path: Made("blob", data) for path, data in contents.items() if data is not None}
    wanted = {path: Entry(_mode(head.held[path]), blobs[path].name(trees.size)) if path in blobs else None for path in contents}
    turns = tuple(Turn(path, head.held[path], wanted[path]) for path in sorted(contents) if head.held[path] != wanted[path])
    if not turns:
        return None
    intent = Intent(head.branch, head.commit, "", turns, wish.message, hand(wish.author, wish.at))
    return _stored(git, intent, head, trees, [blobs[each.path] for each in turns if each.after])


def renewed(git: Git, intent: Intent, contents: Mapping[str, bytes | None] | None = None) -> Intent | None:
    """The same commit on the branch as it is now; ``None`` where that holds all of it. Raises :class:`Uncommitted`, or :class:`Unseen`.

    Git tidies away in time what no branch holds: from ``contents``, the files as they are, it gets again what it may have lost.
    """
    head, trees = _seen(git, intent)
    match outlook(intent, head):
        case Outlook.MADE:
            return None
        case Outlook.AS_MEANT if contents is None or intent.by is None:
            return intent
        case Outlook.AS_MEANT | Outlook.ON_ANOTHER:
            turns = tuple(each._replace(before=head.held[each.path]) for each in intent.turns)
            return _stored(git, replace(intent, turns=turns), head, trees, _blobs(git, turns, contents or {}, trees.size))
        case why:
            raise uncommitted(git, intent, WHY[why])


def _blobs(git: Git, turns: Sequence[Turn], contents: Mapping[str, bytes | None], size: int) -> list[Made]:
    """What is committed of ``contents``. Raises :class:`GitFailed` where git has lost another blob of the commit."""
    made = {each.name(size): each for each in (Made("blob", data) for data in contents.values() if data is not None)}
    wanted = {each.after.oid for each in turns if each.after}
    for oid in wanted - made.keys():
        git.plumbing.run("cat-file", "-e", oid)
    return [made[oid] for oid in wanted & made.keys()]


def publish(git: Git, intent: Intent) -> str:
    """Bring the branch to the commit, or to the same one on top of what came meanwhile; the name of the one that holds it.

    Raises :class:`Uncommitted`, and :class:`Unseen` where git does not tell what became of it.
    """
    try:
        return _published(git, intent)
    except (Uncommitted, Unseen):
        raise
    except Exception as error:
        raise uncommitted(git, intent, error) from error


def _published(git: Git, intent: Intent) -> str:
    for pause in _PAUSES:
        time.sleep(pause)
        try:
            now = renewed(git, intent) if pause else intent
            return _moved(git, now) if now else git.head() or intent.commit
        except Unseen:
            continue
        except (GitFailed, OSError) as error:
            failed: Exception = error
    head, _trees = _seen(git, intent)
    if head.commit and outlook(intent, head) is Outlook.MADE:
        return head.commit
    raise uncommitted(git, intent, failed)


def _seen(git: Git, intent: Intent) -> tuple[Head, Trees]:
    """What is checked out now; a git that failed may have done what it was asked to. Raises :class:`Unseen`."""
    try:
        return _looked_at(git, intent.paths)
    except (RepositoryError, OSError) as error:
        raise Unseen(plain(error) if isinstance(error, OSError) else error.message, intent.paths, git.top or git.git_dir) from error


def _moved(git: Git, intent: Intent) -> str:
    subject = f"commit: {intent.message.partition(chr(10))[0]}"
    git.plumbing.run("update-ref", "-m", subject, intent.branch, intent.commit, intent.parent or "0" * len(intent.commit))
    with suppress(OSError):  # it has moved; there is no such folder where refs lie in a table
        files.sync_folder((git.common_dir / intent.branch).parent)
    return intent.commit


def stage(git: Git, turns: Sequence[Turn]) -> None:
    """Bring git's index at these paths to what the commit has there. Raises :class:`IndexBehind`."""
    lines = "".join(_index_line(each) for each in turns).encode("utf-8", "surrogateescape")
    for pause in _PAUSES:
        time.sleep(pause)
        try:
            git.plumbing.run("update-index", "-z", "--index-info", stdin=lines)
        except (GitFailed, OSError) as error:
            failed = error
        else:
            return
    raise _behind(git, turns, failed)


def _behind(git: Git, turns: Sequence[Turn], error: GitFailed | OSError) -> IndexBehind:
    return IndexBehind(_reason(error), tuple(each.path for each in turns), git.top or git.git_dir)


def _reason(error: GitFailed | OSError) -> Message | str:
    return error.reason if isinstance(error, GitFailed) else plain(error)


def stage_untouched(git: Git, turns: Sequence[Turn]) -> None:
    """The same where the index is as the branch was before; what somebody has staged there stays. Raises :class:`IndexBehind`."""
    try:
        staged = _staged(git, [each.path for each in turns])
    except (GitFailed, OSError) as error:
        raise _behind(git, turns, error) from error
    behind = [each for each in turns if staged.get(each.path, ()) == ((each.before,) if each.before else ())]
    if behind:
        stage(git, behind)


def check_unlocked(git: Git, branch: str | None = None) -> None:
    """Raise ``Refusal`` while another git command holds the index or the branch, and lets go of neither soon."""
    locks = [git.git_dir / "index.lock", git.git_dir / "HEAD.lock", *([git.common_dir / f"{branch}.lock"] if branch else [])]
    for pause in _PAUSES:
        held = next(filter(os.path.lexists, locks), None)
        if held is None:
            return
        time.sleep(pause)
    raise Refusal(
        _("Another git command is at work here, or one was broken off."),
        advice(_("Wait for it to end; if there is none, delete {path}", path=str(held))),
    )


def uncommitted(git: Git, intent: Intent, why: Message | Exception) -> Uncommitted:
    """What to tell where the files of an intent are written, and its commit cannot be made; a fault of ours is called one."""
    match why:
        case QmsError():
            reason = why.message
        case OSError():
            reason = plain(why)
        case Exception():
            reason = _("this is a fault in qmsctl: {error}", error=f"{type(why).__name__}: {why}")
        case _:
            reason = why
    found = Uncommitted(reason, intent, git.top or Path())
    if isinstance(why, Exception) and not isinstance(why, QmsError | OSError):
        found.exit_code = RuleCrashed.exit_code
    return found


def _looked_at(git: Git, paths: Iterable[str], heads: Heads | None = None) -> tuple[Head, Trees]:
    """What is checked out, as far as it concerns ``paths``. Raises ``RepositoryError`` where a part of it is missing."""
    commit, ref, _refs = heads or git.heads()
    trees = git.trees(commit, paths) if commit else Trees(_size(git))
    return Head(ref, commit, {path: trees.at(path) for path in paths}), trees


def _size(git: Git) -> int:
    """How many digits the name of an object has in a repository without commits."""
    return 64 if git.object_format() == "sha256" else _SHA1


def _mode(before: Entry | None) -> str:
    return _PROGRAM if before and before.mode == _PROGRAM else _PLAIN


def _stored(git: Git, intent: Intent, head: Head, trees: Trees, blobs: Sequence[Made]) -> Intent:
    """``intent`` on top of ``head``, all its objects in the repository and on the disk."""
    top, new = trees.with_files({each.path: each.after for each in intent.turns})
    made = commit_of(top, head.commit, intent.by or "", intent.message)
    objects = [*blobs, *new, made]
    try:
        git.plumbing.run("unpack-objects", "-q", stdin=pack(objects, trees.size))
        for name in {each.name(trees.size)[:2] for each in objects}:
            folder = git.common_dir / "objects" / name
            if folder.is_dir():
                files.sync_folder(folder)
    except (GitFailed, OSError) as error:
        raise RepositoryError(
            _("git cannot keep the commit that was asked for: {reason}. Nothing was changed.", reason=_reason(error)),
            remedy(error if isinstance(error, OSError) else OSError(), shell_word(str(git.common_dir / "objects"))),
        ) from error
    return replace(intent, parent=head.commit, commit=made.name(trees.size))


def _index_line(turn: Turn) -> str:
    mode, oid = turn.after or ("0", "0" * len((turn.before or turn.after or Entry("", "0" * _SHA1)).oid))
    return f"{mode} {oid}\t{turn.path}\0"


def _staged(git: Git, paths: Sequence[str]) -> Mapping[str, tuple[Entry, ...]]:
    """What the index has at ``paths``: nothing, one entry, or every side of a conflict."""
    wanted, found = frozenset(paths), dict[str, tuple[Entry, ...]]()
    for line in git.plumbing.run("ls-files", "--stage", "-z", "--full-name").split(b"\0"):
        facts, _tab, name = line.partition(b"\t")
        path = name.decode("utf-8", "surrogateescape")
        if path in wanted:
            mode, oid, _side = facts.decode().split()
            found[path] = (*found.get(path, ()), Entry(mode, oid))
    return found
