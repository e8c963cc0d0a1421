"""Bringing files to new bytes: every one put beside its target first, then all renamed."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from qmsctl.core.tree import TEMPORARY
from qmsctl.errors import Refusal
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.store.machine import files
from qmsctl.store.writing import paths
from qmsctl.store.writing.journal import Step, digest


def current(root: Path, path: str) -> bytes | None:
    """What a path holds now; ``None`` where there is nothing.

    Raises ``Refusal`` for a path that may not be written.
    """
    target = paths.inside(root, path)
    return files.read(target, path) if os.path.lexists(target) else None


class Replacement:
    """The work on one set of steps; the folders it made can be taken back."""

    def __init__(self, root: Path, steps: Sequence[Step]) -> None:
        self._root = root
        self._steps = steps
        self._made: list[Path] = []

    def carry_out(self) -> None:
        """Bring every file to its new bytes, on the disk when this returns.

        Raises ``RepositoryError`` naming the file that could not be written, and ``Refusal`` for one that somebody else has
        written meanwhile. By then others may have been renamed, but no temporary file is left.
        """
        try:
            for step in self._steps:
                with _named(step.path):
                    self._stage(step)
            for step in self._steps:
                with _named(step.path):
                    self._rename(step)
            for folder in {(self._root / step.path).parent for step in self._steps}:
                with _named(folder.name):
                    files.sync_folder(folder)
        except BaseException:
            self.tidy()
            raise

    def is_staged(self, path: str) -> bool:
        """Whether new bytes lie beside a path, so that they are not in it yet."""
        return os.path.lexists(_temporary(self._root / path))

    def tidy(self) -> None:
        """Remove temporary files, of a run before this one too, and folders left empty."""
        for step in self._steps:
            with suppress(OSError):
                _temporary(self._root / step.path).unlink(missing_ok=True)
        for folder in reversed(self._made):
            with suppress(OSError):
                folder.rmdir()

    def _stage(self, step: Step) -> None:
        target = paths.inside(self._root, step.path)
        if step.after is None:
            return
        self._make_folders(target.parent)
        temporary = _temporary(target)
        temporary.unlink(missing_ok=True)
        files.write_new(temporary, step.after)
        with suppress(FileNotFoundError):
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))

    def _make_folders(self, folder: Path) -> None:
        missing = [f for f in (folder, *folder.parents) if not f.exists()]
        for made in reversed(missing):
            made.mkdir()
            self._made.append(made)
            files.sync_folder(made.parent)

    def _rename(self, step: Step) -> None:
        target = self._root / step.path
        now = files.read(target, step.path) if os.path.lexists(target) else None
        if digest(now) != step.before:
            raise changed_since(step.path, is_new=step.before is None)
        if step.after is None:
            target.unlink(missing_ok=True)
        else:
            os.replace(_temporary(target), target)


def changed_since(path: str, *, is_new: bool) -> Refusal:
    """What to tell where a file is not as it was when a change of it was made, or is there and was to be new; nothing was changed."""
    message = _("{path} exists already.", path=path) if is_new else _("{path} was changed since the command read it.", path=path)
    return Refusal(message, advice(_("Nothing was changed; run the command again.")))


@contextmanager
def _named(path: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise files.unwritable(path, error) from error


def _temporary(target: Path) -> Path:
    """Of the same name each time, so that a later run finds it; never longer than names may be."""
    name = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]
    return target.with_name(f".{name}{TEMPORARY}")
