"""A repository in a folder of this machine, or of one it can reach: what it names runs here, unlike on a server.

Sending into a folder has git run the hooks that lie there, on the machine of whoever sends. A system that was handed over may bring
such a folder along. So one that names programs is gone to only where the person has called it safe, in the very setting by which git
itself is told so (``safe.directory``); one that names none is gone to as it is.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from qmsctl.errors import Refusal
from qmsctl.mend import git as git_command
from qmsctl.message import _
from qmsctl.regex import regex
from qmsctl.store.git.environment import environment
from qmsctl.store.git.plumbing import run

_SILENT = regex(
    r"core\.(repositoryformatversion|filemode|bare|ignorecase|precomposeunicode|symlinks|logallrefupdates|sharedrepository)"
    r"|extensions\.objectformat|uploadpack\.allow\w+|receive\.(deny\w+|fsckobjects)|transfer\.fsckobjects|user\.(name|email)|qmsctl\.\w+"
    r"|remote\..*\.(url|fetch|mirror)|branch\..*\.(merge|remote)"
)
"""Settings that name no program."""

_SUFFIXES = ("/.git", "", ".git/.git", ".git")
"""Where git looks for a repository that is named by a folder, in this order."""


def check_local(address: str) -> None:
    """Raise ``Refusal`` for a folder with programs of its own that nobody has called safe; other addresses pass."""
    folder = _folder(address)
    place = _repository(folder) if folder else None
    if place is None or folder is None or not _names_programs(place) or _is_safe(folder, place):
        return
    raise Refusal(
        _("the repository in {folder} has programs of its own (hooks or settings), which would run on this machine; nothing was fetched and nothing sent",
          folder=str(folder)),
        git_command("config", "--global", "--add", "safe.directory", str(folder)).in_order_to(_("if you know who made it, and trust them")),
    )


def _folder(address: str) -> Path | None:
    if address.lower().startswith("file://"):
        return Path(unquote(urlsplit(address).path))
    return Path(address) if os.path.isabs(address) else None


def _repository(folder: Path) -> Path | None:
    places = (Path(f"{folder}{suffix}") for suffix in _SUFFIXES)
    return next((each for each in places if each.is_file() or (each / "HEAD").exists()), None)


def _names_programs(place: Path) -> bool:
    hooks = place / "hooks"
    if not place.is_dir() or (place / "commondir").exists() or (place / "config.worktree").exists():
        return True
    if hooks.is_dir() and any(not each.name.endswith(".sample") for each in hooks.iterdir()):
        return True
    listed = run(["config", "--file", str(place / "config"), "--no-includes", "--name-only", "-z", "--list"])
    names = listed.stdout.decode("utf-8", "replace").split("\0")
    return listed.returncode != 0 or any(name and not _SILENT.fullmatch(name.lower()) for name in names)


def _is_safe(folder: Path, place: Path) -> bool:
    """Whether the person's own settings name the folder, or every folder."""
    said = run(["config", "--global", "-z", "--get-all", "safe.directory"], env=environment(user_config=True)).stdout
    named = [each for each in said.decode("utf-8", "surrogateescape").split("\0") if each]
    wanted = {os.path.realpath(each) for each in (folder, place)}
    return any(each == "*" or os.path.realpath(os.path.expanduser(each)) in wanted for each in named)
