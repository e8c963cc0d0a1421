"""Nothing is written that git would leave out of the next commit without a word."""

from __future__ import annotations

from qmsctl.core.edit import Edit
from qmsctl.errors import Refusal
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.store.ignored import ignored
from qmsctl.store.loading import Place


def check_kept(place: Place, edit: Edit) -> None:
    """Raise ``Refusal`` for a new file that a ``.gitignore`` or the user's own list keeps out of git."""
    new = [place.from_top(change.path) for change in edit.changes if change.before is None and change.after is not None]
    left_out = ignored(place.git, new) if place.git and new else ()
    if left_out:
        raise Refusal(
            _("git would leave out {paths}, for a list of names to ignore has them; nothing was written", paths=left_out),
            advice(_("give the file another name, or take its name out of .gitignore")),
        )
