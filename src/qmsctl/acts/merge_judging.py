"""Whether two lines of history may be one: judged as a change against each of them, as a server would."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from qmsctl.acts.judging import RefusedByRules, check_seen
from qmsctl.acts.occasion import Occasion
from qmsctl.core.brought import errors_brought
from qmsctl.core.diagnostic import Diagnostic
from qmsctl.core.library import Library
from qmsctl.mend import command
from qmsctl.message import _
from qmsctl.rules import all_rules
from qmsctl.store.comparison import compared
from qmsctl.store.history.cleanliness import differs_from_commit
from qmsctl.store.loading import load, locate

_Said = tuple[str, str, str]


class NotSent(RefusedByRules):
    """The rules found errors in what would be sent; ``merged`` where it took both sides to bring them.

    ``unsaved`` says that something was written by hand and not saved, which may be what they lack.
    """

    def __init__(self, found: tuple[Diagnostic, ...], *, merged: bool, unsaved: bool = False) -> None:
        super().__init__(found, frozenset())
        if unsaved:
            self.mend = command("sync", commit=True).in_order_to(_("send what you have written in an editor along with it"))
        count = sum(each.count for each in found)
        if merged:
            self.message = _("what you and others have made brings {count} error(s) together; nothing was changed and nothing sent", count=count)
        else:
            self.message = _("what you have made would bring {count} error(s) to the others; nothing was changed and nothing sent", count=count)


class Sides(NamedTuple):
    """Full names of commits: what is here, what is there, and both in one."""

    ours: str
    theirs: str
    both: str


def judged_merge(occasion: Occasion, sides: Sides) -> tuple[Library, tuple[Diagnostic, ...]]:
    """The system as it will be, and the errors that it has from there already, which hinder nobody here.

    Raises :class:`NotSent` for errors that what was made here would bring there, and for those that neither side has alone.
    """
    both = _Seen(occasion, sides.both)
    sent = both.errors_since(sides.theirs) if sides.both != sides.theirs else ()
    if sent:
        raise NotSent(sent, merged=False, unsaved=differs_from_commit(occasion.place))
    if sides.both == sides.ours:
        return both.library, ()
    ours = _Seen(occasion, sides.ours)
    if sides.both != sides.theirs:
        own = tuple(both.errors_of_neither(sides))
        if own:
            raise NotSent(own, merged=True)
    return both.library, errors_brought(ours.library, both.library, all_rules())


def judge_first(occasion: Occasion, ours: str) -> None:
    """What is sent where nothing is yet, as a server would judge it. Raises :class:`NotSent`."""
    seen = _Seen(occasion, ours)
    check_seen(seen.library)
    found = errors_brought(None, seen.library, all_rules())
    if found:
        raise NotSent(found, merged=False, unsaved=differs_from_commit(occasion.place))


class _Seen:
    """The system as of a commit."""

    def __init__(self, occasion: Occasion, commit: str) -> None:
        assert occasion.place.root is not None  # acts are done where there are files
        self._occasion = occasion
        self._place = locate(occasion.place.root, commit)
        self.library = load(self._place, occasion.clock, occasion.day)

    def errors_since(self, commit: str) -> tuple[Diagnostic, ...]:
        """The errors that were none in ``commit``, judged as a change that is to be merged into it."""
        change = compared(self.library, self._place, commit)
        bases = change.base.libraries if change.base else ()
        before = change.base.tip or (bases[0] if bases else None) if change.base else None
        check_seen(change)
        return errors_brought(before, change, all_rules())

    def errors_of_neither(self, sides: Sides) -> Iterator[Diagnostic]:
        """The errors against ours that are not there in the same file, and that theirs had not brought by itself."""
        found = self.errors_since(sides.ours)
        if not found:
            return
        theirs = _Seen(self._occasion, sides.theirs)
        there = {_said(each) for each in theirs.errors_since(sides.ours)}
        for each in found:
            same = self.library.outside.sha256(each.path) == theirs.library.outside.sha256(each.path)
            if not same and _said(each) not in there:
                yield each


def _said(each: Diagnostic) -> _Said:
    return each.rule, each.path, repr(each.message.whatever("count"))
