"""Days and files that are named on a command line."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import date as date_type
from pathlib import Path
from typing import TYPE_CHECKING

from qmsctl.core.dossier import ATTACHMENTS
from qmsctl.core.proof.named_digest import not_here
from qmsctl.core.text.characters import visible
from qmsctl.core.text.lfs_pointer import pointed
from qmsctl.core.text.suggest import closest, instead
from qmsctl.errors import UsageError
from qmsctl.mend import Mend, advice, git
from qmsctl.message import _
from qmsctl.store.machine.address import check_here
from qmsctl.store.machine.files import LARGEST
from qmsctl.store.machine.system_words import plain
from qmsctl.store.place import Place

if TYPE_CHECKING:
    from qmsctl.cli.session import Session


def day(session: Session, text: str | None, option: str) -> date_type | None:
    """The date an option gives, as the office writes days. Raises :class:`UsageError` for anything else."""
    return session.read_day(text, option) if text else None


def inside(place: Place, file: Path) -> str | None:
    """The path of ``file`` in the QMS folder, if it lies there."""
    resolved = file.resolve()
    if place.root is None or not resolved.is_relative_to(place.root):
        return None
    return resolved.relative_to(place.root).as_posix()


def read_given(file: Path, most: int | None = LARGEST) -> bytes:
    """The bytes of a file named on the command line. Raises :class:`UsageError` for more than ``most``, for none, and for a mere pointer to them."""
    check_here(file)
    try:
        if file.is_dir():
            raise UsageError(_("{path} is a folder; a file is expected", path=str(file)), advice(_("name the files in it, one after another")))
        if not file.exists():
            raise UsageError(_("there is no file {path}", path=str(file)), _near(file))
        if not file.is_file():
            raise UsageError(_("{path} is a pipe or device; a file is expected", path=str(file)), advice(_("save what comes from it, and name that file")))
        if most is not None and (size := file.stat().st_size) > most:
            raise UsageError(_("{path} has {size} bytes, more than qmsctl reads.", path=str(file), size=size))
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(_("{path} cannot be read: {problem}", path=str(file), problem=plain(error))) from None
    if pointed(data):
        raise UsageError(not_here(str(file)), git("lfs", "pull").in_order_to(_("to fetch it")))
    return data


def _near(file: Path) -> Mend:
    """The file beside it that may be meant, else from where it was looked for."""
    near = closest(file.name, (each.name for each in file.parent.iterdir() if each.name != file.name)) if file.parent.is_dir() else None
    return looked_for() if near is None else instead(str(file), str(file.with_name(near)))


def looked_for() -> Mend:
    """From where a file was looked for that is not there."""
    return advice(_("it was looked for from the folder {folder}; a name with spaces stands between quotation marks", folder=str(Path.cwd())))


def named_source(file: Path, data: bytes) -> tuple[str, str]:
    """What is kept of a list that is taken in and not kept: the name of its file, and its SHA-256."""
    return visible(unicodedata.normalize("NFC", file.name)), hashlib.sha256(data).hexdigest()


def warn_of_list(session: Session, place: Place, file: Path) -> None:
    """Say that a list which is taken in, and not kept, lies where it may be committed with all it says of persons."""
    path = inside(place, file)
    if path is not None and not path.startswith(ATTACHMENTS):
        session.warn(_("{path} lies in the folder of the QMS, and lists are not kept here: what they say of persons would be committed with them", path=path), advice(_("move it out of the folder")))


def read_evidence(session: Session, file: Path) -> bytes:
    """The same of a file that is to be kept. Raises :class:`Refusal` for one that lists cases with data about persons."""
    from qmsctl.store.incoming.exports import check_no_export

    data = read_given(file, None)
    if not check_no_export(data):
        session.warn(
            _("whether {path} lists persons could not be looked at: files of Excel are read with packages that are not installed", path=file.name),
            advice(_("to install it: pip install 'qmsctl[office]'")),
        )
    return data
