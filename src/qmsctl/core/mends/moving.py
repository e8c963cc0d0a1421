"""How a file comes to the folder of its type: neither git nor ``cp`` makes one for it."""

from __future__ import annotations

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.mend import Hole, Mend, advice, git
from qmsctl.message import _


def moved(item: Item, library: Library) -> Mend:
    """``git mv PATH FOLDER/``. Which dossier a sign-off belongs to is for people to find."""
    if item.type.kind == "signoff":
        return git("mv", item.path, Hole("folder"))
    folder = f"{item.type.folder}/"
    return in_folder(folder, library, git("mv", item.path, folder))


def in_folder(folder: str, library: Library, way: Mend) -> Mend:
    """A way that puts a file there, made first where nothing lies there yet."""
    return way if folder.rstrip("/") in library.folders else advice(_("make the folder {folder}", folder=folder)).then(way)
