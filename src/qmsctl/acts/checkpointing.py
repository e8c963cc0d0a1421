"""Acts of the witness: a checkpoint over what was signed, and what shows that it was seen outside."""

from __future__ import annotations

from collections.abc import Callable

from qmsctl.acts.carrying_out import carry_out, perform
from qmsctl.acts.done import Done
from qmsctl.acts.ending import Ending
from qmsctl.acts.keys import Promise, Signing, chosen
from qmsctl.acts.occasion import Occasion, moment_in
from qmsctl.acts.signing import Given, basis_of
from qmsctl.core.dossier import Basis
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.text.text_file import digest
from qmsctl.core.witness.attested import STAMP
from qmsctl.core.witness.letter import chosen_checkpoint, register
from qmsctl.core.witness.log import SIGNOFFS, log_of, unseen
from qmsctl.core.witness.making import checkpoint
from qmsctl.errors import Refusal
from qmsctl.mend import git
from qmsctl.message import _
from qmsctl.store.git.main_branch import main_branch
from qmsctl.store.loading import everything
from qmsctl.store.place import Place
from qmsctl.store.signatures.timestamps import request
from qmsctl.value import replace

LETTERS = "attachments/witness"
QUERY = ".tsq"


def make_checkpoint(occasion: Occasion, signing: Signing, ending: Ending) -> Done:
    """Put what was signed since the last checkpoint into the log, and make a note of it.

    Its day is that of the clock, whatever ``--today`` says. Raises ``Refusal`` on any branch but the one into which all is merged,
    and where something that was signed is in no commit yet.
    """
    _on_main(occasion)

    def made(library: Library) -> Promise:
        _committed(occasion.place, library)
        edit = checkpoint(library, moment_in(library.config.zone, occasion.clock, None).date(), again=signing.asked)
        if not signing.asked:
            return Promise(edit)
        key = chosen(occasion, library, occasion.person(library) or "", signing.key)
        return Promise(replace(edit, promised={edit.subjects[0]: key.public}), key)

    return perform(replace(occasion, exact=everything), made, ending)


def register_letter(occasion: Occasion, note: str | None, given: Given, ending: Ending) -> Done:
    """Put number, day and scan of the letter beside the note that it carried."""

    def registered(library: Library) -> Edit:
        basis, files = basis_of(library, given)
        return register(library, chosen_checkpoint(library, note), basis or Basis(), files)

    return carry_out(occasion, registered, ending)


def ask_for_stamp(occasion: Occasion, note: str | None, ending: Ending) -> Done:
    """Put the request for a time stamp beside the note, to be carried to an authority by hand."""
    return carry_out(occasion, _beside(note, QUERY, request), ending)


def keep_stamp(occasion: Occasion, note: str | None, data: bytes, ending: Ending) -> Done:
    """Put the answer of the authority beside the note; ``verify`` says what it is worth."""
    return carry_out(occasion, _beside(note, STAMP, lambda _note: data), ending)


def _beside(note: str | None, ending: str, made: Callable[[bytes], bytes]) -> Callable[[Library], Edit]:
    def edit(library: Library) -> Edit:
        path = chosen_checkpoint(library, note).path
        if f"{path}{ending}" in library.files:
            raise Refusal(_("{path} is there already", path=f"{path}{ending}"))
        data = made(library.outside.read(path))
        return Edit((FileChange(f"{path}{ending}", None, data),), _("{path} written", path=f"{path}{ending}"), (path,))

    return edit


def _committed(place: Place, library: Library) -> None:
    """Raise ``Refusal`` for what the log would see and nobody else has: if it is thrown away, the log speaks of a file that never was."""
    if place.git is None:
        return
    new = {path: sha256 for sha256, path in (line.split("  ", 1) for line in unseen(library, log_of(library)))}
    held = {f"{SIGNOFFS}{each.path}": each.oid for each in place.git.tree(place.commit, place.from_top(SIGNOFFS.rstrip("/")))} if place.commit else {}
    there = [path for path in new if path in held]
    same = {path for path, data in zip(there, place.git.blobs([held[path] for path in there]), strict=True) if digest(data) == new[path]}
    others = [path for path in new if path not in same]
    if others:
        raise Refusal(
            _("{count} file(s) of sign-offs are in no commit as they are here, such as {path}; a checkpoint holds what is committed", count=len(others), path=others[0]),
            git("add", SIGNOFFS).then(git("commit")),
        )


def _on_main(occasion: Occasion) -> None:
    git_here = occasion.place.git
    here, main = (git_here.branch(), main_branch(git_here)) if git_here else (None, None)
    if here is not None and main is not None and here != main:
        raise Refusal(
            _("this is the branch {branch}: only {main}, into which everything is merged, makes checkpoints", branch=here, main=main),
            git("switch", main),
        )
