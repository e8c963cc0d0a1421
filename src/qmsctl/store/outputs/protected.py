"""What a command never writes its output to, whatever a person asks for: the files of a system, and git's own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from qmsctl.core.reading import CONFIG_PATH, CONTROLLED_FOLDERS, PEOPLE_PATH
from qmsctl.core.text.characters import name_on_disk
from qmsctl.errors import QmsError
from qmsctl.message import Message, _
from qmsctl.regex import regex
from qmsctl.store.git import objects
from qmsctl.store.git.discovery import is_repository
from qmsctl.store.git.repository import Git
from qmsctl.store.machine.address import is_address

_GIT = regex(r"\.git|git~\d+")
_OF_A_SYSTEM = frozenset((*CONTROLLED_FOLDERS, "attachments", ".qms", PEOPLE_PATH))
_SHORT_QMS = regex(r"qms~\d+")


def why_protected(path: Path) -> Message | None:
    """What forbids an output at ``path``, be there something or not; ``None`` where nothing does.

    ``path`` may lead over links and ``..``: what counts is where it lies, and where a link at its end leads. Names
    count as the most lenient file system takes them. Raises ``OSError`` where nobody may look.
    """
    if is_address(path):
        return _("it is an address, and qmsctl writes to files and folders of this machine alone")
    for each in _places(path):
        if _is_gits(each):
            return _("it lies in git's own folder, or steers git or a forge")
        if _is_controlled(each):
            return _("it lies where the files of the system lie")
    return None


def is_tracked(path: Path) -> bool:
    """True for what git tracks at ``path``, or where a link at its end leads."""
    return any(map(_is_tracked, _places(path)))


def _places(path: Path) -> tuple[Path, ...]:
    """Where it lies, links and ``..`` on the way to it followed; and where a link at its end leads."""
    lies = Path(os.path.realpath(path.parent)) / path.name
    return tuple(dict.fromkeys((lies, Path(os.path.realpath(path)))))


def _is_tracked(place: Path) -> bool:
    with suppress(QmsError, OSError):
        git = Git.discover(place.parent)
        if git is not None and git.top is not None:
            return any(each.path == place.name for each in objects.index(git.plumbing, git.prefix(place.parent)))
    return False


def _is_gits(path: Path) -> bool:
    """Whether it is ``.git``, lies in it or in a repository of another name, or is a file that git or a forge reads."""
    if any(_GIT.fullmatch(name_on_disk(part)) for part in path.parts):
        return True
    if any(is_repository(folder) for folder in (path, *path.parents)):
        return True
    top = next((folder for folder in path.parents if os.path.lexists(folder / ".git") or (folder / CONFIG_PATH).is_file()), path)
    return any(part.startswith(".git") for part in _names(path, top))


def _is_controlled(path: Path) -> bool:
    """Whether it is the ``qms.yaml`` of a system, or lies where one keeps what is controlled."""
    if name_on_disk(path.name) == CONFIG_PATH:
        return True
    roots = (folder for folder in path.parents if (folder / CONFIG_PATH).is_file())
    firsts = (next(_names(path, root)) for root in roots)
    return any(first in _OF_A_SYSTEM or _SHORT_QMS.fullmatch(first) for first in firsts)


def _names(path: Path, folder: Path) -> Iterator[str]:
    """The parts of a path below a folder, as the most lenient file system takes them."""
    return map(name_on_disk, path.relative_to(folder).parts)
