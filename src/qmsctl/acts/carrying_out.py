"""The way of every act: make, judge and sign; then, under the lock, see that it still holds, write and commit.

Nobody is asked for anything while the lock is held, and nothing is written that was made from files that have
changed since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from qmsctl.acts.committing import committed, committer
from qmsctl.acts.done import Done, Interrupted
from qmsctl.acts.ending import Ending
from qmsctl.acts.judging import judged
from qmsctl.acts.keeping import check_kept
from qmsctl.acts.keys import Promise, Signatures
from qmsctl.acts.occasion import Occasion
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.errors import QmsError, Refusal
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.store.identity import Identity
from qmsctl.store.stamp import Stamp, stamp
from qmsctl.store.writer import Writer, doubt, was_interrupted

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
        return _proposed(occasion, make)
    _begin(occasion)
    signatures = Signatures()
    for _time in range(_MOST):
        draft = _drafted(occasion.anew(), make, ending)
        signatures = signatures.with_those_of(draft.library, draft.promise, occasion.teller)
        with _writing(occasion) as writer:
            now = stamp(occasion.place)
            if now != draft.seen:
                near = draft.library if now.has_types_of(draft.seen) else None
                draft = _Draft.of(occasion.anew(), make, ending, now, near)
            if signatures.cover(draft.promise.edit):
                edit = signatures.on(draft.library, draft.promise.edit)
                return _written(writer, draft, Done(draft.after, edit))
    raise Refusal(
        _("{path} was changed since the command read it.", path=draft.promise.edit.subjects[0]),
        advice(_("Nothing was changed; run the command again.")),
    )


@dataclass(frozen=True, slots=True)
class _Draft:
    """An edit that the rules have let pass, and what it was made from; ``author`` is whom a commit will be by."""

    occasion: Occasion
    seen: Stamp
    library: Library
    after: Library
    promise: Promise
    author: Identity | None

    @classmethod
    def of(cls, occasion: Occasion, make: MakePromise, ending: Ending, seen: Stamp, near: Library | None = None) -> _Draft:
        """The edit made and judged, from files that were ``seen`` before, most of them as in ``near``. Raises ``Refusal``."""
        library = occasion.library(near)
        promise = make(library)
        after = judged(library, promise.edit)
        check_kept(occasion.place, promise.edit)
        wanted = (ending.commit or library.config.commit == "always") and not promise.edit.changes_nothing
        author = committer(occasion.place.git, occasion.author(library)) if wanted else None
        return cls(occasion, seen, library, after, promise, author)


def _drafted(occasion: Occasion, make: MakePromise, ending: Ending) -> _Draft:
    """The draft as it is made without the lock. What is refused then is looked at again if somebody was writing."""
    seen = stamp(occasion.place)
    try:
        return _Draft.of(occasion, make, ending, seen)
    except QmsError:
        with _writing(occasion):
            now = stamp(occasion.place)
            if now == seen:
                raise
            return _Draft.of(occasion.anew(), make, ending, now)


def _proposed(occasion: Occasion, make: MakePromise) -> Done:
    """The edit, judged and not written."""
    place = occasion.place
    if place.root is not None and was_interrupted(place.root, place.git):
        occasion.teller.interrupted(doubt(place.root, place.git))
    library = occasion.library()
    edit = make(library).edit
    check_kept(place, edit)
    return Done(judged(library, edit), edit, proposed=True)


def _begin(occasion: Occasion) -> None:
    """Refuse where nothing can be written, and finish what an interrupted act left."""
    place = occasion.place
    if place.git is not None:
        place.git.check_writable()
    assert place.root is not None  # acts are done where there are files
    if was_interrupted(place.root, place.git):
        with _writing(occasion):
            pass


def _written(writer: Writer, draft: _Draft, done: Done) -> Done:
    """``done`` with its files written, and committed if that is wanted. Raises :class:`Interrupted`."""
    try:
        writer.write(done.edit)
        return committed(draft.occasion, draft.author, done)
    except KeyboardInterrupt as error:
        if writer.wrote:
            raise Interrupted(done) from error
        raise


@contextmanager
def _writing(occasion: Occasion) -> Iterator[Writer]:
    """The right to write, held inside a ``with``."""
    place = occasion.place
    assert place.root is not None
    with Writer(place.root, place.git, occasion.teller.waits) as writer:
        if writer.finished:
            occasion.teller.finished(writer.finished)
        yield writer
