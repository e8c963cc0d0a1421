"""Acts at the beginning: a QMS laid down, and the files with which a forge checks it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qmsctl.acts.committing import committed
from qmsctl.acts.done import Done
from qmsctl.acts.occasion import Occasion
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.store.git import Git
from qmsctl.store.identity import Identity
from qmsctl.store.writer import Writer


def lay_down(target: Path, git: Git | None, edit: Edit, author: Identity | None, at: Callable[[Path], Occasion]) -> Done:
    """Write the files of a new QMS into ``target``, and commit them in the name of ``author``, if there is one.

    ``at`` gives the circumstances in a folder, once there is a QMS in it.
    """
    with Writer(target, git) as writer:
        writer.write(edit)
        occasion = at(target)
        return committed(occasion, author, Done(occasion.library(), edit))


def add_checks(occasion: Occasion, library: Library, edit: Edit, author: Identity | None, wait: float | None = None) -> Done:
    """Write files for a forge, whose paths are from the top of the repository, beside the QMS that is there."""
    place = occasion.place
    assert place.root is not None  # acts are done where there are files
    top = top_of(place.git, place.root)
    with Writer(top, place.git, occasion.waiting(wait)) as writer:
        writer.write(edit)
        return committed(occasion, author, Done(library, edit), top)


def top_of(git: Git | None, target: Path) -> Path:
    """The top of the work tree, where a forge looks for its files; the QMS itself where there is no git."""
    return (git.top if git else None) or target
