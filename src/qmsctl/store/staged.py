"""What the next commit would hold: the files of git's index, which may differ from those on the disk."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from qmsctl.errors import RepositoryError
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.store.commit_tree import CommitTree
from qmsctl.store.git import objects
from qmsctl.store.git.repository import Git
from qmsctl.store.place import Place
from qmsctl.value import replace

_INDEX = "GIT_INDEX_FILE"
"""Git names another index to the hooks of a commit of some files only."""


def staged(place: Place) -> Place:
    """The same QMS as it stands in the index. Raises ``RepositoryError`` where there is none."""
    if place.git is None or place.git.top is None:
        raise RepositoryError(_("there is no git repository here, so nothing is staged"), advice(_("leave out --staged")))
    return replace(place, source=StagedTree(place.git, place.prefix))


class StagedTree(CommitTree):
    """The files below a folder of the index; reading them writes nothing, not even git's tree of them."""

    def __init__(self, git: Git, prefix: str = "") -> None:
        named = os.environ.get(_INDEX)
        super().__init__(git, "HEAD", prefix, partial(objects.index, git.plumbing, prefix, Path(named).absolute() if named else None))
