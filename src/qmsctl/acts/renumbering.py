"""The act of giving another number to what is not merged yet, by what was last fetched."""

from __future__ import annotations

from qmsctl.acts.carrying_out import carry_out
from qmsctl.acts.done import Done
from qmsctl.acts.ending import Ending
from qmsctl.acts.occasion import Occasion
from qmsctl.core.lifecycle.renumbering import Others, renumber
from qmsctl.errors import Refusal
from qmsctl.mend import Hole, command
from qmsctl.mend import git as git_command
from qmsctl.message import _
from qmsctl.store.git.remote import only_remote
from qmsctl.store.loading import load, locate


def renumbered(occasion: Occasion, subject: str, ending: Ending) -> Done:
    """``subject`` with the next id of its kind. Raises ``Refusal`` with nothing changed."""
    others = _others(occasion)
    return carry_out(occasion, lambda library: renumber(library, subject, others), ending)


def _others(occasion: Occasion) -> Others:
    git, root = occasion.place.git, occasion.place.root
    if git is None or root is None:
        raise Refusal(_("there is no git repository here that could be kept in step with another"), git_command("clone", Hole("address")).in_order_to(_("fetch the one of the office")))
    there, head = only_remote(git).last(), git.head()
    if there is None or head is None:
        raise Refusal(_("nothing was fetched yet, so nobody can have taken the number"), command("sync"))
    libraries = [load(locate(root, commit), occasion.clock, occasion.day) for commit in (*git.merge_bases(head, there), there)]
    return Others(tuple(libraries[:-1]), libraries[-1])
