"""The right to write, and what becomes of an edit that is written under it: told truly, whatever goes wrong."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from qmsctl.acts.done import Interrupted, Made, NotCommitted
from qmsctl.acts.occasion import Occasion
from qmsctl.core.edit import Edit
from qmsctl.errors import QmsError, RuleCrashed
from qmsctl.message import _
from qmsctl.store.git.heads import Heads
from qmsctl.store.git.intent import Intent, Uncommitted, Wish
from qmsctl.store.machine.system_words import plain
from qmsctl.store.writing.left_behind import was_interrupted
from qmsctl.store.writing.writer import Writer


@contextmanager
def writing(occasion: Occasion, wait: float | None = None, prepare: Callable[[], None] | None = None, folder: Path | None = None) -> Iterator[Writer]:
    """The right to write below the QMS folder, or below the ``folder`` around it, held inside a ``with``.

    It is held for the whole work tree as well, in which others may write, too; see :meth:`Occasion.waiting`.
    What an interrupted act left is finished and told first.
    """
    place = occasion.place
    assert place.root is not None  # acts are done where there are files
    root = Path(os.path.realpath(place.root))
    top = place.git.top if place.git and place.git.top else root
    with ExitStack() as held:
        writers = {each: held.enter_context(Writer(each, place.git, occasion.waiting(wait, prepare))) for each in dict.fromkeys((top, root))}
        for writer in writers.values():
            if writer.finished:
                occasion.teller.finished(writer.finished.paths, writer.finished.commit, writer.finished.doubt)
        yield writers[Path(os.path.realpath(folder)) if folder else root]


def begin(occasion: Occasion, wait: float | None = None) -> Heads | None:
    """Refuse where nothing can be written, and finish what an interrupted act left; what is checked out, where that is still so."""
    place = occasion.place
    heads = place.git.check_writable() if place.git is not None else None
    assert place.root is not None  # acts are done where there are files
    if was_interrupted(place.root, place.git):
        with writing(occasion, wait):
            return None
    return heads


def written(writer: Writer, edit: Edit, wanted: Wish | Intent | None, heads: Heads | None = None) -> str | None:
    """Have an edit written and committed, if that is ``wanted``; the full name of the commit. For ``heads`` see :meth:`.Writer.write`.

    Raises :class:`Made` for whatever went wrong after the files were written.
    """
    try:
        return writer.write(edit, wanted, heads)
    except KeyboardInterrupt as error:
        if writer.wrote:
            raise Interrupted(edit, writer.commit) from error
        raise
    except Exception as error:
        if writer.wrote:
            raise _made(edit, writer.commit, error) from error
        raise


@contextmanager
def after(edit: Edit, commit: str | None) -> Iterator[None]:
    """Do what is left to be done once ``edit`` is written, or is in ``commit``. Raises :class:`Made` where that goes wrong and either is so."""
    try:
        yield
    except (QmsError, OSError) as error:
        if isinstance(error, Made) or (edit.changes_nothing and commit is None):
            raise
        raise _made(edit, commit, error) from error


def _made(edit: Edit, commit: str | None, error: Exception) -> Made:
    if isinstance(error, Uncommitted):
        return NotCommitted(edit, error)
    if isinstance(error, OSError):
        reason = _("the system does not let qmsctl go on: {reason}", reason=plain(error))
        return Made(edit, commit, reason, None, QmsError.exit_code)
    if isinstance(error, QmsError):
        return Made(edit, commit, error.message, error.mend, error.exit_code)
    fault = _("this is a fault in qmsctl: {error}", error=f"{type(error).__name__}: {error}")
    return Made(edit, commit, _("the files are written, but {reason}", reason=fault), None, RuleCrashed.exit_code)
