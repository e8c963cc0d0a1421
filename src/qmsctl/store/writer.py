"""Carrying out an :class:`Edit` on the work tree: all of it or nothing, whatever happens.

Under a kernel lock the writer notes every step in a journal, puts the new bytes beside their
targets, and renames them into place. Whoever finds a journal of their own later finishes those steps.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from qmsctl.core.edit import Edit, FileChange
from qmsctl.errors import QmsError, Refusal, RepositoryError
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.store import files, paths
from qmsctl.store.git import Git
from qmsctl.store.journal import Journal, Step, Untrusted, digest
from qmsctl.store.journal_key import forget_key
from qmsctl.store.lock import Lock, Waiting
from qmsctl.store.lock import is_at_work as _is_at_work
from qmsctl.store.replacement import Replacement, current
from qmsctl.store.state import leads_astray, make_state_folder, state_folder

_LOCK = "lock"


def write(root: Path, edit: Edit, git: Git | None) -> None:
    """Carry out ``edit`` below ``root``; ``git`` is the repository it lies in, if any.

    Raises ``Refusal`` or ``RepositoryError`` with nothing changed.
    """
    with Writer(root, git) as writer:
        writer.write(edit)


def was_interrupted(root: Path, git: Git | None) -> bool:
    """True if a command left its change half written; the next writing one finishes it first, or says why it does not.

    Costs one look at the disk, and changes nothing. What a command that is still at work has written is no such thing.
    """
    left = _left(root, git)
    return left.is_there() and not leads_astray(root, git) and not is_at_work(root, git) and left.is_there()


def is_at_work(root: Path, git: Git | None) -> bool:
    """True while a command writes, or waits to."""
    return not leads_astray(root, git) and _is_at_work(state_folder(root, git) / _LOCK)


def doubt(root: Path, git: Git | None) -> Untrusted | None:
    """Why what a command left half written is not finished, where it is not this user's or cannot be proved to be."""
    return _left(root, git).doubt()


def _left(root: Path, git: Git | None) -> Journal:
    return Journal(state_folder(root, git), Path(os.path.realpath(root)))


class Writer:
    """The right to write below ``root``, held inside a ``with``.

    A command that picks the next free id reads and writes under the same writer, so that no
    other command picks the same. What an interrupted command left is finished first: ``finished``
    are its paths. ``wrote`` says that an edit is written. ``waiting`` says what to do while another one holds that right.
    """

    def __init__(self, root: Path, git: Git | None, waiting: Waiting | None = None) -> None:
        self.finished: tuple[str, ...] = ()
        self.wrote = False
        self._root = Path(os.path.realpath(root))
        self._git = git
        self._waiting = waiting
        self._held = ExitStack()
        self._journal = Journal(Path(), self._root)

    def __enter__(self) -> Self:
        if self._git is not None:
            self._git.check_writable()
        folder = make_state_folder(self._root, self._git)
        self._journal = Journal(folder, self._root)
        with ExitStack() as held:
            try:
                held.enter_context(Lock(folder / _LOCK, self._waiting))
            except OSError as error:
                raise files.unwritable(str(folder), error) from error
            self.finished = _finish(self._journal)
            self._held = held.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._held.close()

    def write(self, edit: Edit) -> None:
        """Carry out an edit; a Ctrl-C in the middle takes effect after it."""
        for change in edit.changes:
            _check_unchanged(self._root, change)
        paths.check_distinct(change.path for change in edit.changes)
        before = {c.path: c.before for c in edit.changes if c.before != c.after}
        steps = [
            Step(change.path, digest(change.before), change.after)
            for change in edit.changes
            if change.path in before
        ]
        if steps:
            with _uninterrupted():
                self._carry_out(steps, before)
                self.wrote = True

    def _carry_out(self, steps: Sequence[Step], before: Mapping[str, bytes | None]) -> None:
        try:
            self._journal.write(steps)
        except OSError as error:
            raise files.unwritable(str(self._journal.folder), error) from error
        work = Replacement(self._root, steps)
        try:
            work.carry_out()
        except QmsError:
            self._take_back(steps, before)
            work.tidy()
            raise
        self._journal.drop()

    def _take_back(self, steps: Sequence[Step], before: Mapping[str, bytes | None]) -> None:
        try:
            undo = [
                Step(step.path, None, before[step.path])
                for step in steps
                if digest(current(self._root, step.path)) != step.before
            ]
            Replacement(self._root, undo).carry_out()
            self._journal.drop()
        except QmsError as error:
            raise RepositoryError(
                _("The change stopped halfway: {reason}", reason=error.message),
                advice(_("Make room or mend the permissions; the next command finishes the change.")),
            ) from error


def _check_unchanged(root: Path, change: FileChange) -> None:
    now = current(root, change.path)
    if now == change.before:
        return
    if change.before is None:
        message = _("{path} exists already.", path=change.path)
    else:
        message = _("{path} was changed since the command read it.", path=change.path)
    raise Refusal(message, advice(_("Nothing was changed; run the command again.")))


def _finish(journal: Journal) -> tuple[str, ...]:
    """Finish what a journal says, if there is one; the paths it is about."""
    root = journal.root
    if not journal.is_there():
        forget_key(root)
        return ()
    steps = journal.read()
    now = {step.path: digest(current(root, step.path)) for step in steps}
    edited = [s.path for s in steps if now[s.path] not in (s.before, digest(s.after))]
    if edited:
        raise Refusal(
            _(
                "A command was interrupted, and these files were edited since: {paths}",
                paths=edited,
            ),
            advice(_("To keep the files as they are, delete {path}", path=str(journal.path))),
        )
    Replacement(root, steps).tidy()
    Replacement(root, [s for s in steps if now[s.path] != digest(s.after)]).carry_out()
    journal.drop()
    return tuple(step.path for step in steps)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold a Ctrl-C back until the block is over."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pending: list[int] = []

    def remember(number: int, _frame: FrameType | None) -> None:
        pending.append(number)

    before = signal.signal(signal.SIGINT, remember)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pending:
        signal.raise_signal(signal.SIGINT)
