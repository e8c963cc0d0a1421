"""Acts at the beginning: a QMS laid down, and the files with which a forge checks it."""

from __future__ import annotations

from pathlib import Path

from qmsctl.acts.committing import wished
from qmsctl.acts.done import Done
from qmsctl.acts.occasion import Occasion
from qmsctl.acts.writing import writing, written
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.store.git.identity import Identity
from qmsctl.store.git.intent import Wish
from qmsctl.store.git.repository import Git
from qmsctl.store.writing.left_behind import unfinished, was_interrupted
from qmsctl.store.writing.recovery import Finished
from qmsctl.store.writing.writer import Writer

CONFIGURATION = "qms.yaml"


def begun(target: Path, git: Git | None) -> bytes | None:
    """The ``qms.yaml`` that an earlier run was to write in ``target`` when it was ended by force; nothing where there was none. Raises ``RepositoryError``."""
    if git is None or not was_interrupted(target, git):
        return None
    return next((step.after for step in unfinished(target, git) if step.path == CONFIGURATION and step.before is None), None)


def finish(target: Path, git: Git | None) -> Finished | None:
    """Finish what an earlier run had begun in ``target`` when it was ended by force, its commit included; nothing where there was none."""
    if git is None or not was_interrupted(target, git):
        return None
    with Writer(target, git) as writer:
        return writer.finished


def lay_down(target: Path, git: Git | None, edit: Edit, wish: Wish | None) -> str | None:
    """Write the files of a new QMS into ``target``; the full name of the commit, if one is wished for. Raises :class:`Made`."""
    with Writer(target, git) as writer:
        return written(writer, edit, wish)


def add_checks(occasion: Occasion, library: Library, edit: Edit, author: Identity | None, wait: float | None = None) -> Done:
    """Write files for a forge, whose paths are from the top of the repository, beside the QMS that is there. Raises :class:`Made`."""
    place = occasion.place
    assert place.root is not None  # acts are done where there are files
    with writing(occasion, wait, folder=top_of(place.git, place.root)) as writer:
        return Done(library, edit, written(writer, edit, wished(occasion, author, library, edit)))


def top_of(git: Git | None, target: Path) -> Path:
    """The top of the work tree, where a forge looks for its files; the QMS itself where there is no git."""
    return (git.top if git else None) or target
