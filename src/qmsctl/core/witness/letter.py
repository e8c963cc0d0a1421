"""Registers the letter by which a root has left the house: its number, day and scan, beside the note."""

from __future__ import annotations

from qmsctl.core.dossier import Basis
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.text.splice import quoted
from qmsctl.core.witness.attested import BASIS
from qmsctl.core.witness.checkpoints import Checkpoint, checkpoints, latest_checkpoint
from qmsctl.core.witness.log import FOLDER
from qmsctl.errors import Refusal, UsageError
from qmsctl.mend import Hole, addition, command
from qmsctl.message import _


def chosen_checkpoint(library: Library, name: str | None) -> Checkpoint:
    """The checkpoint that is named by its file, with or without folder and ending, else the latest. Raises ``Refusal``."""
    if name is None:
        latest = latest_checkpoint(library)
        if latest is None:
            raise Refusal(_("there is no checkpoint yet"), command("checkpoint"))
        return latest
    path = f"{FOLDER}{name.rpartition('/')[2].removesuffix('.note')}.note"
    found = next((each for each in checkpoints(library) if each.path == path), None)
    if found is None:
        raise Refusal(_("there is no checkpoint {path}", path=path), command("checkpoint").in_order_to(_("to make one")))
    return found


def register(library: Library, found: Checkpoint, basis: Basis, files: tuple[FileChange, ...]) -> Edit:
    """The edit that puts the letter beside the note. Raises ``UsageError`` where anything of it is not said."""
    if not (basis.number and basis.date and basis.file and basis.sha256):
        raise UsageError(
            _("a registered letter has a number, a day and a scan"),
            addition(basis=Hole("number"), basis_date=Hole("date"), basis_file=Hole("file")),
        )
    path = f"{found.path}{BASIS}"
    if path in library.files:
        raise Refusal(_("the letter of {note} is registered already: {path}", note=found.path, path=path))
    text = f"number: {quoted(basis.number)}\ndate: {basis.date.isoformat()}\nfile: {quoted(basis.file)}\nsha256: {basis.sha256}\n"
    summary = _("letter {number} registered for {note}", number=basis.number, note=found.path)
    return Edit((*files, FileChange(path, None, text.encode())), summary, (path,))
