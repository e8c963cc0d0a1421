"""Finishing what an interrupted command left: first its files, then the commit they were for."""

from __future__ import annotations

from contextlib import suppress

from qmsctl.errors import QmsError, Refusal, RepositoryError
from qmsctl.mend import advice
from qmsctl.mend import git as git_command
from qmsctl.message import _
from qmsctl.store.git import commits
from qmsctl.store.git.intent import IndexBehind, Intent, Uncommitted, Unseen, by_hand
from qmsctl.store.git.repository import Git
from qmsctl.store.machine.files import Unwritable
from qmsctl.store.writing.journal import Journal, Left, digest
from qmsctl.store.writing.journal_key import forget_key
from qmsctl.store.writing.replacement import Replacement, current
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Finished:
    """What an interrupted command had begun and is done now: its files, and the commit that holds them, if there was to be one.

    ``doubt`` is what is left for a person to do.
    """

    paths: tuple[str, ...]
    commit: str | None = None
    doubt: QmsError | None = None


def finish(journal: Journal, git: Git | None) -> Finished | None:
    """Finish what a journal says, if there is one. Raises ``Refusal`` where that would overwrite what somebody wrote since."""
    if not journal.is_there():
        forget_key(journal.root)
        return None
    left = journal.read()
    if left.intent and git:
        commits.check_unlocked(git, left.intent.branch)
    edited = _finish_files(journal, left)
    done = _finish_commit(git, left, edited)
    if not isinstance(done.doubt, IndexBehind | Unseen):
        with suppress(OSError):  # the next one finds it done
            journal.drop()
    return done


def _finish_files(journal: Journal, left: Left) -> tuple[str, ...]:
    """Bring the files to what they were to be, but for those that were so and are other since: these."""
    root, steps = journal.root, left.steps
    now = {step.path: digest(current(root, step.path)) for step in steps}
    edited = tuple(step.path for step in steps if now[step.path] not in (step.before, digest(step.after)))
    undone = [step for step in steps if now[step.path] != digest(step.after) and step.path not in edited]
    work = Replacement(root, steps)
    if edited and (undone or not left.intent or any(map(work.is_staged, edited))):
        raise Refusal(
            _("A command was interrupted, and these files were edited since: {paths}", paths=edited),
            advice(_("To keep the files as they are, delete {path}", path=str(journal.path))),
        )
    work.tidy()
    try:
        Replacement(root, undone).carry_out()
    except QmsError as error:
        raise halfway(error) from error
    return edited


def halfway(cause: QmsError) -> RepositoryError:
    """What to tell where some files of a change are written, and others could not be for a ``cause``."""
    reason = cause.cause if isinstance(cause, Unwritable) else cause.message
    return RepositoryError(
        _("The change stopped halfway: {reason}", reason=reason),
        advice(_("Make room or mend the permissions; the next command finishes the change.")),
    )


def _finish_commit(git: Git | None, left: Left, edited: tuple[str, ...]) -> Finished:
    paths = tuple(step.path for step in left.steps) or (left.intent.paths if left.intent else ())
    if left.intent is None or git is None:
        return Finished(paths)
    intent = left.intent
    try:
        now = commits.renewed(git, intent, {path: current(git.top, path) for path in intent.paths} if git.top else {})
        if now is None or not edited:
            return Finished(paths, _published(git, intent, now))
    except (IndexBehind, Unseen) as error:
        return Finished(paths, doubt=error)
    except Exception as error:  # noqa: BLE001 — whatever it is, a person is told how to do it by hand
        if not edited:
            return Finished(paths, doubt=error if isinstance(error, Uncommitted) else commits.uncommitted(git, intent, error))
    return Finished(tuple(path for path in paths if path not in edited), doubt=_edited_since(git, intent, edited))


def _published(git: Git, intent: Intent, now: Intent | None) -> str | None:
    """The commit, where it is the one that was meant: it was made, or is made ``now``."""
    made = commits.publish(git, now) if now else git.head()
    commits.stage_untouched(git, intent.turns)
    return made if now or made == intent.commit else None


def _edited_since(git: Git, intent: Intent, edited: tuple[str, ...]) -> RepositoryError:
    """Nobody can say whether these files were written before somebody edited them."""
    there = ("-C", str(git.top))
    return RepositoryError(
        _("A command was interrupted, and these files were edited since: {paths}", paths=edited),
        git_command(*there, "diff", "--", *intent.paths).in_order_to(_("see whether its change is in them"))
        .then(by_hand(git.top or git.git_dir, intent.paths, intent.message)),
    )
