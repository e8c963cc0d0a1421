"""The way of every act: make, judge and sign; then, under the lock, see that it still holds, write and commit.

Nobody is asked for anything while the lock is held, and nothing is written that was made from files that have
changed since. Where others are at work already, an act takes its place behind them and is made when its turn has come:
to make it twice would only take the time of those who write.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from qmsctl.acts.committing import committer, wished
from qmsctl.acts.done import Done
from qmsctl.acts.ending import Ending
from qmsctl.acts.judging import judged
from qmsctl.acts.keeping import check_kept, own_edits
from qmsctl.acts.keys import Promise, Signatures
from qmsctl.acts.occasion import Occasion
from qmsctl.acts.writing import begin, writing, written
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.errors import QmsError, Refusal
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.rules import all_rules
from qmsctl.store.git.heads import Heads
from qmsctl.store.git.identity import Identity
from qmsctl.store.stamp import Stamp, stamp
from qmsctl.store.writing.left_behind import doubt, is_at_work, was_interrupted
from qmsctl.store.writing.paths import check_writable
from qmsctl.store.writing.writer import Writer
from qmsctl.value import dataclass, replace

Make = Callable[[Library], Edit]
"""Makes an edit from the QMS as it is; asked again where that has changed before the edit is written."""

MakePromise = Callable[[Library], Promise]
"""The same for an edit that may promise to be signed."""

_MOST = 2
"""How often a person may be asked to sign: once more where the bytes to be signed have changed meanwhile."""


def carry_out(occasion: Occasion, make: Make, ending: Ending) -> Done:
    """Carry out the edit that ``make`` makes; under ``ending.dry_run`` judge it alone.

    Raises ``Refusal`` with nothing changed where the edit would bring an error, and ``NotCommitted`` where it is
    written and only its commit could not be made.
    """
    return perform(occasion, lambda library: Promise(make(library)), ending)


def perform(occasion: Occasion, make: MakePromise, ending: Ending) -> Done:
    """The same for an edit that may have to be signed."""
    if ending.dry_run:
        return _proposed(occasion, make, ending)
    signatures = Signatures()
    draft = _drafted(occasion, make, ending, begin(occasion, ending.wait))
    for _time in range(_MOST if draft else _MOST + 1):
        if draft:
            signatures = signatures.with_those_of(draft.look.library, draft.promise, occasion.teller)
        ahead = _Ahead(occasion, draft.look if draft else None)
        with writing(occasion, ending.wait, ahead.prepare) as writer:
            now = stamp(occasion.place)
            is_kept = draft is not None and now == draft.look.seen
            if draft is None or not is_kept:
                draft = _Draft.of(occasion.anew(now.heads), make, ending, now, ahead.look)
            if signatures.cover(draft.promise.edit):
                edit = signatures.on(draft.look.library, draft.promise.edit)
                return _written(writer, draft, Done(draft.after, edit, taken=draft.taken, base=draft.occasion.place.commit), now.heads if is_kept else None)
    raise Refusal(
        _("{path} was changed since the command read it.", path=draft.promise.edit.subjects[0] if draft else ""),
        advice(_("Nothing was changed; run the command again.")),
    )


class _Look(NamedTuple):
    """The QMS as it was read, and what was ``seen`` of its files before."""

    seen: Stamp
    library: Library


@dataclass(frozen=True, slots=True)
class _Draft:
    """An edit that the rules have let pass, and what it was made from.

    ``author`` is whom a commit will be by, ``taken`` is what it takes along that is in no commit yet.
    """

    occasion: Occasion
    look: _Look
    after: Library
    promise: Promise
    author: Identity | None
    taken: tuple[str, ...]

    @classmethod
    def of(cls, occasion: Occasion, make: MakePromise, ending: Ending, seen: Stamp, near: _Look | None = None) -> _Draft:
        """The edit made and judged, from files that were ``seen`` before, most of them as in ``near``. Raises ``Refusal``."""
        library = occasion.library(near.library if near and seen.has_types_of(near.seen) else None)
        promise = make(library)
        after = judged(library, promise.edit)
        check_kept(occasion.place, promise.edit)
        return cls(occasion, _Look(seen, library), after, promise, *_saved(occasion, library, promise.edit, ending))


def _saved(occasion: Occasion, library: Library, edit: Edit, ending: Ending) -> tuple[Identity | None, tuple[str, ...]]:
    """Whom the commit of an edit will be by, and what it takes along; nobody and none where there is to be no commit. Raises ``Refusal``."""
    if edit.changes_nothing or not (ending.commit or library.config.commit == "always"):
        return None, ()
    return committer(occasion.place.git, occasion.author(library)), own_edits(occasion.place, library, edit)


def _drafted(occasion: Occasion, make: MakePromise, ending: Ending, heads: Heads | None) -> _Draft | None:
    """The draft as it is made without the lock, from ``heads`` on; none while others are at work, for by its turn it would be of files that were.

    What is refused is looked at again if somebody has written meanwhile.
    """
    place = occasion.place
    assert place.root is not None
    look = occasion.anew()
    seen = stamp(look.place, heads, to_read=True)
    if is_at_work(place.root, place.git):
        return None
    try:
        return _Draft.of(look.knowing(seen.heads), make, ending, seen)
    except QmsError:
        with writing(occasion, ending.wait):
            now = stamp(place)
            if now == seen:
                raise
            return _Draft.of(occasion.anew(now.heads), make, ending, now)


class _Ahead:
    """What is read while others write, so that little is left to be done once it is one's turn."""

    def __init__(self, occasion: Occasion, look: _Look | None) -> None:
        self._occasion = occasion
        self.look = look

    def prepare(self) -> None:
        """Read the QMS, unless that was done before."""
        if self.look is None:
            with suppress(QmsError):
                look = self._occasion.anew()
                seen = stamp(look.place, to_read=True)
                self.look = _Look(seen, look.knowing(seen.heads).library())
                all_rules()


def _proposed(occasion: Occasion, make: MakePromise, ending: Ending) -> Done:
    """The edit, judged and not written; what would keep its commit from being made is a refusal already."""
    place = occasion.place
    if place.root is not None and was_interrupted(place.root, place.git):
        occasion.teller.interrupted(doubt(place.root, place.git))
    library = occasion.library()
    edit = make(library).edit
    after = judged(library, edit)
    check_kept(place, edit)
    if place.root is not None:
        check_writable(place.root, (each.path for each in edit.changes))
    return Done(after, edit, proposed=True, taken=_saved(occasion, library, edit, ending)[1])


def _written(writer: Writer, draft: _Draft, done: Done, heads: Heads | None) -> Done:
    """``done`` with its files written, and committed if that is wanted. Raises :class:`Made`."""
    return replace(done, commit=written(writer, done.edit, wished(draft.occasion, draft.author, done.library, done.edit, done.taken), heads))
