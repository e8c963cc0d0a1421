"""Acts of the witness: a checkpoint over what was signed, by a key if that is wished."""

from __future__ import annotations

from dataclasses import replace

from qmsctl.acts.carrying_out import perform
from qmsctl.acts.done import Done
from qmsctl.acts.ending import Ending
from qmsctl.acts.keys import Promise, Signing, chosen
from qmsctl.acts.occasion import Occasion, moment_in
from qmsctl.core.library import Library
from qmsctl.core.witness.making import checkpoint
from qmsctl.errors import Refusal
from qmsctl.mend import git
from qmsctl.message import _
from qmsctl.store.main_branch import main_branch


def make_checkpoint(occasion: Occasion, signing: Signing, ending: Ending) -> Done:
    """Put what was signed since the last checkpoint into the log, and make a note of it.

    Its day is that of the clock, whatever ``--today`` says. Raises ``Refusal`` on any branch but the one into which all is merged.
    """
    _on_main(occasion)

    def made(library: Library) -> Promise:
        edit = checkpoint(library, moment_in(library.config.zone, occasion.clock, None).date(), again=signing.asked)
        if not signing.asked:
            return Promise(edit)
        key = chosen(occasion, library, occasion.person(library) or "", signing.key)
        return Promise(replace(edit, promised={edit.subjects[0]: key.public}), key)

    return perform(replace(occasion, exact=True), made, ending)


def _on_main(occasion: Occasion) -> None:
    git_here = occasion.place.git
    here, main = (git_here.branch(), main_branch(git_here)) if git_here else (None, None)
    if here is not None and main is not None and here != main:
        raise Refusal(
            _("this is the branch {branch}: only {main}, into which everything is merged, makes checkpoints", branch=here, main=main),
            git("switch", main),
        )
