"""What was shown before it is done: the digests a form carries, and the refusal where something is another by now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from qmsctl.core.dossier import SignOff
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.core.proof.filing import signoff_at
from qmsctl.errors import Refusal, UsageError
from qmsctl.message import _
from qmsctl.value import dataclass

VOWED = frozenset({"approve", "close"})
"""Meanings for which the signer says once more who signs, and in which role."""

NEW = "new"
"""Stands for the digest of a file that is not there yet."""


class Stale(Refusal):
    """What would be written now is not what was shown: ``paths`` are the files that are others, or no longer meant."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        super().__init__(_("nothing was written: since this was shown something has changed; look at it once more"))
        self.paths = paths


@dataclass
class Shown:
    """Sees an edit as it is made. ``before`` are the digests of what was shown, ``None`` where it is only to be shown now.

    ``vowed`` is true where the signer has said who signs.
    """

    before: Mapping[str, str] | None = None
    vowed: bool = False

    def __call__(self, edit: Edit, library: Library) -> Edit:
        """The same edit. Raises :class:`Stale`, and :class:`UsageError` for a vow that is missing."""
        if self.before is not None:
            now = digests(edit)
            other = [path for path in {**self.before, **now} if self.before.get(path) != now.get(path)]
            if other:
                raise Stale(tuple(other))
            if not self.vowed and any(each.meaning in VOWED for each in new_sign_offs(library.after(edit), edit)):
                raise UsageError(_("say that it is you who signs, and in which role: tick the box above the button"))
        return edit


def digests(edit: Edit) -> Mapping[str, str]:
    """Of every file that an edit changes, what it is before."""
    return {each.path: NEW if each.before is None else hashlib.sha256(each.before).hexdigest() for each in edit.changes}


def new_sign_offs(after: Library, edit: Edit) -> Iterator[SignOff]:
    """The sign-offs that an edit gives, read as everybody will read them."""
    for change in edit.changes:
        found = signoff_at(change.path, after) if change.before is None and change.path.startswith("signoffs/") else None
        if found is not None:
            yield found[0]
