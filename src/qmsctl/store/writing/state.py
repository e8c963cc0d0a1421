"""Where the writer keeps its lock and journal: beside the files, yet never among them.

Whoever hands a tree or a repository over can put anything there, so no part of the way is a link.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from qmsctl.core.tree import STATE
from qmsctl.errors import RepositoryError
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.store.git.repository import Git
from qmsctl.store.machine import files

JOURNAL = "journal"
"""The name of what an interrupted command leaves."""
_SURROGATE = 0x20000000
"""Set in the tag of what Windows follows to another place, such as a junction."""


def state_folder(root: Path, git: Git | None) -> Path:
    """In the git directory, one for each QMS folder of the work tree; else ``.qms/state``."""
    base, parts = _way(root, git)
    return base.joinpath(*parts)


def with_journal(root: Path, git: Git | None) -> tuple[Path, ...]:
    """Where a command left its journal: the real path of the QMS folder, the work tree around it, or neither."""
    own = Path(os.path.realpath(root))
    around = dict.fromkeys((own, git.top if git and git.top else own))
    return tuple(each for each in around if os.path.lexists(state_folder(each, git) / JOURNAL) and not leads_astray(each, git))


def _way(root: Path, git: Git | None) -> tuple[Path, tuple[str, ...]]:
    """The folder that is there in any case, and the names of those below it."""
    if git is None or git.top is None:
        return root, tuple(STATE.split("/"))
    return git.git_dir, ("qmsctl", quote(git.prefix(root), safe="") or "_")


def _folders(root: Path, git: Git | None) -> Iterator[Path]:
    folder, parts = _way(root, git)
    for part in parts:
        folder /= part
        yield folder


def leads_astray(root: Path, git: Git | None) -> bool:
    """True where a folder on the way is missing, a link, or no folder."""
    return not all(map(is_plain_folder, _folders(root, git)))


def is_plain_folder(path: Path) -> bool:
    """True for a folder that is one itself and leads nowhere else."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and not getattr(found, "st_reparse_tag", 0) & _SURROGATE


def make_state_folder(root: Path, git: Git | None) -> Path:
    """The same, made if need be; a git that comes later is told to ignore it. What the dead left beside it goes.

    Raises ``RepositoryError`` where a part of the way is a link or no folder.
    """
    from qmsctl.store.git.scratch import clear_scratch

    folder = state_folder(root, git)
    for place in {git.git_dir, git.common_dir} if git else ():
        clear_scratch(place)
    try:
        for each in _folders(root, git):
            with suppress(FileExistsError):
                each.mkdir()
            if not is_plain_folder(each):
                raise _astray(each)
        if folder == root / STATE and not os.path.lexists(folder / ".gitignore"):
            with suppress(FileExistsError):
                files.write_new(folder / ".gitignore", b"*\n")
    except OSError as error:
        raise files.unwritable(str(folder), error) from error
    return folder


def _astray(folder: Path) -> RepositoryError:
    return RepositoryError(
        _("{path} is a link or no folder; qmsctl keeps its lock and journal there, and follows no link to them.", path=str(folder)),
        advice(_("See where it leads, and delete it; qmsctl makes a folder of its own")),
    )
