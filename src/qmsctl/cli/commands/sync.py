"""``qmsctl sync``: fetch what others have made, merge it with one's own, and send that."""

from __future__ import annotations

import typer

from qmsctl.acts.sync_words import sync_words
from qmsctl.acts.syncing import Synced, sync
from qmsctl.cli import options as o
from qmsctl.cli.session import Session
from qmsctl.cli.spread import spread
from qmsctl.mend import command as command_of
from qmsctl.message import _

EXAMPLE = "qmsctl sync\nqmsctl sync --commit"


@spread()
def command(context: typer.Context, *, ending: o.Ending) -> None:
    """Fetch what others have made, merge it with yours and send that, to the one repository that this one was cloned from.

    What is sent is judged as a server would judge it. Nothing is forced, and of what cannot be merged nothing is changed. With
    --commit what you have written in an editor is saved first.
    """
    session: Session = context.obj
    done = sync(session.occasion(), ending)
    if done.saved:
        session.say(_("written by hand: {paths}", paths=done.saved))
    for path in done.paths:
        session.print(session.words(path))
    _tell(session, done)
    if done.unsaved and not ending.commit:
        session.warn(_("files here are changed and not saved in git, so they were not sent"), command_of("sync", commit=True))
    if done.faults:
        session.warn(_("what came has {count} error(s)", count=sum(each.count for each in done.faults)), command_of("check"))


def _tell(session: Session, done: Synced) -> None:
    for each in sync_words(done):
        session.say(each)
    if done.proposed:
        session.say(_("nothing was written (--dry-run)"))
