"""Which folder is a QMS: the one of the nearest ``qms.yaml``, on the disk or in a commit."""

from __future__ import annotations

import os
from functools import reduce
from pathlib import Path

from qmsctl.core.reading import CONFIG_PATH as CONFIG
from qmsctl.errors import RepositoryError
from qmsctl.mend import Hole, Mend, command, with_general
from qmsctl.message import _
from qmsctl.store.git import Git

_NAMED = 3
"""How many systems below a folder are named."""


def find_root(start: Path) -> Path:
    """The folder of the nearest ``qms.yaml`` at or above ``start``.

    Raises ``RepositoryError`` if there is none.
    """
    folder = Path(os.path.realpath(start))
    for root in (folder, *folder.parents):
        if (root / CONFIG).is_file():
            return root
    new = command("init").in_order_to(_("create a new system"))
    below = sorted(each.parent.name for each in folder.glob(f"*/{CONFIG}"))
    named = (with_general(command(""), C=each).in_order_to(_("there is one in a folder below")) for each in below[:_NAMED])
    raise RepositoryError(
        _("There is no {config} in {folder} or above it.", config=CONFIG, folder=str(folder)),
        reduce(Mend.or_else, (*named, new)),
    )


def find_prefix(git: Git, commit: str) -> str:
    """The QMS folder of a commit in a bare repository: the one ``qms.yaml`` nearest the top.

    Raises ``RepositoryError`` if the commit holds none, or several as near.
    """
    found = [e.path for e in git.tree(commit) if e.path.rpartition("/")[2] == CONFIG]
    depth = min((path.count("/") for path in found), default=0)
    nearest = [path.rpartition("/")[0] for path in found if path.count("/") == depth]
    if len(nearest) == 1:
        return nearest[0]
    if nearest:
        raise RepositoryError(
            _("Commit {commit} holds several systems: {folders}", commit=commit, folders=nearest),
            with_general(command(""), repo=Hole("folder")).in_order_to(_("Name one")),
        )
    raise RepositoryError(
        _("Commit {commit} holds no {config}.", commit=commit, config=CONFIG),
        command("init").in_order_to(_("create a new system")),
    )
