"""Carrying out an :class:`Edit` on the work tree and its commit: all of it or nothing, whatever happens.

Under a kernel lock the writer makes the objects of the commit, notes every step in a journal, puts the new bytes beside their
targets, renames them into place, and moves the branch and the index. Whoever finds a journal of their own later finishes it.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Self

from qmsctl.core.edit import Edit, FileChange
from qmsctl.errors import QmsError, Refusal, RepositoryError
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.store import sparse
from qmsctl.store.git import commits
from qmsctl.store.git.heads import Heads
from qmsctl.store.git.intent import Intent, Uncommitted, Unseen, Wish
from qmsctl.store.git.repository import Git
from qmsctl.store.machine import files
from qmsctl.store.machine.system_words import plain
from qmsctl.store.writing import paths
from qmsctl.store.writing.journal import Journal, Step, digest
from qmsctl.store.writing.lock import LOCK, Lock, Waiting
from qmsctl.store.writing.recovery import Finished, finish, halfway
from qmsctl.store.writing.replacement import Replacement, changed_since, current
from qmsctl.store.writing.shared import open_to_others
from qmsctl.store.writing.state import make_state_folder


def write(root: Path, edit: Edit, git: Git | None) -> None:
    """Carry out ``edit`` below ``root``; ``git`` is the repository it lies in, if any.

    Raises ``Refusal`` or ``RepositoryError`` with nothing changed.
    """
    with Writer(root, git) as writer:
        writer.write(edit)


class Writer:
    """The right to write below ``root``, held inside a ``with``.

    A command that picks the next free id reads and writes under the same writer, so that no
    other command picks the same. What an interrupted command left is finished first, and stands in ``finished``.
    ``wrote`` says that the files of an edit are written, ``commit`` which commit holds them.
    ``waiting`` says what to do while another one holds that right.
    """

    def __init__(self, root: Path, git: Git | None, waiting: Waiting | None = None) -> None:
        self.finished: Finished | None = None
        self.wrote = False
        self.commit: str | None = None
        self._root = Path(os.path.realpath(root))
        self._git = git
        self._waiting = waiting
        self._held = ExitStack()
        self._journal = Journal(Path(), self._root)

    def __enter__(self) -> Self:
        if self._git is not None:
            self._git.check_idle()
        with ExitStack() as held:
            held.enter_context(open_to_others(self._git))
            folder = make_state_folder(self._root, self._git)
            self._journal = Journal(folder, self._root)
            try:
                held.enter_context(Lock(folder / LOCK, self._waiting))
            except OSError as error:
                raise files.unwritable(str(folder), error) from error
            if self._git is not None and self._journal.is_there():
                self._git.check_writable()
            self.finished = finish(self._journal, self._git)
            self._held = held.pop_all()
        return self

    def __exit__(self, *_why: object) -> None:
        self._held.close()

    def write(self, edit: Edit, wanted: Wish | Intent | None = None, heads: Heads | None = None) -> str | None:
        """Carry out an edit, and the commit that it is to end with; the full name of that, where one was made.

        ``heads`` is what git says is checked out, if it was asked under this lock and a moment ago. An ``Intent`` is a commit that others have made already: where the branch cannot be brought to it, the files are taken
        back. A Ctrl-C in the middle takes effect after it all. Raises ``Refusal`` or ``RepositoryError`` with nothing
        changed, and anything else after ``wrote``.
        """
        if self._git is not None:
            heads = self._git.check_writable(heads)
        for change in edit.changes:
            _check_unchanged(self._root, change, self._git)
        paths.check_distinct(change.path for change in edit.changes)
        before = {c.path: c.before for c in edit.changes if c.before != c.after}
        steps = [Step(each.path, digest(each.before), each.after) for each in edit.changes if each.path in before]
        with _uninterrupted():
            intent = self._planned(edit, wanted, heads) if isinstance(wanted, Wish) else wanted
            if steps or intent:
                self._carry_out(steps, before, intent)
        return self.commit

    def _planned(self, edit: Edit, wish: Wish, heads: Heads | None) -> Intent | None:
        """The commit of what an edit writes, and of the files beside it as they are."""
        assert self._git is not None  # nobody wishes for a commit where there is no repository
        prefix = self._git.prefix(self._root)
        contents = {path: current(self._root, path) for path in wish.beside} | {each.path: each.after for each in edit.changes}
        return commits.plan(self._git, {f"{prefix}/{path}" if prefix else path: data for path, data in contents.items()}, wish, heads)

    def _carry_out(self, steps: Sequence[Step], before: Mapping[str, bytes | None], intent: Intent | None) -> None:
        try:
            self._journal.write(steps, intent)
        except OSError as error:
            raise files.unwritable(str(self._journal.folder), error) from error
        work = Replacement(self._root, steps)
        try:
            work.carry_out()
            if intent and not intent.by:
                self._brought_on(intent)
        except Unseen:
            self.wrote = True
            raise
        except QmsError as error:
            self._take_back(steps, before, error)
            work.tidy()
            raise
        self.wrote = True
        self._finish_up(intent)

    def _brought_on(self, intent: Intent) -> None:
        """The branch at a commit of others, or a ``Refusal``."""
        assert self._git is not None
        try:
            self.commit = commits.publish(self._git, intent)
        except Uncommitted as error:
            raise Refusal(
                _("The branch could not be moved: {reason}. Nothing was changed.", reason=error.reason),
                advice(_("wait until no other git command is at work; delete a lock that one left behind"))
                .or_else(advice(_("check free space and permissions: {command}", command="df -h . ; ls -ld .git"))),
            ) from error

    def _finish_up(self, intent: Intent | None) -> None:
        """The commit and the index, once the files are written; whatever goes wrong now leaves these as they are."""
        try:
            if intent and self._git:
                self.commit = self.commit or commits.publish(self._git, intent)
                commits.stage(self._git, intent.turns)
        except Uncommitted:
            with suppress(OSError):  # whoever finds it is told the same once more
                self._journal.drop()
            raise
        try:
            self._journal.drop()
        except OSError as error:
            raise RepositoryError(
                _("the change is made, but its journal cannot be removed: {reason}", reason=plain(error)),
                advice(_("Delete {path}", path=str(self._journal.path))),
            ) from error

    def _take_back(self, steps: Sequence[Step], before: Mapping[str, bytes | None], cause: QmsError) -> None:
        try:
            undo = [
                Step(step.path, digest(step.after), before[step.path])
                for step in steps
                if digest(current(self._root, step.path)) == digest(step.after)
            ]
            Replacement(self._root, undo).carry_out()
            self._journal.drop()
        except (QmsError, OSError) as error:
            raise halfway(cause) from error


def _check_unchanged(root: Path, change: FileChange, git: Git | None) -> None:
    now = current(root, change.path)
    if now == change.before:
        return
    if now is None and git is not None and (left_out := sparse.refusal(git, root, change.path)):
        raise left_out
    raise changed_since(change.path, is_new=change.before is None)


if sys.platform == "win32":

    @contextmanager
    def _uninterrupted() -> Iterator[None]:
        """Hold a Ctrl-C back until the block is over."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        pending: list[int] = []
        before = signal.signal(signal.SIGINT, lambda number, _frame: pending.append(number))
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
        if pending:
            signal.raise_signal(signal.SIGINT)

else:

    @contextmanager
    def _uninterrupted() -> Iterator[None]:
        """Hold a Ctrl-C back until the block is over, from the git commands that run in it, too."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
