"""Makes a checkpoint: what was signed since the last one goes to the end of the log, and a note says what its root is now."""

from __future__ import annotations

from datetime import date

from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.core.text.text_file import lf
from qmsctl.core.witness.checkpoints import checkpoints, contradicted, latest_checkpoint, note_paths
from qmsctl.core.witness.log import FOLDER, PATH, log_of, unseen
from qmsctl.core.witness.merkle import root
from qmsctl.core.witness.note import Note
from qmsctl.errors import Refusal
from qmsctl.mend import advice, command
from qmsctl.message import _

ORIGIN = "qmsctl/{code}"


def checkpoint(library: Library, day: date, *, again: bool = False) -> Edit:
    """The edit that makes a checkpoint on ``day``; with ``again`` one of the last note where nothing was signed since.

    Raises ``Refusal`` where the log does not bear out the notes that there are, and where there is nothing to see.
    """
    found, log = checkpoints(library), log_of(library)
    for each, why in contradicted(library, found):
        raise Refusal(_("{note}: {why}; no checkpoint is made on top of that", note=each.path, why=why), command("check", FOLDER.rstrip("/")))
    latest, new = latest_checkpoint(library), tuple(unseen(library, log))
    if latest is not None and not new and latest.note.size == len(log.lines):
        return _the_same(library, latest.path, again=again)
    if not new and not log.lines:
        raise Refusal(_("nothing has been signed yet, so there is nothing to see"))
    lines = (*log.lines, *(line.encode() for line in new))
    note = Note(latest.note.origin if latest else _origin(library), len(lines), root(lines))
    path = _free(library, day)
    old = library.outside.read(PATH) if PATH in library.files else None
    grown = lf(old or b"") + b"".join(b"%s\n" % line for line in lines[len(log.lines) :])
    return Edit(
        (FileChange(PATH, old, grown), FileChange(path, None, note.encode())),
        _("checkpoint {path}: {new} new file(s), {size} in all", path=path, new=len(new), size=note.size),
        (path,),
        remarks=(_("root: {root}", root=" ".join(note.groups)),),
    )


def _the_same(library: Library, path: str, *, again: bool) -> Edit:
    if not again:
        raise Refusal(_("nothing was signed since {path}: it holds all there is", path=path))
    data = library.outside.read(path)
    return Edit((FileChange(path, data, data),), _("checkpoint {path} signed", path=path), (path,))


def _origin(library: Library) -> str:
    code = "".join(library.config.code.split())
    if not code:
        raise Refusal(
            _("the organization has no code, and a note names the log by it"),
            advice(_("write it into {path}: {line}", path=CONFIG_PATH, line="organization: {name: …, code: TA}")),
        )
    return ORIGIN.format(code=code)


def _free(library: Library, day: date) -> str:
    """The next name of a note of this day."""
    taken, number = {path.casefold() for path in note_paths(library)}, 1
    while f"{FOLDER}{day.isoformat()}-{number}.note" in taken:
        number += 1
    return f"{FOLDER}{day.isoformat()}-{number}.note"
