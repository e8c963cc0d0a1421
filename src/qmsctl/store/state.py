"""Where the writer keeps its lock and journal: beside the files, yet never among them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from qmsctl.core.reading import STATE
from qmsctl.store import files
from qmsctl.store.git import Git


def state_folder(root: Path, git: Git | None) -> Path:
    """In the git directory, one for each QMS folder of the work tree; else ``.qms/state``."""
    if git is None or git.top is None:
        return root / STATE
    return git.git_dir / "qmsctl" / (quote(git.prefix(root), safe="") or "_")


def make_state_folder(root: Path, git: Git | None) -> Path:
    """The same, made if need be; a git that comes later is told to ignore it."""
    folder = state_folder(root, git)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ignored = folder / ".gitignore"
        if folder == root / STATE and not ignored.exists():
            ignored.write_text("*\n", encoding="ascii")
    except OSError as error:
        raise files.unwritable(str(folder), error) from error
    return folder
