"""What a look at a past day cannot tell from the files as they are now."""

from __future__ import annotations

from qmsctl.cli.formats.table import wrapped
from qmsctl.cli.session import Session
from qmsctl.core.library import Library
from qmsctl.mend import command
from qmsctl.message import _
from qmsctl.store.place import Place


def say_how_to_look_back(session: Session, place: Place, library: Library, verb: str, *operands: str) -> None:
    """Tell a person that records and drafts stand as they are now, and in which commit they are as they were.

    Says nothing today, nothing of a commit that was asked for, and nothing to a script.
    """
    if place.at is not None or library.now >= session.clock or not session.terminal.stderr:
        return
    from qmsctl.store.history.past import last_commit

    found = _("documents are shown as they were on {day}; records and drafts stand as they are now", day=library.today)
    session.say_text(wrapped(session.terminal, session.words(found)))
    commit = last_commit(place.git, library.now) if place.git else None
    if commit:
        shown = command(verb, *operands, today=library.today.isoformat(), at=commit[:12])
        told = shown.in_order_to(_("as they were in the last commit of that day"))
        session.say_text(wrapped(session.terminal, session.words(told), "  → ", "    "))
