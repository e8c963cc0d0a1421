"""What was written in an editor, saved in git before it is sent: judged like everything that a command writes."""

from __future__ import annotations

from qmsctl.acts.committing import committer
from qmsctl.acts.judging import RefusedByRules
from qmsctl.acts.occasion import Occasion
from qmsctl.core.brought import errors_brought
from qmsctl.core.diagnostic import Diagnostic
from qmsctl.message import _
from qmsctl.rules import all_rules
from qmsctl.store.cleanliness import written_by_hand
from qmsctl.store.loading import load, locate
from qmsctl.store.writer import Writer


class NotSaved(RefusedByRules):
    """The rules found errors in what was written by hand."""

    def __init__(self, found: tuple[Diagnostic, ...]) -> None:
        super().__init__(found, frozenset())
        count = sum(each.count for each in found)
        self.message = _("what was written by hand has {count} error(s); nothing was saved and nothing sent", count=count)


def save(occasion: Occasion, wait: float | None = None) -> tuple[str, ...]:
    """Commit the texts, evidence and configuration that are other than in the last commit; their paths.

    What was deleted stays in git: nobody deletes by this. Raises :class:`NotSaved` with nothing changed.
    """
    place = occasion.place
    git, root = place.git, place.root
    if git is None or root is None or place.commit is None:
        return ()
    with Writer(root, git, occasion.waiting(wait)):
        paths = written_by_hand(place)
        if not paths:
            return ()
        library = occasion.library()
        brought = errors_brought(load(locate(root, place.commit), occasion.clock, occasion.day), library, all_rules())
        if brought:
            raise NotSaved(brought)
        contents = {place.from_top(path): place.source.read(path) for path in paths}
        author = committer(git, occasion.author(library))
        git.commit(contents, occasion.words(_("written by hand: {paths}", paths=paths)), author, occasion.moment(library))
    return paths
