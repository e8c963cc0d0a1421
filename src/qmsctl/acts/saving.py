"""What was written in an editor, saved in git before it is sent: judged like everything that a command writes."""

from __future__ import annotations

from qmsctl.acts.committing import committer, wished
from qmsctl.acts.ending import Ending
from qmsctl.acts.judging import RefusedByRules, check_seen
from qmsctl.acts.occasion import Occasion
from qmsctl.acts.writing import writing, written
from qmsctl.core.brought import errors_brought
from qmsctl.core.diagnostic import Diagnostic
from qmsctl.core.edit import Edit
from qmsctl.message import _
from qmsctl.rules import all_rules
from qmsctl.store.git.intent import Wish
from qmsctl.store.history.cleanliness import written_by_hand
from qmsctl.store.loading import load, locate


class NotSaved(RefusedByRules):
    """The rules found errors in what was written by hand."""

    def __init__(self, found: tuple[Diagnostic, ...]) -> None:
        super().__init__(found, frozenset())
        count = sum(each.count for each in found)
        self.message = _("what was written by hand has {count} error(s); nothing was saved and nothing sent", count=count)


def save(occasion: Occasion, ending: Ending) -> tuple[tuple[str, ...], str | None]:
    """Commit the texts, evidence and configuration that are other than in the last commit; their paths, and the commit. Under ``ending.dry_run`` judge them alone.

    What was deleted stays in git: nobody deletes by this. Raises :class:`NotSaved` with nothing changed.
    """
    if occasion.place.root is None or occasion.place.commit is None:
        return (), None
    if ending.dry_run:
        found = _judged(occasion)
        return (found[0].subjects if found else ()), None
    with writing(occasion, ending.wait) as writer:
        found = _judged(occasion)
        return (found[0].subjects, written(writer, *found)) if found else ((), None)


def _judged(occasion: Occasion) -> tuple[Edit, Wish | None] | None:
    """What is to be saved and the commit of it, where there is something. Raises ``Refusal``."""
    place = occasion.place
    paths = written_by_hand(place)
    if not paths or place.root is None:
        return None
    library = occasion.library()
    before = load(locate(place.root, place.commit), occasion.clock, occasion.day)
    brought = errors_brought(before, library, all_rules())
    check_seen(before, library)
    if brought:
        raise NotSaved(brought)
    author = committer(place.git, occasion.author(library))
    edit = Edit((), _("written by hand: {paths}", paths=paths), paths)
    return edit, wished(occasion, author, library, edit)
